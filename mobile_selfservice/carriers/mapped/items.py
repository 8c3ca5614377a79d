"""Rows of use in mapped files: calls, messages and data.

Most cells repeat, so each different text is worked out once and remembered; a row that
cannot be read is gone over again, cell by cell, to say which cell and why.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.item_cells import BELOW_ZERO
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.mapped.fields import OF_THE_HEAD
from mobile_selfservice.carriers.mapped.heads import head_reader
from mobile_selfservice.carriers.mapped.item import (
    Moments,
    Party,
    Trait,
    read_party,
    read_price,
    read_session,
    read_trait,
)
from mobile_selfservice.carriers.mapped.ledger import OF_THE_LINE, OneFile
from mobile_selfservice.carriers.mapped.plan import Plan, data_rows
from mobile_selfservice.carriers.mapped.texts import Texts, quantity_reader
from mobile_selfservice.carriers.mapped.total_rows import TotalRows
from mobile_selfservice.carriers.mapped.words import Words
from mobile_selfservice.carriers.records import (
    Direction,
    InvoiceHead,
    Kind,
    Record,
    Severity,
    UsageItem,
)
from mobile_selfservice.carriers.usage_rows import (
    Price,
    Remark,
    UsageLine,
    line_number,
    usage_item,
)
from mobile_selfservice.carriers.written import (
    REMEMBERED,
    Remembered,
    Unreadable,
    plain,
)

BELOW = Remark(BELOW_ZERO, Severity.WARNING, "quantity")
TRAIT = ("kind", "usage_code", "usage_period", "usage_feature")
PRICE = ("airtime", "extra", "tax", "total")
OF_NO_LINE = (
    "The row of use names no wireless number, so it is on no one's bill; the account's "
    "own totals still hold it."
)


class _Invoice:
    """What the texts of one invoice mean, which depends on its date."""

    def __init__(self, head: InvoiceHead, plan: Plan, codes: CodeBook) -> None:
        self.head = head
        self.moments = Moments(head, plan)
        self.traits: Remembered[tuple[str, ...], Trait] = Remembered(
            partial(read_trait, head, codes, Words(plan.profile))
        )


class _Owner:
    """The line rows belong to, under one spelling of its cells."""

    __slots__ = ("invoice", "moments", "name", "rows", "traits")

    def __init__(self, line: UsageLine, invoice: _Invoice) -> None:
        self.name = line.name
        self.rows = line.rows
        self.invoice = invoice
        self.moments = invoice.moments
        self.traits = invoice.traits


class _Known(NamedTuple):
    """What the different texts of each column mean, once they have been met."""

    parties: Remembered[str, Party]
    sessions: Remembered[str, Party]
    texts: Remembered[str, str]
    directions: Remembered[str, Direction]
    quantities: Mapping[Kind, Remembered[str, Decimal]]
    prices: Remembered[tuple[str, ...], Price]


def _nothing_known(plan: Plan, texts: Texts) -> _Known:
    words = Words(plan.profile)
    return _Known(
        Remembered(read_party),
        Remembered(read_session),
        Remembered(plain),
        Remembered(words.direction),
        {kind: Remembered(quantity_reader(texts, kind)) for kind in Kind},
        Remembered(partial(read_price, texts)),
    )


class ItemRows:
    """A file of use, read once from top to bottom."""

    def __init__(self, file: OneFile) -> None:
        self._file = file
        self._plan = plan = file.plan
        texts = Texts(plan.profile.written)
        self._known = _nothing_known(plan, texts)
        self._saying = head_reader(plan, texts)
        self._owners: dict[tuple[str, ...], _Owner] = {}
        self._invoices: dict[str, _Invoice] = {}
        self._owned_by = plan.picker(*OF_THE_HEAD, *OF_THE_LINE)
        self._totals = TotalRows(plan, file.findings, texts)
        self._columns: Remembered[str, str | None] = Remembered(
            lambda field: plan.column(field) if field else None
        )

    def records(self) -> Iterator[Record]:
        """Give every item in the file's order, and each head or line it brings."""
        owner_of, owners, convert = self._owned_by, self._owners, self._converter()
        totals = self._totals if self._plan.profile.file.totals else None
        for line, row in data_rows(self._plan, self._file.findings, self._totals.meet):
            owner = owners.get(owner_of(row))
            if owner is None:
                yield from self._take_up(line, row)
                owner = owners.get(owner_of(row))
                if owner is None:
                    continue
            try:
                item = convert(owner, line, row)
            except Unreadable as unreadable:
                self._file.refuse(line, row, str(unreadable), owner.invoice.head)
                continue
            yield item
            if totals:
                totals.add(owner.name[0], item.charged, item.quantity)
        yield from self._totals.checks

    def _converter(self) -> Callable[[_Owner, int, Row], UsageItem]:
        """Build the conversion of one row, everything it needs close at hand."""
        plan, remark, data = self._plan, self._remark, Kind.DATA
        when = "started" if plan.has("started") else "date"
        moment_of, trait_of = plan.picker(when, "time"), plan.picker(*TRAIT)
        price_of, told_by = plan.picker(*PRICE), self._direction_at()
        party_at, quantity_at = plan.at("other_party"), plan.at("quantity")
        text_of = plan.picker("origin", "destination", "description")
        people, sessions, texts, directions, quantities, prices = self._known

        def convert(owner: _Owner, line: int, row: Row) -> UsageItem:
            when, dated = owner.moments[moment_of(row)]
            kind, treated, kept = owner.traits[trait_of(row)]
            origin, destination, description = text_of(row)
            parties = sessions if kind is data else people
            quantity = quantities[kind][row[quantity_at]]
            price, priced = prices[price_of(row)]
            party, direction = parties[row[party_at]], directions[row[told_by]]
            owner.rows[kind] = row_no = owner.rows[kind] + 1
            if dated or kept or priced:
                remark(line, dated, kept, priced)
            if quantity < 0:
                remark(line, BELOW)
            return usage_item((
                *owner.name, row_no, kind, *when, direction, *party,
                texts[origin], texts[destination], quantity, *treated, *price,
                texts[description], line,
            ))  # fmt: skip

        return convert

    def _direction_at(self) -> int:
        """Give the column that says who called: its own, else the destination's."""
        plan = self._plan
        return plan.at("direction" if plan.has("direction") else "destination")

    def _remark(self, line: int, *remarks: Remark | None) -> None:
        count = self._file.findings.count
        for remark in remarks:
            if remark:
                column = self._columns[remark.column or ""]
                count(remark.reason, remark.severity, line, column, remark.value)

    def _take_up(self, line: int, row: Row) -> Iterator[Record]:
        """Find whose row this is, the first time these cells are met."""
        file, head = self._file, None
        try:
            head, told = file.ledger.heads.of(
                self._saying(row), self._plan, file.totals
            )
            yield from told
            written = file.line_said(row)
            if written is None:
                file.findings.count(OF_NO_LINE, Severity.WARNING, line)
                return
            yield from file.unlisted(head, written, row, line)
            self._remember_owner(row, written, head)
        except Unreadable as unreadable:
            file.refuse(line, row, str(unreadable), head)

    def _remember_owner(self, row: Row, written: str, head: InvoiceHead) -> None:
        """Keep the owner under these very cells, so that the next row finds it."""
        ledger = self._file.ledger
        invoice = self._invoices.get(head.key)
        if invoice is None:
            invoice = _Invoice(head, self._plan, ledger.codes)
            self._invoices[head.key] = invoice
        if len(self._owners) >= REMEMBERED:
            self._owners.clear()
        line = ledger.lines[head.key, line_number(written)]
        self._owners[self._owned_by(row)] = _Owner(line, invoice)
