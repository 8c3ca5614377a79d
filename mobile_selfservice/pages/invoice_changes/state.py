"""Which part of what a revision changed is open: it stands in the address."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.invoice_changes.view import (
    ChangesView,
    ItemsView,
    changes_view,
    items_view,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import record_number, search, whole_number
from mobile_selfservice.services.invoices import revision_view

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
Page = Annotated[int, Ge(1), Le(1_000_000)]


class InvoiceChangesState(rx.State):
    """One page of changed bills, or of the changed items of one line."""

    view: ChangesView = ChangesView()
    items: ItemsView = ItemsView()

    @allow(*READERS)
    async def open(self):
        """Show the bills, or the items of the line that the address asks for."""
        self.view, self.items = ChangesView(), ItemsView()
        asked = self.router.url.query_parameters
        number, line = record_number(self.invoice_id), search(asked, "line")
        page = whole_number(asked, "page") or 1
        found = await look(
            revision_view.changes, invoice_id=number, page=1 if line else page
        )
        if line:
            items = await look(
                revision_view.item_changes, invoice_id=number, line=line, page=page
            )
            self.items = items_view(items)
        self.view = changes_view(found)

    @allow(*READERS)
    async def turn_page(self, page: Page):
        """Turn to another page of bills."""
        return rx.redirect(f"{self.view.href}?page={page}")

    @allow(*READERS)
    async def turn_items(self, page: Page):
        """Turn to another page of items."""
        line = self.items.address
        return rx.redirect(f"{self.view.href}?line={line}&page={page}")
