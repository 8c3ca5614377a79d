"""When a bill is finished: its statement is accepted and nothing is owed any more.

The portal closes it, nobody presses a button (POLICY.md 7.1). Called after a director
accepts and after a payment is recorded or comes back.
"""

from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.policy.statement import PaymentState, balance_after
from mobile_selfservice.services import history
from mobile_selfservice.services.history import Event


def close_if_settled(session: Session, bill: Bill, now: datetime) -> bool:
    """Close an accepted bill that is paid in full; tell whether that happened.

    The caller holds the bill's lock and has brought `paid` up to date.
    """
    if bill.state != BillState.ACCEPTED or not is_paid_in_full(bill):
        return False
    _move(session, bill, BillState.CLOSED, _closing(bill), now)
    return True


def open_if_unsettled(
    session: Session, bill: Bill, now: datetime, why: str = "a payment came back"
) -> bool:
    """Open a closed bill again that money is owed for; tell whether that happened."""
    if bill.state != BillState.CLOSED or is_paid_in_full(bill):
        return False
    note = f"Opened again: {why}, so money is owed again"
    event = Event("bill.opened_again", "bill", bill.id or 0, note)
    _move(session, bill, BillState.ACCEPTED, event, now)
    return True


def is_paid_in_full(bill: Bill) -> bool:
    """Tell whether the confirmed payments cover what is owed."""
    return balance_after(bill.owed, [bill.paid]).state is PaymentState.PAID


def _closing(bill: Bill) -> Event:
    why = "the amount owed is paid in full" if bill.owed else "nothing is owed"
    return Event("bill.closed", "bill", bill.id or 0, f"Closed: {why}")


def _move(
    session: Session, bill: Bill, state: BillState, event: Event, now: datetime
) -> None:
    bill.state = state
    bill.version += 1
    session.add(bill)
    history.record_system(session, bill.employer_id, event, now)
