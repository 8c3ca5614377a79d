"""What the review of one bill does: show a page of it, and take marks."""

from dataclasses import replace
from typing import Annotated

import reflex as rx
from annotated_types import Ge, Lt, MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.bill_review import letters, view
from mobile_selfservice.pages.bill_review import shown as address
from mobile_selfservice.pages.bill_review.filling import (
    INNER,
    ROW,
    TICKED,
    Filling,
    row_at,
)
from mobile_selfservice.pages.bill_review.shown import Shown
from mobile_selfservice.pages.bill_review.view import (
    BillView,
    ItemRow,
    NumberRow,
    WorkingView,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import day, record_number
from mobile_selfservice.services.bills import bill_review, open_bill, remembered_numbers
from mobile_selfservice.services.bills.bill_review import Word
from mobile_selfservice.services.bills.item_choice import UNMARKED, Items
from mobile_selfservice.services.bills.item_marks import Standing
from mobile_selfservice.services.bills.remembered_numbers import Remembered
from mobile_selfservice.services.refusals import NotUnderstood

At = Annotated[int, Ge(0), Lt(50)]
Short = Annotated[str, MaxLen(40)]
Long = Annotated[str, MaxLen(600)]
Fields = Annotated[dict[Short, Long], MaxLen(4)]


class BillReviewState(Filling, rx.State):
    """The one bill open on this tab.

    A page of rows is sent once; `marks` holds one letter for each of its rows, so a
    click sends no row again.
    """

    bill: BillView = BillView()
    shown: Shown = Shown()
    pages: int = 1
    found: str = ""
    numbers: list[NumberRow] = []
    items: list[ItemRow] = []
    marks: str = ""
    ticks: str = ""
    ticked: int = 0

    opened: int = -1
    inner: list[ItemRow] = []
    inner_marks: str = ""
    inner_page: int = 1
    inner_pages: int = 1

    owed_label: str = "You owe"
    owed: str = ""
    marked: int = 0
    progress: str = ""
    blockers: list[str] = []
    working: WorkingView = WorkingView()
    explains: bool = False

    said: str = ""
    can_undo: bool = False
    asks_reason: bool = False

    _bill_id: int = 0
    _parties: list[str] = []
    _ids: list[int] = []
    _inner_ids: list[int] = []
    _suggested: list[tuple[str, str]] = []
    _asked: tuple[str, int] = ("", 0)
    _before: tuple[Standing, ...] = ()
    _last_tick: int = 0

    # --- looking

    @allow(Role.EMPLOYEE)
    async def open(self):
        """Show the part of the bill that the address asks for."""
        bill_id = record_number(self.bill_id)
        if bill_id != self._bill_id:
            self.reset()
            self._bill_id = bill_id
        self.shown = address.read(self.router.url.query_parameters)
        self._put(asks_reason=False)
        await self._show_bill()
        await self._show_rows()
        self.said = ""

    @allow(Role.EMPLOYEE)
    async def choose_show(self, show: Short):
        """Show items with one mark."""
        return self._go(show=show, page=1)

    @allow(Role.EMPLOYEE)
    async def choose_kind(self, kind: Short):
        """Show calls only, or texts only."""
        return self._go(kind=kind, page=1)

    @allow(Role.EMPLOYEE)
    async def turn_page(self, page: Annotated[int, Ge(1)]):
        """Turn to another page."""
        return self._go(page=page)

    @allow(Role.EMPLOYEE)
    async def explain(self):
        """Open the amount into its working, or close it."""
        self.explains = not self.explains
        if self.explains:
            found = await look(open_bill.open_bill, bill_id=self._bill_id)
            self.working = view.working_view(found.rated)

    @allow(Role.EMPLOYEE)
    async def open_number(self, at: At):
        """Show the items with one number, or close them."""
        if self.opened == at:
            self.opened, self.inner, self.inner_marks = -1, [], ""
            return
        row_at(self._parties, at)
        self.opened, self.inner_page = at, 1
        await self._show_inner()

    @allow(Role.EMPLOYEE)
    async def turn_inner(self, page: Annotated[int, Ge(1)]):
        """Turn to another page of one number's items."""
        self.inner_page = page
        await self._show_inner()

    # --- marking

    @allow(Role.EMPLOYEE)
    async def choose(self, at: At, use: Short):
        """Say what a number, or an item of the day view, was for."""
        await self._ask_or_mark(ROW, at, use)

    @allow(Role.EMPLOYEE)
    async def choose_inner(self, at: At, use: Short):
        """Say what one item of the opened number was for."""
        await self._ask_or_mark(INNER, at, use)

    @allow(Role.EMPLOYEE)
    async def choose_ticked(self, use: Short):
        """Say what the ticked items were for."""
        await self._ask_or_mark(TICKED, 0, use)

    @allow(Role.EMPLOYEE)
    async def give_reason(self, form_data: Fields):
        """Mark as incidental what was asked about, with the reason."""
        if not self.asks_reason:
            raise NotUnderstood("Nothing waits for a reason.")
        reason = form_data.get("reason", "")
        words = form_data.get("own_words", "")
        await self._mark(
            *self._asked, Word(letters.mark_of("incidental"), reason, words)
        )
        self.asks_reason = False

    @allow(Role.EMPLOYEE)
    async def give_no_reason(self):
        """Leave the marks as they were."""
        self.asks_reason = False

    @allow(Role.EMPLOYEE)
    async def mark_days(self, form_data: Fields):
        """Mark everything between two days as business or personal."""
        items = bill_review.between(
            day(form_data, "first"), day(form_data, "last"), self.shown.kind
        )
        word = Word(letters.mark_of(form_data.get("use", "")))
        done = await self._act(items, word)
        self._tell(view.counted(done.count, "item"), word, done)
        await self._show_rows()

    @allow(Role.EMPLOYEE)
    async def apply_suggestion(self, at: At):
        """Mark what is still open with a remembered number, as it is remembered."""
        party, mark = row_at(self._suggested, at)
        word = Word(letters.mark_of(mark))
        done = await self._act(Items(party=party, marked=UNMARKED), word)
        self._tell(view.counted(done.count, "item"), word, done)
        await self._show_bill()
        await self._show_rows()

    @allow(Role.EMPLOYEE)
    async def put_off_suggestion(self, at: At):
        """Do not suggest this number again on this visit."""
        kept = [each for each in self.bill.suggestions if each.at != at]
        self.bill = replace(self.bill, suggestions=kept)

    @allow(Role.EMPLOYEE)
    async def undo(self):
        """Take the last marks back."""
        before, self._before = self._before, ()
        self._put(can_undo=False)
        done = await act(bill_review.take_back, bill_id=self._bill_id, before=before)
        self._show_total(done.rated)
        self._put(said=view.taken_back(done.count))
        await self._show_rows()

    # --- ticking rows of the day view

    @allow(Role.EMPLOYEE)
    async def tick(self, at: At, shift: bool):
        """Tick a row or not; with Shift, all from the last one to this one."""
        letter = "0" if row_at(self.ticks, at) == "1" else "1"
        first = min(self._last_tick, at) if shift else at
        last = max(self._last_tick, at) if shift else at
        self._last_tick = at
        ticks = self.ticks
        self._tick(ticks[:first] + letter * (last + 1 - first) + ticks[last + 1 :])

    @allow(Role.EMPLOYEE)
    async def tick_page(self):
        """Tick every row of the page, or none if all are."""
        letter = "0" if self.ticks.count("1") == len(self.ticks) else "1"
        self._tick(letter * len(self.ticks))

    # --- numbers one knows

    @allow(Role.EMPLOYEE)
    async def remember(self, form_data: Fields):
        """Keep the opened number under a name, as business or personal."""
        number = Remembered(
            row_at(self._parties, self.opened),
            form_data.get("label", ""),
            letters.mark_of(form_data.get("usually", "")),
        )
        kept = await act(
            remembered_numbers.remember, bill_id=self._bill_id, number=number
        )
        self._rename(view.remembered(self.numbers[self.opened], kept))
        await self._show_bill()
        self._put(said="Remembered. You will be asked before it marks anything.")

    @allow(Role.EMPLOYEE)
    async def forget(self):
        """Take the opened number off one's own list."""
        party = row_at(self._parties, self.opened)
        await act(remembered_numbers.forget, party=party)
        self._rename(replace(self.numbers[self.opened], label="", usually=""))
        await self._show_bill()
        self._put(said="Forgotten. Marks already made stay.")
