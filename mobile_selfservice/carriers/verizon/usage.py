"""Verizon's usage detail: calls, messages and data, a million rows at a time.

Most cells repeat, so each different text is worked out once and remembered; a row that
cannot be read is gone over again, cell by cell, to say which cell and why.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.cells import (
    BadCell,
    Cells,
    is_heading_again,
    whole_rows,
)
from mobile_selfservice.carriers.codes import CodeBook, Treatment, UsageCode
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.item_cells import (
    Party,
    Remark,
    needed_quantity,
    read_clock,
    read_party,
    read_session,
)
from mobile_selfservice.carriers.layout import Columns, Row
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import (
    InvoiceHead,
    Kind,
    Record,
    Severity,
    UsageItem,
)
from mobile_selfservice.carriers.verizon import layout as verizon
from mobile_selfservice.carriers.verizon.item import (
    Moments,
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
    REMEMBERED,
    Remembered,
    Unreadable,
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
OF_NO_LINE = (
    "The usage row names no wireless number, so it is on no one's bill; the account's "
    "own totals still hold it."
)
# A tuple made past the named constructor: a third of the time, a million times over.
_item: Callable[[tuple[object, ...]], UsageItem] = partial(tuple.__new__, UsageItem)


class _Invoice:
    """What the texts of one invoice mean, which depends on its date."""

    def __init__(self, head: InvoiceHead, codes: CodeBook) -> None:
        def known(usage_type: str) -> Treatment:
            return codes.treatment(
                verizon.CARRIER, UsageCode(usage_type), head.bill_date
            )

        self.key = head.key
        self.moments = Moments(head)
        self.traits: Remembered[tuple[str, ...], Trait] = Remembered(
            partial(read_trait, known)
        )


class _Owner:
    """The line rows belong to, and how many of each kind it has so far."""

    __slots__ = ("moments", "name", "rows", "traits")

    def __init__(self, number: str, invoice: "_Invoice") -> None:
        self.name = (invoice.key, number)
        self.moments = invoice.moments
        self.traits = invoice.traits
        self.rows = dict.fromkeys(Kind, 0)


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
        Remembered(read_party),
        Remembered(read_session),
        Remembered(plain),
        Remembered(read_destination),
        Remembered(needed_quantity),
        Remembered(read_price),
    )


def _single_cells(columns: Columns) -> Iterator[int]:
    """Give the positions of the cells that are looked up one by one."""
    yield columns.at(verizon.OTHER_PARTY)
    yield columns.at(verizon.QUANTITY)
    yield columns.at(verizon.ORIGIN)
    yield columns.at(verizon.DESTINATION)


class UsageDetail:
    """The usage file, read once from top to bottom."""

    def __init__(
        self,
        sheet: RecognizedFile,
        ledger: Ledger,
        findings: FileFindings,
        codes: CodeBook,
    ) -> None:
        self.sheet = sheet
        self.ledger = ledger
        self.findings = findings
        self._owners: dict[tuple[str, ...], _Owner] = {}
        self._lines: dict[tuple[str, str], _Owner] = {}
        self._codes = codes
        self._invoices: dict[str, _Invoice] = {}
        self._known = _nothing_known()

    def records(self) -> Iterator[Record]:
        """Give every item in the file's order, and each head or line it brings."""
        owner_of = self.sheet.columns.picker(*OWNER)
        convert = self._converter()
        owners = self._owners
        for line, row in whole_rows(self.sheet, self.findings):
            owner = owners.get(owner_of(row))
            if owner is None:
                yield from self._take_up(line, row)
                owner = owners.get(owner_of(row))
                if owner is None:
                    continue
            try:
                yield convert(owner, line, row)
            except Unreadable:
                self._refuse(line, row, owner)

    def _converter(self) -> Callable[[_Owner, int, Row], UsageItem]:
        """Build the conversion of one row, everything it needs close at hand."""
        columns, remark, data = self.sheet.columns, self._remark, Kind.DATA
        moment_of, trait_of = columns.picker(*MOMENT), columns.picker(*TRAIT)
        price_of = columns.picker(*PRICE)
        party_at, quantity_at, origin_at, place_at = _single_cells(columns)
        people, sessions, origins, places, quantities, prices = self._known

        def convert(owner: _Owner, line: int, row: Row) -> UsageItem:
            when, dated = owner.moments[moment_of(row)]
            kind, directions, treated, description, kept = owner.traits[trait_of(row)]
            place, told = places[row[place_at]]
            parties = sessions if kind is data else people
            quantity = quantities[row[quantity_at]]
            price, priced = prices[price_of(row)]
            owner.rows[kind] = row_no = owner.rows[kind] + 1
            if dated or kept or priced:
                remark(line, dated, kept, priced)
            return _item((
                *owner.name, row_no, kind, *when, directions[told],
                *parties[row[party_at]], origins[row[origin_at]], place,
                quantity, *treated, *price, description, line,
            ))  # fmt: skip

        return convert

    def _remark(self, line: int, *remarks: Remark | None) -> None:
        for remark in filter(None, remarks):
            column = self.sheet.columns.own_words(remark.column)
            self.findings.count(
                remark.reason, remark.severity, line, column, remark.value
            )

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
            self._remember_owner(cells, head)
        except BadCell as bad:
            refuse(self.findings, line, bad)

    def _remember_owner(self, cells: Cells, head: InvoiceHead) -> None:
        """Keep the owner under these very cells, so that the next row finds it."""
        number = line_number(cells)
        invoice = self._invoices.setdefault(head.key, _Invoice(head, self._codes))
        owner = self._lines.setdefault((head.key, number), _Owner(number, invoice))
        if len(self._owners) >= REMEMBERED:
            self._owners.clear()
        self._owners[cells.columns.picker(*OWNER)(cells.row)] = owner

    def _refuse(self, line: int, row: Row, owner: _Owner) -> None:
        """Go over a row again, cell by cell, to say which one cannot be read."""
        cells = Cells(self.sheet.columns, row)
        head = self.ledger.heads[owner.name[0]]
        checks: tuple[tuple[str, Callable[[str], object]], ...] = (
            (verizon.DATE, partial(read_day, head)),
            (verizon.TIME, read_clock),
            (verizon.QUANTITY, needed_quantity),
            *((heading, amounts.money) for heading in PRICE),
        )
        try:
            for heading, check in checks:
                cells.read(heading, check)
        except BadCell as bad:
            hidden = numbers.shown(bad.value)
            self.findings.error(line, bad.column, hidden, bad.reason)
