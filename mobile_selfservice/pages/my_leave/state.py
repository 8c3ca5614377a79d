"""One's own leaves: told, changed, taken back."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.components.leave_cards import LeaveRow
from mobile_selfservice.components.typed_leave import typed_leave
from mobile_selfservice.gate import SIGNED_IN, act, allow, look
from mobile_selfservice.pages.my_leave.view import MyLeaveView, my_leave_view
from mobile_selfservice.services.address import whole_number
from mobile_selfservice.services.leave import leave_seen, telling
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(40)]
Fields = Annotated[dict[Word, Word], MaxLen(3)]
Id = Annotated[int, Ge(1), Le(2**31 - 1)]
Page = Annotated[int, Ge(1), Le(100_000)]


class MyLeaveState(rx.State):
    """One page of one's leaves; `changing` and `taking_back` have their dialog open."""

    view: MyLeaveView = MyLeaveView()
    changing: LeaveRow = LeaveRow()
    taking_back: LeaveRow = LeaveRow()
    form_number: int = 0

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show one's leaves."""
        self.view = MyLeaveView()
        await self._show()

    @allow(to=SIGNED_IN)
    async def turn_page(self, page: Page):
        """Turn to another page; it stands in the address."""
        return rx.redirect(f"/phone/leave?page={page}")

    @allow(to=SIGNED_IN, temporal=True)
    async def tell_leave(self, form_data: Fields):
        """Tell a leave of one's own."""
        await act(telling.tell, typed=typed_leave(form_data))
        await self._show()
        await tell(self, "Your leave is on record. Change it here when it changes.")

    @allow(to=SIGNED_IN)
    async def choose(self, leave_id: Id):
        """Open the form that changes a leave."""
        self.changing = self._row(leave_id)
        self.form_number += 1

    @allow(to=SIGNED_IN)
    async def ask_to_withdraw(self, leave_id: Id):
        """Ask once more before a leave is taken back."""
        self.taking_back = self._row(leave_id)

    @allow(to=SIGNED_IN)
    async def leave(self):
        """Put the dialogs away."""
        self.changing, self.taking_back = LeaveRow(), LeaveRow()

    @allow(to=SIGNED_IN, temporal=True)
    async def change(self, form_data: Fields):
        """Keep other days of a leave."""
        leave_id = self.changing.leave_id
        if not leave_id:
            return
        typed = typed_leave(form_data)
        await act(telling.change, leave_id=leave_id, typed=typed)
        await self._show()
        await tell(self, "The leave is changed. Who needs to know is told.")

    @allow(to=SIGNED_IN, temporal=True)
    async def withdraw(self):
        """Take a leave back."""
        leave_id = self.taking_back.leave_id
        if not leave_id:
            return
        await act(telling.withdraw, leave_id=leave_id)
        await self._show()
        await tell(self, "The leave is taken back. Who needs to know is told.")

    def _row(self, leave_id: int) -> LeaveRow:
        for row in self.view.rows:
            if row.leave_id == leave_id:
                return row
        raise NotPermitted

    async def _show(self) -> None:
        self.changing, self.taking_back = LeaveRow(), LeaveRow()
        asked = self.router.url.query_parameters
        page = whole_number(asked, "page") or 1
        self.view = my_leave_view(await look(leave_seen.own_leaves, page=page))
        self.form_number += 1  # a new form, with nothing typed
