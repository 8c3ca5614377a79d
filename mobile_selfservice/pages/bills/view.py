"""One's own bills in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mobile_selfservice.components.wording import short_day
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.bills.my_bills import OwnBill
from mobile_selfservice.services.printed import phone


@dataclass(frozen=True)
class BillLine:
    """One bill as the list shows it; `state` is a badge's, `action` its next step."""

    month: str = ""
    number: str = ""
    plan: str = ""
    state: str = ""
    days_overdue: int = 0
    due: str = ""
    left: str = ""
    progress: str = ""
    owed: str = ""
    paid: str = ""
    action: str = ""
    is_next: bool = False
    href: str = ""
    record: str = ""


@dataclass(frozen=True)
class BillsView:
    """The list, and the one bill that waits longest."""

    is_loaded: bool = False
    lines: list[BillLine] = field(default_factory=list)
    waiting: str = ""


def bills_view(found: Sequence[OwnBill]) -> BillsView:
    """Put a person's bills into words."""
    waiting = [bill for bill in found if bill.is_open]
    first = min(waiting, key=lambda bill: bill.due_on or bill.month, default=None)
    return BillsView(
        is_loaded=True,
        lines=[bill_line(bill, is_next=bill is first) for bill in found],
        waiting=_waiting(len(waiting)),
    )


def bill_line(bill: OwnBill, *, is_next: bool) -> BillLine:
    """Put one bill into words."""
    action, page = _next_step(bill)
    return BillLine(
        month=f"{bill.month:%B %Y}",
        number=phone(bill.number),
        plan=bill.plan,
        state=_badge(bill),
        days_overdue=_days_overdue(bill),
        due=short_day(bill.due_on) if bill.is_open else "",
        left=time_left(bill),
        progress=f"{bill.marked:,} of {bill.items:,} marked" if bill.is_open else "",
        owed=_owed(bill),
        paid=_paid(bill),
        action=action,
        is_next=is_next,
        href=f"/bills/{bill.bill_id}{page}",
        record=str(bill.bill_id),
    )


def time_left(bill: OwnBill) -> str:
    """Say how long there is, while the bill waits; a badge says how late it is."""
    if not bill.is_open or bill.days_left is None or bill.days_left < 0:
        return ""
    return {0: "Today", 1: "Tomorrow"}.get(
        bill.days_left, f"{bill.days_left} days left"
    )


def _waiting(count: int) -> str:
    if not count:
        return "Nothing waits for you."
    return "1 bill waits for you." if count == 1 else f"{count} bills wait for you."


def _days_overdue(bill: OwnBill) -> int:
    return max(0, -(bill.days_left or 0)) if bill.is_open else 0


def _badge(bill: OwnBill) -> str:
    if _days_overdue(bill):
        return "overdue"
    return "owed" if bill.balance else bill.state


def _owed(bill: OwnBill) -> str:
    if bill.is_open and not bill.marked:
        return ""
    if bill.credit:
        return f"Credit {dollars(bill.credit)}"
    return f"{dollars(bill.owed)} so far" if bill.is_open else dollars(bill.owed)


def _paid(bill: OwnBill) -> str:
    """Say what became of an amount that was signed."""
    if bill.is_open or not bill.owed:
        return ""
    if not bill.balance:
        return "Paid"
    is_begun = bill.balance != bill.owed
    return f"{dollars(bill.balance)} to pay" if is_begun else "To pay"


def _next_step(bill: OwnBill) -> tuple[str, str]:
    if bill.is_open:
        return ("Go on" if bill.marked else "Review"), ""
    return ("Pay" if bill.balance else "Statement"), "/statement"
