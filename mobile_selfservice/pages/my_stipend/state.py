"""One's own stipend on this tab: typed, proved, sent."""

from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.my_stipend.view import (
    MyStipendView,
    arrival,
    my_stipend_view,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.stipends import (
    asking,
    contract_proofs,
    own_stipend,
)
from mobile_selfservice.services.stipends.own_stipend import OwnStipend
from mobile_selfservice.services.stipends.typed import contract_typed, wish_typed
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(30)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(900)]], MaxLen(14)]


class MyStipendState(rx.State):
    """The stipend as it was last shown, and the record behind it."""

    view: MyStipendView = MyStipendView()
    renewing: bool = False
    withdrawing: bool = False
    changing: bool = False
    form_number: int = 0
    _election_id: int = 0
    _version: int = 0

    @allow(Role.EMPLOYEE)
    async def open(self):
        """Show one's own stipend, and what became of a paper just handed in."""
        self.view = MyStipendView()
        self._put_away()
        await self._show()
        words, tone = arrival(self.router.url.query_parameters)
        if words:
            await tell(self, words, tone)

    @allow(Role.EMPLOYEE, temporal=True)
    async def save(self, form_data: Fields):
        """Keep what was typed; its paper is handed in next."""
        # A change of class rests on the proof on record, and asks for no contract.
        asks_contract = "contract_kind" in form_data
        contract = contract_typed(form_data) if asks_contract else None
        await act(asking.save, wish=wish_typed(form_data), contract=contract)
        self.changing = False
        await self._show()
        await self._tell_of_paper()

    @allow(Role.EMPLOYEE)
    async def renew(self):
        """Open the form for a new proof."""
        self.renewing = True

    @allow(Role.EMPLOYEE, temporal=True)
    async def type_contract(self, form_data: Fields):
        """Keep what a new proof says; its paper is handed in next."""
        contract = contract_typed(form_data)
        await act(contract_proofs.type_contract, contract=contract)
        self.renewing = False
        await self._show()
        await self._tell_of_paper()

    @allow(Role.EMPLOYEE, temporal=True)
    async def send(self):
        """Send the election to whoever approves it."""
        election_id = self._election_id
        await act(asking.submit, election_id=election_id, version=self._version)
        await self._show()
        await tell(self, "Sent. You get a letter when something happens.")

    @allow(Role.EMPLOYEE)
    async def ask_to_withdraw(self):
        """Open the form to take the election back."""
        self.withdrawing = True

    @allow(Role.EMPLOYEE)
    async def ask_to_change(self):
        """Open the form that asks for the other class."""
        self.changing = True

    @allow(Role.EMPLOYEE)
    async def leave(self):
        """Put an open form away."""
        self._put_away()

    @allow(Role.EMPLOYEE, temporal=True)
    async def withdraw(self, form_data: Fields):
        """Take the election back."""
        await act(
            asking.withdraw,
            election_id=self._election_id,
            version=self._version,
            reason=form_data.get("reason", ""),
        )
        self.withdrawing = False
        await self._show()
        await tell(self, "Withdrawn. You may ask again at any time.")

    def _put_away(self) -> None:
        self.renewing = self.withdrawing = self.changing = False

    async def _tell_of_paper(self) -> None:
        if self.view.against:
            await tell(self, f"Saved, but: {self.view.against}", "warn")
            return
        if self.view.may_send and not self.view.upload_to:
            await tell(self, "Saved. Look at it once more below, then send it.")
            return
        await tell(self, "Saved. Now hand in the paper that shows your contract.")

    async def _show(self) -> None:
        own: OwnStipend = await look(own_stipend.own_stipend)
        self.view = my_stipend_view(own)
        self._election_id = own.election.election_id if own.election else 0
        self._version = own.election.version if own.election else 0
        self.form_number += 1
