"""Downloads of one heading row and rows of use, whose invoice no file states.

T-Mobile's lists and Ting's three files are read the same way: once for the days of
use, which the head needs, then row by row. A carrier says what its cells mean.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.cells import is_heading_again, whole_rows
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import (
    Finding,
    InvoiceHead,
    Record,
    UsageItem,
)
from mobile_selfservice.carriers.unstated import (
    DaysOfUse,
    SaidOfInvoice,
    head_and_findings,
)
from mobile_selfservice.carriers.usage_rows import Remark, UsageLine, UsageLines
from mobile_selfservice.carriers.written import Remembered, Unreadable, plain

Convert = Callable[[UsageLine, int, Row], tuple[UsageItem, tuple[Remark | None, ...]]]
Check = tuple[str, Callable[[str], object]]


class DatedFile(NamedTuple):
    """Where a file's rows have their day, and how it is read."""

    sheet: RecognizedFile
    day_of: Callable[[Row], str]
    read_day: Callable[[str], date]


@dataclass(frozen=True)
class UsageFile:
    """How the rows of one file are read.

    `line_of` tells a row's wireless number and `user_of` the name on it. `convert`
    makes an item of a row, and `checks` go over its cells one by one to say which of
    them cannot be read.
    """

    sheet: RecognizedFile
    line_of: Callable[[Row], str]
    user_of: Callable[[Row], str | None]
    convert: Convert
    checks: tuple[Check, ...]


def days_of_use(files: Sequence[DatedFile]) -> DaysOfUse:
    """Find the first and the last day of use in all files together."""
    used = DaysOfUse()
    for file in files:
        days: Remembered[str, date | None] = Remembered(_or_none(file.read_day))
        for _, row in whole_rows(file.sheet, FileFindings(file.sheet.file)):
            day = days[file.day_of(row)]
            if day:
                used.add(day)
    return used


def _or_none(read_day: Callable[[str], date]) -> Callable[[str], date | None]:
    def convert(written: str) -> date | None:
        try:
            return read_day(written)
        except Unreadable:
            return None

    return convert


def inferred(
    carrier: str, files: Sequence[DatedFile], guidance: Guidance
) -> tuple[InvoiceHead, list[Finding]]:
    """Make the head of the one invoice all files belong to.

    Raises:
        Refused: if no row of use tells the bill date and nobody states it.
    """
    first = files[0].sheet.file.name
    used = days_of_use(files)
    said = SaidOfInvoice()
    return head_and_findings(carrier, said, guidance.particulars, used, first)


def records(file: UsageFile, lines: UsageLines) -> Iterator[Record]:
    """Give every item of one file in its order, each line before its first item."""
    findings = FileFindings(file.sheet.file)
    file.sheet.file.rows_read = file.sheet.file.rows_refused = 0
    for record in _items(file, lines, findings):
        yield record
        if findings.waiting:
            yield from findings.handed_on()
    yield from findings.at_the_end()


def _items(
    file: UsageFile, lines: UsageLines, findings: FileFindings
) -> Iterator[Record]:
    owners: dict[str, UsageLine] = {}
    for row_no, row in whole_rows(file.sheet, findings):
        try:
            written = file.line_of(row)
            line = owners.get(written)
            if line is None:
                if is_heading_again(file.sheet, row):
                    continue
                user = file.user_of(row)
                yield from lines.take_up(written, user, findings, row_no)
                line = lines.find(written)
                if line is None:
                    continue
                owners[written] = line
            item, remarks = file.convert(line, row_no, row)
        except Unreadable as unreadable:
            if not is_heading_again(file.sheet, row):
                _refuse(file, findings, row_no, row, str(unreadable))
            continue
        _remark(file, findings, row_no, remarks)
        yield item


def _remark(
    file: UsageFile,
    findings: FileFindings,
    row_no: int,
    remarks: tuple[Remark | None, ...],
) -> None:
    for remark in remarks:
        if remark is None:
            continue
        column = remark.column and file.sheet.columns.own_words(remark.column)
        findings.count(remark.reason, remark.severity, row_no, column, remark.value)


def _refuse(
    file: UsageFile, findings: FileFindings, row_no: int, row: Row, reason: str
) -> None:
    """Go over a row again, cell by cell, to say which one cannot be read."""
    for heading, check in file.checks:
        written = row[file.sheet.columns.at(heading)]
        try:
            check(written)
        except Unreadable as unreadable:
            words = file.sheet.columns.own_words(heading)
            shown = numbers.shown(plain(written))
            findings.error(row_no, words, shown, str(unreadable))
            return
    findings.error(row_no, None, "", reason)
