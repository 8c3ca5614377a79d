"""What happened to one bill."""

from mobile_selfservice.pages.bill_history.page import bill_history
from mobile_selfservice.pages.bill_history.state import BillHistoryState

__all__ = ["BillHistoryState", "bill_history"]
