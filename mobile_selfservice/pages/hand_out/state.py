"""The phone of one form: ordering it, handing it out, taking it back."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.components.forms import Fault
from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.hand_out.view import HandOutView, hand_out_view
from mobile_selfservice.services.access import FORM_LISTERS
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.phones import (
    handing_out,
    issue_order,
    issue_ready,
    issue_return,
)
from mobile_selfservice.services.phones.issue_fields import FieldsWrong
from mobile_selfservice.session_state import tell

Name = Annotated[str, MaxLen(30)]
Word = Annotated[str, MaxLen(400)]
Fields = Annotated[dict[Name, Word], MaxLen(10)]
NOT_SEEN = -1


@dataclass(frozen=True)
class Errors:
    """What is wrong with the fields of the forms, each empty while it is right."""

    model: str = ""
    carrier: str = ""
    contract_reference: str = ""
    contract_months: str = ""
    price: str = ""
    upfront: str = ""
    asset_tag: str = ""
    serial: str = ""
    number: str = ""
    received_on: str = ""
    note: str = ""


class HandOutState(rx.State):
    """How the phone of the form open on this tab stands."""

    view: HandOutView = HandOutView()
    faults: list[Fault] = []
    errors: Errors = Errors()
    form_number: int = 0
    is_asking: bool = False
    _form_id: int = 0
    _version: int = 0

    @allow(*FORM_LISTERS)
    async def open(self):
        """Show how the phone of a form stands."""
        self.view, self.is_asking = HandOutView(), False
        self._form_id, self._version = record_number(self.form_id), NOT_SEEN
        await self._show()

    @allow(Role.IT, temporal=True)
    async def order(self, form_data: Fields):
        """Order the phone."""
        done = act(issue_order.order, typed=form_data, **self._seen())
        await self._carry_out(done, "Ordered. Say here when it can be collected.")

    @allow(Role.IT, temporal=True)
    async def make_ready(self, form_data: Fields):
        """Say that the phone can be collected."""
        done = act(issue_ready.make_ready, typed=form_data, **self._seen())
        person = self.view.person
        await self._carry_out(done, f"{person} gets a letter and signs for it here.")

    @allow(Role.IT)
    async def ask_to_cancel(self):
        """Ask for the reason before an order is taken back."""
        self.is_asking = True

    @allow(Role.IT)
    async def go_back(self):
        """Put the question away without doing anything."""
        self.is_asking = False

    @allow(Role.IT, temporal=True)
    async def cancel(self, form_data: Fields):
        """Take the order back."""
        reason = form_data.get("reason", "")
        done = act(issue_order.cancel, reason=reason, **self._seen())
        await self._carry_out(done, "The order is taken back.")
        self.is_asking = False

    @allow(Role.IT, temporal=True)
    async def take_back(self, form_data: Fields):
        """Take the phone back."""
        done = act(issue_return.take_back, typed=form_data, **self._seen())
        await self._carry_out(done, "Taken back. The form is closed.")

    async def _carry_out(self, done: Awaitable[object], said: str) -> None:
        self.faults, self.errors = [], Errors()
        try:
            await done
        except FieldsWrong as wrong:
            self.faults = [Fault(each.field, each.text) for each in wrong.faults]
            self.errors = Errors(**{each.field: each.text for each in wrong.faults})
            return
        await self._show()
        await tell(self, said)

    async def _show(self) -> None:
        found = await look(handing_out.handing_out, form_id=self._form_id)
        if found.version != self._version:  # a second click keeps what was begun
            self.form_number += 1
        self.view, self._version = hand_out_view(found), found.version
        self.faults, self.errors = [], Errors()

    def _seen(self) -> dict[str, int]:
        return {"form_id": self._form_id, "version": self._version}
