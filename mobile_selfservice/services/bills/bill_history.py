"""What happened to one bill, for everyone who may read it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mobile_selfservice.models.organization import Employer
from mobile_selfservice.services import access, history
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import PastEvent


@dataclass(frozen=True, slots=True)
class BillHistory:
    """A bill and everything that was done with it, the newest first."""

    number: str
    month: date
    state: str
    is_own: bool
    time_zone: str
    events: tuple[PastEvent, ...]


def read(session: Session, actor: Actor, *, bill_id: int, now: datetime) -> BillHistory:
    """Show a bill's history to its holder, its reviewer, finance or an auditor.

    Raises:
        NotPermitted: if the actor may not read the bill.
    """
    bill = access.seen_bill(session, actor, bill_id)
    events = history.timeline(session, "bill", bill_id)
    return BillHistory(
        number=bill.number,
        month=bill.month,
        state=bill.state,
        is_own=bill.holder_id == actor.person_id,
        time_zone=session.get_one(Employer, bill.employer_id).time_zone,
        events=tuple(reversed(events)),
    )
