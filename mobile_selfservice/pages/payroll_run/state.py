"""The stipend run open on this tab, and handing it over."""

import secrets
from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.payroll_run.view import (
    HeldRow,
    RunView,
    handed_over_in_words,
    repaid_in_words,
    run_view,
)
from mobile_selfservice.services.access import PAYROLL_READERS
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import record_number, whole_number
from mobile_selfservice.services.payroll import hand_over, repaid_elsewhere
from mobile_selfservice.services.payroll import run_view as runs
from mobile_selfservice.services.refusals import ChangedMeanwhile
from mobile_selfservice.session_state import tell

Id = Annotated[int, Ge(1), Le(2**31 - 1)]
Word = Annotated[str, MaxLen(30)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(500)]], MaxLen(6)]


class PayrollRunState(rx.State):
    """One run; `_seen` is what the person looked at before handing it over."""

    view: RunView = RunView()
    is_handing: bool = False
    is_taking_back: bool = False
    repaying: HeldRow = HeldRow()
    form_number: int = 0
    _repaid: HeldRow = HeldRow()
    _key: str = ""
    _run_id: int = 0
    _page: int = 1
    _seen: str = ""
    _version: int = 0

    @allow(*PAYROLL_READERS)
    async def open(self):
        """Show the run that the address names."""
        number = record_number(self.run_id)
        if number != self._run_id:
            self.view = RunView()
        asked = self.router.url.query_parameters
        self._run_id, self._page = number, whole_number(asked, "page") or 1
        await self._show()

    @allow(*PAYROLL_READERS)
    async def turn_page(self, page: Annotated[int, Ge(1), Le(1_000_000)]):
        """Turn to another page of lines; it stands in the address."""
        return rx.redirect(f"/payroll/{self._run_id}?page={page}")

    @allow(Role.FINANCE)
    async def ask_to_hand_over(self):
        """Ask once more before the run is locked."""
        self.is_handing, self.is_taking_back = True, False

    @allow(Role.FINANCE)
    async def ask_to_take_back(self):
        """Ask once more before the run is taken back."""
        self.is_taking_back, self.is_handing = True, False

    @allow(Role.FINANCE)
    async def go_back(self):
        """Leave the run as it is."""
        self._put_away()

    @allow(Role.FINANCE, temporal=True)
    async def hand_over(self):
        """Hand the run over as it was seen."""
        if not self.is_handing:
            return  # a second click: what the first one showed was not looked at
        self._put_away()
        try:
            done = await act(hand_over.hand_over, run_id=self._run_id, seen=self._seen)
        except ChangedMeanwhile as told:
            await self._show()
            await tell(self, str(told), "danger")
            return
        await self._show()
        await tell(self, handed_over_in_words(done))

    @allow(Role.FINANCE, temporal=True)
    async def take_back(self):
        """Take the run back, and return to the list."""
        if not self.is_taking_back:
            return rx.redirect("/payroll")  # a second click: the run is gone already
        self._put_away()
        await act(hand_over.take_back, run_id=self._run_id, version=self._version)
        return rx.redirect("/payroll")

    @allow(Role.FINANCE)
    async def ask_repaid(self, stipend_id: Id, corrects_run_id: Id):
        """Open the form to record that a held-back amount was paid back elsewhere."""
        self._put_away()
        wanted = (stipend_id, corrects_run_id)
        for row in self.view.held_back:
            if (row.stipend_id, row.corrects_run_id) == wanted and row.may_record:
                self.repaying = self._repaid = row
                self._key = secrets.token_urlsafe(16)
                self.form_number += 1

    @allow(Role.FINANCE, temporal=True)
    async def record_repaid(self, form_data: Fields):
        """Record what was paid back elsewhere; a second click is the same form."""
        row = self._repaid
        line = (row.stipend_id, row.corrects_run_id)
        await act(
            repaid_elsewhere.record,
            run_id=self._run_id,
            repaid=repaid_elsewhere.repaid_typed(form_data, line, self._key),
        )
        await self._show()
        await tell(self, repaid_in_words(row))

    async def _show(self) -> None:
        self._put_away()
        found = await look(runs.one_run, run_id=self._run_id, page=self._page)
        self._seen, self._version = found.seen, found.version
        self.view = run_view(found)

    def _put_away(self) -> None:
        self.is_handing = self.is_taking_back = False
        self.repaying = HeldRow()
