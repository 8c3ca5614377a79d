"""The records that figures belong to, and the doors to them.

The same doors as everywhere: `services/access.py` for a person, and for an operator,
who has the database anyway, only that the record is there.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.organization import Agency, Department, Employer
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.services import access, address, printed, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.refusals import NotPermitted, NotUnderstood

SIGNED = (BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED)


@dataclass(frozen=True, slots=True)
class SeenBill:
    """A bill, whether it is the reader's own, and whether they see it unsigned.

    Until it is signed, what the marks come to is its holder's alone.
    """

    bill: Bill
    is_own: bool
    sees_draft: bool

    @property
    def employer_id(self) -> int:
        """Whose bill it is."""
        return self.bill.employer_id

    @property
    def is_signed(self) -> bool:
        """Tell whether a signed statement stands."""
        return self.bill.state in SIGNED


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """One department in one month."""

    department_id: int
    name: str
    month: date
    employer_id: int


Subject = SeenBill | Invoice | TeamMonth


@dataclass(frozen=True, slots=True)
class Moment:
    """The day and the words of now for an employer, and the policy in force."""

    now: datetime
    today: date
    time_zone: str
    edition: Edition

    @property
    def words(self) -> str:
        """This moment as the employer's clocks show it."""
        return printed.moment(self.now, self.time_zone)


def moment(session: Session, employer_id: int, now: datetime) -> Moment:
    """Say what now is for an employer."""
    return Moment(
        now=now,
        today=review_clock.today(session, employer_id, now),
        time_zone=session.get_one(Employer, employer_id).time_zone,
        edition=review_clock.local_edition(session, employer_id),
    )


def seen_bill(session: Session, actor: Actor | None, record: str) -> SeenBill:
    """Open the door to a bill; its calls stay closed."""
    number = address.record_number(record)
    if actor is None:
        bill = session.get(Bill, number)
        if bill is None:
            raise NotPermitted
        return SeenBill(bill, is_own=False, sees_draft=True)
    bill = access.seen_bill(session, actor, number)
    is_own = bill.holder_id == actor.person_id
    return SeenBill(bill, is_own, sees_draft=is_own)


def seen_invoice(session: Session, actor: Actor | None, record: str) -> Invoice:
    """Open the door to an invoice."""
    number = address.record_number(record)
    if actor is not None:
        return access.invoice(session, actor, number)
    found = session.get(Invoice, number)
    if found is None:
        raise NotPermitted
    return found


def team_month(session: Session, actor: Actor | None, record: str) -> TeamMonth:
    """Open the door to a department's month, written 7-2026-03."""
    number, _, said = record.partition("-")
    department_id = address.record_number(number)
    try:
        month = address.month({"month": said}, "month")
    except NotUnderstood:
        month = None
    if month is None:
        raise NotPermitted
    if actor is None:
        department = session.get(Department, department_id)
        if department is None:
            raise NotPermitted
    else:
        department = access.team_department(session, actor, department_id)
    agency = session.get_one(Agency, department.agency_id)
    return TeamMonth(department_id, department.name, month, agency.employer_id)
