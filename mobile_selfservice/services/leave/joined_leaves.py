"""Two long leaves that became one, for the days between are told by now.

One row goes on for both and the other is neither over nor asks for anything: nobody is
told that somebody is back, and a service that is suspended stays so (AMB-34).
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select

from mobile_selfservice.models.leave import LineService, LongLeave, LongLeaveState
from mobile_selfservice.services import history, printed
from mobile_selfservice.services.history import Event

STANDING = LongLeaveState.STANDING


def join(
    session: Session, met: Sequence[LongLeave], today: date, now: datetime
) -> LongLeave | None:
    """Return the row that goes on for all of them, None without any.

    One that stands comes first, and of those one with a line that something was said
    of. The words on the lines of the others go with it.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    open_marks = {each.id: _open_marks(session, each) for each in met}
    ranked = sorted(
        met, key=lambda each: (each.state != STANDING, not open_marks[each.id])
    )
    if not ranked:
        return None
    kept, *others = ranked
    taken = {each.line_id for each in open_marks[kept.id]}
    for other in others:
        for mark in open_marks[other.id]:
            _carry_over(session, mark, kept, taken, today, now)
        if other.state == STANDING:
            _end(session, other, now)
    return kept


def is_joined() -> ColumnElement[bool]:
    """Pick the rows that another, which stands, goes on for."""
    other = aliased(LongLeave)
    ends_later = or_(
        col(other.last_day).is_(None), col(other.last_day) >= LongLeave.last_day
    )
    return and_(
        LongLeave.state == LongLeaveState.FELL_AWAY,
        exists().where(
            col(other.person_id) == LongLeave.person_id,
            col(other.state) == STANDING,
            col(other.first_day) <= LongLeave.first_day,
            ends_later,
        ),
    )


def _open_marks(session: Session, row: LongLeave) -> list[LineService]:
    found = session.exec(
        select(LineService)
        .where(
            LineService.long_leave_id == row.id, col(LineService.lifted_at).is_(None)
        )
        .order_by(col(LineService.id))
    )
    return list(found)


def _carry_over(
    session: Session,
    mark: LineService,
    kept: LongLeave,
    taken: set[int],
    today: date,
    now: datetime,
) -> None:
    """Let a word on a line stand with another row: its own can only be lifted."""
    mark.lifted_on, mark.lifted_at = today, now
    session.add(mark)
    session.flush()
    if mark.line_id in taken:
        return
    taken.add(mark.line_id)
    session.add(
        LineService(
            long_leave_id=kept.id or 0,
            line_id=mark.line_id,
            outcome=mark.outcome,
            reason=mark.reason,
            done_by=mark.done_by,
            done_on=mark.done_on,
            done_at=mark.done_at,
        )
    )
    kept.version += 1
    session.add(kept)
    session.flush()


def _end(session: Session, row: LongLeave, now: datetime) -> None:
    row.state = LongLeaveState.FELL_AWAY
    row.version += 1
    session.add(row)
    session.flush()
    until = f"to {printed.day(row.last_day)}" if row.last_day else "end not known"
    note = f"Joined with another leave: away from {printed.day(row.first_day)}, {until}"
    event = Event(
        "leave.joined", "person", row.person_id, note, {"long_leave_id": row.id}
    )
    history.record_system(session, row.employer_id, event, now)
