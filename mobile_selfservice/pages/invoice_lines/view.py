"""The lines that wait for somebody, in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.wording import (
    counted,
    month_in_words,
    phone,
    short_period,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.invoices.carrier_names import carrier_name
from mobile_selfservice.services.lines.owner_queue import (
    BilledTwice,
    Queue,
    Unbilled,
    Unowned,
)


@dataclass(frozen=True)
class HolderHint:
    """Somebody who may hold the line."""

    who: str = ""
    why: str = ""


@dataclass(frozen=True)
class UnownedRow:
    """A bill whose line nobody is known to hold."""

    bill_id: int = 0
    number: str = ""
    name_on_bill: str = ""
    cost_center: str = ""
    account: str = ""
    month: str = ""
    days: str = ""
    cost: str = ""
    used: str = ""
    href: str = ""
    hints: list[HolderHint] = field(default_factory=list)
    best: str = ""


@dataclass(frozen=True)
class UnbilledRow:
    """A line somebody holds and nobody billed."""

    number: str = ""
    holder: str = ""
    last: str = ""


@dataclass(frozen=True)
class TwiceBill:
    """One of the bills of a line billed twice."""

    href: str = ""
    account: str = ""
    cost: str = ""


@dataclass(frozen=True)
class TwiceRow:
    """A line with several bills in one month."""

    number: str = ""
    month: str = ""
    bills: list[TwiceBill] = field(default_factory=list)
    net: str = ""


@dataclass(frozen=True)
class LinesView:
    """Everything that waits."""

    is_loaded: bool = False
    lead: str = ""
    unowned: list[UnownedRow] = field(default_factory=list)
    unowned_caption: str = ""
    page: int = 1
    pages: int = 1
    unbilled: list[UnbilledRow] = field(default_factory=list)
    unbilled_caption: str = ""
    twice: list[TwiceRow] = field(default_factory=list)
    twice_caption: str = ""
    may_assign: bool = False


def lines_view(found: Queue) -> LinesView:
    """Put the queue into words."""
    month = month_in_words(found.month) if found.month else ""
    return LinesView(
        is_loaded=True,
        lead=_lead(found),
        unowned=[unowned_row(one) for one in found.unowned],
        unowned_caption=f"{counted(found.unowned_total, 'bill')} without a holder",
        page=found.page,
        pages=found.pages,
        unbilled=[unbilled_row(one) for one in found.unbilled],
        unbilled_caption=_of(found.unbilled_total, f"not billed in {month}"),
        twice=[twice_row(one) for one in found.twice],
        twice_caption=_of(found.twice_total, "billed more than once in a month"),
        may_assign=found.may_assign,
    )


def _lead(found: Queue) -> str:
    if found.month is None:
        return "No invoice has been imported yet."
    if not (found.unowned_total or found.unbilled_total or found.twice_total):
        return "Every line has its holder and its bill. Nothing waits."
    return (
        "A bill without a holder cannot be released. A suggestion is only that: look "
        "before you assign."
    )


def _of(count: int, what: str) -> str:
    return f"{counted(count, 'line')} {what}"


def unowned_row(one: Unowned) -> UnownedRow:
    """Put one bill without a holder into words."""
    days = ""
    if one.part_from and one.part_through:
        days = f"Only {short_period(one.part_from, one.part_through)}"
    return UnownedRow(
        bill_id=one.bill_id,
        number=phone(one.number),
        name_on_bill=one.name_on_bill,
        cost_center=one.cost_center,
        account=f"{carrier_name(one.carrier)} {one.account}",
        month=month_in_words(one.month),
        days=days,
        cost=dollars(one.cost),
        used=counted(one.items, "item"),
        href=f"/invoices/{one.invoice_id}?show=ownerless",
        hints=[HolderHint(f"{s.name}, {s.department}", s.why) for s in one.suggestions],
        best=one.suggestions[0].name if one.suggestions else "",
    )


def unbilled_row(one: Unbilled) -> UnbilledRow:
    """Put one line nobody billed into words."""
    last = month_in_words(one.last_billed) if one.last_billed else "Not lately"
    return UnbilledRow(phone(one.number), one.holder, last)


def twice_row(one: BilledTwice) -> TwiceRow:
    """Put one line billed twice into words."""
    return TwiceRow(
        number=phone(one.number),
        month=month_in_words(one.month),
        bills=[
            TwiceBill(
                href=f"/invoices/{bill.invoice_id}",
                account=f"{carrier_name(bill.carrier)} {bill.account}",
                cost=f"{dollars(bill.cost)}, {counted(bill.items, 'item')}",
            )
            for bill in one.bills
        ],
        net=dollars(one.net),
    )
