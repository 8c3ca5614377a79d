"""Which of an invoice's checks are open: it stands in the address."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.invoice_checks.view import ChecksView, checks_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import one_of, record_number, whole_number
from mobile_selfservice.services.invoices import invoice_checks
from mobile_selfservice.services.invoices.invoice_checks import Shown

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)


class InvoiceChecksState(rx.State):
    """One page of checks."""

    view: ChecksView = ChecksView()

    @allow(*READERS)
    async def open(self):
        """Show the checks that the address asks for."""
        self.view = ChecksView()
        asked = self.router.url.query_parameters
        number = record_number(self.invoice_id)
        found = await look(
            invoice_checks.page_of,
            invoice_id=number,
            shown=Shown(one_of(asked, "show", [word.value for word in Shown])),
            page=whole_number(asked, "page") or 1,
        )
        self.view = checks_view(found, number)

    @allow(*READERS)
    async def turn_page(self, page: Annotated[int, Ge(1), Le(1_000_000)]):
        """Turn to another page; it stands in the address."""
        shown = f"show={self.view.shown}&" if self.view.shown else ""
        return rx.redirect(f"{self.view.href}?{shown}page={page}")
