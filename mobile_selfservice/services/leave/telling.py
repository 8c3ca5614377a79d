"""Telling a leave, changing it and taking it back.

An employee tells their own, or who decides for them tells it: the supervisor of Lodi
2011 section 4.A, for whom the director stands in (AMB-45). What was told stays on
record; another row takes its place. History and letters hold days, never the kind.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from mobile_selfservice.models.leave import Leave
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import access, history, printed
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.leave import leave_letters, leave_rows, long_leaves
from mobile_selfservice.services.leave.leave_rows import LeaveRules
from mobile_selfservice.services.person_turn import take_turn
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotUnderstood,
    Refused,
)

REACH = timedelta(days=2 * 366)
SUBJECT = "person"


class LeaveDaysWrong(Refused):
    """The days of a leave cannot be kept as they were typed."""


class HasLeft(Refused):
    """The person works here no more."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} has left, so no leave is told for them and none is changed. One "
            "that was told can be taken back. Nothing was saved."
        )


class LeavesOverlap(Refused):
    """Some of the days are told as another leave already."""

    def __init__(self, days: str) -> None:
        super().__init__(
            f"Some of these days are told already: {days}. Change that leave, or take "
            "it back. Nothing was saved."
        )


@dataclass(frozen=True, slots=True)
class TypedLeave:
    """A leave as it was typed: both days are days away, `last` None while not known."""

    kind: str
    first: date
    last: date | None = None


def tell(
    session: Session,
    actor: Actor,
    *,
    typed: TypedLeave,
    person_id: int | None = None,
    now: datetime,
) -> int:
    """Tell a leave of one's own, or of `person_id`; telling it again does nothing.

    Raises:
        NotPermitted: for anybody whom the actor does not decide for.
        LeaveDaysWrong, LeavesOverlap: if its days cannot be kept.
        NotUnderstood: if the policy knows no such kind.
        HasLeft: for somebody who works here no more.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    by = leave_rows.rules_of(session, actor.employer_id, now)
    asked = actor.person_id if person_id is None else person_id
    subject = access.leave_subject(session, actor, asked, by.today)
    person = take_turn(session, subject.id or 0)
    standing = leave_rows.current(session, [person.id or 0])
    for row in standing:
        if _is_same(row, typed):
            return row.id or 0
    _refuse_gone(person, by)
    _refuse(typed, standing, by)
    made = _made(actor, person, typed, by, now)
    session.add(made)
    session.flush()
    _write_down(
        session, actor, "leave.told", made, f"Leave told: {in_words(made)}", now
    )
    long_leaves.follow(session, person, now=now)
    return made.id or 0


def change(
    session: Session,
    actor: Actor,
    *,
    leave_id: int,
    typed: TypedLeave,
    now: datetime,
) -> int:
    """Put other days or another kind in a leave's place; return the row that stands.

    A kind or a day that stays as it was is not looked at again: an open leave gets its
    last day however long ago it began.

    Raises:
        NotPermitted: for anybody whom the actor does not decide for.
        ChangedMeanwhile: if somebody else changed it or took it back since.
        LeaveDaysWrong, LeavesOverlap: if its days cannot be kept.
        NotUnderstood: if the policy knows no such kind.
        HasLeft: for somebody who works here no more.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    by = leave_rows.rules_of(session, actor.employer_id, now)
    row, person = _asked_for(session, actor, leave_id, by.today)
    if row.ended_at is not None:
        newer = _in_place_of(session, row)
        if newer and _is_done_before(actor, newer, typed):
            return newer.id or 0
        raise ChangedMeanwhile("This leave")
    if _is_same(row, typed):
        return leave_id
    others = [
        each
        for each in leave_rows.current(session, [person.id or 0])
        if each.id != leave_id
    ]
    _refuse_gone(person, by)
    _refuse(typed, others, by, row)
    before = in_words(row)
    _end(session, actor, row, now)
    made = _made(actor, person, typed, by, now)
    made.changes_id = leave_id
    session.add(made)
    session.flush()
    note = f"Leave changed: {in_words(made)}, before {before}"
    _write_down(session, actor, "leave.changed", made, note, now)
    long_leaves.follow(session, person, now=now)
    return made.id or 0


def withdraw(session: Session, actor: Actor, *, leave_id: int, now: datetime) -> None:
    """Take a leave back; taking it back again does nothing.

    Raises:
        NotPermitted: for anybody whom the actor does not decide for.
        ChangedMeanwhile: if somebody else changed it or took it back since.

    Clause: Lodi 2011 §4.A.
    """
    by = leave_rows.rules_of(session, actor.employer_id, now)
    row, person = _asked_for(session, actor, leave_id, by.today)
    if row.ended_at is not None:
        if row.ended_by == actor.person_id and _in_place_of(session, row) is None:
            return
        raise ChangedMeanwhile("This leave")
    _end(session, actor, row, now)
    note = f"Leave taken back: {in_words(row)}"
    _write_down(session, actor, "leave.withdrawn", row, note, now)
    long_leaves.follow(session, person, now=now)


def in_words(row: Leave) -> str:
    """Say from when to when, and nothing of the kind."""
    if row.last_day is None:
        return f"from {printed.day(row.first_day)}, end not known"
    return f"{printed.day(row.first_day)} to {printed.day(row.last_day)}"


def _asked_for(
    session: Session, actor: Actor, leave_id: int, today: date
) -> tuple[Leave, Person]:
    row = access.told_leave(session, actor, leave_id, today)
    return row, take_turn(session, row.person_id)


def _in_place_of(session: Session, row: Leave) -> Leave | None:
    return session.exec(select(Leave).where(Leave.changes_id == row.id)).first()


def _is_same(row: Leave, typed: TypedLeave) -> bool:
    said = (typed.kind, typed.first, typed.last)
    return (row.kind, row.first_day, row.last_day) == said


def _is_done_before(actor: Actor, newer: Leave, typed: TypedLeave) -> bool:
    """Tell whether a change is this person's own second click, and still stands."""
    is_mine = newer.told_by == actor.person_id
    return newer.ended_at is None and is_mine and _is_same(newer, typed)


def _refuse_gone(person: Person, by: LeaveRules) -> None:
    if leave_rows.has_left(person, by.today):
        raise HasLeft(person.name)


def _refuse(
    typed: TypedLeave,
    others: list[Leave],
    by: LeaveRules,
    before: Leave | None = None,
) -> None:
    """Refuse what cannot be kept; what stays as it was `before` is not asked of."""
    kept = (before.first_day, before.last_day) if before else ()
    is_same_kind = before is not None and typed.kind == before.kind
    if not is_same_kind and typed.kind not in leave_rows.kinds_told(by):
        raise NotUnderstood("Choose the kind of leave.")
    if typed.last is not None and typed.last < typed.first:
        raise LeaveDaysWrong(
            "The last day comes before the first. Correct one of them; both are days "
            "away. Nothing was saved."
        )
    days = {typed.first, typed.last or typed.first}
    if any(abs(day - by.today) > REACH for day in days.difference(kept)):
        raise LeaveDaysWrong(
            "One of the days lies more than two years away. Look at the year and type "
            "it again. Nothing was saved."
        )
    for row in others:
        ends_before = typed.last is not None and typed.last < row.first_day
        begins_after = row.last_day is not None and row.last_day < typed.first
        if not (ends_before or begins_after):
            raise LeavesOverlap(in_words(row))


def _made(
    actor: Actor, person: Person, typed: TypedLeave, by: LeaveRules, now: datetime
) -> Leave:
    return Leave(
        employer_id=actor.employer_id,
        person_id=person.id or 0,
        kind=typed.kind,
        first_day=typed.first,
        last_day=typed.last,
        told_by=actor.person_id,
        told_on=by.today,
        told_at=now,
    )


def _end(session: Session, actor: Actor, row: Leave, now: datetime) -> None:
    row.ended_by, row.ended_at = actor.person_id, now
    session.add(row)
    session.flush()


def _write_down(
    session: Session, actor: Actor, act: str, row: Leave, note: str, now: datetime
) -> None:
    event = Event(act, SUBJECT, row.person_id, note, {"leave_id": row.id})
    history.record(session, actor, event, now)
    if actor.person_id != row.person_id:
        leave_letters.tell_person(session, actor, row, (act, note), now)
