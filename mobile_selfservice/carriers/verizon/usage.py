"""Verizon's usage detail: calls, messages and data, a million rows at a time.

Most cells repeat, so each different text is worked out once and remembered; a row that
cannot be read is gone over again, cell by cell, to say which cell and why.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mobile_selfservice.carriers import amounts
from mobile_selfservice.carriers.cells import (
    BadCell,
    Cells,
    is_heading_again,
)
from mobile_selfservice.carriers.codes import CodeBook, Treatment, UsageCode
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.item_cells import (
    BELOW_ZERO,
    Party,
    Remark,
    needed_quantity,
    read_clock,
    read_party,
    read_session,
)
from mobile_selfservice.carriers.item_columns import Calendar, each, remarked
from mobile_selfservice.carriers.item_run import ItemRun
from mobile_selfservice.carriers.layout import Columns, Row
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import (
    InvoiceHead,
    Kind,
    Record,
    Severity,
)
from mobile_selfservice.carriers.usage_by_line import (
    OF_NO_LINE,
    InvoiceTexts,
    Owner,
    UsageByLine,
)
from mobile_selfservice.carriers.verizon import layout as verizon
from mobile_selfservice.carriers.verizon.item import (
    NO_TIME,
    Price,
    Trait,
    read_day,
    read_destination,
    read_price,
    read_trait,
)
from mobile_selfservice.carriers.verizon.ledger import (
    Ledger,
    invoice_of,
    line_number,
    refuse,
    unlisted_line,
)
from mobile_selfservice.carriers.verizon.summary import is_account_row
from mobile_selfservice.carriers.written import (
    Remembered,
    plain,
)

OWNER = (verizon.CYCLE, verizon.ACCOUNT, verizon.INVOICE, verizon.NUMBER)
MOMENT = (verizon.DATE, verizon.TIME)
TRAIT = (
    verizon.USAGE_CATEGORY,
    verizon.RATE,
    verizon.USAGE_TYPE,
    verizon.DESCRIPTION,
    verizon.INTERNATIONAL,
)
PRICE = (verizon.AIRTIME, verizon.LONG_DISTANCE, verizon.TOTAL)
BELOW = Remark(BELOW_ZERO, Severity.WARNING, verizon.QUANTITY)
OF_SOME_LINES = 4_096


class _Known(NamedTuple):
    """What the different texts of each column mean, once they have been met."""

    parties: Remembered[str, Party]
    sessions: Remembered[str, Party]
    origins: Remembered[str, str]
    destinations: Remembered[str, tuple[str, int]]
    quantities: Remembered[str, Decimal]
    prices: Remembered[tuple[str, ...], Price]


def _nothing_known() -> _Known:
    return _Known(
        Remembered(read_party, most=OF_SOME_LINES),
        Remembered(read_session),
        Remembered(plain),
        Remembered(read_destination),
        Remembered(needed_quantity),
        Remembered(read_price),
    )


class _Places(NamedTuple):
    """Where the cells stand in a row."""

    moment: tuple[int, ...]
    trait: tuple[int, ...]
    price: tuple[int, ...]
    party: int
    quantity: int
    origin: int
    destination: int

    @classmethod
    def of(cls, columns: Columns) -> "_Places":
        """Look them up in a file's own headings."""

        def several(headings: tuple[str, ...]) -> tuple[int, ...]:
            return tuple(map(columns.at, headings))

        return cls(
            several(MOMENT),
            several(TRAIT),
            several(PRICE),
            columns.at(verizon.OTHER_PARTY),
            columns.at(verizon.QUANTITY),
            columns.at(verizon.ORIGIN),
            columns.at(verizon.DESTINATION),
        )


class UsageDetail(UsageByLine[Trait]):
    """The usage file, read once from top to bottom."""

    named_by = OWNER

    def __init__(
        self,
        sheet: RecognizedFile,
        ledger: Ledger,
        findings: FileFindings,
        codes: CodeBook,
    ) -> None:
        super().__init__(sheet, findings)
        self.ledger = ledger
        self._codes = codes
        self._known = _nothing_known()
        self._at = _Places.of(sheet.columns)

    def _texts(self, head: InvoiceHead) -> InvoiceTexts[Trait]:
        def known(usage_type: str) -> Treatment:
            return self._codes.treatment(
                verizon.CARRIER, UsageCode(usage_type), head.bill_date
            )

        moments = Calendar(partial(read_day, head), NO_TIME)
        return InvoiceTexts(head, moments, partial(read_trait, known))

    def _converted(
        self, owner: Owner[Trait], lines: Sequence[int], rows: list[Row]
    ) -> ItemRun:
        """Convert column by column: a loop of the interpreter's own is the fastest.

        Nothing is changed or given before every cell is read.
        """
        at, known, cells = self._at, self._known, list(zip(*rows, strict=True))
        started, inferred, late, dated = owner.moments.read(*_of(cells, at.moment))
        traits = each(owner.traits, zip(*_of(cells, at.trait), strict=True))
        prices = each(known.prices, zip(*_of(cells, at.price), strict=True))
        kinds, directions, treated, descriptions, kept = zip(*traits, strict=True)
        price, priced = zip(*prices, strict=True)
        parties = self._parties(kinds, cells[at.party])
        origins = each(known.origins, cells[at.origin])
        place, told = zip(*each(known.destinations, cells[at.destination]), strict=True)
        quantities = each(known.quantities, cells[at.quantity])
        for line, *remarks in remarked(lines, dated, kept, priced):
            self._remark(line, *remarks)
        if min(quantities) < 0:
            for line, quantity in zip(lines, quantities, strict=True):
                self._remark(line, BELOW if quantity < 0 else None)
        columns: tuple[Sequence[object], ...] = (
            list(map(next, map(owner.rows.__getitem__, kinds))),
            *(kinds, started, inferred, late),
            list(map(tuple.__getitem__, directions, told)),
            *zip(*parties, strict=True),
            *(origins, place, quantities),
            *zip(*treated, strict=True),
            *zip(*price, strict=True),
            *(descriptions, lines),
        )
        return ItemRun(*owner.name, columns)

    def _parties(self, kinds: Sequence[Kind], cells: Sequence[str]) -> list[Party]:
        sessions, people, data = self._known.sessions, self._known.parties, Kind.DATA
        return [
            (sessions if kind is data else people)[cell]
            for kind, cell in zip(kinds, cells, strict=True)
        ]

    def _take_up(self, line: int, row: Row) -> Iterator[Record]:
        """Find whose row this is, the first time these cells are met."""
        if is_heading_again(self.sheet, row):
            return
        cells = Cells(self.sheet.columns, row)
        try:
            head, is_new = invoice_of(self.ledger, cells)
            if is_new:
                yield head
            if is_account_row(cells):
                self.findings.count(OF_NO_LINE, Severity.WARNING, line)
                return
            yield from unlisted_line(self.ledger, cells, head.key, self.findings, line)
            self._remember_owner(row, head, line_number(cells))
        except BadCell as bad:
            refuse(self.findings, line, bad)

    def _checks(
        self, row: Row, owner: Owner[Trait]
    ) -> Iterator[tuple[str, Callable[[str], object]]]:
        yield verizon.DATE, partial(read_day, owner.head)
        yield verizon.TIME, read_clock
        yield verizon.QUANTITY, needed_quantity
        for heading in PRICE:
            yield heading, amounts.money
        yield verizon.OTHER_PARTY, read_party


def _of(cells: list[tuple[str, ...]], places: tuple[int, ...]) -> list[tuple[str, ...]]:
    """Take some columns."""
    return [cells[at] for at in places]
