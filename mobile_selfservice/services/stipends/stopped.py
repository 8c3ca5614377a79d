"""What a City phone would stop: told before it is signed for, done by `exclusion`."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import (
    OPEN_STATES,
    PauseCause,
    StipendElection,
)
from mobile_selfservice.policy.months import month_of
from mobile_selfservice.services.stipends import ending, pauses


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a City phone stops: a stipend, from a month on, and a wish for one.

    `suspended_from` is None without a stipend; `ends_wish` tells of an open election.
    """

    suspended_from: date | None = None
    ends_wish: bool = False


def stopped_by_device(session: Session, person_id: int, on: date) -> Stopped | None:
    """Tell what a City phone handed out to a person on a day would stop; None: nothing.

    It is what `exclusion.device_issued` does on that day. The caller checks access.

    Clause: Lodi 2011 §3.B, §3.B.2.a. Reading: AMB-21, AMB-26.
    """
    paid = [
        row
        for row in ending.held_from_now(session, person_id, month_of(on))
        if row.held_until is None
        and not pauses.open_pauses(session, row.id or 0, PauseCause.CITY_DEVICE)
    ]
    ends_wish = _has_open_wish(session, person_id)
    if not paid and not ends_wish:
        return None
    first = max(pauses.next_month(on), month_of(paid[0].held_from)) if paid else None
    return Stopped(first, ends_wish)


def _has_open_wish(session: Session, person_id: int) -> bool:
    found = session.exec(
        select(StipendElection.id).where(
            StipendElection.person_id == person_id,
            col(StipendElection.state).in_(OPEN_STATES),
        )
    ).first()
    return found is not None
