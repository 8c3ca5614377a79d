"""Months a stipend is not paid, and from which month it is paid again.

Whole months (AMB-26): what stops in the middle of a month stops from the next, and what
is put right in the middle of a month is paid from the next.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.election import PauseCause, StipendPause
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.months import month_of, months_later
from mobile_selfservice.services.actors import Actor


def next_month(day: date) -> date:
    """Return the first day of the month after a day."""
    return months_later(month_of(day), 1)


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a stipend is not paid, and from which month on."""

    cause: PauseCause
    paused_from: date
    reason: str


def pause(
    session: Session,
    actor: Actor | None,
    stipend: Stipend,
    stop: Stop,
    now: datetime,
) -> StipendPause | None:
    """Stop paying a stipend from a month on; None where it is stopped for that already.

    A stipend that has not begun is paused from its first month.
    """
    if open_pauses(session, stipend.id or 0, stop.cause):
        return None
    made = StipendPause(
        stipend_id=stipend.id or 0,
        cause=stop.cause,
        paused_from=max(stop.paused_from, month_of(stipend.held_from)),
        reason=stop.reason,
        made_by=actor.person_id if actor else None,
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made


def lift(
    session: Session, stipend_id: int, causes: tuple[PauseCause, ...], paid_from: date
) -> date | None:
    """End the pauses of these causes; return the month that is paid again.

    None where there was none. A pause that had not begun is called off.
    """
    lifted = [
        each for cause in causes for each in open_pauses(session, stipend_id, cause)
    ]
    for each in lifted:
        each.paused_until = max(paid_from, each.paused_from)
        session.add(each)
    session.flush()
    return max((each.paused_until or paid_from for each in lifted), default=None)


def open_pauses(
    session: Session, stipend_id: int, cause: PauseCause | None = None
) -> list[StipendPause]:
    """List the pauses of a stipend that have no end yet, oldest first."""
    asked = select(StipendPause).where(
        StipendPause.stipend_id == stipend_id,
        col(StipendPause.paused_until).is_(None),
    )
    if cause is not None:
        asked = asked.where(StipendPause.cause == cause)
    return list(session.exec(asked.order_by(col(StipendPause.id))))


def pauses_of(session: Session, person_id: int) -> list[StipendPause]:
    """List every pause of a person's stipends that took a month, newest first."""
    found = session.exec(
        select(StipendPause)
        .join(Stipend, col(Stipend.id) == StipendPause.stipend_id)
        .where(
            Stipend.person_id == person_id,
            or_(
                col(StipendPause.paused_until).is_(None),
                col(StipendPause.paused_until) > StipendPause.paused_from,
            ),
        )
        .order_by(col(StipendPause.paused_from).desc(), col(StipendPause.id).desc())
    )
    return list(found)
