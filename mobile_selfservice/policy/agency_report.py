"""When a usage report is issued, by when it is answered, and what silence means.

New York ITS-P18-007, section 4.0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.months import months_later
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.review_deadline import (
    Calendar,
    Counting,
    deadline,
    in_words,
    start_of_next_day,
)
from mobile_selfservice.policy.rulings import Person, against, ruling
from mobile_selfservice.policy.unsaid import if_said

REPORT = Clause("NY ITS-P18-007", "4.0 Biannual Report")
REMINDERS = (-14, -7, -1)
QUARTER = 3


class Silence(StrEnum):
    """What no answer to a recommendation means at the deadline."""

    ACCEPT = "accept"
    REJECT = "reject"
    ESCALATE = "escalate"


class Answer(StrEnum):
    """What an agency says to one recommendation."""

    ACCEPT = "accept"
    REJECT = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTerms:
    """How often a report is issued and how long it may be answered."""

    response_days: int = 30
    silence: Silence = Silence.ACCEPT
    cycle_months: int = 2 * QUARTER
    anchor: date | None = None
    clause: Clause = REPORT
    silence_clause: Clause = REPORT
    cycle_clause: Clause = REPORT


def report_terms(edition: Edition, on: date) -> ReportTerms:
    """Take the terms from the edition in force on the day of issue.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-35, AMB-36, AMB-40.

    Raises:
        NotSet: if a choice has no value in force.
    """
    return ReportTerms(
        response_days=edition.whole("report.response_days", on),
        silence=Silence(edition.text("report.silence", on)),
        cycle_months=edition.whole("report.cycle", on),
        anchor=if_said(lambda: edition.day("report.anchor", on), None),
        clause=edition.parameter("report.response_days").clause,
        silence_clause=edition.parameter("report.silence").clause,
        cycle_clause=edition.parameter("report.cycle").clause,
    )


NEW_YORK = ReportTerms()


def issue_dates(
    first: date, last: date, terms: ReportTerms = NEW_YORK
) -> tuple[date, ...]:
    """Return the days between two days, both included, on which a report is issued.

    They are counted from the anchor, a quarterly billing date: every second one. The
    day of the month stays the anchor's, or is the last of a shorter month.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-40.

    Raises:
        ValueError: if the terms have no anchor, or the cycle is no whole quarters.
    """
    if terms.anchor is None:
        raise ValueError("no billing date is set that the reports are counted from")
    if terms.cycle_months < QUARTER or terms.cycle_months % QUARTER:
        raise ValueError("reports go with the quarterly invoices")
    months = (first.year - terms.anchor.year) * 12 + first.month - terms.anchor.month
    cycle = months // terms.cycle_months
    found: list[date] = []
    while (issued := months_later(terms.anchor, cycle * terms.cycle_months)) <= last:
        if issued >= first:
            found.append(issued)
        cycle += 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ResponseClock:
    """The last day to answer, and the moment after it when silence counts."""

    respond_by: date
    deemed_at: datetime
    steps: tuple[Step, ...]


def response_clock(
    issued_at: datetime, calendar: Calendar, terms: ReportTerms = NEW_YORK
) -> ResponseClock:
    """Count how long a report may be answered.

    The day of issue does not count; a last day that is no business day moves on.
    Silence counts from 00:00 local time after that day.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-35.
    """
    counting = Counting(clause=terms.clause, began="issued", reading="AMB-35")
    counted = deadline(issued_at, terms.response_days, calendar, counting)
    deemed_at = start_of_next_day(counted.due, calendar)
    text = (
        f"without an answer, {SILENT[terms.silence]} when {in_words(counted.due)} ends"
    )
    step = Step(text, terms.silence_clause, None, "AMB-35")
    return ResponseClock(counted.due, deemed_at, (*counted.steps, step))


SILENT = {
    Silence.ACCEPT: "deemed accepted",
    Silence.REJECT: "deemed rejected",
    Silence.ESCALATE: "escalated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswer:
    """One answer an agency gives: by whom, when, and with which words."""

    answer: Answer
    answered_at: datetime
    answered_by: Person
    explanation: str = ""


def answer_ruling(
    given: ItemAnswer,
    clock: ResponseClock,
    compiler: Person,
    terms: ReportTerms = NEW_YORK,
) -> Ruling:
    """Decide whether an agency's answer to one recommendation may be taken.

    A rejection says why. Answers are taken, and changed, until the deadline. Who
    compiled the report does not answer it.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-35, AMB-36.
    """
    return ruling(
        [
            against(
                given.answer is Answer.REJECT and not given.explanation.strip(),
                "A rejection needs an explanation.",
                terms.clause,
                "AMB-36",
            ),
            against(
                given.answered_at >= clock.deemed_at,
                f"The time to answer ended on {in_words(clock.respond_by)}.",
                terms.clause,
                "AMB-35",
            ),
            against(
                given.answered_by == compiler,
                "Who compiled the report does not answer it.",
                terms.clause,
            ),
        ]
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How the recommendations of a report stand.

    `deemed` are those silence accepted or rejected, `escalated` those it passed on,
    `open` those that still may be answered.
    """

    accepted: int
    rejected: int
    deemed: int
    escalated: int
    open: int
    steps: tuple[Step, ...]

    @property
    def is_answered(self) -> bool:
        """Tell whether nothing is open."""
        return not self.open


def tally(
    answers: Sequence[Answer | None], *, is_over: bool, terms: ReportTerms = NEW_YORK
) -> Tally:
    """Count the answers, item by item; None is an item without one.

    Only when the time is over does silence count, and only for those items.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-36.
    """
    accepted = sum(answer is Answer.ACCEPT for answer in answers)
    rejected = sum(answer is Answer.REJECT for answer in answers)
    silent = len(answers) - accepted - rejected
    escalates = terms.silence is Silence.ESCALATE
    deemed = silent if is_over and not escalates else 0
    escalated = silent if is_over and escalates else 0
    still = SILENT[terms.silence] if is_over else "open"
    left = f"{silent} without an answer: {still}" if silent else "none left"
    text = f"{accepted} accepted, {rejected} rejected, {left}"
    step = Step(text, terms.silence_clause, None, "AMB-36")
    return Tally(
        accepted, rejected, deemed, escalated, silent - deemed - escalated, (step,)
    )


def deemed_answer(terms: ReportTerms = NEW_YORK) -> Answer | None:
    """Return what an item without an answer becomes; None where it is escalated.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-35, AMB-36.
    """
    return {Silence.ACCEPT: Answer.ACCEPT, Silence.REJECT: Answer.REJECT}.get(
        terms.silence
    )
