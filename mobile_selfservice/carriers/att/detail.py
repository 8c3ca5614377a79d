"""AT&T's "Detail": calls, messages and data, a million rows at a time.

Most cells repeat, so each different text is worked out once and remembered; a row that
cannot be read is gone over again, cell by cell, to say which cell and why.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.codes import kind_of
from mobile_selfservice.carriers.att.item import (
    Moments,
    Price,
    Trait,
    read_day,
    read_place,
    read_price,
    read_trait,
)
from mobile_selfservice.carriers.att.ledger import (
    TOTALS_ROW,
    Ledger,
    invoice_of,
    is_account_row,
    is_totals_row,
    line_number,
    refuse,
    unlisted_line,
)
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
    Direction,
    InvoiceHead,
    Kind,
    Record,
    Severity,
    UsageItem,
)
from mobile_selfservice.carriers.written import (
    REMEMBERED,
    Remembered,
    Unreadable,
    plain,
)

OWNER = (att.CYCLE_END, att.ACCOUNT, att.ACCOUNT_DESCRIBED, att.NUMBER)
MOMENT = (att.DATE, att.TIME)
TRAIT = (
    *(att.SOURCE, att.ROAM, att.RATE_CODE, att.RATING_PERIOD, att.FEATURE),
    *(att.INTERNATIONAL, att.DIRECTION),
)
PRICE = (att.TOTAL_CHARGES, att.LONG_DISTANCE)
QUANTITIES = {
    Kind.VOICE: att.MINUTES,
    Kind.DATA: att.KILOBYTES,
    Kind.MESSAGE: att.EVENTS,
    Kind.EXTRA: att.EVENTS,
}
OF_NO_LINE = (
    "The usage row names no wireless number, so it is on no one's bill; the account's "
    "own totals still hold it."
)
# A tuple made past the named constructor: a third of the time, a million times over.
_item: Callable[[tuple[object, ...]], UsageItem] = partial(tuple.__new__, UsageItem)


class _Invoice:
    """What the texts of one invoice mean, which depends on its date."""

    def __init__(self, head: InvoiceHead, codes: CodeBook) -> None:
        def known(code: UsageCode) -> Treatment:
            return codes.treatment(att.CARRIER, code, head.bill_date)

        self.head = head
        self.moments = Moments(head)
        self.traits: Remembered[tuple[str, ...], Trait] = Remembered(
            partial(read_trait, known)
        )


class _Owner:
    """The line rows belong to, and how many of each kind it has so far."""

    __slots__ = ("head", "moments", "name", "rows", "traits")

    def __init__(self, number: str, invoice: _Invoice) -> None:
        self.name = (invoice.head.key, number)
        self.head = invoice.head
        self.moments = invoice.moments
        self.traits = invoice.traits
        self.rows = dict.fromkeys(Kind, 0)


class _Known(NamedTuple):
    """What the different texts of each column mean, once they have been met."""

    parties: Remembered[str, Party]
    sessions: Remembered[str, Party]
    places: Remembered[str, tuple[str, bool]]
    quantities: Remembered[str, Decimal]
    prices: Remembered[tuple[str, ...], Price]


def _nothing_known() -> _Known:
    return _Known(
        Remembered(read_party),
        Remembered(read_session),
        Remembered(read_place),
        Remembered(needed_quantity),
        Remembered(read_price),
    )


def _party_cells(columns: Columns) -> dict[tuple[Kind, Direction], tuple[int, int]]:
    """Say where the other party stands, and where to look if that cell is blank.

    A message has its one number under "sent to" and "received from" alike, so only
    In/out tells which way it went.
    """
    dialed, sent, received = map(
        columns.at, (att.DIALED, att.SENT_TO, att.RECEIVED_FROM)
    )
    cells = {
        (kind, direction): (dialed, sent) for kind in Kind for direction in Direction
    }
    for direction in Direction:
        first, second = sent, received
        if direction is Direction.IN:
            first, second = received, sent
        cells[Kind.MESSAGE, direction] = (first, second)
    return cells


class Detail:
    """The detail, read once from top to bottom."""

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
        self._codes = codes
        self._owners: dict[tuple[str, ...], _Owner] = {}
        self._lines: dict[tuple[str, str], _Owner] = {}
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
        columns, remark = self.sheet.columns, self._remark
        moment_of, trait_of = columns.picker(*MOMENT), columns.picker(*TRAIT)
        price_of, party_cells = columns.picker(*PRICE), _party_cells(columns)
        quantity_cells = {kind: columns.at(name) for kind, name in QUANTITIES.items()}
        places_at = (att.DESCRIPTION, att.ORIGIN, att.DESTINATION)
        description_at, origin_at, place_at = map(columns.at, places_at)
        people, sessions, places, quantities, prices = self._known
        unknown, data = Direction.UNKNOWN, Kind.DATA

        def convert(owner: _Owner, line: int, row: Row) -> UsageItem:
            when, dated = owner.moments[moment_of(row)]
            kind, direction, unit, treated, kept = owner.traits[trait_of(row)]
            description, is_in = places[row[description_at]]
            place, came_in = places[row[place_at]]
            if direction is unknown:
                direction = _told_by_place(kind, place, is_in or came_in)
            quantity = quantities[row[quantity_cells[kind]]]
            price, priced = prices[price_of(row)]
            at, otherwise = party_cells[kind, direction]
            parties = sessions if kind is data else people
            owner.rows[kind] = row_no = owner.rows[kind] + 1
            if dated or kept or priced:
                remark(line, dated, kept, priced)
            return _item((
                *owner.name, row_no, kind, *when, direction,
                *parties[row[at] or row[otherwise]], places[row[origin_at]][0], place,
                quantity, unit, *treated, *price, description, line,
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
        if is_totals_row(row):
            self.findings.count(TOTALS_ROW, Severity.NOTE, line)
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
        kind = kind_of(plain(row[cells.columns.at(att.SOURCE)]))
        checks: tuple[tuple[str, Callable[[str], object]], ...] = (
            (att.DATE, partial(read_day, owner.head)),
            (att.TIME, read_clock),
            (QUANTITIES[kind], needed_quantity),
            *((heading, amounts.money) for heading in PRICE),
        )
        try:
            for heading, check in checks:
                cells.read(heading, check)
        except BadCell as bad:
            hidden = numbers.shown(bad.value)
            self.findings.error(line, bad.column, hidden, bad.reason)


def _told_by_place(kind: Kind, place: str, is_incoming: bool) -> Direction:
    """Tell who called where In/out says nothing: an incoming call says so itself."""
    if kind is Kind.DATA:
        return Direction.UNKNOWN
    if is_incoming:
        return Direction.IN
    is_call = kind is Kind.VOICE and place
    return Direction.OUT if is_call else Direction.UNKNOWN
