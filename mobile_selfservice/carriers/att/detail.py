"""AT&T's "Detail": calls, messages and data, a million rows at a time.

Most cells repeat, so each different text is worked out once and remembered; a row that
cannot be read is gone over again, cell by cell, to say which cell and why.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import count, groupby
from typing import NamedTuple

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.codes import kind_of
from mobile_selfservice.carriers.att.item import (
    NO_TIME,
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
    whole_blocks,
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
    Direction,
    InvoiceHead,
    Kind,
    Record,
    Severity,
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
PARTIES = (att.DIALED, att.SENT_TO, att.RECEIVED_FROM)
OF_SOME_LINES = 4_096
OF_NO_LINE = (
    "The usage row names no wireless number, so it is on no one's bill; the account's "
    "own totals still hold it."
)


class _Invoice:
    """What the texts of one invoice mean, which depends on its date."""

    def __init__(self, head: InvoiceHead, codes: CodeBook) -> None:
        def known(code: UsageCode) -> Treatment:
            return codes.treatment(att.CARRIER, code, head.bill_date)

        self.head = head
        self.moments = Calendar(partial(read_day, head), NO_TIME)
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
        self.rows = {kind: count(1) for kind in Kind}


class _Known(NamedTuple):
    """What the different texts of each column mean, once they have been met."""

    parties: Remembered[str, Party]
    sessions: Remembered[str, Party]
    places: Remembered[str, tuple[str, bool]]
    quantities: Remembered[str, Decimal]
    prices: Remembered[tuple[str, ...], Price]


def _nothing_known() -> _Known:
    return _Known(
        Remembered(read_party, most=OF_SOME_LINES),
        Remembered(read_session),
        Remembered(read_place),
        Remembered(needed_quantity),
        Remembered(read_price),
    )


class _Places(NamedTuple):
    """Where the cells stand in a row."""

    moment: tuple[int, ...]
    trait: tuple[int, ...]
    price: tuple[int, ...]
    description: int
    origin: int
    destination: int
    quantity: Mapping[Kind, int]
    party: Mapping[tuple[Kind, Direction], tuple[int, int]]

    @classmethod
    def of(cls, columns: Columns) -> "_Places":
        """Look them up in a file's own headings."""

        def several(headings: tuple[str, ...]) -> tuple[int, ...]:
            return tuple(map(columns.at, headings))

        return cls(
            several(MOMENT),
            several(TRAIT),
            several(PRICE),
            columns.at(att.DESCRIPTION),
            columns.at(att.ORIGIN),
            columns.at(att.DESTINATION),
            {kind: columns.at(name) for kind, name in QUANTITIES.items()},
            _party_places(columns),
        )


def _party_places(columns: Columns) -> dict[tuple[Kind, Direction], tuple[int, int]]:
    """Say where the other party stands, and where to look if that cell is blank.

    A message has its one number under "sent to" and "received from" alike, so only
    In/out tells which way it went.
    """
    dialed, sent, received = map(
        columns.at, (att.DIALED, att.SENT_TO, att.RECEIVED_FROM)
    )
    places = {
        (kind, direction): (dialed, sent) for kind in Kind for direction in Direction
    }
    for direction in Direction:
        is_in = direction is Direction.IN
        told = (received, sent) if is_in else (sent, received)
        places[Kind.MESSAGE, direction] = told
    return places


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
        self._at = _Places.of(sheet.columns)
        self._own_words = Remembered(sheet.columns.own_words)

    def records(self) -> Iterator[Record | ItemRun]:
        """Give every item in the file's order, and each head or line it brings."""
        owner_of = self.sheet.columns.picker(*OWNER)
        for lines, rows in whole_blocks(self.sheet, self.findings):
            start = 0
            for cells, same in groupby(map(owner_of, rows)):
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
        self, owner: _Owner, lines: Sequence[int], rows: list[Row]
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

    def _converted(
        self, owner: _Owner, lines: Sequence[int], rows: list[Row]
    ) -> ItemRun:
        """Convert column by column; nothing is changed before every cell is read."""
        at, known, cells = self._at, self._known, list(zip(*rows, strict=True))
        day, clock = at.moment
        started, inferred, late, dated = owner.moments.read(cells[day], cells[clock])
        kinds, told, treated, kept = zip(
            *each(owner.traits, zip(*(cells[one] for one in at.trait), strict=True)),
            strict=True,
        )
        total, distance = at.price
        price, priced = zip(
            *each(known.prices, zip(cells[total], cells[distance], strict=True)),
            strict=True,
        )
        described = each(known.places, cells[at.description])
        called = each(known.places, cells[at.destination])
        directions = _directions(kinds, told, described, called)
        parties = self._parties(kinds, directions, rows)
        quantities = [
            known.quantities[row[at.quantity[kind]]]
            for kind, row in zip(kinds, rows, strict=True)
        ]
        for line, *remarks in remarked(lines, dated, kept, priced):
            self._remark(line, *remarks)
        if min(quantities) < 0:
            self._below_zero(lines, kinds, quantities)
        columns: tuple[Sequence[object], ...] = (
            list(map(next, map(owner.rows.__getitem__, kinds))),
            *(kinds, started, inferred, late, directions),
            *zip(*parties, strict=True),
            [place for place, _ in each(known.places, cells[at.origin])],
            [place for place, _ in called],
            quantities,
            *zip(*treated, strict=True),
            *zip(*price, strict=True),
            [text for text, _ in described],
            lines,
        )
        return ItemRun(*owner.name, columns)

    def _parties(
        self, kinds: Sequence[Kind], directions: Sequence[Direction], rows: list[Row]
    ) -> list[Party]:
        at, data = self._at.party, Kind.DATA
        sessions, people = self._known.sessions, self._known.parties
        parties = []
        for kind, direction, row in zip(kinds, directions, rows, strict=True):
            told, otherwise = at[kind, direction]
            known = sessions if kind is data else people
            parties.append(known[row[told] or row[otherwise]])
        return parties

    def _remark(self, line: int, *remarks: Remark | None) -> None:
        for remark in filter(None, remarks):
            column = self._own_words[remark.column]
            self.findings.count(
                remark.reason, remark.severity, line, column, remark.value
            )

    def _below_zero(
        self, lines: Sequence[int], kinds: Sequence[Kind], quantities: list[Decimal]
    ) -> None:
        """Warn of minutes, messages or data below zero."""
        for line, kind, quantity in zip(lines, kinds, quantities, strict=True):
            if quantity < 0:
                remark = Remark(BELOW_ZERO, Severity.WARNING, QUANTITIES[kind])
                self._remark(line, remark)

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
            *((heading, read_party) for heading in PARTIES if kind is not Kind.DATA),
        )
        try:
            for heading, check in checks:
                cells.read(heading, check)
        except BadCell as bad:
            hidden = numbers.shown(bad.value)
            self.findings.error(line, bad.column, hidden, bad.reason)


Place = tuple[str, bool]


def _directions(
    kinds: Sequence[Kind],
    told: Sequence[Direction],
    described: Sequence[Place],
    called: Sequence[Place],
) -> Sequence[Direction]:
    """Tell who called; where In/out is blank, an incoming call says so in its place."""
    unknown = Direction.UNKNOWN
    if unknown not in told:
        return told
    return [
        _told_by_place(kind, place, is_in or came_in) if said is unknown else said
        for kind, said, (_, is_in), (place, came_in) in zip(
            kinds, told, described, called, strict=True
        )
    ]


def _told_by_place(kind: Kind, place: str, is_incoming: bool) -> Direction:
    """Tell who called where In/out says nothing: an incoming call says so itself."""
    if kind is Kind.DATA:
        return Direction.UNKNOWN
    if is_incoming:
        return Direction.IN
    is_call = kind is Kind.VOICE and place
    return Direction.OUT if is_call else Direction.UNKNOWN
