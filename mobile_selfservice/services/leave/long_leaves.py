"""Following long leave: it begins, its days change, it is over or falls away.

Whoever tells, changes or takes back a leave comes by here in the same transaction. So
does the clock every hour: a leave without an end is found on the day it becomes long.
Nobody's stipend is stopped here: that is the director's act (AMB-26).
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.leave import Leave, LongLeave, LongLeaveState
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import history, printed
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.leave import (
    joined_leaves,
    leave_letters,
    leave_rows,
    stipend_leave,
)
from mobile_selfservice.services.leave.leave_rows import Interruption, LeaveRules
from mobile_selfservice.services.person_turn import take_turn
from mobile_selfservice.services.phones.phone_standing import standing_of

State = LongLeaveState
SUBJECT = "person"


def follow(session: Session, person: Person, *, now: datetime) -> int:
    """Bring a person's long leave up to date; return how many letters that wrote.

    Doing it again on the same day changes nothing. Who has left is on leave no more.
    The caller holds the person locked.

    Clause: Lodi 2011 §4.A. Reading: AMB-26, AMB-34.
    """
    by = leave_rows.rules_of(session, person.employer_id, now)
    gone = leave_rows.has_left(person, by.today)
    leaves = [] if gone else leave_rows.current(session, [person.id or 0])
    whole = leave_rows.interruptions(leaves, by)
    known = _known(session, person)
    written = 0
    for each in whole:
        if each.is_long and not each.is_over(by.today):
            met = [one for one in known if each.meets(*_days(one))]
            row = joined_leaves.join(session, met, by.today, now)
            known = [one for one in known if one is not row]
            written += _stand(session, person, row, each, by, now)
    for row in known:
        if row.state == State.STANDING:
            written += _end(session, person, row, whole, by, now)
    return written


def run_due(session: Session, employer_id: int, *, now: datetime) -> int:
    """Follow the leave of everybody who is away or was; return the letters written.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    return sum(
        run_for(session, person_id, now=now)
        for person_id in away_or_back(session, employer_id, now)
    )


def run_for(session: Session, person_id: int, *, now: datetime) -> int:
    """Follow one person's leave; return how many letters that wrote.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    return follow(session, take_turn(session, person_id), now=now)


def away_or_back(session: Session, employer_id: int, now: datetime) -> list[int]:
    """List who is away, and whose long leave has not been found to be over yet."""
    away = select(Leave.person_id).where(
        Leave.employer_id == employer_id, col(Leave.ended_at).is_(None)
    )
    standing = select(LongLeave.person_id).where(
        LongLeave.employer_id == employer_id, LongLeave.state == State.STANDING
    )
    today = leave_rows.rules_of(session, employer_id, now).today
    still = away.where(col(Leave.last_day).is_(None) | (col(Leave.last_day) >= today))
    found = session.exec(
        select(Person.id)
        .where(col(Person.id).in_(still) | col(Person.id).in_(standing))
        .order_by(col(Person.id))
    )
    return [each or 0 for each in found]


def _known(session: Session, person: Person) -> list[LongLeave]:
    """List what is known of a person's long leave, what stands first, else newest."""
    found = session.exec(
        select(LongLeave)
        .where(LongLeave.person_id == person.id)
        .order_by((col(LongLeave.state) != State.STANDING), col(LongLeave.id).desc())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found)


def _days(row: LongLeave) -> tuple[date, date | None]:
    return row.first_day, row.last_day


def _stand(
    session: Session,
    person: Person,
    row: LongLeave | None,
    each: Interruption,
    by: LeaveRules,
    now: datetime,
) -> int:
    """Let a long leave stand with the days it has now, and tell who acts on it."""
    standing = standing_of(session, person.id or 0, by.today)
    if row is None:
        if not (standing.has_device or standing.has_stipend):
            return 0
        row = LongLeave(
            employer_id=person.employer_id,
            person_id=person.id or 0,
            first_day=each.first,
            last_day=each.last,
            found_on=by.today,
        )
    elif (row.state, *_days(row)) != (State.STANDING, each.first, each.last):
        row.state, row.first_day, row.last_day = State.STANDING, each.first, each.last
        row.stage, row.version = row.stage + 1, row.version + 1
    session.add(row)
    session.flush()
    to_systems = leave_letters.tell_systems(session, person, row, each, now)
    if to_systems:
        _note(session, row, "leave.notified", "Information Systems told", now)
    to_director = leave_letters.flag_stipend(session, person, row, each, now)
    if to_director:
        _note(session, row, "leave.flagged", "Director told of the stipend", now)
    return to_systems + to_director


def _end(
    session: Session,
    person: Person,
    row: LongLeave,
    whole: Sequence[Interruption],
    by: LeaveRules,
    now: datetime,
) -> int:
    """Let a long leave be over, or fall away where the days told say otherwise now."""
    left = next((one for one in whole if one.is_long and one.meets(*_days(row))), None)
    if left is not None:
        row.state, row.first_day, row.last_day = State.OVER, left.first, left.last
        note = "Long leave is over"
    else:
        row.state, note = State.FELL_AWAY, "No long leave after all"
    row.stage, row.version = row.stage + 1, row.version + 1
    session.add(row)
    session.flush()
    _note(session, row, "leave.over", note, now)
    paused = stipend_leave.pause_for_leave(session, row.person_id, by.today)
    reminded = 0
    if paused is not None:
        since = paused.paused_from
        reminded = leave_letters.remind_of_stipend(session, person, row, since, now)
    return reminded + leave_letters.tell_of_end(session, person, row, now)


def _note(session: Session, row: LongLeave, act: str, what: str, now: datetime) -> None:
    until = f"to {printed.day(row.last_day)}" if row.last_day else "end not known"
    note = f"{what}: away from {printed.day(row.first_day)}, {until}"
    event = Event(act, SUBJECT, row.person_id, note, {"long_leave_id": row.id})
    history.record_system(session, row.employer_id, event, now)
