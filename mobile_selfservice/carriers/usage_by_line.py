"""A file of usage whose rows name their line: read once, from top to bottom.

What a carrier's cells mean is its own; here stands how rows are taken together, whose
they are, and what becomes of one that cannot be read.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import count, groupby
from typing import ClassVar, Generic, TypeVar

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.cells import BadCell, Cells, whole_blocks
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.item_cells import Remark
from mobile_selfservice.carriers.item_columns import Calendar
from mobile_selfservice.carriers.item_run import ItemRun
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import InvoiceHead, Kind, Record
from mobile_selfservice.carriers.written import REMEMBERED, Remembered, Unreadable

Trait = TypeVar("Trait")
OF_NO_LINE = (
    "The usage row names no wireless number, so it is on no one's bill; the account's "
    "own totals still hold it."
)


class InvoiceTexts(Generic[Trait]):
    """What the texts of one invoice mean, which depends on its date."""

    def __init__(
        self,
        head: InvoiceHead,
        moments: Calendar,
        read_trait: Callable[[tuple[str, ...]], Trait],
    ) -> None:
        self.head = head
        self.moments = moments
        self.traits: Remembered[tuple[str, ...], Trait] = Remembered(read_trait)


class Owner(Generic[Trait]):
    """The line rows belong to, and how many of each kind it has so far."""

    __slots__ = ("head", "moments", "name", "rows", "traits")

    def __init__(self, number: str, invoice: InvoiceTexts[Trait]) -> None:
        self.name = (invoice.head.key, number)
        self.head = invoice.head
        self.moments = invoice.moments
        self.traits = invoice.traits
        self.rows = {kind: count(1) for kind in Kind}


class UsageByLine(ABC, Generic[Trait]):
    """The rows of one file; a carrier says how it takes up a line and converts rows.

    `named_by` are the headings that name the line together.
    """

    named_by: ClassVar[tuple[str, ...]]

    def __init__(self, sheet: RecognizedFile, findings: FileFindings) -> None:
        self.sheet = sheet
        self.findings = findings
        self._owners: dict[tuple[str, ...], Owner[Trait]] = {}
        self._lines: dict[tuple[str, str], Owner[Trait]] = {}
        self._invoices: dict[str, InvoiceTexts[Trait]] = {}
        self._own_words = Remembered(sheet.columns.own_words)
        self._owner_of = sheet.columns.picker(*self.named_by)

    @abstractmethod
    def _take_up(self, line: int, row: Row) -> Iterator[Record]:
        """Find whose row this is, the first time these cells are met."""

    @abstractmethod
    def _texts(self, head: InvoiceHead) -> InvoiceTexts[Trait]:
        """Give what the texts of an invoice mean."""

    @abstractmethod
    def _converted(
        self, owner: Owner[Trait], lines: Sequence[int], rows: list[Row]
    ) -> ItemRun:
        """Convert rows of one line; nothing is changed before every cell is read."""

    @abstractmethod
    def _checks(
        self, row: Row, owner: Owner[Trait]
    ) -> Iterator[tuple[str, Callable[[str], object]]]:
        """Give the cells of a row that can be unreadable, with how each is read."""

    def records(self) -> Iterator[Record | ItemRun]:
        """Give every item in the file's order, and each head or line it brings."""
        for lines, rows in whole_blocks(self.sheet, self.findings):
            start = 0
            for cells, same in groupby(map(self._owner_of, rows)):
                end = start + len(list(same))
                yield from self._of_one(cells, lines[start:end], rows[start:end])
                start = end

    def _of_one(
        self, cells: tuple[str, ...], lines: Sequence[int], rows: list[Row]
    ) -> Iterator[Record | ItemRun]:
        """Give the items of rows in a row that name the same line."""
        owner = self._owners.get(cells)
        for passed, row in enumerate(rows):
            if owner is None:
                yield from self._take_up(lines[passed], row)
                owner = self._owners.get(cells)
            if owner is not None:
                yield from self._items(owner, lines[passed:], rows[passed:])
                return

    def _items(
        self, owner: Owner[Trait], lines: Sequence[int], rows: list[Row]
    ) -> Iterator[ItemRun]:
        """Convert rows at once; where one is unreadable, one by one."""
        try:
            yield self._converted(owner, lines, rows)
        except Unreadable:
            if len(rows) == 1:
                self._refuse(lines[0], rows[0], owner)
                return
            for line, row in zip(lines, rows, strict=True):
                yield from self._items(owner, [line], [row])

    def _remark(self, line: int, *remarks: Remark | None) -> None:
        for remark in filter(None, remarks):
            column = self._own_words[remark.column]
            self.findings.count(
                remark.reason, remark.severity, line, column, remark.value
            )

    def _remember_owner(self, row: Row, head: InvoiceHead, number: str) -> None:
        """Keep the owner under these very cells, so that the next row finds it."""
        invoice = self._invoices.get(head.key)
        if invoice is None:
            invoice = self._invoices[head.key] = self._texts(head)
        owner = self._lines.setdefault((head.key, number), Owner(number, invoice))
        if len(self._owners) >= REMEMBERED:
            self._owners.clear()
        self._owners[self._owner_of(row)] = owner

    def _refuse(self, line: int, row: Row, owner: Owner[Trait]) -> None:
        """Go over a row again, cell by cell, to say which one cannot be read."""
        cells = Cells(self.sheet.columns, row)
        try:
            for heading, check in self._checks(row, owner):
                cells.read(heading, check)
        except BadCell as bad:
            hidden = numbers.shown(bad.value)
            self.findings.error(line, bad.column, hidden, bad.reason)
