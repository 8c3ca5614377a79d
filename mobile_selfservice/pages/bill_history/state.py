"""The history open on this tab."""

import reflex as rx

from mobile_selfservice.gate import SIGNED_IN, allow, look
from mobile_selfservice.pages.bill_history.view import HistoryView, history_view
from mobile_selfservice.services import bill_history
from mobile_selfservice.services.address import whole_number
from mobile_selfservice.services.refusals import NotPermitted


class BillHistoryState(rx.State):
    """What happened to one bill."""

    view: HistoryView = HistoryView()

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show the bill's history to whoever may read the bill."""
        self.view = HistoryView()
        bill_id = whole_number({"bill": self.bill_id}, "bill")
        if bill_id is None:
            raise NotPermitted
        found = await look(bill_history.read, bill_id=bill_id)
        self.view = history_view(bill_id, found)
