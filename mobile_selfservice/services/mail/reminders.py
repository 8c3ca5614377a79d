"""Reminding people to certify and to pay in time, and telling directors who is late.

What is due and not yet said is worked out afresh each time, so a portal that stood
still for a week catches up with one letter: a person gets at most one a day, and of
several steps missed only the last. What was said stands in the bill's history.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Person, Role
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.services import history, review_clock
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.mail import letters, reminder_letters
from mobile_selfservice.services.mail.reminder_letters import Notice
from mobile_selfservice.services.statements import reviewers

REMINDED = "bill.reminded"
TO_CERTIFY = (BillState.RELEASED, BillState.IN_REVIEW)
TO_PAY = (BillState.CERTIFIED, BillState.ACCEPTED)
PARTS = ("due_on", "step", "to")  # what makes a notice of a bill the same one
OUTSIDERS = (Role.DCM, Role.CITY_MANAGER)


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told of overdue bills, looked up once for all of them."""

    edition: Edition
    today: date
    directors: dict[int, list[int]]
    outsiders: list[int]
    deputies: list[int]


def write_due(session: Session, employer_id: int, *, now: datetime) -> int:
    """Write the letters whose day has come; return how many were written."""
    bills = _open_bills(session, employer_id)
    watch = _watch(session, employer_id, bills, now)
    said = _said(session, employer_id)
    by_person: dict[int, list[Notice]] = {}
    for bill in bills:
        for notice in _notices(bill, watch):
            if _key(notice) not in said:
                by_person.setdefault(notice.person_id, []).append(notice)
    written = [
        _write(session, notices, watch.today, now) for notices in by_person.values()
    ]
    return sum(written)


def _open_bills(session: Session, employer_id: int) -> list[Bill]:
    return list(
        session.exec(
            select(Bill)
            .where(*_is_open(employer_id))
            .order_by(col(Bill.due_on), col(Bill.id))
        )
    )


def _is_open(employer_id: int) -> tuple[Any, ...]:
    """Pick the bills whose holder still has something to do by the due date."""
    return (
        Bill.employer_id == employer_id,
        col(Bill.due_on).is_not(None),
        col(Bill.holder_id).is_not(None),
        or_(
            col(Bill.state).in_(TO_CERTIFY),
            and_(col(Bill.state).in_(TO_PAY), col(Bill.owed) > col(Bill.tendered)),
        ),
    )


def _watch(
    session: Session, employer_id: int, bills: list[Bill], now: datetime
) -> Watch:
    departments = {bill.department_id for bill in bills if bill.department_id}
    return Watch(
        edition=review_clock.local_edition(session, employer_id),
        today=review_clock.today(session, employer_id, now),
        directors=reviewers.directors_of(session, departments, now),
        outsiders=reviewers.holders_of(session, employer_id, OUTSIDERS, now),
        deputies=reviewers.holders_of(session, employer_id, [Role.DCM], now),
    )


def _notices(bill: Bill, watch: Watch) -> Iterator[Notice]:
    step = _latest_step(bill, watch)
    if step is not None:
        yield Notice(bill, bill.holder_id or 0, f"{step:+d}")
    for rung in _rungs(bill, watch):
        days, _, office = rung.partition(" ")
        if _reached(bill, int(days), watch.today):
            for person_id in _office(bill, office, watch):
                yield Notice(bill, person_id, f"{office} {int(days):+d}")


def _latest_step(bill: Bill, watch: Watch) -> int | None:
    ladder = _ladder(bill, watch)
    return max(
        (days for days in ladder if _reached(bill, days, watch.today)), default=None
    )


# One employer who has set no days must not keep the letters of all others back.
def _ladder(bill: Bill, watch: Watch) -> tuple[int, ...]:
    try:
        return watch.edition.numbers("cert.reminder_days", bill.due_on or watch.today)
    except NotSet:
        return ()


def _rungs(bill: Bill, watch: Watch) -> tuple[str, ...]:
    try:
        return watch.edition.words("cert.escalation", bill.due_on or watch.today)
    except NotSet:
        return ()


def _reached(bill: Bill, days: int, today: date) -> bool:
    """Tell whether so many days after the due date (or before it) have come."""
    if bill.due_on is None:
        return False
    on = bill.due_on + timedelta(days=days)
    return on <= today and (bill.received_on is None or on > bill.received_on)


def _office(bill: Bill, office: str, watch: Watch) -> Iterable[int]:
    """Name the people of an office who look after a bill, never its own holder."""
    if office == "deputy_city_manager":
        told = watch.deputies
    else:
        told = watch.directors.get(bill.department_id or 0, [])
        if bill.holder_id in told:
            told = watch.outsiders
    return [person_id for person_id in told if person_id != bill.holder_id]


def _said(session: Session, employer_id: int) -> set[tuple[object, ...]]:
    found = session.exec(
        select(HistoryEntry)
        .join(Bill, col(Bill.id) == HistoryEntry.subject_id)
        .where(
            HistoryEntry.act == REMINDED,
            HistoryEntry.subject == "bill",
            *_is_open(employer_id),
        )
    )
    return {
        (entry.subject_id, *(str(entry.details.get(part)) for part in PARTS))
        for entry in found
    }


def _key(notice: Notice) -> tuple[object, ...]:
    return (notice.bill.id, *(str(part) for part in _details(notice).values()))


def _details(notice: Notice) -> dict[str, object]:
    return {
        "due_on": str(notice.bill.due_on),
        "step": notice.step,
        "to": notice.person_id,
    }


def _write(session: Session, notices: list[Notice], today: date, now: datetime) -> bool:
    """Write one person's letter of the day; what it cannot take waits for the next."""
    draft = reminder_letters.digest(session, notices, today, now)
    if not letters.write(session, draft, now):
        return False
    names = _names(session, notices)
    for notice in notices:
        bill = notice.bill
        told = "" if notice.is_own else f" to {names[notice.person_id]}"
        note = f"Reminder sent{told}: {reminder_letters.standing(bill, today)}"
        event = Event(REMINDED, "bill", bill.id or 0, note, _details(notice))
        history.record_system(session, bill.employer_id, event, now)
    return True


def _names(session: Session, notices: list[Notice]) -> dict[int, str]:
    ids = {notice.person_id for notice in notices}
    found = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id or 0: person.name for person in found}
