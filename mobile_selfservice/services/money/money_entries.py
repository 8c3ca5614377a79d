"""What was handed in for one bill and what became of it, entry by entry."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.models.reimbursement import Payment, Tender, TenderState
from mobile_selfservice.services import printed


@dataclass(frozen=True, slots=True)
class Entry:
    """Money finance received, or, below zero, that came back."""

    payment_id: int
    receipt_number: str
    amount: Decimal
    reference: str
    reason: str
    by: str
    on: str
    came_back: bool

    @property
    def is_reversal(self) -> bool:
        """Tell whether the entry takes an earlier one back."""
        return self.amount < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """One tender, with the entries of money that followed from it."""

    tender_id: int
    method: str
    amount: Decimal
    confirmed: Decimal
    reference: str
    tendered_by: str
    tendered_on: date
    state: str
    declined_reason: str
    handled_by: str
    version: int
    entries: tuple[Entry, ...]

    @property
    def waiting(self) -> Decimal:
        """The part finance has not answered yet."""
        is_open = self.state == TenderState.WAITING
        return self.amount - self.confirmed if is_open else self.amount * 0


def handed_in(session: Session, bill: Bill) -> tuple[HandedIn, ...]:
    """List a bill's tenders, oldest first. The caller checks access."""
    tenders = session.exec(
        select(Tender).where(Tender.bill_id == bill.id).order_by(col(Tender.id))
    ).all()
    entries = _entries(session, bill)
    people = {each.tendered_by for each in tenders} | {
        each.handled_by for each in tenders if each.handled_by
    }
    names = _names(session, people)
    return tuple(
        HandedIn(
            tender_id=each.id or 0,
            method=each.method,
            amount=each.amount,
            confirmed=each.confirmed,
            reference=each.reference,
            tendered_by=names[each.tendered_by],
            tendered_on=each.tendered_on,
            state=each.state,
            declined_reason=each.declined_reason,
            handled_by=names.get(each.handled_by or 0, ""),
            version=each.version,
            entries=tuple(entries.get(each.id or 0, ())),
        )
        for each in tenders
    )


def _entries(session: Session, bill: Bill) -> dict[int, list[Entry]]:
    zone = session.get_one(Employer, bill.employer_id).time_zone
    found = session.exec(
        select(Payment, col(Person.name))
        .join(Person, col(Person.id) == Payment.recorded_by)
        .where(Payment.bill_id == bill.id)
        .order_by(col(Payment.id))
    ).all()
    returned = {payment.reverses_id for payment, _ in found}
    by_tender: dict[int, list[Entry]] = {}
    for payment, name in found:
        entry = Entry(
            payment_id=payment.id or 0,
            receipt_number=payment.receipt_number,
            amount=payment.amount,
            reference=payment.reference,
            reason=payment.reason,
            by=name,
            on=printed.moment(payment.recorded_at, zone),
            came_back=payment.id in returned,
        )
        by_tender.setdefault(payment.tender_id, []).append(entry)
    return by_tender


def _names(session: Session, people: set[int]) -> dict[int, str]:
    found = session.exec(
        select(col(Person.id), col(Person.name)).where(col(Person.id).in_(people))
    )
    return {key: name for key, name in found if key is not None}
