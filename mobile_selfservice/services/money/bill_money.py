"""What is owed, handed in and received for one bill, kept on the bill itself.

`tendered` is everything handed in that still counts: what waits for finance and what
finance received. `paid` is what was received, less what came back. What is owed is the
signed amount with the corrections accepted since; never below 0, the rest is a credit
(reading AMB-47).
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.reimbursement import Payment, Tender, TenderState
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.statement import balance_after
from mobile_selfservice.services.money import correction_entries
from mobile_selfservice.services.statements import certified

SIGNED = {BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one bill stands: `room` is what may still be handed in."""

    owed: Decimal
    tendered: Decimal
    paid: Decimal
    still_owed: Decimal
    credit: Decimal

    @property
    def waiting(self) -> Decimal:
        """What was handed in and finance has not confirmed yet."""
        return self.tendered - self.paid

    @property
    def room(self) -> Decimal:
        """What is owed and not handed in yet."""
        return max(ZERO, self.owed - self.tendered)


def standing(session: Session, bill: Bill) -> Standing:
    """Return how a bill stands, by its newest statement and the corrections of it.

    A bill sent back for another review keeps the amount signed before until it is
    signed again. The caller checks access.
    """
    signed = certified.latest(session, bill.id or 0)
    net = signed.owed - signed.credit if signed else ZERO
    net += correction_entries.corrected_by(session, bill.id or 0)
    owed, credit = max(ZERO, net), max(ZERO, -net)
    balance = balance_after(owed, [bill.paid])
    credit += balance.credit
    return Standing(owed, bill.tendered, bill.paid, balance.balance, credit)


def is_signed(bill: Bill) -> bool:
    """Tell whether the bill has a signed statement that stands."""
    return bill.state in SIGNED


def refresh(session: Session, bill: Bill) -> Standing:
    """Bring a bill's sums up to its tenders and payments. The caller holds its lock."""
    session.flush()
    paid = session.exec(
        select(func.sum(Payment.amount)).where(Payment.bill_id == bill.id)
    ).one()
    waiting = session.exec(
        select(func.sum(Tender.amount), func.sum(Tender.confirmed)).where(
            Tender.bill_id == bill.id, col(Tender.state) == TenderState.WAITING
        )
    ).one()
    bill.paid = paid or ZERO
    bill.tendered = bill.paid + (waiting[0] or ZERO) - (waiting[1] or ZERO)
    bill.version += 1
    session.add(bill)
    session.flush()
    return standing(session, bill)
