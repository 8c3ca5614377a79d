"""Who is away; telling a leave for somebody, and what was done about phones."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.leave_cards import LeaveRow, LineRow
from mobile_selfservice.components.typed_leave import typed_leave
from mobile_selfservice.components.wording import month_in_words
from mobile_selfservice.gate import act, allow, look, principal
from mobile_selfservice.pages.leave.view import LeaveView, address, leave_view
from mobile_selfservice.services import access
from mobile_selfservice.services import address as addresses
from mobile_selfservice.services.access import LEAVE_DECIDERS, LEAVE_READERS
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.leave import (
    leave_seen,
    long_leave_list,
    service_marks,
    stipend_leave,
    telling,
)
from mobile_selfservice.services.leave.leave_seen import NOW, SHOWN
from mobile_selfservice.services.leave.service_marks import LineChosen
from mobile_selfservice.services.refusals import NotPermitted, NotUnderstood
from mobile_selfservice.session_state import tell

Name = Annotated[str, MaxLen(20)]
Word = Annotated[str, MaxLen(60)]
Fields = Annotated[dict[Name, Word], MaxLen(4)]
Reason = Annotated[dict[Name, Annotated[str, MaxLen(600)]], MaxLen(1)]
Id = Annotated[int, Ge(1), Le(2**31 - 1)]
Page = Annotated[int, Ge(1), Le(100_000)]


class LeaveState(rx.State):
    """One page of leave. A dialog is open for what has an id."""

    view: LeaveView = LeaveView()
    people: list[Option] = []
    changing: LeaveRow = LeaveRow()
    taking_back: LeaveRow = LeaveRow()
    suspending: LeaveRow = LeaveRow()
    leaving_on: LineRow = LineRow()
    form_number: int = 0
    _shown: str = NOW
    _page: int = 1
    _long_page: int = 1

    @allow(*LEAVE_READERS)
    async def open(self):
        """Show who is away."""
        self.view, self.people = LeaveView(), []
        asked = self.router.url.query_parameters
        self._shown = addresses.one_of(asked, "show", list(SHOWN)) or NOW
        self._page = addresses.whole_number(asked, "page") or 1
        self._long_page = addresses.whole_number(asked, "long") or 1
        await self._show()

    @allow(*LEAVE_DECIDERS)
    async def turn_page(self, page: Page):
        """Turn to another page of leaves; it stands in the address."""
        return rx.redirect(address(self._shown, page, self._long_page))

    @allow(*access.LONG_LEAVE_READERS)
    async def turn_long_page(self, page: Page):
        """Turn to another page of long leave; it stands in the address."""
        return rx.redirect(address(self._shown, self._page, page))

    @allow(*LEAVE_DECIDERS)
    async def find_people(self, words: Word):
        """Look for people by name, to tell their leave."""
        found = await look(leave_seen.led_people, search=words)
        self.people = [Option(str(each), words) for each, words in found]

    @allow(*LEAVE_DECIDERS, temporal=True)
    async def tell_leave(self, form_data: Fields):
        """Tell somebody's leave."""
        person = form_data.get("person", "")
        if not (person.isascii() and person.isdigit()):
            raise NotUnderstood("Find the person by name, then choose them.")
        typed = typed_leave(form_data)
        await act(telling.tell, typed=typed, person_id=int(person))
        self.people = []
        await self._show()
        await tell(self, "The leave is on record. Who needs to know is told.")

    @allow(*LEAVE_DECIDERS)
    async def choose(self, leave_id: Id):
        """Open the form that changes a leave."""
        self.changing = self._row(leave_id)
        self.form_number += 1

    @allow(*LEAVE_DECIDERS)
    async def ask_to_withdraw(self, leave_id: Id):
        """Ask once more before a leave is taken back."""
        self.taking_back = self._row(leave_id)

    @allow(*LEAVE_READERS)
    async def leave(self):
        """Put the dialogs away."""
        self._close()

    @allow(*LEAVE_DECIDERS, temporal=True)
    async def change(self, form_data: Fields):
        """Keep other days of a leave."""
        leave_id = self.changing.leave_id
        if not leave_id:
            return
        typed = typed_leave(form_data)
        await act(telling.change, leave_id=leave_id, typed=typed)
        await self._show()
        await tell(self, "The leave is changed. Who needs to know is told.")

    @allow(*LEAVE_DECIDERS, temporal=True)
    async def withdraw(self):
        """Take a leave back."""
        leave_id = self.taking_back.leave_id
        if not leave_id:
            return
        await act(telling.withdraw, leave_id=leave_id)
        await self._show()
        await tell(self, "The leave is taken back. Who needs to know is told.")

    @allow(*LEAVE_DECIDERS)
    async def ask_to_suspend(self, leave_id: Id):
        """Ask once more before a stipend is suspended."""
        self.suspending = self._row(leave_id)

    @allow(*LEAVE_DECIDERS, temporal=True)
    async def suspend_stipend(self):
        """Suspend the stipend of somebody on long leave."""
        leave_id = self.suspending.leave_id
        if not leave_id:
            return
        since = await act(stipend_leave.suspend_stipend, leave_id=leave_id)
        await self._show()
        month = month_in_words(since)
        await tell(self, f"The stipend is suspended: not paid from {month} on.")

    @allow(Role.IT, temporal=True)
    async def suspend(self, long_leave_id: Id, line_id: Id):
        """Say that a line's service is suspended."""
        chosen = _chosen(self._line(long_leave_id, line_id))
        await act(service_marks.suspend, chosen=chosen)
        await self._show()
        await tell(self, "Kept: the service is suspended. The holder gets a letter.")

    @allow(Role.IT)
    async def choose_to_leave_on(self, long_leave_id: Id, line_id: Id):
        """Open the form that says why a service stays on."""
        self.leaving_on = self._line(long_leave_id, line_id)
        self.form_number += 1

    @allow(Role.IT, temporal=True)
    async def leave_on(self, form_data: Reason):
        """Say that a line's service stays on, and why."""
        line = self.leaving_on
        if not line.line_id:
            return
        reason = form_data.get("reason", "")
        await act(service_marks.leave_on, chosen=_chosen(line), reason=reason)
        await self._show()
        await tell(self, "Kept: the service stays on.")

    @allow(Role.IT, temporal=True)
    async def put_back(self, long_leave_id: Id, line_id: Id):
        """Say that a line's service is back."""
        chosen = _chosen(self._line(long_leave_id, line_id))
        await act(service_marks.put_back, chosen=chosen)
        await self._show()
        await tell(self, "Kept: the service is back. The holder gets a letter.")

    def _row(self, leave_id: int) -> LeaveRow:
        for row in self.view.rows:
            if row.leave_id == leave_id:
                return row
        raise NotPermitted

    def _line(self, long_leave_id: int, line_id: int) -> LineRow:
        for row in self.view.long_rows:
            for line in row.lines:
                if (row.long_leave_id, line.line_id) == (long_leave_id, line_id):
                    return line
        raise NotPermitted

    def _close(self) -> None:
        self.changing, self.taking_back = LeaveRow(), LeaveRow()
        self.suspending, self.leaving_on = LeaveRow(), LineRow()

    async def _show(self) -> None:
        self._close()
        actor = principal().actor
        led = long = None
        if actor.has(*LEAVE_DECIDERS):
            led = await look(leave_seen.led_leaves, show=self._shown, page=self._page)
        if actor.has(*access.LONG_LEAVE_READERS):
            long = await look(
                long_leave_list.page_of, show=self._shown, page=self._long_page
            )
        self.view = leave_view(self._shown, led, long)
        self.form_number += 1  # a new form, with nothing typed


def _chosen(line: LineRow) -> LineChosen:
    return LineChosen(line.long_leave_id, line.line_id, line.version)
