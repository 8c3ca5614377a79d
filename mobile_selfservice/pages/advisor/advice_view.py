"""The advice in words: one sentence, its reason, what would turn it, all figures."""

from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.components.choice_chart import ChoiceBar, Payer
from mobile_selfservice.components.form_words import WorkedRow
from mobile_selfservice.components.wording import counted, day_in_words, month_in_words
from mobile_selfservice.components.working import shown_steps
from mobile_selfservice.policy.explained import Explained, Step
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.step_words import all_step_words
from mobile_selfservice.services.choice.advice import (
    MONTHS,
    Advice,
    AdviceMonth,
    AdviceQuestion,
    Choice,
    Lever,
    Turn,
)
from mobile_selfservice.services.choice.own_year import OwnYear

NONE = ""


@dataclass(frozen=True)
class PartRow:
    """One part of what each choice costs, a month and over all months."""

    name: str = ""
    phone: str = ""
    phone_all: str = ""
    stipend: str = ""
    stipend_all: str = ""
    is_sum: bool = False


@dataclass(frozen=True)
class MonthRow:
    """One month of the comparison."""

    month: str = ""
    you_phone: str = ""
    you_stipend: str = ""
    city_phone: str = ""
    city_stipend: str = ""


@dataclass(frozen=True)
class AdviceView:
    """The whole advice. `refusals` stand in place of a comparison."""

    refusals: list[str] = field(default_factory=list)
    title: str = ""
    reason: str = ""
    city: str = ""
    turn: str = ""
    payers: list[Payer] = field(default_factory=list)
    parts: list[PartRow] = field(default_factory=list)
    months: list[MonthRow] = field(default_factory=list)
    totals: MonthRow = field(default_factory=MonthRow)
    notes: list[str] = field(default_factory=list)
    workings: list[WorkedRow] = field(default_factory=list)


def advice_view(advice: Advice, question: AdviceQuestion, year: OwnYear) -> AdviceView:
    """Put the advice into words for somebody who has what `year` says."""
    if not advice.months:
        return AdviceView(
            refusals=_refusals(advice), workings=_workings(advice, question)
        )
    return AdviceView(
        title=_title(advice.better, year),
        reason=_reason(advice, question),
        city=_city(advice),
        turn=_turn(advice),
        payers=_payers(advice),
        parts=_parts(advice, question),
        months=[_month(month) for month in advice.months],
        totals=_totals(advice),
        notes=_notes(advice),
        workings=_workings(advice, question),
    )


def _refusals(advice: Advice) -> list[str]:
    found = [step.text for step in advice.refusals]
    if advice.termination and advice.termination.refused:
        found.append(advice.termination.refused)
    return found


def _title(better: Choice, year: OwnYear) -> str:
    if better is Choice.SAME:
        return "Both cost you the same"
    has_other = year.stipend is not None if better is Choice.PHONE else year.has_phone
    has_it = year.has_phone if better is Choice.PHONE else year.stipend is not None
    named = "City phone" if better is Choice.PHONE else "stipend"
    if has_it:
        return f"Keep the {named}"
    return f"Change to a {named}" if has_other else f"Ask for a {named}"


def _reason(advice: Advice, question: AdviceQuestion) -> str:
    """Say how much it comes to and why, in the words of one's own choice."""
    named = {Choice.PHONE: "the City phone", Choice.STIPEND: "a stipend"}
    if advice.better is Choice.SAME:
        first = f"Over {MONTHS} months neither costs you less."
    else:
        less = dollars(advice.difference)
        first = f"Over {MONTHS} months {named[advice.better]} costs you {less} less."
    stipend, personal = dollars(advice.ruling.amount), question.personal.amount
    own = question.contract.monthly + advice.extra.amount
    left = dollars(own - advice.ruling.amount)
    paid = f"pay {dollars(personal)} a month for" if personal else "pay nothing for"
    return (
        f"{first} A stipend of {stipend} leaves {left} of the {dollars(own)} your own "
        f"contract costs a month. With a City phone you {paid} personal use"
        f"{', and your own contract besides' if question.keeps_contract else ''}."
    )


def _city(advice: Advice) -> str:
    more = advice.totals.city_phone - advice.totals.city_stipend
    if not more:
        return "The City pays the same either way."
    cheaper = "a stipend" if more > 0 else "a City phone"
    return f"The City pays {dollars(abs(more))} less with {cheaper}."


def _turn(advice: Advice) -> str:
    if advice.better is Choice.SAME:
        return ""
    if not advice.turns:
        return (
            "Neither another cost of your own contract alone nor another cost of "
            "personal use alone would turn this around."
        )
    ways = " or ".join(_way(turn) for turn in advice.turns if not turn.ends)
    ends = " or ".join(_way(turn) for turn in advice.turns if turn.ends)
    said = [f"This would turn around if {ways}."] if ways else []
    if ends:
        why = "the City phone would then cost the City less than the stipend"
        said.append(f"There would be no stipend if {ends}: {why}.")
    return " ".join(said)


def _way(turn: Turn) -> str:
    how = "more" if turn.by > 0 else "less"
    named = {
        Lever.CONTRACT: "your own contract cost",
        Lever.PERSONAL: "personal use of the City phone cost",
    }[turn.lever]
    return f"{named} {dollars(abs(turn.by))} a month {how}"


def _payers(advice: Advice) -> list[Payer]:
    totals = advice.totals
    sums = (
        ("You pay", totals.you_phone, totals.you_stipend),
        ("The City pays", totals.city_phone, totals.city_stipend),
    )
    most = max([Decimal(1), *(each for _, *both in sums for each in both)])
    return [
        Payer(
            name,
            [
                _bar("with a City phone", phone, most, "phone", phone < stipend),
                _bar("with a stipend", stipend, most, "stipend", stipend < phone),
            ],
        )
        for name, phone, stipend in sums
    ]


def _bar(
    name: str, amount: Decimal, most: Decimal, look: str, is_less: bool
) -> ChoiceBar:
    share = float(round(max(ZERO, amount) / most * 100, 1))
    return ChoiceBar(name, dollars(amount), share, look, "", is_less)


def _parts(advice: Advice, question: AdviceQuestion) -> list[PartRow]:
    totals, contract = advice.totals, question.contract.monthly
    kept = contract if question.keeps_contract else None
    personal, extra = question.personal.amount, advice.extra.amount
    cost = question.city_cost.amount if question.city_cost else ZERO
    owed = advice.termination.penalty.amount if advice.termination else ZERO
    monthly = advice.ruling.amount
    once = PartRow("Penalty to the carrier", stipend="once", stipend_all=dollars(owed))
    return [
        _part("Your own contract", kept, contract),
        _part("Use beyond what it includes", None, extra),
        _part("Personal use, paid to the City", personal, None),
        PartRow(
            "Stipend you receive",
            stipend=dollars(-monthly),
            stipend_all=dollars(-totals.stipend),
        ),
        PartRow(
            "You pay",
            dollars((kept or ZERO) + personal),
            dollars(totals.you_phone),
            dollars(contract + extra - monthly),
            dollars(totals.you_stipend),
            is_sum=True,
        ),
        _part("City phone", cost, None),
        _part("What you pay back", -personal, None),
        *([once] if owed else []),
        PartRow(
            "Stipend paid",
            stipend=dollars(monthly),
            stipend_all=dollars(totals.stipend),
        ),
        PartRow(
            "The City pays",
            dollars(cost - personal),
            dollars(totals.city_phone),
            dollars(monthly),
            dollars(totals.city_stipend),
            is_sum=True,
        ),
    ]


def _part(name: str, phone: Decimal | None, stipend: Decimal | None) -> PartRow:
    """Write a part that is the same every month."""
    return PartRow(name, *_twice(phone), *_twice(stipend))


def _twice(amount: Decimal | None) -> tuple[str, str]:
    if amount is None:
        return NONE, NONE
    return dollars(amount), dollars(amount * MONTHS)


def _month(month: AdviceMonth) -> MonthRow:
    return MonthRow(
        month_in_words(month.month),
        dollars(month.you_phone),
        dollars(month.you_stipend),
        dollars(month.city_phone),
        dollars(month.city_stipend),
    )


def _totals(advice: Advice) -> MonthRow:
    totals = advice.totals
    return MonthRow(
        "",
        dollars(totals.you_phone),
        dollars(totals.you_stipend),
        dollars(totals.city_phone),
        dollars(totals.city_stipend),
    )


def _notes(advice: Advice) -> list[str]:
    notes = []
    found = advice.termination
    if found and found.wait and found.wait.months:
        notes.append(
            f"The stipend waits {counted(found.wait.months, 'month')} for the penalty "
            f"and is first paid in {month_in_words(found.wait.first_month)}."
        )
    if found and found.advice and found.advice.wait_until:
        until = day_in_words(found.advice.wait_until)
        notes.append(
            f"If you change, wait until {until}: the stipend comes no later, and you "
            "keep the City phone meanwhile."
        )
    if advice.offer.missing:
        notes.append(f"The stipend may be lower still. {advice.offer.missing}")
    return notes


def _workings(advice: Advice, question: AdviceQuestion) -> list[WorkedRow]:
    found = advice.termination
    personal, cost = question.personal, question.city_cost
    asked: list[tuple[str, Explained | None]] = [
        ("The stipend", Explained(advice.ruling.amount, advice.ruling.steps)),
        ("Use beyond your own contract", advice.extra),
        ("Personal use of a City phone", personal if personal.steps else None),
        ("What a City phone costs the City", cost),
    ]
    rows = [
        _working(f"{name}: {dollars(each.amount)} a month", each.steps)
        for name, each in asked
        if each is not None
    ]
    if found and found.wait and found.penalty.amount:
        rows.append(
            _working("The penalty and the wait", found.penalty.steps + found.wait.steps)
        )
    return rows


def _working(name: str, steps: tuple[Step, ...]) -> WorkedRow:
    return WorkedRow(name, shown_steps(all_step_words(steps)))
