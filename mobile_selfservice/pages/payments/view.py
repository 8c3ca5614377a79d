"""The queue of payments in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.payments import HOW
from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    month_in_words,
    phone,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.payments_queue import Queue, QueueFilter, Waiting

CAPTIONS = {
    "waiting": "Waiting, oldest first",
    "confirmed": "Received, newest first",
    "declined": "Not received, newest first",
}


@dataclass(frozen=True)
class QueueRow:
    """One payment in the queue."""

    who: str = ""
    href: str = ""
    department: str = ""
    bill: str = ""
    tendered: str = ""
    how: str = ""
    amount: str = ""
    received: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class PaymentsView:
    """One page of the queue and the filter it shows."""

    is_loaded: bool = False
    rows: list[QueueRow] = field(default_factory=list)
    caption: str = ""
    summary: str = ""
    page: int = 1
    pages: int = 1
    show: str = "waiting"
    method: str = ""
    search: str = ""
    is_filtered: bool = False


def payments_view(queue: Queue, wanted: QueueFilter) -> PaymentsView:
    """Put a page of the queue into words."""
    many = counted(queue.count, "payment")
    return PaymentsView(
        is_loaded=True,
        rows=[_row(each) for each in queue.rows],
        caption=CAPTIONS[wanted.show],
        summary=f"{many}, {dollars(queue.total)} handed in",
        page=queue.page,
        pages=queue.pages,
        show=wanted.show,
        method=wanted.method,
        search=wanted.search,
        is_filtered=bool(wanted.method or wanted.search),
    )


def _row(each: Waiting) -> QueueRow:
    return QueueRow(
        who=each.holder,
        href=f"/payments/{each.bill_id}",
        department=each.department,
        bill=f"{month_in_words(each.month)}, {phone(each.number)}",
        tendered=day_in_words(each.tendered_on),
        how=HOW[each.method] + (f", {each.reference}" if each.reference else ""),
        amount=dollars(each.amount),
        received=dollars(each.confirmed) if each.confirmed else "",
        is_own=each.is_own,
    )
