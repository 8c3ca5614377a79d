"""The history open on this tab."""

import reflex as rx

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.bill_history.view import HistoryView, history_view
from mobile_selfservice.services.access import BILL_READERS
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.bills import bill_history


class BillHistoryState(rx.State):
    """What happened to one bill."""

    view: HistoryView = HistoryView()

    @allow(*BILL_READERS)
    async def open(self):
        """Show the bill's history to whoever may read the bill."""
        self.view = HistoryView()
        bill_id = record_number(self.bill_id)
        found = await look(bill_history.read, bill_id=bill_id)
        self.view = history_view(bill_id, found)
