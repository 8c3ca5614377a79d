"""What stops a stipend, and which of it somebody may lift by hand.

A closed account and a City phone that came back: whoever ends the stipend. Long leave:
only who decides for the person, whose word stopped it (AMB-26), and never together with
something else while the leave lasts. A missing proof ends with a new one.
"""

from datetime import date

from sqlmodel import Session, select

from mobile_selfservice.models.election import PauseCause
from mobile_selfservice.models.leave import LongLeave, LongLeaveState
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.stipends import pauses

BY_HAND = (PauseCause.INACTIVE, PauseCause.CITY_DEVICE)


def liftable(
    session: Session, actor: Actor, person: Person, stipend_id: int, on: date
) -> tuple[PauseCause, ...]:
    """Name what stops a stipend and is this person's to lift now.

    The caller has asked `access.ends_stipend`.

    Reading: AMB-26.
    """
    stopped = stopped_by(session, stipend_id)
    by_hand = tuple(each for each in BY_HAND if each in stopped)
    if PauseCause.LEAVE not in stopped:
        return by_hand
    if not access.decides_for(session, actor, person, on=on):
        return by_hand
    if by_hand and _is_on_long_leave(session, person.id or 0):
        return by_hand
    return (*by_hand, PauseCause.LEAVE)


def stopped_by(session: Session, stipend_id: int) -> set[str]:
    """Name everything that stops a stipend."""
    return {each.cause for each in pauses.open_pauses(session, stipend_id)}


def _is_on_long_leave(session: Session, person_id: int) -> bool:
    found = session.exec(
        select(LongLeave.id).where(
            LongLeave.person_id == person_id,
            LongLeave.state == LongLeaveState.STANDING,
        )
    ).first()
    return found is not None
