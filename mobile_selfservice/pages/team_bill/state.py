"""The statement open on this tab, and the director's answer to it."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.team_bill.view import (
    CallsView,
    StatementView,
    calls_view,
    statement_view,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.bills import call_details
from mobile_selfservice.services.statements import director_review, reviewed_statement
from mobile_selfservice.session_state import tell

REVIEWERS = (Role.DIRECTOR, Role.DCM, Role.CITY_MANAGER)
READERS = (*REVIEWERS, Role.AUDITOR)
Fields = Annotated[dict[str, Annotated[str, MaxLen(600)]], MaxLen(2)]


class TeamBillState(rx.State):
    """One bill of the team."""

    view: StatementView = StatementView()
    calls: CallsView = CallsView()
    is_asking: bool = False
    _bill_id: int = 0
    _certification_id: int = 0

    @allow(*READERS)
    async def open(self):
        """Show the statement, and the calls if this person opened them today."""
        self.view, self.calls, self.is_asking = StatementView(), CallsView(), False
        self._bill_id = record_number(self.bill_id)
        await self._show()

    @allow(*REVIEWERS)
    async def ask_to_accept(self):
        """Ask once more before accepting."""
        self.is_asking = True

    @allow(*REVIEWERS)
    async def keep_reading(self):
        """Go back without accepting."""
        self.is_asking = False

    @allow(*REVIEWERS, temporal=True)
    async def accept(self):
        """Accept the statement that is shown."""
        self.is_asking = False
        answered = await act(
            director_review.accept,
            bill_id=self._bill_id,
            certification_id=self._certification_id,
        )
        await self._show()
        closed = answered.state == "closed"
        await tell(self, "Accepted and closed." if closed else "Accepted.")

    @allow(*REVIEWERS, temporal=True)
    async def return_it(self, form_data: Fields):
        """Send the statement back with a reason."""
        await act(
            director_review.return_with_reason,
            bill_id=self._bill_id,
            certification_id=self._certification_id,
            reason=form_data.get("reason", ""),
        )
        await self._show()
        await tell(self, "Returned. The employee gets a letter with your reason.")

    @allow(*READERS, temporal=True)
    async def open_calls(self, form_data: Fields):
        """Open the calls for the rest of the day, for a reason the employee reads."""
        await act(
            call_details.open_details,
            bill_id=self._bill_id,
            reason=form_data.get("why", ""),
        )
        await self._show_calls(1)
        await tell(self, "The calls are open to you until midnight.")

    @allow(*READERS)
    async def turn_page(self, page: Annotated[int, Ge(1)]):
        """Turn to another page of calls."""
        await self._show_calls(page)

    async def _show(self) -> None:
        shown = await look(reviewed_statement.read, bill_id=self._bill_id)
        self.view = statement_view(shown)
        self._certification_id = shown.signed.certification_id if shown.signed else 0
        if shown.may_open_details:
            await self._show_calls(1)

    async def _show_calls(self, page: int) -> None:
        found = await look(call_details.read, bill_id=self._bill_id, page=page)
        self.calls = calls_view(found)
