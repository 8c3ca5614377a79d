"""The days that belong to a bill: when it is due, since when overdue, when reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.review import Decision, DirectorDecision
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.reminder_days import Rung, reminders
from mobile_selfservice.policy.review_deadline import (
    Counting,
    calendar_in_force,
    deadline_from,
    in_words,
    overdue,
    reopened,
)
from mobile_selfservice.policy.step_words import StepWords, all_step_words
from mobile_selfservice.services import printed, review_clock
from mobile_selfservice.services.bills.bill_review import OPEN
from mobile_selfservice.services.explain.explained_figure import Part, Working
from mobile_selfservice.services.explain.policy_behind import values_in_force
from mobile_selfservice.services.explain.subjects import SeenBill, moment

COUNTING = (
    "cert.deadline_days",
    "deadlines.day_kind",
    "deadlines.roll",
    "deadlines.timezone",
)
REOPENING = "cert.reopen_days"
REMINDING = ("cert.reminder_days", "cert.escalation")
NO_DATE = "No date yet"
NOT_RELEASED = StepWords(
    "the bill is not released; the days to review start when Finance releases it"
)
RELEASED, RETURNED = "From the release", "Returned by the director"


@dataclass(frozen=True, slots=True)
class DueDate:
    """A bill's due date and how it was counted: from its release, then each return."""

    parts: tuple[Part, ...]
    counted: date
    is_reopened: bool
    note: str = ""


def due_date(session: Session, seen: SeenBill, now: datetime) -> Working:
    """Tell by when a bill is to be certified and paid."""
    bill, at = seen.bill, moment(session, seen.employer_id, now)
    if bill.due_on is None or bill.received_on is None:
        unset = Part(RELEASED, (NOT_RELEASED,))
        known = f"As it stands on {at.words}."
        return Working(said=NO_DATE, parts=(unset,), known=known, on=at.today)
    found = due_date_of(session, bill)
    keys = (*COUNTING, REOPENING) if found.is_reopened else COUNTING
    return Working(
        said=in_words(bill.due_on),
        parts=found.parts,
        known=f"Set when Finance released the bill on "
        f"{printed.day(bill.received_on)}"
        f"{' and again when it was returned' if found.is_reopened else ''}, under "
        f"{at.edition.title} (edition {at.edition.id}).",
        on=bill.received_on,
        values=values_in_force(at.edition, keys, bill.received_on),
        notes=(found.note,) if found.note else (),
    )


def due_date_of(
    session: Session, bill: Bill, before: datetime | None = None
) -> DueDate:
    """Count a released bill's due date again, as its release and returns did.

    With `before`, only returns before that moment count: a statement signed then was
    due by what was known then.
    """
    edition = review_clock.local_edition(session, bill.employer_id)
    closed = review_clock.closed_days(session, bill.employer_id)
    due, steps = released_due(edition, closed, bill.received_on or bill.month)
    parts = [Part(RELEASED, all_step_words(steps), in_words(due))]
    returns = [at for at in _returns(session, bill) if before is None or at < before]
    for at in returns:
        calendar = review_clock.calendar(session, bill.employer_id, at)
        on = review_clock.today(session, bill.employer_id, at)
        days = edition.whole(REOPENING, on)
        clause = edition.parameter(REOPENING).clause
        again = reopened(due, at, days, calendar, clause)
        due = again.due
        parts.append(Part(RETURNED, all_step_words(again.steps), in_words(due)))
    note = "" if before else _differing(due, bill)
    return DueDate(tuple(parts), due, len(parts) > 1, note)


def released_due(
    edition: Edition, closed: frozenset[date], received: date
) -> tuple[date, tuple[Step, ...]]:
    """Count the due date of bills released on a day."""
    calendar = calendar_in_force(edition, received, closed)
    days = edition.whole("cert.deadline_days", received)
    counting = Counting(clause=edition.parameter("cert.deadline_days").clause)
    counted = deadline_from(received, days, calendar, counting)
    return counted.due, counted.steps


def _returns(session: Session, bill: Bill) -> Sequence[datetime]:
    return session.exec(
        select(DirectorDecision.decided_at)
        .where(
            DirectorDecision.bill_id == bill.id,
            DirectorDecision.decision == Decision.RETURNED,
        )
        .order_by(col(DirectorDecision.decided_at))
    ).all()


def _differing(counted: date, bill: Bill) -> str:
    """Own up where the calendar or the policy was changed after the date was set."""
    if bill.due_on is None or counted == bill.due_on:
        return ""
    return (
        f"Counted by the calendar and the policy as they are now, the day would be "
        f"{in_words(counted)}. The date that was set stays: {in_words(bill.due_on)}."
    )


def overdue_since(session: Session, seen: SeenBill, now: datetime) -> Working:
    """Tell whether a bill is overdue, and since when."""
    bill, at = seen.bill, moment(session, seen.employer_id, now)
    known = f"As it stands on {at.words}."
    if bill.due_on is None:
        unset = Part("The due date", (NOT_RELEASED,))
        return Working(said="Not overdue", parts=(unset,), known=known, on=at.today)
    clause = at.edition.parameter("cert.deadline_days").clause
    counted = overdue(bill.due_on, at.today, clause)
    missing = _missing(bill)
    is_late = bool(counted.count and missing)
    late = f"{counted.count} {'day' if counted.count == 1 else 'days'} overdue"
    steps = all_step_words(counted.steps) if missing else ()
    state = StepWords(missing or "certified, and all that is owed was handed in")
    return Working(
        said=late if is_late else "Not overdue",
        parts=(Part("What is still to be done", (state,)), Part("The days", steps)),
        known=known,
        on=bill.received_on or at.today,
        values=values_in_force(at.edition, COUNTING, bill.received_on or at.today),
    )


def _missing(bill: Bill) -> str:
    if bill.state in OPEN:
        return "the bill is not certified"
    if bill.owed > max(bill.tendered, bill.paid):
        return "the bill is certified, and not all that is owed was handed in"
    return ""


def reminder_dates(session: Session, seen: SeenBill, now: datetime) -> Working:
    """Tell on which days somebody is reminded of a bill, as long as it waits."""
    bill, at = seen.bill, moment(session, seen.employer_id, now)
    known = (
        f"As it stands on {at.words}. A reminder goes out only while the bill still "
        "waits; what was sent stands in its history."
    )
    if bill.due_on is None:
        unset = Part("The days", (NOT_RELEASED,))
        return Working(said=NO_DATE, parts=(unset,), known=known, on=at.today)
    days = reminders(bill.due_on, bill.received_on, ladder(at.edition, bill.due_on))
    coming = [each.on for each in days if each.on > at.today]
    waits = bool(_missing(bill))
    said = f"Next: {in_words(coming[0])}" if coming and waits else "None to come"
    steps = all_step_words([each.step for each in days])
    return Working(
        said=said,
        parts=(Part("The days", steps),),
        known=known,
        on=bill.due_on,
        values=values_in_force(at.edition, REMINDING, bill.due_on),
    )


def ladder(edition: Edition, on: date) -> list[Rung]:
    """Take the steps of reminders from the policy: the holder's, then the offices'."""
    own, offices = (edition.parameter(key).clause for key in REMINDING)
    try:
        rungs = [
            Rung(days, "the holder", own)
            for days in edition.numbers("cert.reminder_days", on)
        ]
        for written in edition.words("cert.escalation", on):
            days, _, office = written.partition(" ")
            rungs.append(Rung(int(days), f"the {office.replace('_', ' ')}", offices))
    except NotSet:
        return []
    return rungs
