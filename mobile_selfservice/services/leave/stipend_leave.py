"""A stipend during long leave: it goes on, unless who decides suspends it (AMB-26)."""

from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.election import PauseCause, StipendPause
from mobile_selfservice.models.leave import Leave, LongLeave, LongLeaveState
from mobile_selfservice.policy.months import month_of
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.person_turn import take_turn
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.stipends import ending, pauses, proof_decisions
from mobile_selfservice.services.stipends.pauses import Stop

REASON = "Long leave."


def suspend_stipend(
    session: Session, actor: Actor, *, leave_id: int, now: datetime
) -> date:
    """Stop the stipend of one on long leave; return the first month without it.

    It goes on by hand on its own page. A second click does nothing.

    Clause: Lodi 2011 §4.A, §3.B.2.a. Reading: AMB-26.

    Raises:
        NotPermitted: to anyone who does not decide for the person, and for oneself.
        ChangedMeanwhile: if the leave is over, or not long any more.
        NothingToEnd: if the person holds no stipend.
    """
    today = review_clock.today(session, actor.employer_id, now)
    row = access.told_leave(session, actor, leave_id, today)
    if row.person_id == actor.person_id:
        raise NotPermitted
    person = take_turn(session, row.person_id)
    if not access.ends_stipend(session, actor, person, today):
        raise NotPermitted
    long = _long_leave(session, row, today)
    if row.ended_at is not None or long is None:
        raise ChangedMeanwhile("This leave")
    rows = ending.held_from_now(session, row.person_id, month_of(today))
    going_on = [each for each in rows if each.held_until is None]
    if not going_on:
        raise ending.NothingToEnd(person.name)
    stipend = going_on[-1]
    since = first_month_without(long.first_day, today)
    stop = Stop(PauseCause.LEAVE, since, REASON)
    made = pauses.pause(session, actor, stipend, stop, now)
    if made is None:
        before = pauses.open_pauses(session, stipend.id or 0, PauseCause.LEAVE)
        return before[0].paused_from
    proof_decisions.note_suspension(session, actor, person, made.paused_from, stop, now)
    return made.paused_from


def first_month_without(first_day: date, today: date) -> date:
    """Return the first month that a long leave can leave unpaid: a whole one.

    That is the month after today, or after the first day of a leave still ahead.

    Reading: AMB-26.
    """
    return pauses.next_month(max(first_day, today))


def pause_for_leave(
    session: Session, person_id: int, today: date
) -> StipendPause | None:
    """Return what suspends somebody's stipend for leave. The caller checks access."""
    for held in ending.held_from_now(session, person_id, month_of(today)):
        for each in pauses.open_pauses(session, held.id or 0, PauseCause.LEAVE):
            return each
    return None


def _long_leave(session: Session, row: Leave, today: date) -> LongLeave | None:
    """Return the long leave that stands and that a leave is part of."""
    asked = select(LongLeave).where(
        LongLeave.person_id == row.person_id,
        LongLeave.state == LongLeaveState.STANDING,
        or_(
            col(LongLeave.last_day).is_(None),
            col(LongLeave.last_day) >= max(row.first_day, today),
        ),
    )
    if row.last_day is not None:
        asked = asked.where(col(LongLeave.first_day) <= row.last_day)
    return session.exec(asked.order_by(col(LongLeave.id).desc())).first()
