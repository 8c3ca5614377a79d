"""A whole file read with a profile, to see what it comes to; nothing is imported."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from mobile_selfservice.carriers.archive import Download, Source, opened
from mobile_selfservice.carriers.families import known_codes
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.reader import read_with
from mobile_selfservice.carriers.reading import LineReading, Reading
from mobile_selfservice.carriers.records import Check, Finding, Record, Refused

TELL_EVERY = 1_000
OF_THE_ACCOUNT = ""
Told = Callable[[Download], None]


@dataclass(frozen=True)
class TrialSum:
    """What the rows of one line come to, by kind of use or by category of charge.

    `line` is blank for what belongs to the account. `count`, `quantity` and `unit` are
    those of a kind of use; `what` is "total" for the total that the file states.
    """

    line: str
    what: str
    money: Decimal
    count: int | None = None
    quantity: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class Trial:
    """What a file comes to; `is_refused` if a row or the file could not be read."""

    rows_read: int
    rows_refused: int
    sums: tuple[TrialSum, ...]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    is_refused: bool


def tried(
    profile: Profile,
    *sources: Source,
    guidance: Guidance | None = None,
    told: Told = lambda _download: None,
) -> Trial:
    """Read files from beginning to end with a profile.

    `told` hears how far it is, now and then; what it raises stops the reading.
    """
    reading = Reading()
    rows = refused = 0
    try:
        with opened(*sources) as download:
            records = records_by(profile, download, guidance or Guidance())
            _take_all(records, reading, download, told)
            rows = download.rows_read
            refused = sum(file.rows_refused for file in download.files)
    except Refused as found:
        reading.findings += found.findings
    return Trial(
        rows_read=rows,
        rows_refused=refused,
        sums=tuple(_sums(reading)),
        findings=tuple(reading.findings),
        checks=tuple(reading.checks),
        is_refused=reading.is_refused,
    )


def records_by(
    profile: Profile, download: Download, guidance: Guidance
) -> Iterator[Record]:
    """Read an opened download with one profile, whatever its files look like.

    Raises:
        Refused: if the profile cannot read one of them.
    """
    yield from download.findings
    codes = known_codes().with_entries(guidance.codes.entries)
    yield from read_with(profile, download.files, replace(guidance, codes=codes))


def _take_all(
    records: Iterator[Record], reading: Reading, download: Download, told: Told
) -> None:
    told(download)
    for count, record in enumerate(records, 1):
        reading.take(record)
        if not count % TELL_EVERY:
            told(download)
    told(download)


def _sums(reading: Reading) -> Iterator[TrialSum]:
    for invoice in reading.invoices.values():
        for number, line in invoice.lines.items():
            yield from _of_line(number, line)
        yield from _of_charges(OF_THE_ACCOUNT, invoice.account_charges)
        if "account_level" in invoice.head.stated:
            yield TrialSum(OF_THE_ACCOUNT, "total", invoice.account_level)


def _of_line(number: str, line: LineReading) -> Iterator[TrialSum]:
    if line.line.is_stated:
        yield TrialSum(number, "total", line.line.stated_total)
    for kind, items in line.items.items():
        yield TrialSum(
            number, kind, items.charged, items.count, items.quantity, items.unit
        )
    yield from _of_charges(number, line.charges)


def _of_charges(line: str, charges: Mapping[str, Decimal]) -> Iterator[TrialSum]:
    for category, amount in charges.items():
        yield TrialSum(line, category, amount)
