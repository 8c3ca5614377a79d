"""Which corrections are listed: all of it stands in the address."""

from typing import Annotated
from urllib.parse import urlencode

import reflex as rx
from annotated_types import Ge, Le

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.corrections.view import CorrectionsView, corrections_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import one_of, whole_number
from mobile_selfservice.services.money import corrections

READERS = (Role.FINANCE, Role.AUDITOR)
SHOWN = ["proposed", "accepted", "declined", "replaced"]


class CorrectionsState(rx.State):
    """One page of corrections."""

    view: CorrectionsView = CorrectionsView()
    _invoice_id: int | None = None

    @allow(*READERS)
    async def open(self):
        """Show the corrections that the address asks for."""
        self.view = CorrectionsView()
        asked = self.router.url.query_parameters
        self._invoice_id = whole_number(asked, "invoice")
        state = one_of(asked, "show", SHOWN) or SHOWN[0]
        found = await look(
            corrections.page_of,
            state=state,
            invoice_id=self._invoice_id,
            page=whole_number(asked, "page") or 1,
        )
        self.view = corrections_view(found, state, self._invoice_id)

    @allow(*READERS)
    async def turn_page(self, page: Annotated[int, Ge(1), Le(1_000_000)]):
        """Turn to another page; it stands in the address."""
        parts = {"show": self.view.shown, "page": str(page)}
        if self._invoice_id:
            parts["invoice"] = str(self._invoice_id)
        return rx.redirect(f"/invoices/corrections?{urlencode(parts)}")
