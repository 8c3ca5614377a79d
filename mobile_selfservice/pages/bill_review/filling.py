"""Puts what the services answer into the vars of the review, and no more than changed.

A plain class beside the State: the browser can call none of its methods.
"""

from dataclasses import replace

import reflex as rx

from mobile_selfservice.gate import act, look
from mobile_selfservice.pages.bill_review import letters, view
from mobile_selfservice.pages.bill_review import shown as address
from mobile_selfservice.pages.bill_review.shown import DAYS, NUMBERS
from mobile_selfservice.services.bills import (
    bill_items,
    bill_numbers,
    bill_review,
    open_bill,
)
from mobile_selfservice.services.bills.bill_review import Marked, Word
from mobile_selfservice.services.bills.item_choice import Items
from mobile_selfservice.services.refusals import NotUnderstood

ROW, INNER, TICKED = "row", "inner", "ticked"


def row_at(rows, at):
    """Return what stands at a place of the page; the place is a claim."""
    if not 0 <= at < len(rows):
        raise NotUnderstood("That row is not on this page.")
    return rows[at]


class Filling:
    """What every handler of the review shares."""

    def _go(self, **parts):
        return rx.redirect(address.write(self._bill_id, self.shown, **parts))

    def _put(self, **news):
        """Set vars, but leave those alone that stay as they are: a set var is sent."""
        for name, value in news.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    # --- showing

    async def _show_bill(self):
        found = await look(open_bill.open_bill, bill_id=self._bill_id)
        self._suggested = [(each.party, each.mark) for each in found.suggestions]
        self._put(bill=view.bill_view(found))
        self._show_total(found.rated)

    def _show_total(self, rated):
        self._put(
            owed_label=view.owed_label(rated),
            owed=view.owed(rated),
            marked=rated.counts.marked,
            progress=view.progress(rated),
            blockers=list(rated.blockers),
        )
        if self.explains:
            self._put(working=view.working_view(rated))

    async def _show_rows(self):
        self._put(opened=-1, inner=[], inner_marks="")
        if self.shown.view == NUMBERS:
            await self._show_numbers()
        else:
            await self._show_days()

    async def _show_numbers(self):
        page = await look(
            bill_numbers.by_number,
            bill_id=self._bill_id,
            items=self.shown.items,
            page=self.shown.page,
        )
        self._parties = [row.party for row in page.rows]
        self._put(
            numbers=[view.number_row(at, row) for at, row in enumerate(page.rows)],
            items=[],
            marks=letters.letters(page.rows),
            found=view.counted(page.count, "number"),
        )
        self._ids = []
        self._tick("")
        self._show_page(page)

    async def _show_days(self):
        page = await self._look_at_items(self.shown.items, self.shown.page)
        self._ids = [row.item_id for row in page.rows]
        self._put(
            items=[view.item_row(at, row) for at, row in enumerate(page.rows)],
            numbers=[],
            marks=letters.letters(page.rows),
            found=view.counted(page.count, "item"),
        )
        self._parties = []
        self._tick("0" * len(page.rows))
        self._show_page(page)

    def _show_page(self, page):
        self._put(pages=page.pages, shown=replace(self.shown, page=page.page))

    async def _show_inner(self):
        items = Items(party=row_at(self._parties, self.opened), kind=self.shown.kind)
        page = await self._look_at_items(items, self.inner_page)
        self._inner_ids = [row.item_id for row in page.rows]
        self._put(
            inner=[view.item_row(at, row) for at, row in enumerate(page.rows)],
            inner_marks=letters.letters(page.rows),
            inner_page=page.page,
            inner_pages=page.pages,
        )

    async def _look_at_items(self, items, page):
        return await look(
            bill_items.by_day, bill_id=self._bill_id, items=items, page=page
        )

    def _tick(self, ticks):
        self._put(ticks=ticks, ticked=ticks.count("1"))

    def _rename(self, row):
        rows = list(self.numbers)
        rows[self.opened] = row
        self._put(numbers=rows)

    # --- marking

    async def _ask_or_mark(self, where, at, use):
        if use == "incidental":
            self._asked = (where, at)
            self._put(asks_reason=True)
            return
        await self._mark(where, at, Word(letters.mark_of(use)))

    async def _mark(self, where, at, word):
        if where == TICKED:
            await self._mark_ticked(word)
        elif where == INNER:
            await self._mark_inner(at, word)
        elif self.shown.view == DAYS:
            done = await self._act(Items(ids=(row_at(self._ids, at),)), word)
            self._put(marks=letters.with_letter(self.marks, at, word.mark))
            self._tell(view.item_named(self.items[at]), word, done)
        else:
            await self._mark_number(at, word)

    async def _mark_number(self, at, word):
        items = Items(party=row_at(self._parties, at), kind=self.shown.kind)
        done = await self._act(items, word)
        self._put(marks=letters.with_letter(self.marks, at, word.mark))
        if self.opened == at:
            self._put(inner_marks=letters.LETTERS[word.mark] * len(self.inner_marks))
        self._tell(view.number_named(self.numbers[at]), word, done)

    async def _mark_inner(self, at, word):
        done = await self._act(Items(ids=(row_at(self._inner_ids, at),)), word)
        self._put(inner_marks=letters.with_letter(self.inner_marks, at, word.mark))
        whole = await look(
            bill_numbers.by_number,
            bill_id=self._bill_id,
            items=Items(party=row_at(self._parties, self.opened), kind=self.shown.kind),
            page=1,
        )
        mark = whole.rows[0].mark
        self._put(marks=letters.with_letter(self.marks, self.opened, mark))
        self._tell(view.item_named(self.inner[at]), word, done)

    async def _mark_ticked(self, word):
        places = [at for at, tick in enumerate(self.ticks) if tick == "1"]
        ids = tuple(row_at(self._ids, at) for at in places)
        done = await self._act(Items(ids=ids), word)
        marks = self.marks
        for at in places:
            marks = letters.with_letter(marks, at, word.mark)
        self._put(marks=marks)
        self._tick("0" * len(self.ticks))
        self._tell(view.counted(done.count, "item"), word, done)

    async def _act(self, items, word) -> Marked:
        return await act(
            bill_review.mark_items, bill_id=self._bill_id, items=items, word=word
        )

    def _tell(self, what, word, done):
        """Say what was done; it can be taken back until the next marks."""
        self._before = done.before
        self._show_total(done.rated)
        self._put(can_undo=True, said=f"{what} marked {letters.SAID[word.mark]}.")
