"""A bill's history in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.timeline import Happening
from mobile_selfservice.components.wording import (
    moment_in_words,
    month_in_words,
    phone,
)
from mobile_selfservice.services.bills.bill_history import BillHistory


@dataclass(frozen=True)
class HistoryView:
    """Which bill, where it stands, and what happened to it."""

    is_loaded: bool = False
    title: str = ""
    line: str = ""
    badge: str = ""
    is_own: bool = False
    bill: str = ""
    happenings: list[Happening] = field(default_factory=list)


def history_view(bill_id: int, bill: BillHistory) -> HistoryView:
    """Put a bill's history into words, the newest first."""
    return HistoryView(
        is_loaded=True,
        title=f"History of the bill for {month_in_words(bill.month)}",
        line=phone(bill.number),
        badge="owed" if bill.state == "accepted" else bill.state,
        is_own=bill.is_own,
        bill=f"/bills/{bill_id}" if bill.is_own else "",
        happenings=[
            Happening(
                at=moment_in_words(event.at, bill.time_zone),
                who=event.who,
                what=event.note or event.act,
            )
            for event in bill.events
        ],
    )
