"""One stipend run in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    moment_in_words,
    month_in_words,
    short_moment,
)
from mobile_selfservice.components.working import WorkingStep, shown_steps
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.payroll.hand_over import HandedOver
from mobile_selfservice.services.payroll.repayments import RepaidSeen
from mobile_selfservice.services.payroll.run_lines import RunLine
from mobile_selfservice.services.payroll.run_view import Difference, RunSeen

CHANGES = {
    "new": ("New", "success"),
    "ended": ("Ended", "neutral"),
    "changed": ("Changed", "info"),
    "paused": ("Paused", "warn"),
}
TAXES = {"nontaxable": "Not taxed", "taxable": "Taxed"}
RATES = {
    "excluded": "Stays out of the overtime rate",
    "included": "Counts into the overtime rate",
    "": "Not set: whether it counts into the overtime rate",
}


@dataclass(frozen=True)
class LineRow:
    """One line of the run."""

    name: str = ""
    employee_number: str = ""
    department: str = ""
    stipend_class: str = ""
    reason: str = ""
    is_correction: bool = False
    amount: str = ""
    steps: list[WorkingStep] = field(default_factory=list)


@dataclass(frozen=True)
class DifferenceRow:
    """One person whose pay differs from the run before."""

    name: str = ""
    department: str = ""
    change: str = ""
    tone: str = "neutral"
    before: str = ""
    after: str = ""
    paper: str = ""


@dataclass(frozen=True)
class EventRow:
    """One entry of the run's history."""

    at: str = ""
    who: str = ""
    note: str = ""


@dataclass(frozen=True)
class HeldRow:
    """What is not taken out of one person's pay, and what to do about it.

    `typed_amount` is what the form to record a repayment is filled with.
    """

    stipend_id: int = 0
    corrects_run_id: int = 0
    name: str = ""
    amount: str = ""
    typed_amount: str = ""
    reason: str = ""
    what_to_do: str = ""
    may_record: bool = False


@dataclass(frozen=True)
class RepaidRow:
    """One amount that was paid back elsewhere."""

    name: str = ""
    amount: str = ""
    period: str = ""
    on: str = ""
    reference: str = ""
    reason: str = ""
    recorded_by: str = ""


@dataclass(frozen=True)
class ToEnterRow:
    """One stipend that this run does not pay because it is not entered."""

    words: str = ""
    href: str = ""


@dataclass(frozen=True)
class RunView:
    """The run."""

    is_loaded: bool = False
    title: str = ""
    days: str = ""
    pay_on: str = ""
    is_open: bool = False
    started_by: str = ""
    handed_over: str = ""
    tax: str = ""
    regular_rate: str = ""
    line_count: str = ""
    regular: str = ""
    corrections: str = ""
    total: str = ""
    lines: list[LineRow] = field(default_factory=list)
    differences: list[DifferenceRow] = field(default_factory=list)
    compared: str = ""
    blockers: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    file_href: str = ""
    template_href: str = ""
    content_hash: str = ""
    may_pay: bool = False
    may_hand_over: bool = False
    history: list[EventRow] = field(default_factory=list)
    held_back: list[HeldRow] = field(default_factory=list)
    repaid: list[RepaidRow] = field(default_factory=list)
    to_enter: list[ToEnterRow] = field(default_factory=list)
    page: int = 1
    pages: int = 1


def run_view(found: RunSeen) -> RunView:
    """Put a run into words."""
    is_open = found.state == "open"
    file_href = "" if is_open else f"/files/payroll/{found.run_id}.csv"
    return RunView(
        is_loaded=True,
        title=f"Stipends for {found.period}",
        days=f"{day_in_words(found.first_day)} to {day_in_words(found.last_day)}",
        pay_on=day_in_words(found.pay_on),
        is_open=is_open,
        started_by=found.started_by,
        handed_over=_handed_over(found),
        tax=TAXES.get(found.tax_treatment, ""),
        regular_rate=RATES[found.regular_rate],
        line_count=counted(found.line_count, "line"),
        regular=dollars(found.regular_total),
        corrections=dollars(found.correction_total),
        total=dollars(found.regular_total + found.correction_total),
        lines=[_line(each, found.departments) for each in found.lines],
        differences=[
            _difference(each, found.departments) for each in found.differences
        ],
        compared=f"Compared with {found.compared_with}"
        if found.compared_with
        else "There is no run before this one, so everybody is new.",
        blockers=list(found.blockers),
        notices=list(found.notices),
        file_href=file_href,
        template_href=f"{file_href}?layout=own" if found.has_template else "",
        content_hash=found.content_hash,
        may_pay=found.may_pay,
        may_hand_over=found.may_hand_over,
        history=[
            EventRow(short_moment(each.at, found.time_zone), each.who, each.note)
            for each in found.events
        ],
        held_back=[_held(each, found) for each in found.held_back],
        repaid=[_repaid(each) for each in found.repaid],
        to_enter=[
            ToEnterRow(
                f"{each.name}: stipend from {month_in_words(each.first_month)} is not "
                "entered yet",
                f"/stipends/{each.election_id}",
            )
            for each in found.to_enter
        ],
        page=found.page,
        pages=found.pages,
    )


def handed_over_in_words(done: HandedOver) -> str:
    """Say what was handed over."""
    return (
        f"Handed over: {counted(done.lines, 'line')}, {dollars(done.total)}. The run "
        "is locked; what is learned later is corrected in the next one."
    )


def _handed_over(found: RunSeen) -> str:
    if found.handed_over_at is None:
        return ""
    at = moment_in_words(found.handed_over_at, found.time_zone)
    return f"{at}, by {found.handed_over_by}"


def repaid_in_words(row: HeldRow) -> str:
    """Say what recording a repayment led to."""
    return f"Recorded. What {row.name} paid back is not carried any more."


def _repaid(each: RepaidSeen) -> RepaidRow:
    return RepaidRow(
        name=each.name,
        amount=dollars(each.amount),
        period=each.period,
        on=day_in_words(each.repaid_on),
        reference=each.reference,
        reason=each.reason,
        recorded_by=each.recorded_by,
    )


def _held(each: RunLine, found: RunSeen) -> HeldRow:
    owed = dollars(-each.amount)
    return HeldRow(
        stipend_id=each.stipend_id,
        corrects_run_id=each.corrects_run_id or 0,
        may_record=found.may_pay and each.person_id != found.viewer_id,
        typed_amount=f"{-each.amount:.2f}",
        name=each.name,
        amount=owed,
        reason=each.reason,
        what_to_do=f"{each.name} gets too little in this run to take {owed} back, "
        "and a deduction is never automatic. It stays open: the next "
        "run that pays them a stipend takes it up. If none will, agree with them in "
        "writing how they pay it back, and record it here once they did.",
    )


def _line(each: RunLine, departments: dict[str, str]) -> LineRow:
    return LineRow(
        name=each.name,
        employee_number=each.employee_number,
        department=departments.get(each.department, each.department),
        stipend_class=f"{each.stipend_class.capitalize()} phone",
        reason=each.reason,
        is_correction=each.is_correction,
        amount=dollars(each.amount),
        steps=shown_steps(each.steps),
    )


def _difference(each: Difference, departments: dict[str, str]) -> DifferenceRow:
    words, tone = CHANGES[each.change]
    return DifferenceRow(
        name=each.name,
        department=departments.get(each.department, each.department),
        change=words,
        tone=tone,
        before=dollars(each.before),
        after=dollars(each.after),
        paper=f"/stipends/{each.election_id}" if each.election_id else "",
    )
