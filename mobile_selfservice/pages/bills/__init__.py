"""One's own bills, month by month."""

from mobile_selfservice.pages.bills.page import bills
from mobile_selfservice.pages.bills.state import BillsState

__all__ = ["BillsState", "bills"]
