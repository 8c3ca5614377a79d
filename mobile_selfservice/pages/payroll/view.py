"""The stipend runs in words."""

from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.components.charts import Bar
from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    short_day,
    short_period,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.payroll.run_list import ListedRun, Runs

STATES = {"open": ("Open", "info"), "handed_over": ("Handed over", "success")}
FREQUENCIES = {
    "monthly": "every month",
    "per_pay_period": "every pay period",
    "quarterly": "every quarter",
    "annual": "once a year",
}


@dataclass(frozen=True)
class RunRow:
    """One run of the list."""

    period: str = ""
    href: str = ""
    days: str = ""
    pay_on: str = ""
    state: str = ""
    tone: str = "neutral"
    lines: str = ""
    regular: str = ""
    corrections: str = ""
    total: str = ""


@dataclass(frozen=True)
class NextRun:
    """The period that comes next, as its form is filled."""

    is_there: bool = False
    period: str = ""
    year: str = ""
    number: str = ""
    first_day: str = ""
    last_day: str = ""
    pay_on: str = ""
    due: str = ""


@dataclass(frozen=True)
class PayrollView:
    """The list, what it comes to, and what is next."""

    is_loaded: bool = False
    rows: list[RunRow] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    summary: str = ""
    paid_how: str = ""
    problem: str = ""
    open_href: str = ""
    open_period: str = ""
    is_first: bool = False
    may_start: bool = False
    following: NextRun = NextRun()
    page: int = 1
    pages: int = 1


def payroll_view(found: Runs) -> PayrollView:
    """Put the runs into words."""
    still_open = next((each for each in found.drawn if each.state == "open"), None)
    return PayrollView(
        is_loaded=True,
        rows=[_row(each) for each in found.rows],
        bars=_bars(found.drawn),
        summary=counted(found.count, "run"),
        paid_how=_paid_how(found),
        problem=found.problem,
        open_href=f"/payroll/{still_open.run_id}" if still_open else "",
        open_period=still_open.period if still_open else "",
        is_first=found.is_first,
        may_start=found.may_start,
        following=_following(found),
        page=found.page,
        pages=found.pages,
    )


def _paid_how(found: Runs) -> str:
    if not found.frequency:
        return ""
    how = FREQUENCIES[found.frequency]
    if found.frequency == "per_pay_period":
        how += f", {found.periods} times a year"
    return f"By the policy a stipend is paid {how}."


def _following(found: Runs) -> NextRun:
    period = found.following
    if period is None:
        return NextRun()
    is_due = period.first_day <= found.today
    return NextRun(
        is_there=True,
        period=period.words,
        year=str(period.year),
        number=str(period.number),
        first_day=period.first_day.isoformat(),
        last_day=period.last_day.isoformat(),
        pay_on=period.pay_on.isoformat(),
        due=f"The period has begun on {day_in_words(period.first_day)}."
        if is_due
        else f"The period begins on {day_in_words(period.first_day)}.",
    )


def _row(each: ListedRun) -> RunRow:
    words, tone = STATES[each.state]
    total = each.regular_total + each.correction_total
    return RunRow(
        period=each.period,
        href=f"/payroll/{each.run_id}",
        days=short_period(each.first_day, each.last_day),
        pay_on=short_day(each.pay_on),
        state=words,
        tone=tone,
        lines=f"{each.lines:,}",
        regular=dollars(each.regular_total),
        corrections=dollars(each.correction_total),
        total=dollars(total),
    )


def _bars(runs: tuple[ListedRun, ...]) -> list[Bar]:
    """Draw what each run comes to, the longest bar for the largest."""
    totals = [each.regular_total + each.correction_total for each in runs]
    most = max([*totals, Decimal(1)])
    return [
        Bar(each.period, dollars(total), float(max(total, Decimal(0)) / most * 100))
        for each, total in zip(runs, totals, strict=True)
    ]
