"""Which part of the queue is open: all of it stands in the address."""

from dataclasses import replace
from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.payments.view import PaymentsView, payments_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.money import payments_queue
from mobile_selfservice.services.money.payments_queue import QueueFilter

READERS = (Role.FINANCE, Role.AUDITOR)
Word = Annotated[str, MaxLen(80)]
Fields = Annotated[dict[Word, Word], MaxLen(4)]


class PaymentsState(rx.State):
    """One page of the queue."""

    view: PaymentsView = PaymentsView()
    _wanted: QueueFilter = QueueFilter()

    @allow(*READERS)
    async def open(self):
        """Show the part of the queue that the address asks for."""
        self.view = PaymentsView()
        self._wanted = payments_queue.read_filter(self.router.url.query_parameters)
        queue = await look(payments_queue.read, wanted=self._wanted)
        self.view = payments_view(queue, self._wanted)

    @allow(*READERS)
    async def find(self, form_data: Fields):
        """Narrow the queue to what the form says."""
        return _at(payments_queue.read_filter(form_data))

    @allow(*READERS)
    async def turn_page(self, page: Annotated[int, Ge(1), Le(1_000_000)]):
        """Turn to another page of the queue."""
        return _at(replace(self._wanted, page=page))


def _at(wanted: QueueFilter) -> rx.event.EventSpec:
    return rx.redirect(f"/payments?{payments_queue.write_filter(wanted)}")
