"""The bills a person answers for, newest month first."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills.bill_review import OPEN

SIGNED = {BillState.CERTIFIED, BillState.ACCEPTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBill:
    """One bill of one's own. `balance` is what is still to be paid once certified.

    `days_left` is negative past the last day, None for a bill without one.
    """

    bill_id: int
    month: date
    number: str
    plan: str
    state: str
    is_open: bool
    due_on: date | None
    days_left: int | None
    items: int
    marked: int
    owed: Decimal
    credit: Decimal
    balance: Decimal


def my_bills(session: Session, actor: Actor, *, now: datetime) -> tuple[OwnBill, ...]:
    """List the bills a person answers for, newest month first."""
    today = review_clock.today(session, actor.employer_id, now)
    found = session.exec(
        select(Bill)
        .where(
            Bill.employer_id == actor.employer_id,
            Bill.holder_id == actor.person_id,
            col(Bill.state).not_in(access.UNSEEN),
        )
        .order_by(col(Bill.month).desc(), Bill.number, col(Bill.id))
    )
    return tuple(_own(bill, today) for bill in found)


def _own(bill: Bill, today: date) -> OwnBill:
    is_signed = bill.state in SIGNED
    return OwnBill(
        bill_id=bill.id or 0,
        month=bill.month,
        number=bill.number,
        plan=bill.plan,
        state=bill.state,
        is_open=bill.state in OPEN,
        due_on=bill.due_on,
        days_left=(bill.due_on - today).days if bill.due_on else None,
        items=bill.item_count,
        marked=bill.marked_count,
        owed=bill.owed,
        credit=bill.credit,
        balance=max(ZERO, bill.owed - bill.tendered) if is_signed else ZERO,
    )
