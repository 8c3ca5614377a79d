"""Which part of the audit trail is open: all of it stands in the address."""

from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.records.view import RecordsView, records_view
from mobile_selfservice.services import audit_trail
from mobile_selfservice.services.actors import Role

Word = Annotated[str, MaxLen(80)]
Fields = Annotated[dict[Word, Word], MaxLen(6)]


class RecordsState(rx.State):
    """One page of the audit trail."""

    view: RecordsView = RecordsView()

    @allow(Role.AUDITOR)
    async def open(self):
        """Show the page of the trail that the address asks for."""
        self.view = RecordsView(is_unclear=True)
        wanted = audit_trail.read_filter(self.router.url.query_parameters)
        trail = await look(audit_trail.read, wanted=wanted)
        self.view = records_view(wanted, trail)

    @allow(Role.AUDITOR)
    async def find(self, form_data: Fields):
        """Narrow the trail to what the form says."""
        wanted = audit_trail.read_filter(form_data)
        return rx.redirect(f"/records?{audit_trail.write_filter(wanted)}")
