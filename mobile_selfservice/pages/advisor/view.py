"""The advisor in words: one's own year, the form as it was filled in, the advice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.components.forms import Fault, Option
from mobile_selfservice.components.wording import (
    amount_of_use,
    counted,
    data_use,
    month_in_words,
)
from mobile_selfservice.pages.advisor.advice_view import AdviceView, advice_view
from mobile_selfservice.pages.advisor.asked import NAMES, Read
from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.money import cents_of, dollars
from mobile_selfservice.policy.months import MONTHS_A_YEAR
from mobile_selfservice.services.choice.advice import Advice
from mobile_selfservice.services.choice.advisor import Consultation
from mobile_selfservice.services.choice.own_year import BilledMonth, OwnYear
from mobile_selfservice.services.choice.stipend_offer import Offer

CLASS_WORDS = {"cell": "Cell phone", "smart": "Smart phone"}
SMART, CELL = "smart", "cell"
# Less data than this a month is what a phone uses by itself.
LITTLE_DATA = Decimal(50 * 1024)
NOTHING = dict.fromkeys(NAMES, "")
NONE_SIGNED = "Empty: nothing, as no bill of yours is signed yet"


@dataclass(frozen=True)
class UseRow:
    """What one month's bills say."""

    month: str = ""
    minutes: str = ""
    business: str = ""
    personal: str = ""
    texts: str = ""
    data: str = ""
    paid: str = ""
    cost: str = ""


@dataclass(frozen=True)
class AdvisorView:
    """The page. `year` says what is known of one's own use, `lacks` what is not."""

    is_loaded: bool = False
    missing: str = ""
    has: str = ""
    year: str = ""
    lacks: str = ""
    rows: list[UseRow] = field(default_factory=list)
    average: UseRow = field(default_factory=UseRow)
    stamp: int = 0
    typed: dict[str, str] = field(default_factory=lambda: dict(NOTHING))
    wrong: dict[str, str] = field(default_factory=lambda: dict(NOTHING))
    faults: list[Fault] = field(default_factory=list)
    offers: list[Option] = field(default_factory=list)
    cost_hint: str = ""
    personal_hint: str = ""
    has_phone: bool = False
    types_use: bool = False
    has_limits: bool = False
    has_advice: bool = False
    advice: AdviceView = field(default_factory=AdviceView)


def advisor_view(
    known: Consultation,
    fields: Mapping[str, str] | None = None,
    found: Read | None = None,
    advice: Advice | None = None,
    *,
    times: int = 0,
) -> AdvisorView:
    """Put the page into words; without fields the form begins with what is known."""
    if known.missing:
        return AdvisorView(is_loaded=True, missing=known.missing)
    year = known.year
    typed = NOTHING | dict(_begun(known) if fields is None else fields)
    wrong = dict(found.faults) if found else {}
    return AdvisorView(
        is_loaded=True,
        has=_has(year),
        year=_year(year),
        lacks=_lacks(year),
        rows=[_use(month) for month in reversed(year.months)],
        average=_average(year.months),
        stamp=times,
        typed=typed,
        wrong=NOTHING | wrong,
        faults=[Fault(name, text) for name, text in wrong.items()],
        offers=[_option(offer) for offer in known.offers],
        cost_hint=_by_bills(known.city_cost, "as the policy averages your bills"),
        personal_hint=_by_bills(known.personal, "the average of the bills you signed")
        or (NONE_SIGNED if year.months else ""),
        has_phone=year.has_phone,
        types_use=not year.months
        or any(typed[name] for name in NAMES if name.startswith("used_")),
        has_limits=any(typed[name] for name in ("minutes", "texts", "gigabytes")),
        has_advice=advice is not None,
        advice=advice_view(advice, found.question, year)
        if advice and found and found.question
        else AdviceView(),
    )


def _begun(known: Consultation) -> dict[str, str]:
    """Begin with the class that fits, and with what a stipend's holder proved."""
    held = known.year.stipend
    if held is not None:
        return {"stipend": held.stipend_class, "monthly": str(held.out_of_pocket)}
    names = [offer.name for offer in known.offers]
    fits = SMART if _uses_data(known.year.months) or not known.year.months else CELL
    return {"stipend": fits if fits in names else names[-1]}


def _uses_data(months: tuple[BilledMonth, ...]) -> bool:
    total = sum((month.kilobytes for month in months), Decimal(0))
    return total > LITTLE_DATA * len(months)


def _option(offer: Offer) -> Option:
    hint = f"up to {dollars(offer.payable.amount)} a month"
    return Option(offer.name, CLASS_WORDS.get(offer.name, offer.name), hint)


def _has(year: OwnYear) -> str:
    if year.stipend is not None:
        return f"You have a stipend of {dollars(year.stipend.amount)} a month."
    return "You have a City phone." if year.has_phone else "You have neither yet."


def _year(year: OwnYear) -> str:
    if not year.months:
        return "There is no bill of yours in the last twelve months."
    first, last = year.months[0].month, year.months[-1].month
    bills = counted(len(year.months), "month")
    if len(year.months) == 1:
        return f"Your bill of {month_in_words(first)}."
    return f"Your bills of {bills}: {month_in_words(first)} to {month_in_words(last)}."


def _lacks(year: OwnYear) -> str:
    if not year.months:
        return (
            "Type what you use in a usual month, so that your contract can be priced."
        )
    if year.is_whole:
        return ""
    return (
        f"Only {counted(len(year.months), 'month')} of {MONTHS_A_YEAR} are billed, so "
        "the averages say less. You can type a usual month in their place."
    )


def _use(month: BilledMonth) -> UseRow:
    return UseRow(
        month=month_in_words(month.month),
        business=amount_of_use(month.minutes - month.personal_minutes),
        personal=amount_of_use(month.personal_minutes),
        texts=f"{month.texts:,}",
        data=data_use(month.kilobytes),
        paid=dollars(month.personal),
        cost=dollars(month.cost),
    )


def _average(months: tuple[BilledMonth, ...]) -> UseRow:
    """Average a month; minutes and texts to the whole one, for reading only."""
    if not months:
        return UseRow()
    count = len(months)
    minutes = sum(month.minutes for month in months)
    personal = sum(month.personal_minutes for month in months)
    return UseRow(
        minutes=f"{round(minutes / count):,} min, {round(personal / count):,} personal",
        business=f"{round((minutes - personal) / count):,}",
        personal=f"{round(personal / count):,}",
        texts=f"{round(sum(month.texts for month in months) / count):,}",
        data=data_use(sum(month.kilobytes for month in months) / count),
        paid=dollars(_mean([month.personal for month in months])),
        cost=dollars(_mean([month.cost for month in months])),
    )


def _mean(amounts: list[Decimal]) -> Decimal:
    return cents_of(Fraction(sum(amounts)) / len(amounts))


def _by_bills(known: Explained | None, how: str) -> str:
    """Say what counts where a field is left empty."""
    return f"Empty: {dollars(known.amount)}, {how}" if known is not None else ""
