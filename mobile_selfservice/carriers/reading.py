"""What a stream of records adds up to, item by item, without keeping the items."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import compress
from operator import and_

from mobile_selfservice.carriers import reconciliation
from mobile_selfservice.carriers.amounts import NOTHING, ZERO
from mobile_selfservice.carriers.archive import Download, Limits, Source, opened
from mobile_selfservice.carriers.families import known_codes
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.item_run import ItemRun, in_runs, one_by_one
from mobile_selfservice.carriers.mapped.unrecognized import (
    must_not_be_mapped,
    read_by_profiles,
)
from mobile_selfservice.carriers.recognize import recognize
from mobile_selfservice.carriers.records import (
    Charge,
    Check,
    Direction,
    Finding,
    InventoryLine,
    InvoiceHead,
    InvoiceLine,
    Kind,
    LegendLine,
    Record,
    Refused,
    Severity,
    Unit,
    UsageItem,
    Verdict,
)


@dataclass(slots=True)
class KindSum:
    """The items of one kind on one line, added up."""

    unit: Unit
    count: int = 0
    quantity: Decimal = ZERO
    charged: Decimal = NOTHING
    airtime: Decimal = NOTHING


@dataclass(slots=True)
class LineReading:
    """One line of an invoice, and what its items and charges come to.

    `unmapped_calls` stand under codes whose meaning nobody has said.
    """

    line: InvoiceLine
    items: dict[Kind, KindSum] = field(default_factory=dict)
    directions: dict[Direction, int] = field(
        default_factory=lambda: dict.fromkeys(Direction, 0)
    )
    counted_minutes: Decimal = ZERO
    unmapped_calls: int = 0
    charges: dict[str, Decimal] = field(default_factory=dict)

    @property
    def computed_total(self) -> Decimal:
        """Add up the categories the carrier states for the line."""
        return sum(self.line.stated.values(), NOTHING)

    @property
    def items_charged(self) -> Decimal:
        """Add up what the carrier billed for the items."""
        return sum((kind.charged for kind in self.items.values()), NOTHING)

    def add(self, item: UsageItem) -> None:
        """Count one item."""
        kind = item.kind
        so_far = self.items.get(kind)
        if so_far is None:
            so_far = self.items[kind] = KindSum(item.unit)
        so_far.count += 1
        so_far.quantity += item.quantity
        if item.airtime or item.extra or item.tax:
            so_far.charged += item.charged
            so_far.airtime += item.airtime
        self.directions[item.direction] += 1
        if kind is Kind.VOICE:
            if item.counts:
                self.counted_minutes += item.quantity
            elif item.counts is None:
                self.unmapped_calls += 1

    def add_run(self, run: ItemRun) -> None:
        """Count many items at once."""
        kinds, quantities = run.column("kind"), run.column("quantity")
        prices = [run.column(name) for name in ("airtime", "extra", "tax")]
        if any(map(any, prices)):
            for item in run.items():
                self.add(item)
            return
        units = dict(zip(kinds, run.column("unit"), strict=True))
        for kind, count in Counter(kinds).items():
            so_far = self.items.setdefault(kind, KindSum(units[kind]))
            so_far.count += count
            chosen = map(kind.__eq__, kinds)
            so_far.quantity += sum(compress(quantities, chosen), ZERO)
        for direction, count in Counter(run.column("direction")).items():
            self.directions[direction] += count
        calls = map(Kind.VOICE.__eq__, kinds)
        counts = run.column("counts")
        drawing = map(and_, map(bool, counts), calls)
        self.counted_minutes += sum(compress(quantities, drawing), ZERO)
        if None in counts:
            of_calls = compress(counts, map(Kind.VOICE.__eq__, kinds))
            self.unmapped_calls += sum(each is None for each in of_calls)


@dataclass(slots=True)
class InvoiceReading:
    """One invoice: its head, its lines, and what its rows come to."""

    head: InvoiceHead
    lines: dict[str, LineReading] = field(default_factory=dict)
    account_charges: dict[str, Decimal] = field(default_factory=dict)
    item_count: int = 0

    @property
    def account_level(self) -> Decimal:
        """Give the sum of the rows that belong to the account and to no line."""
        return self.head.stated.get("account_level", NOTHING)

    @property
    def computed_current(self) -> Decimal | None:
        """Add up lines and account; None when no summary states the lines."""
        stated = [one.line for one in self.lines.values() if one.line.is_stated]
        if not stated and "account_level" not in self.head.stated:
            return None
        return sum((line.stated_total for line in stated), NOTHING) + self.account_level


class Reading:
    """Takes records one at a time; who else needs them can take them alongside."""

    def __init__(self) -> None:
        self.invoices: dict[str, InvoiceReading] = {}
        self.findings: list[Finding] = []
        self.stated_checks: list[Check] = []
        self.inventory: list[InventoryLine] = []
        self.legend: dict[LegendLine, None] = {}
        self.items_taken = 0
        self._last: tuple[str, str] | None = None
        self._invoice: InvoiceReading
        self._line: LineReading

    def take(self, record: Record) -> None:
        """Add one record."""
        if type(record) is UsageItem:
            self._take_item(record)
        elif isinstance(record, Finding):
            self.findings.append(record)
        elif isinstance(record, InvoiceHead):
            self.invoices[record.key] = InvoiceReading(record)
        elif isinstance(record, InvoiceLine):
            self.invoices[record.invoice].lines[record.number] = LineReading(record)
        elif isinstance(record, Charge):
            self._take_charge(record)
        elif isinstance(record, Check):
            self.stated_checks.append(record)
        elif not isinstance(record, UsageItem):
            self._take_beside(record)

    def passing(self, records: Iterable[Record]) -> Iterator[Record]:
        """Hand records on to someone else, adding each on its way."""
        for record in records:
            self.take(record)
            yield record

    def _take_beside(self, record: InventoryLine | LegendLine) -> None:
        """Add what stands beside the invoices; a legend repeated counts once."""
        if isinstance(record, LegendLine):
            self.legend[record] = None
        else:
            self.inventory.append(record)

    def _take_item(self, item: UsageItem) -> None:
        key = item[:2]
        if key != self._last:
            self._last = key
            self._invoice = self.invoices[item.invoice]
            self._line = self._invoice.lines[item.number]
        self.items_taken += 1
        self._invoice.item_count += 1
        self._line.add(item)

    def take_run(self, run: ItemRun) -> None:
        """Add the items of a run."""
        invoice = self.invoices[run.invoice]
        count = len(run.column("row_no"))
        self.items_taken += count
        invoice.item_count += count
        invoice.lines[run.number].add_run(run)

    def _take_charge(self, charge: Charge) -> None:
        invoice = self.invoices[charge.invoice]
        sums = invoice.account_charges
        if charge.number is not None:
            sums = invoice.lines[charge.number].charges
        sums[charge.category] = sums.get(charge.category, NOTHING) + charge.amount

    @property
    def checks(self) -> list[Check]:
        """Hold what was read against what the carrier states."""
        made = [
            check
            for invoice in self.invoices.values()
            for check in reconciliation.checks(invoice)
        ]
        return made + self.stated_checks

    @property
    def is_refused(self) -> bool:
        """Say whether anything found stops an import."""
        return any(one.severity is Severity.ERROR for one in self.findings)

    @property
    def is_tied(self) -> bool:
        """Say whether no check failed; a warning is for a person to look at."""
        return all(check.verdict is not Verdict.FAILED for check in self.checks)


def records(download: Download, guidance: Guidance | None = None) -> Iterator[Record]:
    """Read an opened download, whichever carrier wrote it.

    Raises:
        Refused: if it cannot be told what the files are.
    """
    return one_by_one(_read(download, guidance))


def runs(
    download: Download, guidance: Guidance | None = None
) -> Iterator[Record | ItemRun]:
    """Read an opened download with its items in runs, for whoever takes them so.

    Raises:
        Refused: if it cannot be told what the files are.
    """
    return in_runs(_read(download, guidance))


def _read(download: Download, guidance: Guidance | None) -> Iterator[Record | ItemRun]:
    """Read what there is, some items in runs and some one by one.

    The codes in the guidance are laid over those the portal knows by itself. Files of
    no carrier that the portal knows are read by the profiles in the guidance.

    Raises:
        Refused: if it cannot be told what the files are.
    """
    guidance = guidance or Guidance()
    codes = known_codes().with_entries(guidance.codes.entries)
    guidance = replace(guidance, codes=codes)
    yield from download.findings
    try:
        family, recognized = recognize(download.files)
    except Refused as refused:
        yield from read_by_profiles(download.files, guidance, refused)
        return
    own = [one.file for one in recognized.sheets]
    must_not_be_mapped([one for one in download.files if one not in own], guidance)
    yield from recognized.left_aside
    yield from family.read(recognized, guidance)


def read(
    *sources: Source, limits: Limits | None = None, guidance: Guidance | None = None
) -> Reading:
    """Read files from beginning to end; a refusal is among the findings."""
    reading = Reading()
    try:
        with opened(*sources, limits=limits) as download:
            for record in runs(download, guidance):
                if type(record) is ItemRun:
                    reading.take_run(record)
                else:
                    reading.take(record)  # type: ignore[arg-type]
    except Refused as refused:
        reading.findings += refused.findings
    return reading
