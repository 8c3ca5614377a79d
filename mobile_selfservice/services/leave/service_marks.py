"""What Information Systems says it did about a line during a long leave.

The portal suspends nothing at a carrier: it asks, and keeps what was done, by whom and
when. Nobody acts on their own line (SOD-7).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.leave import (
    LineService,
    LongLeave,
    LongLeaveState,
    ServiceOutcome,
)
from mobile_selfservice.models.line import Line
from mobile_selfservice.services import (
    access,
    history,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.leave import leave_letters, line_services
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted

WHAT = "This leave"


@dataclass(frozen=True, slots=True)
class LineChosen:
    """A line of somebody on long leave, and the version of the leave as it was seen."""

    long_leave_id: int
    line_id: int
    version: int


def suspend(
    session: Session, actor: Actor, *, chosen: LineChosen, now: datetime
) -> None:
    """Say that a line's service is suspended; a second click does nothing.

    Raises:
        NotPermitted: to anyone but Information Systems, and for a line of one's own.
        ChangedMeanwhile: if the leave is no longer as the person saw it.

    Clause: Lodi 2011 §4.A.
    """
    _mark(session, actor, chosen, (ServiceOutcome.SUSPENDED, ""), now)


def leave_on(
    session: Session, actor: Actor, *, chosen: LineChosen, reason: str, now: datetime
) -> None:
    """Say that a line's service stays on, and why; a second click does nothing.

    Raises:
        NotPermitted: to anyone but Information Systems, and for a line of one's own.
        ChangedMeanwhile: if the leave is no longer as the person saw it.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.

    Clause: Lodi 2011 §4.A.
    """
    said = stated_reason.stated(reason)
    _mark(session, actor, chosen, (ServiceOutcome.LEFT_ON, said), now)


def put_back(
    session: Session, actor: Actor, *, chosen: LineChosen, now: datetime
) -> None:
    """Say that a line's service is back; a second click does nothing.

    Raises:
        NotPermitted: to anyone but Information Systems, and for a line of one's own.
        ChangedMeanwhile: if the leave is no longer as the person saw it.

    Clause: Lodi 2011 §4.A.
    """
    row = access.long_leave_to_act_on(session, actor, chosen.long_leave_id)
    newest = _newest(session, chosen)
    if newest is None or newest.outcome != ServiceOutcome.SUSPENDED:
        raise ChangedMeanwhile(WHAT)
    if newest.lifted_at is not None:
        if newest.lifted_by == actor.person_id and _is_seen(row, chosen):
            return
        raise ChangedMeanwhile(WHAT)
    if row.version != chosen.version:
        raise ChangedMeanwhile(WHAT)
    _lift(session, actor, newest, now)
    _go_on(session, row)
    _tell(session, actor, row, newest, "leave.put_back", now)


def _mark(
    session: Session,
    actor: Actor,
    chosen: LineChosen,
    said: tuple[ServiceOutcome, str],
    now: datetime,
) -> None:
    row = access.long_leave_to_act_on(session, actor, chosen.long_leave_id)
    outcome, reason = said
    newest = _newest(session, chosen)
    stands = newest if newest and newest.lifted_at is None else None
    if stands and _is_the_same(stands, actor, said) and _is_seen(row, chosen):
        return
    if row.version != chosen.version or row.state != LongLeaveState.STANDING:
        raise ChangedMeanwhile(WHAT)
    today = review_clock.today(session, actor.employer_id, now)
    lines = line_services.lines_away(session, row, today)
    if chosen.line_id not in {each.line_id for each in lines}:
        raise NotPermitted
    if stands and stands.outcome == ServiceOutcome.SUSPENDED:
        raise ChangedMeanwhile(WHAT)  # a suspended line is put back first
    if stands:
        _lift(session, actor, stands, now)
    made = LineService(
        long_leave_id=row.id or 0,
        line_id=chosen.line_id,
        outcome=outcome,
        reason=reason,
        done_by=actor.person_id,
        done_on=today,
        done_at=now,
    )
    session.add(made)
    _go_on(session, row)
    _tell(session, actor, row, made, f"leave.{outcome}", now)


def _newest(session: Session, chosen: LineChosen) -> LineService | None:
    return session.exec(
        select(LineService)
        .where(
            LineService.long_leave_id == chosen.long_leave_id,
            LineService.line_id == chosen.line_id,
        )
        .order_by(col(LineService.id).desc())
    ).first()


def _is_the_same(
    stands: LineService, actor: Actor, said: tuple[ServiceOutcome, str]
) -> bool:
    done = (stands.outcome, stands.reason)
    return done == said and stands.done_by == actor.person_id


def _is_seen(row: LongLeave, chosen: LineChosen) -> bool:
    """Tell whether the person saw the leave as it is, or as it was before their act."""
    return row.version in (chosen.version, chosen.version + 1)


def _lift(session: Session, actor: Actor, row: LineService, now: datetime) -> None:
    today = review_clock.today(session, actor.employer_id, now)
    row.lifted_by, row.lifted_on, row.lifted_at = actor.person_id, today, now
    session.add(row)
    session.flush()


def _go_on(session: Session, row: LongLeave) -> None:
    row.version += 1
    session.add(row)
    session.flush()


def _tell(
    session: Session,
    actor: Actor,
    row: LongLeave,
    done: LineService,
    act: str,
    now: datetime,
) -> None:
    """Write down what was done, and tell the holder of a service that changed."""
    line = session.get_one(Line, done.line_id)
    is_back = act == "leave.put_back"
    said = "left on during leave" if done.reason else "suspended during leave"
    note = "service is back" if is_back else f"service {said}"
    note = f"Line ending in {line.number[-4:]}: {note}. {done.reason}".strip(". ")
    event = Event(act, "line", done.line_id, note, {"long_leave_id": row.id})
    history.record(session, actor, event, now)
    if done.outcome == ServiceOutcome.SUSPENDED:
        leave_letters.tell_holder(session, row, line, now, is_back=is_back)
