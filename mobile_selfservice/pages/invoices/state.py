"""What the list of invoices shows."""

import reflex as rx

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.invoices.view import InvoicesView, invoices_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import import_view


class InvoicesState(rx.State):
    """The invoices, and the imports under way."""

    view: InvoicesView = InvoicesView()

    @allow(Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
    async def open(self):
        """Load the list."""
        self.view = invoices_view(await look(import_view.invoices))
