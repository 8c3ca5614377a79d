"""What the chosen files come to, read once from end to end and kept nowhere yet.

Reading needs no database, so it happens before any transaction is opened: nobody else
waits for it.
"""

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from mobile_selfservice.carriers import reading as carriers
from mobile_selfservice.carriers.archive import Download, Source, opened
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.item_run import ItemRun
from mobile_selfservice.carriers.mapped.matching import TwoProfiles
from mobile_selfservice.carriers.reading import InvoiceReading, LineReading, Reading
from mobile_selfservice.carriers.recognize import OfNoLayout
from mobile_selfservice.carriers.records import (
    Charge,
    Finding,
    Kind,
    Record,
    Severity,
)
from mobile_selfservice.carriers.records import Refused as FilesRefused
from mobile_selfservice.policy.money import CENT, ZERO, to_cent
from mobile_selfservice.services.invoices.ahead import Ahead
from mobile_selfservice.services.invoices.billed_plan import BilledPlan, plan_of
from mobile_selfservice.services.invoices.item_rows import ItemRows
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.trial_report import KeptFile

FINER = (
    "{what} is finer than a cent, which no total of a bill is. Download the file again "
    "or ask the carrier."
)
ROUNDED = (
    "Some quantities are finer than a thousandth; they are kept to the thousandth. No "
    "amount of money is worked out from what was dropped."
)


@dataclass(frozen=True, slots=True)
class FileRead:
    """One text file of the download, and how many of its rows were taken.

    `profile` is the name and version of the column profile that read it, if any.
    """

    name: str
    rows: int
    refused: int
    profile: tuple[str, int] | None = None


@dataclass
class Draft:
    """Everything the files say, ready to be tried and published."""

    reading: Reading = field(default_factory=Reading)
    items: ItemRows = field(default_factory=ItemRows)
    charges: dict[tuple[str, str | None], list[Charge]] = field(default_factory=dict)
    files: list[FileRead] = field(default_factory=list)
    content_hash: str = ""
    pdfs: dict[str, list[KeptFile]] = field(default_factory=dict)
    is_of_no_layout: bool = False
    is_of_two_profiles: bool = False
    guidance: Guidance = field(default_factory=Guidance)
    ahead: Ahead = field(default_factory=Ahead)

    @property
    def invoices(self) -> Iterable[InvoiceReading]:
        """The invoices, in the file's order."""
        return self.reading.invoices.values()

    @property
    def is_refused(self) -> bool:
        """Say whether anything found stops the import."""
        return self.reading.is_refused or not self.reading.invoices

    def take(self, record: Record | ItemRun) -> None:
        """Add one record, or a run of items."""
        if type(record) is ItemRun:
            self.reading.take_run(record)
            self.items.keep(record)
            return
        self.reading.take(record)  # type: ignore[arg-type]
        if isinstance(record, Charge):
            key = (record.invoice, record.number)
            self.charges.setdefault(key, []).append(record)

    def charges_of(self, invoice: str, number: str | None) -> list[Charge]:
        """Give the charges of a line, or of the account (None)."""
        return self.charges.get((invoice, number), [])

    def plan_of(self, invoice: str, line: LineReading) -> BilledPlan:
        """Tell a line's plan from its charges."""
        voice, messages = line.items.get(Kind.VOICE), line.items.get(Kind.MESSAGE)
        # What comes beside the minutes, such as directory assistance, is billed in
        # rows of its own and is no part of the bucket.
        return plan_of(
            self.charges_of(invoice, line.line.number),
            voice.airtime if voice else ZERO,
            messages.airtime if messages else ZERO,
        )

    def cost_of(self, invoice: str, line: LineReading) -> Decimal:
        """Give what the line costs: as stated, else what its charges come to.

        Where nothing but its items is billed, it is what is printed on them.
        """
        if line.line.is_stated:
            return line.line.stated_total
        charges = self.charges_of(invoice, line.line.number)
        if not charges:
            return to_cent(line.items_charged)
        return sum((c.amount for c in charges if c.category != "payment"), ZERO)

    def content_of(self, invoice: str, line: LineReading) -> str:
        """Give the hash of all a carrier says of a line, whatever the order of rows."""
        of = line.line
        items = self.items.of(invoice, of.number)
        said = {
            "line": [of.number, of.user_name, of.cost_center, of.plan],
            "stated": sorted((name, str(value)) for name, value in of.stated.items()),
            "total": str(of.stated_total) if of.is_stated else None,
            "charges": sorted(
                _charge_text(c) for c in self.charges_of(invoice, of.number)
            ),
            "items": [items.count, f"{items.sum % (1 << 128):x}"],
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@contextmanager
def drafted(
    *sources: Source,
    progress: Progress,
    guidance: Guidance | None = None,
    items_at: Path | None = None,
) -> Iterator[Draft]:
    """Read the files; what is wrong with them is among the findings.

    The guidance is read from the tables beforehand: reading itself needs none. The
    items are set aside in a private file, `items_at` if it is to outlive the draft.
    """
    draft = Draft(items=ItemRows(items_at), guidance=guidance or Guidance())
    try:
        with uncollected():
            _read(draft, sources, progress)
        draft.reading.findings += _too_fine(draft)
        yield draft
    finally:
        draft.items.close()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles in a million rows, which hold none.

    It would look through all of the portal's objects again and again: two fifths of
    the time it takes to read.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(draft: Draft, sources: Iterable[Source], progress: Progress) -> None:
    progress.enter("opening")
    try:
        with opened(*sources) as download:
            progress.bytes_total = download.bytes_total
            progress.enter("reading")
            hashes = (file.sha256 for file in download.files)
            draft.content_hash = content_hash(hashes, draft.guidance.particulars)
            _take_all(draft, download, progress)
            draft.files = [
                FileRead(file.name, file.rows_read, file.rows_refused, file.read_with)
                for file in download.files
            ]
    except FilesRefused as refused:
        draft.is_of_no_layout = isinstance(refused, OfNoLayout)
        draft.is_of_two_profiles = isinstance(refused, TwoProfiles)
        draft.reading.findings += refused.findings


def _take_all(draft: Draft, download: Download, progress: Progress) -> None:
    for record in carriers.runs(download, draft.guidance):
        draft.take(record)
        if type(record) is ItemRun:
            progress.rows = download.rows_read
            progress.bytes_read = download.bytes_read
            progress.must_go_on()
    progress.rows = download.rows_read
    progress.bytes_read = download.bytes_read


def content_hash(hashes: Iterable[str], told: Particulars | None = None) -> str:
    """Know the same text files again in any order, under any name, zipped or not.

    The same files with another account or bill date stated for them are not the same.
    """
    known = sorted(hashes)
    if told and told != Particulars():
        known.append(repr(told))
    return hashlib.sha256("\n".join(known).encode()).hexdigest()


def _charge_text(charge: Charge) -> str:
    said = (
        *(charge.category, charge.description, str(charge.amount), charge.unit),
        *(str(charge.allowance), charge.is_unlimited, charge.is_shared),
        *(str(charge.used), str(charge.billable)),
    )
    return repr(said)


def _too_fine(draft: Draft) -> Iterator[Finding]:
    """Refuse totals finer than a cent, and say what else is not kept whole."""
    for invoice in draft.invoices:
        for name in ("current", "due", "account_level"):
            total = invoice.head.stated.get(name)
            if total is not None and not _is_cents(total):
                yield _finer(invoice.head.key, f"The total “{name}”", total)
        for line in invoice.lines.values():
            cost = draft.cost_of(invoice.head.key, line)
            if not _is_cents(cost):
                yield _finer(line.line.number, "The total of the line", cost)
    if draft.items.rounded:
        yield Finding("(all files)", None, None, None, ROUNDED, Severity.WARNING)


def _is_cents(amount: Decimal) -> bool:
    return amount == amount.quantize(CENT)


def _finer(where: str, what: str, value: Decimal) -> Finding:
    reason = f"{where}: {FINER.format(what=what)}"
    return Finding("(all files)", None, None, str(value), reason, Severity.ERROR)
