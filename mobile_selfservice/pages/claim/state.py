"""One claim on this tab. What the browser names of it is asked of the server again."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.claim.arrival import told
from mobile_selfservice.pages.claim.view import (
    CallRow,
    ClaimView,
    call_rows,
    claim_view,
    ticks,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.access import CLAIM_READERS
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import MOST, record_number
from mobile_selfservice.services.claims import (
    call_list,
    claim_seen,
    decisions,
    drafts,
    submission,
)
from mobile_selfservice.services.claims.typed import (
    call_typed,
    terms_typed,
    verdict_typed,
)
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(30)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(600)]], MaxLen(14)]
Number = Annotated[int, Ge(1), Le(MOST)]
OWN = (Role.EMPLOYEE,)
DECIDERS = (Role.DIRECTOR, Role.DCM, Role.CITY_MANAGER)
SAID = {
    "approved": "Approved: {amount}. Finance is next.",
    "returned": "Sent back. The employee was told why.",
    "refused": "Refused. The employee was told why.",
}


class ClaimState(rx.State):
    """A claim, the calls of the shown page, and which of them are claimed."""

    view: ClaimView = ClaimView()
    rows: list[CallRow] = []
    ticked: list[int] = []
    asking: bool = False
    form_number: int = 0
    _claim_id: int = 0
    _version: int = 0
    _to_sign: str = ""
    _page: int = 1

    @allow(*CLAIM_READERS)
    async def open(self):
        """Show the claim that the address names, and what a file brought."""
        self.view, self.rows, self.asking = ClaimView(), [], False
        self._claim_id, self._page = record_number(self.claim_id), 1
        await self._show()
        words, tone = told(self.router.url.query_parameters)
        if words and self.view.can_edit:
            await tell(self, words, tone)

    @allow(*CLAIM_READERS)
    async def turn_page(self, page: Annotated[int, Ge(1), Le(1_000_000)]):
        """Turn to another page of the calls."""
        self._page = page
        await self._show()

    # --- the employee's draft

    @allow(*OWN, temporal=True)
    async def change_terms(self, form_data: Fields):
        """Save what was typed of the contract."""
        await act(
            drafts.change_terms,
            claim_id=self._claim_id,
            version=self._version,
            terms=terms_typed(form_data),
        )
        await self._show()
        await tell(self, f"Saved. The claim now comes to {self.view.amount}.")

    @allow(*OWN, temporal=True)
    async def add_call(self, form_data: Fields):
        """Add a typed call; the form is empty again for the next one."""
        if form_data.get("form") != str(self.form_number):
            return  # the same form a second time
        call = call_typed(form_data)
        await act(call_list.add, claim_id=self._claim_id, call=call)
        self.form_number += 1
        await self._show()
        await tell(self, f"Added. The claim now comes to {self.view.amount}.")

    @allow(*OWN, temporal=True)
    async def remove_call(self, call_id: Number):
        """Take a call off the list."""
        await act(call_list.remove, claim_id=self._claim_id, call_id=call_id)
        await self._show()
        await tell(self, f"Removed. The claim now comes to {self.view.amount}.")

    @allow(*OWN)
    async def tick(self, call_id: Number, is_claimed: bool):
        """Claim a call, or leave it out."""
        await self._claim([call_id], is_claimed)

    @allow(*OWN)
    async def tick_page(self, is_claimed: bool):
        """Claim every call of this page, or leave them out."""
        await self._claim([row.call_id for row in self.rows], is_claimed)

    @allow(*OWN)
    async def say_counts(self, counts: bool):
        """Say whether the claimed calls of unknown codes draw on the minutes."""
        await act(call_list.say_counts, claim_id=self._claim_id, counts=counts)
        await self._show()

    @allow(*OWN, temporal=True)
    async def hand_in(self):
        """Sign what is shown, and hand it in."""
        done = await act(
            submission.submit,
            claim_id=self._claim_id,
            version=self._version,
            signed=self._to_sign,
        )
        await self._show()
        amount = dollars(done.submission.amount)
        await tell(self, f"Handed in: {amount}. Your director decides next.")

    @allow(*OWN, temporal=True)
    async def take_back(self):
        """Take a claim back that waits, to correct it."""
        await act(drafts.reopen, claim_id=self._claim_id, version=self._version)
        await self._show()
        await tell(self, "Taken back. Correct it and hand it in again.")

    @allow(*OWN)
    async def ask_to_withdraw(self):
        """Ask once more before the claim is given up."""
        self.asking = True

    @allow(*OWN)
    async def go_back(self):
        """Leave the claim as it is."""
        self.asking = False

    @allow(*OWN, temporal=True)
    async def withdraw(self):
        """Give the claim up."""
        self.asking = False
        await act(drafts.withdraw, claim_id=self._claim_id, version=self._version)
        await self._show()
        await tell(self, "The claim is taken back. Nothing is paid for it.")

    # --- the others

    @allow(*DECIDERS, temporal=True)
    async def decide(self, form_data: Fields):
        """Approve the claim, send it back or refuse it."""
        done = await act(
            decisions.decide,
            claim_id=self._claim_id,
            verdict=verdict_typed(form_data, self._version),
        )
        await self._show()
        await tell(self, SAID[done.state].format(amount=dollars(done.amount)))

    @allow(Role.FINANCE, temporal=True)
    async def pay(self, form_data: Fields):
        """Record that the claim is paid."""
        done = await act(
            decisions.pay,
            claim_id=self._claim_id,
            version=self._version,
            reference=form_data.get("reference", ""),
        )
        await self._show()
        await tell(self, f"Paid: {dollars(done.amount)}. The employee was told.")

    async def _claim(self, call_ids: list[int], is_claimed: bool) -> None:
        await act(
            call_list.tick,
            claim_id=self._claim_id,
            call_ids=call_ids,
            is_claimed=is_claimed,
        )
        await self._show()

    async def _show(self) -> None:
        seen = await look(claim_seen.seen, claim_id=self._claim_id, page=self._page)
        self._version, self._to_sign = seen.version, seen.to_sign
        self._page = seen.page
        self.view, self.ticked = claim_view(seen), ticks(seen)
        rows = call_rows(seen)
        if rows != self.rows:  # a tick sends no rows again
            self.rows = rows
