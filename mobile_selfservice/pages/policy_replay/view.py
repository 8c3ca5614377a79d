"""A replay in words: its sums, its people, and its largest differences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mobile_selfservice.components.charts import Bar
from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.wording import counted, month_in_words
from mobile_selfservice.components.working import WorkingStep, working_steps
from mobile_selfservice.jobs.replay_policy import Replayed
from mobile_selfservice.policy.kinds import Kind
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.parameters import Parameter
from mobile_selfservice.policy.value_words import choice_in_words
from mobile_selfservice.services.bills.rated_bill import RatedLine
from mobile_selfservice.services.replay.choices import Choices
from mobile_selfservice.services.replay.findings import (
    Explanation,
    Findings,
    PersonSums,
    Sums,
)

USUAL_MONTHS = 12
PEOPLE_SHOWN = 50
HOW_TYPED = {
    Kind.FLAG: "yes or no",
    Kind.WORDS: "with commas between",
    Kind.NUMBERS: "with commas between",
    Kind.AMOUNTS: "with commas between",
    Kind.DATES: "days as 2026-07-01, with commas between",
    Kind.DAY: "a day as 2026-07-01",
    Kind.LIMIT: "a bound as >= 20",
}


@dataclass(frozen=True)
class Offer:
    """What the form offers to choose from."""

    is_loaded: bool = False
    bases: list[Option] = field(default_factory=list)
    figures: list[Option] = field(default_factory=list)
    months: list[Option] = field(default_factory=list)
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a table of sums."""

    cells: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Difference:
    """One bill under both policies, with both workings."""

    title: str = ""
    in_force: str = ""
    draft: str = ""
    change: str = ""
    steps_in_force: list[WorkingStep] = field(default_factory=list)
    steps_draft: list[WorkingStep] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """Everything a finished replay shows."""

    title: str = ""
    summary: str = ""
    in_force: str = ""
    draft: str = ""
    change: str = ""
    bills: str = ""
    pay_less: str = ""
    pay_less_sum: str = ""
    pay_more: str = ""
    pay_more_sum: str = ""
    same: str = ""
    doubts: list[str] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    departments: list[Row] = field(default_factory=list)
    months: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    people_caption: str = ""
    differences: list[Difference] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    export: str = ""


def offer(found: Choices) -> Offer:
    """Put what can be chosen into options; the last twelve months stand chosen."""
    months = [
        Option(f"{month:%Y-%m}", month_in_words(month))
        for month in reversed(found.months)
    ]
    figures = sorted(found.figures, key=lambda each: (each.group, each.label))
    return Offer(
        is_loaded=True,
        bases=[Option(base.name, base.title) for base in found.bases],
        figures=[
            Option("", "No change"),
            *(Option(each.key, _figure(each)) for each in figures),
        ],
        months=months,
        first=months[min(USUAL_MONTHS, len(months)) - 1].value if months else "",
        last=months[0].value if months else "",
    )


def _figure(parameter: Parameter) -> str:
    group = f"{parameter.group}: " if parameter.group else ""
    offered = "; ".join(choice_in_words(each) for each in parameter.choices)
    typed = HOW_TYPED.get(parameter.kind, parameter.unit)
    how = ", ".join(part for part in (offered, typed) if part)
    return f"{group}{parameter.label}{f' ({how})' if how else ''}"


def outcome(replayed: Replayed) -> Outcome:
    """Put what a replay found into words."""
    found = replayed.findings
    total = found.total
    return Outcome(
        title=found.draft_title,
        summary=_summary(found),
        in_force=dollars(total.in_force),
        draft=dollars(total.draft),
        change=signed(total.difference),
        bills=counted(total.bills, "certified bill"),
        pay_less=counted(found.pay_less.count, "person", "people"),
        pay_less_sum=signed(found.pay_less.difference),
        pay_more=counted(found.pay_more.count, "person", "people"),
        pay_more_sum=signed(found.pay_more.difference),
        same=counted(found.pay_the_same, "person", "people"),
        doubts=list(_doubts(found)),
        bars=_bars(found.by_department),
        departments=[_row(sums.name, sums) for sums in found.by_department],
        months=[_row(month_in_words(month), sums) for month, sums in found.by_month],
        people=[_person(each) for each in found.persons[:PEOPLE_SHOWN]],
        people_caption=_people_caption(found),
        differences=[_difference(each) for each in found.largest],
        others=list(_others(found)),
        export=f"/files/replays/{replayed.key}.csv",
    )


def signed(amount: Decimal) -> str:
    """Write a difference with its sign: +$4.00, -$4.00, $0.00."""
    return f"+{dollars(amount)}" if amount > ZERO else dollars(amount)


def _summary(found: Findings) -> str:
    span = _span(found.first, found.last)
    return f"Tried on {span}, beside {found.in_force_title}. No bill was changed."


def _span(first: date, last: date) -> str:
    if first == last:
        return month_in_words(first)
    return f"{month_in_words(first)} to {month_in_words(last)}"


def _doubts(found: Findings) -> Iterator[str]:
    if found.unlike_count:
        yield (
            "Under the policy in force some bills of these months would come to "
            f"something else than what was certified: {found.unlike_count:,}. What was "
            "certified stands; the comparison uses the amount worked out anew."
        )
    if found.undetermined:
        yield (
            "Left out of every sum, because one of the two policies lacks a figure: "
            f"{counted(found.undetermined, 'bill')}."
        )
    for each in found.obstacles:
        whose = "Draft" if each.is_draft else "Policy in force"
        yield f"{whose}, {counted(each.times, 'bill')}: {each.reason}"
    for each in found.stipends.obstacles:
        whose = "Draft" if each.is_draft else "Policy in force"
        yield f"{whose}, {counted(each.times, 'month')} of stipends: {each.reason}"


def _bars(departments: Sequence[Sums]) -> list[Bar]:
    """Draw each department's difference; the longest bar is the largest one."""
    largest = max((abs(each.difference) for each in departments), default=ZERO)
    return [
        Bar(
            label=each.name,
            value=signed(each.difference),
            share=float(abs(each.difference) / largest * 100) if largest else 0,
        )
        for each in departments
    ]


def _row(name: str, sums: Sums) -> Row:
    return Row(
        [
            name,
            f"{sums.bills:,}",
            dollars(sums.in_force),
            dollars(sums.draft),
            signed(sums.difference),
        ]
    )


def _person(each: PersonSums) -> Row:
    _, *figures = _row(each.name, each.sums).cells
    return Row([each.name, each.department, *figures])


def _people_caption(found: Findings) -> str:
    count = len(found.persons)
    first = f" The first {PEOPLE_SHOWN} are listed." if count > PEOPLE_SHOWN else ""
    return f"{counted(count, 'person', 'people')}, the largest difference first.{first}"


def _difference(each: Explanation) -> Difference:
    who = ", ".join(part for part in (each.name, each.department) if part)
    return Difference(
        title=f"{who or 'An employee'}, {month_in_words(each.month)}",
        in_force=dollars(each.in_force),
        draft=dollars(each.draft),
        change=signed(each.draft - each.in_force),
        steps_in_force=list(_steps(each.lines_in_force)),
        steps_draft=list(_steps(each.lines_draft)),
    )


def _steps(lines: Iterable[RatedLine]) -> Iterator[WorkingStep]:
    for line in lines:
        for step in working_steps(line.explained):
            yield WorkingStep(
                text=f"{line.label}: {step.text}",
                amount=step.amount,
                clause=step.clause,
                reading=step.reading,
            )


def _others(found: Findings) -> Iterator[str]:
    late, stipends = found.late, found.stipends
    if late:
        yield (
            f"Of {counted(late.reviews, 'review')} {late.in_force:,} came after the "
            f"last day under the policy in force; {late.draft:,} would have under the "
            "draft."
        )
    if stipends.months:
        yield (
            f"Stipends of {counted(stipends.people, 'person', 'people')} for "
            f"{counted(stipends.months, 'month')} together: {dollars(stipends.paid)} "
            f"paid, {dollars(stipends.in_force)} by the policy in force, "
            f"{dollars(stipends.draft)} by the draft "
            f"({signed(stipends.draft - stipends.in_force)})."
        )
