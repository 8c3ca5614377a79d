"""The lines that wait for somebody, and giving one its holder."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, MaxLen

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.holder_dialog import LineToAssign
from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.invoice_lines.view import (
    LinesView,
    UnownedRow,
    lines_view,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import day, whole_number
from mobile_selfservice.services.invoices import line_holding
from mobile_selfservice.services.invoices.line_holding import (
    NewHolding,
    line_kind,
)
from mobile_selfservice.services.lines import owner_queue
from mobile_selfservice.services.refusals import NotPermitted, NotUnderstood
from mobile_selfservice.session_state import tell

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
Fields = Annotated[dict[str, Annotated[str, MaxLen(600)]], MaxLen(4)]
Word = Annotated[str, MaxLen(60)]


class InvoiceLinesState(rx.State):
    """What waits, and the line whose holder is being chosen."""

    view: LinesView = LinesView()
    line: LineToAssign = LineToAssign()
    people: list[Option] = []
    _bill_id: int = 0

    @allow(*READERS)
    async def open(self):
        """Show what waits."""
        self._put_away()
        await self._show()

    @allow(*READERS)
    async def turn_page(self, page: Annotated[int, Ge(1)]):
        """Turn to another page; it stands in the address."""
        return rx.redirect(f"/invoices/lines?page={page}")

    @allow(Role.FINANCE, Role.IT)
    async def choose_holder(self, bill_id: Annotated[int, Ge(1)]):
        """Ask who holds a line, beginning with who is suggested."""
        row = self._row(bill_id)
        self._bill_id = bill_id
        found = await look(line_holding.first_days, bill_id=bill_id)
        self.line = LineToAssign(
            number=row.number,
            name_on_bill=row.name_on_bill,
            first_day=found.suggested.isoformat(),
            last_day=found.latest.isoformat(),
        )
        await self._find(row.best or row.name_on_bill)
        if not self.people:
            await self._find("")

    @allow(Role.FINANCE, Role.IT)
    async def find_people(self, name: Word):
        """Narrow the list to people of a name."""
        await self._find(name)

    @allow(Role.FINANCE, Role.IT, temporal=True)
    async def assign(self, form_data: Fields):
        """Make the chosen person the holder."""
        chosen = whole_number(form_data, "person")
        first_day = day(form_data, "first_day")
        if chosen is None or first_day is None:
            raise NotUnderstood("A person and a first day are needed.")
        number = self.line.number
        self._put_away()
        await act(
            line_holding.assign_holder,
            bill_id=self._bill_id,
            holding=NewHolding(chosen, first_day, line_kind(form_data)),
        )
        await self._show()
        await tell(self, f"{number} has its holder now. Its bill can be released.")

    @allow(*READERS)
    async def go_back(self):
        """Put the question away without doing anything."""
        self._put_away()

    def _row(self, bill_id: int) -> UnownedRow:
        for row in self.view.unowned:
            if row.bill_id == bill_id:
                return row
        raise NotPermitted

    def _put_away(self) -> None:
        self.line, self.people = LineToAssign(), []

    async def _find(self, name: str) -> None:
        found = await look(
            line_holding.assignable_people, bill_id=self._bill_id, search=name
        )
        self.people = [
            Option(str(each.person_id), f"{each.name}, {each.department}")
            for each in found
        ]

    async def _show(self) -> None:
        page = whole_number(self.router.url.query_parameters, "page") or 1
        self.view = lines_view(await look(owner_queue.queue, page=page))
