"""The answer in words: headline, advice, lanes and columns of months, workings."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from mobile_selfservice.components.balance_chart import Column, columns_of
from mobile_selfservice.components.form_words import WorkedRow
from mobile_selfservice.components.month_lanes import Lane, Stretch, Tick, ticks_over
from mobile_selfservice.components.wording import counted, day_in_words, month_in_words
from mobile_selfservice.components.working import shown_steps
from mobile_selfservice.policy.early_termination_advice import Advice, BreakEven
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.step_words import all_step_words
from mobile_selfservice.services.choice.termination_answer import (
    Method,
    OtherMethod,
    TerminationAnswer,
    TerminationQuestion,
)
from mobile_selfservice.services.choice.termination_months import Has, Month

LEAST_DRAWN, MOST_DRAWN = 12, 24
NEVER = "never"
METHODS = {
    Method.FIXED: "divides the penalty by the stipend once and rounds up to months",
    Method.RUNNING: "takes each month’s stipend off until nothing is left",
    Method.PARTIAL: "takes what is left of the penalty off the first payment",
}


@dataclass(frozen=True)
class FigureRow:
    """One number that matters."""

    label: str = ""
    value: str = ""
    sub: str = ""


@dataclass(frozen=True)
class MonthRow:
    """One month of the table."""

    month: str = ""
    now: str = ""
    waited: str = ""
    balance: str = ""
    at_once: str = ""


@dataclass(frozen=True)
class AnswerView:
    """The whole answer. `refused` stands in place of all but the penalty's working."""

    takes_focus: bool = False
    refused: str = ""
    headline: str = ""
    sentence: str = ""
    verdict: str = ""
    verdict_why: str = ""
    tone: str = "info"
    figures: list[FigureRow] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    balance: list[Column] = field(default_factory=list)
    zero: str = "0%"
    balance_lead: str = ""
    has_cost: bool = False
    rows: list[MonthRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    workings: list[WorkedRow] = field(default_factory=list)


def answer_view(
    answer: TerminationAnswer,
    question: TerminationQuestion,
    limit_missing: str = "",
    was_asked: bool = False,
) -> AnswerView:
    """Put an answer into words. `limit_missing` names a limit that has no figure."""
    if answer.wait is None:
        return AnswerView(
            takes_focus=was_asked,
            refused=answer.refused,
            workings=_workings(answer),
        )
    verdict, why, tone = _verdict(answer)
    drawn = answer.months[: _drawn(answer)]
    balance, zero = _balance(answer, drawn)
    return AnswerView(
        takes_focus=was_asked,
        headline=_headline(answer),
        sentence=_sentence(answer),
        verdict=verdict,
        verdict_why=why,
        tone=tone,
        figures=_figures(answer),
        lanes=_lanes(answer),
        ticks=ticks_over([f"{month.month:%b %Y}" for month in answer.months]),
        balance=balance,
        zero=zero,
        balance_lead=_balance_lead(answer, question),
        has_cost=question.city_cost is not None,
        rows=[_row(month) for month in answer.months],
        notes=_notes(answer, question, limit_missing),
        workings=_workings(answer),
    )


def _headline(answer: TerminationAnswer) -> str:
    months = answer.wait.months
    if not months:
        return "The stipend does not wait"
    return f"The stipend waits {counted(months, 'month')}"


def _sentence(answer: TerminationAnswer) -> str:
    wait = answer.wait
    first = f"It is first paid in {month_in_words(wait.first_month)}"
    if not wait.months:
        return f"{first}: the month after approval and return."
    start = month_in_words(answer.base_month)
    return f"{first}. Without the penalty it would begin in {start}."


def _verdict(answer: TerminationAnswer) -> tuple[str, str, str]:
    advice = answer.advice
    if advice is None:
        return "", "", "info"
    if advice.advice is Advice.ELECT:
        sooner = answer.months_left - advice.first_stipend_in
        why = (
            "Waiting for the end of the contract would bring the stipend "
            f"{counted(sooner, 'month')} later."
        )
        if not answer.wait.months:
            why = "There is no penalty to make up, so there is nothing to wait for."
        return "Elect now", why, "success"
    until = day_in_words(advice.wait_until)
    sooner = answer.wait.months - answer.months_left
    when = f"{counted(sooner, 'month')} sooner" if sooner else "no later"
    return (
        f"Wait until {until}",
        f"The stipend comes {when}, you keep the City phone meanwhile, and the City "
        "pays no penalty.",
        "warn",
    )


def _figures(answer: TerminationAnswer) -> list[FigureRow]:
    wait = answer.wait
    shown = [
        FigureRow("Penalty", dollars(answer.penalty.amount), "paid by the City"),
        FigureRow("Months waited", str(wait.months), "without phone or stipend"),
        FigureRow("First stipend", f"{wait.first_month:%b %Y}", _first_paid(answer)),
    ]
    if answer.break_even_waiting and answer.break_even_at_once:
        shown.append(
            FigureRow(
                "City breaks even",
                _after(answer.break_even_waiting),
                f"without a wait: {_after(answer.break_even_at_once)}",
            )
        )
    return shown


def _first_paid(answer: TerminationAnswer) -> str:
    return f"{dollars(answer.wait.first_amount)} that month"


def _after(found: BreakEven) -> str:
    return NEVER if found.months is None else counted(found.months, "month")


def _lanes(answer: TerminationAnswer) -> list[Lane]:
    advice = answer.advice.advice if answer.advice else None
    now = [(month, month.now, month.stipend) for month in answer.months]
    lanes = [
        Lane("Give the phone up now", _stretches(now), is_better=advice is Advice.ELECT)
    ]
    if advice is not None:
        kept = [(month, month.waited, month.if_waited) for month in answer.months]
        lanes.append(
            Lane(
                "Keep it until the contract ends",
                _stretches(kept),
                is_better=advice is Advice.WAIT,
            )
        )
    return lanes


def _stretches(months: list[tuple[Month, Has, Decimal]]) -> list[Stretch]:
    """Join months that are alike."""
    joined = [list(run) for _, run in groupby(months, key=lambda each: each[1:])]
    return [
        Stretch(
            words=_had(run[0][1], run[0][2]),
            months=_months(run, is_last=run is joined[-1]),
            count=len(run),
            look=run[0][1].value,
        )
        for run in joined
    ]


def _had(has: Has, stipend: Decimal) -> str:
    if has is Has.STIPEND:
        return f"Stipend {dollars(stipend)}"
    return "City phone" if has is Has.PHONE else "No stipend yet"


def _months(run: list[tuple[Month, Has, Decimal]], *, is_last: bool) -> str:
    first, last = run[0][0].month, run[-1][0].month
    if is_last:
        return f"from {month_in_words(first)}"
    if len(run) == 1:
        return f"{month_in_words(first)}, 1 month"
    start = f"{first:%B}" if first.year == last.year else month_in_words(first)
    return f"{start} to {month_in_words(last)}, {len(run)} months"


def _drawn(answer: TerminationAnswer) -> int:
    """Draw a year, or as far as a little past the month that breaks even."""
    found = answer.break_even_waiting
    even = found.months if found and found.months else 0
    return min(MOST_DRAWN, max(LEAST_DRAWN, even + 2))


def _balance(
    answer: TerminationAnswer, drawn: tuple[Month, ...]
) -> tuple[list[Column], str]:
    found = answer.break_even_waiting
    if found is None:
        return [], "0%"
    even = found.months
    sums = [
        (_short(month.month, place), month.balance, "even" if place == even else "")
        for place, month in enumerate(drawn, start=1)
    ]
    return columns_of(sums, _signed)


def _short(month: date, place: int) -> str:
    """Name a month; its year only where one begins."""
    return f"{month:%b %Y}" if place == 1 or month.month == 1 else f"{month:%b}"


def _signed(amount: Decimal) -> str:
    return f"{'−' if amount < 0 else '+' if amount else ''}${abs(amount):,.0f}"


def _balance_lead(answer: TerminationAnswer, question: TerminationQuestion) -> str:
    found = answer.break_even_waiting
    if found is None:
        return ""
    saved = (
        f"The phone costs the City {dollars(question.city_cost)} a month. That is "
        "saved from the start; the stipend is paid once it begins."
    )
    if found.months is None:
        return f"{saved} The penalty is never made up."
    if not found.months:
        return saved
    return f"{saved} The penalty is made up after {counted(found.months, 'month')}."


def _row(month: Month) -> MonthRow:
    waited = "" if month.waited is None else _had(month.waited, month.if_waited)
    return MonthRow(
        month=month_in_words(month.month),
        now=_had(month.now, month.stipend),
        waited=waited or "–",
        balance="" if month.balance is None else dollars(month.balance),
        at_once="" if month.balance is None else dollars(month.balance_at_once),
    )


def _notes(
    answer: TerminationAnswer, question: TerminationQuestion, limit_missing: str
) -> list[str]:
    notes = [f"The policy {METHODS[answer.method]}."]
    if answer.penalty.amount:  # with nothing to wait for, every method says the same
        others = [_other(each, answer) for each in answer.others]
        notes.append(f"Another policy might count differently: {'; '.join(others)}.")
    if limit_missing:
        notes.append(f"The stipend may be lower still. {limit_missing}")
    if question.changes and question.city_cost is not None:
        notes.append(
            "The months after which the City breaks even are counted with today’s "
            "stipend; the table follows the change."
        )
    return notes


def _other(other: OtherMethod, answer: TerminationAnswer) -> str:
    named = {
        Method.FIXED: "fixed at the election",
        Method.RUNNING: "month by month",
        Method.PARTIAL: "exactly, to the dollar",
    }[other.method]
    if other.wait is None:
        return f"{named}, never"
    waited = counted(other.wait.months, "month")
    if other.method is Method.PARTIAL and other.wait.months != answer.wait.months:
        first = dollars(other.wait.first_amount)
        return f"{named}, {waited} and then a first payment of {first}"
    return f"{named}, {waited}"


def _workings(answer: TerminationAnswer) -> list[WorkedRow]:
    wait, advice = answer.wait, answer.advice
    asked = (
        ("The penalty", answer.penalty.steps),
        ("The wait and the first month", wait.steps if wait else ()),
        ("Break-even with the wait", _steps(answer.break_even_waiting)),
        ("Break-even if nothing waited", _steps(answer.break_even_at_once)),
        ("Wait, or elect now", advice.steps if advice else ()),
    )
    return [
        WorkedRow(name, shown_steps(all_step_words(steps)))
        for name, steps in asked
        if steps
    ]


def _steps(found: BreakEven | None) -> tuple:
    return found.steps if found else ()
