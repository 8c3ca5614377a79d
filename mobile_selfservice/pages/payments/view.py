"""The queue of payments in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.payments import how_handed_in
from mobile_selfservice.components.wording import (
    counted,
    month_in_words,
    phone,
    short_day,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.money.payments_queue import Queue, QueueFilter, Waiting

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
    month: str = ""
    number: str = ""
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
        month=month_in_words(each.month),
        number=phone(each.number),
        tendered=short_day(each.tendered_on),
        how=how_handed_in(each.method, each.reference),
        amount=dollars(each.amount),
        received=f"{dollars(each.confirmed)} received" if each.confirmed else "",
        is_own=each.is_own,
    )
