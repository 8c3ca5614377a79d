"""`read FILE…`: say what carrier files hold and whether they tie, importing nothing."""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from mobile_selfservice.carriers import canonical_json
from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.canonical_json import ItemStore
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.trial import records_by
from mobile_selfservice.carriers.reading import (
    InvoiceReading,
    Reading,
    records,
)
from mobile_selfservice.carriers.records import (
    Finding,
    Refused,
    Severity,
    Unit,
    UsageItem,
    Verdict,
)
from mobile_selfservice.cli import profile_option, stated
from mobile_selfservice.cli.counts import checks_told, counted
from mobile_selfservice.services.invoices.carrier_names import carrier_name

TIED, REFUSED, NOT_TIED = 0, 2, 3
MARKS = {Verdict.FAILED: "FAILED ", Verdict.WARNING: "look at"}


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the operator's commands."""
    command = subparsers.add_parser(
        "read",
        help="read a carrier's files and say whether they tie; nothing is imported",
        description="Ends with 0 when all is read and ties, 3 when a check failed, "
        "2 when a file or a row was refused.",
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--json", action="store_true", help="write the exact JSON")
    command.add_argument(
        "--items", action="store_true", help="add every item to its line (with --json)"
    )
    profile_option.add_to(command)
    stated.add_to(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    profile = profile_option.chosen(arguments)
    with tempfile.TemporaryFile() as set_aside:
        items = ItemStore(set_aside) if arguments.items and arguments.json else None
        guidance = Guidance(particulars=stated.particulars_in(arguments))
        reading = _read(arguments.files, items, profile, guidance)
        if arguments.json:
            canonical_json.write(reading, sys.stdout, items)
        else:
            for sentence in summary(reading):
                print(sentence)
    if reading.is_refused:
        return REFUSED
    return TIED if reading.is_tied else NOT_TIED


def _read(
    files: list[Path],
    items: ItemStore | None,
    profile: Profile | None,
    guidance: Guidance,
) -> Reading:
    reading = Reading()
    reading.findings += folders_among(files)
    if reading.findings:
        return reading
    try:
        with opened(*files) as download:
            read = records(download, guidance)
            if profile:
                read = records_by(profile, download, guidance)
            for record in reading.passing(read):
                if items and isinstance(record, UsageItem):
                    items.keep(record)
    except Refused as refused:
        reading.findings += refused.findings
    return reading


def folders_among(files: Iterable[Path]) -> list[Finding]:
    """Refuse folders: which of their files make up a bill, a person says."""
    reason = "This is a folder; choose its files."
    return [
        Finding(path.name or str(path), None, None, None, reason, Severity.ERROR)
        for path in files
        if path.is_dir()
    ]


def summary(reading: Reading) -> Iterator[str]:
    """Put a reading into sentences for a person at a terminal."""
    for invoice in reading.invoices.values():
        yield from _invoice(invoice)
    checks = reading.checks
    tied = sum(check.verdict is Verdict.OK for check in checks)
    yield checks_told(tied, len(checks))
    for check in checks:
        if check.verdict is not Verdict.OK:
            yield (
                f"  {MARKS[check.verdict]} {check.name}: expected {check.expected:f}, "
                f"found {check.found:f}, difference {check.difference:f}"
            )
    for finding in reading.findings:
        yield _finding(finding)


def _invoice(invoice: InvoiceReading) -> Iterator[str]:
    head = invoice.head
    carrier = carrier_name(head.carrier)
    yield f"{carrier} account {head.account}, invoice {head.number}"
    period = "period not stated"
    if head.period_from and head.period_through:
        period = f"{head.period_from} to {head.period_through}"
    yield f"  billed {head.bill_date}, {period}"
    lines = counted(len(invoice.lines), "line")
    yield f"  current charges {_current(invoice)}, {lines}"
    for kind, (count, unit, quantity) in _by_kind(invoice).items():
        use = f"{quantity:,f} {_units(quantity, unit)}"
        yield f"  {counted(count, f'{kind} item')}, {use}"


def _current(invoice: InvoiceReading) -> str:
    """Name the stated total, else what the rows come to."""
    stated = invoice.head.stated.get("current")
    if stated is not None:
        return _dollars(stated)
    computed = invoice.computed_current
    if computed is None:
        items = (line.items_charged for line in invoice.lines.values())
        computed = sum(items, Decimal(0))
        return f"not stated, items come to {_dollars(computed)}"
    return f"not stated, lines and account come to {_dollars(computed)}"


def _units(quantity: Decimal, unit: str) -> str:
    """Name a unit: 1 minute, 5 minutes; KB stays as it is."""
    return unit if quantity == 1 or unit == Unit.KILOBYTE else f"{unit}s"


def _by_kind(invoice: InvoiceReading) -> dict[str, tuple[int, str, Decimal]]:
    sums: dict[str, tuple[int, str, Decimal]] = {}
    for line in invoice.lines.values():
        for kind, items in line.items.items():
            count, unit, quantity = sums.get(kind, (0, items.unit.value, Decimal(0)))
            sums[kind] = (count + items.count, unit, quantity + items.quantity)
    return sums


def _dollars(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def _finding(finding: Finding) -> str:
    place = f", line {finding.line}" if finding.line else ""
    column = f", {finding.column}" if finding.column else ""
    value = f" “{finding.value}”" if finding.value else ""
    severity = finding.severity.value
    return f"{severity}: {finding.file}{place}{column}{value}: {finding.reason}"
