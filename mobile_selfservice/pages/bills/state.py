"""The bills of whoever is signed in."""

import reflex as rx

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.bills.view import BillsView, bills_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.bills import my_bills


class BillsState(rx.State):
    """One's own bills."""

    view: BillsView = BillsView()

    @allow(Role.EMPLOYEE)
    async def open(self):
        """List the bills a person answers for."""
        self.view = bills_view(await look(my_bills.my_bills))
