"""One's own bills in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.my_bills import OwnBill
from mobile_selfservice.services.printed import day, phone


@dataclass(frozen=True)
class BillLine:
    """One bill as the list shows it; `state` is a badge's, `action` its next step."""

    month: str = ""
    number: str = ""
    plan: str = ""
    state: str = ""
    days_overdue: int = 0
    due: str = ""
    progress: str = ""
    owed: str = ""
    action: str = ""
    is_next: bool = False
    href: str = ""


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
        due=due_in_words(bill),
        progress=f"{bill.marked:,} of {bill.items:,} marked" if bill.is_open else "",
        owed=_owed(bill),
        action=action,
        is_next=is_next,
        href=f"/bills/{bill.bill_id}{page}",
    )


def due_in_words(bill: OwnBill) -> str:
    """Say by when the bill is due, while it waits."""
    if not bill.is_open or bill.due_on is None or bill.days_left is None:
        return ""
    if bill.days_left < 0:
        return day(bill.due_on)
    left = {0: "today", 1: "tomorrow"}.get(
        bill.days_left, f"{bill.days_left} days left"
    )
    return f"{day(bill.due_on)} ({left})"


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


def _next_step(bill: OwnBill) -> tuple[str, str]:
    if bill.is_open:
        return ("Go on" if bill.marked else "Review"), ""
    return ("Pay" if bill.balance else "Statement"), "/statement"
