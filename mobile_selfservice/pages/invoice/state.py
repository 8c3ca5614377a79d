"""The invoice open on this tab, and the two acts on it: assign a holder, release."""

from dataclasses import replace
from typing import Annotated

import reflex as rx
from annotated_types import Ge, MaxLen

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.holder_dialog import LineToAssign
from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.invoice.view import (
    BillsView,
    InvoiceView,
    bills_view,
    invoice_view,
    pdf_links,
    released_in_words,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import day, one_of, record_number, whole_number
from mobile_selfservice.services.invoices import (
    invoice_checks,
    invoice_overview,
    invoice_pdf,
    line_holding,
    release,
)
from mobile_selfservice.services.invoices.invoice_overview import Only
from mobile_selfservice.services.invoices.line_holding import NewHolding, line_kind
from mobile_selfservice.services.refusals import NotPermitted, NotUnderstood
from mobile_selfservice.session_state import tell

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
Fields = Annotated[dict[str, Annotated[str, MaxLen(600)]], MaxLen(4)]
Word = Annotated[str, MaxLen(60)]


class InvoiceState(rx.State):
    """One invoice, a page of its bills, and what is being asked."""

    view: InvoiceView = InvoiceView()
    bills: BillsView = BillsView()
    is_releasing: bool = False
    line: LineToAssign = LineToAssign()
    people: list[Option] = []
    _invoice_id: int = 0
    _bill_id: int = 0
    _reason: str = ""
    _unmapped_reason: str = ""

    @allow(*READERS)
    async def open(self):
        """Show the invoice, and the bills that the address asks for."""
        number = record_number(self.invoice_id)
        if number != self._invoice_id:
            self.view, self.bills = InvoiceView(), BillsView()
        self._invoice_id, self._reason, self._unmapped_reason = number, "", ""
        self._put_away()
        await self._show()

    @allow(*READERS)
    async def turn_page(self, page: Annotated[int, Ge(1)]):
        """Turn to another page of bills; it stands in the address."""
        shown = f"show={self.bills.shown}&" if self.bills.shown else ""
        return rx.redirect(f"/invoices/{self._invoice_id}?{shown}page={page}")

    @allow(Role.FINANCE)
    async def ask_to_release(self):
        """Ask once more before letters go out."""
        self.is_releasing = True

    @allow(Role.FINANCE)
    async def ask_with_reason(self, form_data: Fields):
        """Ask once more, keeping each reason why the bills may go all the same."""
        self._reason = form_data.get("reason", "")
        self._unmapped_reason = form_data.get("unmapped_reason", "")
        self.is_releasing = True

    @allow(Role.FINANCE, temporal=True)
    async def release(self):
        """Release every bill that is ready."""
        self.is_releasing = False
        done = await act(
            release.release_invoice,
            invoice_id=self._invoice_id,
            untied_reason=self._reason,
            unmapped_reason=self._unmapped_reason,
        )
        self._reason = self._unmapped_reason = ""
        await self._show()
        await tell(self, released_in_words(done))

    @allow(Role.FINANCE, Role.IT)
    async def choose_holder(self, bill_id: Annotated[int, Ge(1)]):
        """Ask who holds the line of a bill, beginning with the name printed on it."""
        bill = next((row for row in self.bills.rows if row.bill_id == bill_id), None)
        if bill is None:
            raise NotPermitted
        self._bill_id = bill_id
        found = await look(line_holding.first_days, bill_id=bill_id)
        self.line = LineToAssign(
            number=bill.number,
            name_on_bill=bill.name_on_bill,
            first_day=found.suggested.isoformat(),
            last_day=found.latest.isoformat(),
        )
        await self._find(bill.name_on_bill)
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
        """Put a question away without doing anything."""
        self._put_away()

    def _put_away(self) -> None:
        self.is_releasing = False
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
        asked = self.router.url.query_parameters
        only = one_of(asked, "show", [word.value for word in Only])
        found = await look(invoice_overview.overview, invoice_id=self._invoice_id)
        bills = await look(
            invoice_overview.bills_page,
            invoice_id=self._invoice_id,
            only=Only(only),
            page=whole_number(asked, "page") or 1,
        )
        checks = await look(invoice_checks.page_of, invoice_id=self._invoice_id)
        pdfs = await look(invoice_pdf.pdfs_of, invoice_id=self._invoice_id)
        links = pdf_links(self._invoice_id, pdfs)
        self.view = replace(invoice_view(found, checks), pdfs=links)
        self.bills = bills_view(bills, only, may_assign=found.may_assign)
