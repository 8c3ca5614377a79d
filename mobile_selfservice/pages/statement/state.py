"""The signed statement open on this tab."""

import reflex as rx

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.statement.view import (
    StatementView,
    statement_view,
    unsigned_view,
)
from mobile_selfservice.services.access import BILL_READERS
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.statements import statement

# What the certify screen says by the address it leads to.
NOTICES = {
    "signed": "Signed. Thank you.",
    "before": "This statement is signed. Clicking again signed nothing twice.",
}


class StatementState(rx.State):
    """One signed statement."""

    view: StatementView = StatementView()

    @allow(*BILL_READERS)
    async def open(self):
        """Show the newest signed statement of the bill."""
        self.view = StatementView()
        bill_id = record_number(self.bill_id)
        found = await look(statement.statement_of, bill_id=bill_id)
        asked = self.router.url.query_parameters
        notice = next((NOTICES[key] for key in NOTICES if key in asked), "")
        self.view = statement_view(found, notice) if found else unsigned_view(bill_id)
