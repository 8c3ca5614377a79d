"""AT&T's "Detail": calls, messages and data, a million rows at a time.

Most cells repeat, so each different text is worked out once and remembered; a row that
cannot be read is gone over again, cell by cell, to say which cell and why.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mobile_selfservice.carriers import amounts
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
from mobile_selfservice.carriers.usage_by_line import (
    OF_NO_LINE,
    InvoiceTexts,
    Owner,
    UsageByLine,
)
from mobile_selfservice.carriers.written import (
    Remembered,
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


class Detail(UsageByLine[Trait]):
    """The detail, read once from top to bottom."""

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
        def known(code: UsageCode) -> Treatment:
            return self._codes.treatment(att.CARRIER, code, head.bill_date)

        moments = Calendar(partial(read_day, head), NO_TIME)
        return InvoiceTexts(head, moments, partial(read_trait, known))

    def _converted(
        self, owner: Owner[Trait], lines: Sequence[int], rows: list[Row]
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
            self._remember_owner(row, head, line_number(cells))
        except BadCell as bad:
            refuse(self.findings, line, bad)

    def _checks(
        self, row: Row, owner: Owner[Trait]
    ) -> Iterator[tuple[str, Callable[[str], object]]]:
        kind = kind_of(plain(row[self.sheet.columns.at(att.SOURCE)]))
        yield att.DATE, partial(read_day, owner.head)
        yield att.TIME, read_clock
        yield QUANTITIES[kind], needed_quantity
        for heading in PRICE:
            yield heading, amounts.money
        if kind is not Kind.DATA:
            for heading in PARTIES:
                yield heading, read_party


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
