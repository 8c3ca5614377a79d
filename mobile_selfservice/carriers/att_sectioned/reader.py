"""AT&T's older download in sections: files in, canonical records out."""

import csv
from collections.abc import Iterator
from functools import partial
from itertools import islice

from mobile_selfservice.carriers.att_sectioned import layout as att
from mobile_selfservice.carriers.att_sectioned.layout import (
    CARRIER,
    SECTIONS,
    TITLE,
    is_own_headings,
)
from mobile_selfservice.carriers.att_sectioned.legend import KNOWN
from mobile_selfservice.carriers.att_sectioned.rows import first_cell
from mobile_selfservice.carriers.att_sectioned.sections import (
    SectionFile,
    SectionInvoice,
)
from mobile_selfservice.carriers.att_sectioned.survey import (
    Span,
    Survey,
    number_after_title,
    survey,
)
from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.layout import Columns
from mobile_selfservice.carriers.recognized import Recognized, RecognizedFile, split
from mobile_selfservice.carriers.records import (
    Finding,
    Record,
    Refused,
    Severity,
)
from mobile_selfservice.carriers.source_file import SourceFile, refusal
from mobile_selfservice.carriers.unstated import head_and_findings

LOOKED_AT = 300
LONGEST_LINE = 1 << 17
SEPARATORS = (",", "\t", "|", ";")


def sniffed(file: SourceFile) -> RecognizedFile | None:
    """Recognize a file by a section's title or headings among its first rows."""
    for separator in SEPARATORS:
        with file.open_text() as text:
            # A file of another kind may be one line of any length.
            lines = iter(partial(text.readline, LONGEST_LINE), "")
            try:
                for row in islice(split(lines, separator), LOOKED_AT):
                    if _tells(row):
                        return RecognizedFile(
                            file, SECTIONS, Columns.of(()), separator, 0
                        )
            except csv.Error:
                continue
    return None


def _tells(row: list[str]) -> bool:
    if is_own_headings(row):
        return True
    if not row or len(row) < 2 or not TITLE.fullmatch(first_cell(row)):
        return False
    return number_after_title(row) is not None


def read(recognized: Recognized, guidance: Guidance) -> Iterator[Record]:
    """Read sections: the head of each account's invoice, then lines and their items.

    The files are gone through twice, since the first look tells the bill's date and
    the legends.

    Raises:
        Refused: if a line's section stands in two files, or nothing tells the bill
            date.
    """
    sheets = recognized.all_of(SECTIONS)
    seen = survey(sheets, guidance.particulars.line)
    _each_section_once(seen)
    invoices: dict[str | None, SectionInvoice] = {}
    file = sheets[0].file.name
    if not seen.invoices:
        raise refusal(file, "The file holds no rows of use. Download it again.", 1)
    for account, (said, used) in seen.invoices.items():
        if account is None and said.account in invoices:
            invoices[account] = invoices[said.account]
            continue
        head, findings = head_and_findings(
            CARRIER, said, guidance.particulars, used, file
        )
        yield head
        yield from findings
        yield from seen.legend.lines(head.key)
        stated = said._replace(
            bill_date=said.bill_date or guidance.particulars.bill_date
        )
        book = seen.legend.book(guidance.codes)
        invoices[account] = SectionInvoice(head, stated, book, seen.legend)
    yield from _legend_told(seen, file)
    for sheet in sheets:
        yield from _file(sheet, invoices, guidance.particulars.line)


def _each_section_once(seen: Survey) -> None:
    """Refuse two bill months at once, or one file twice."""
    refused = [
        finding
        for (_, section), spans in seen.spans.items()
        if len(spans) > 1
        for finding in _twice(section, list(spans.values()))
    ]
    if refused:
        raise Refused(*refused)


def _twice(section: str, spans: list[Span]) -> Iterator[Finding]:
    first, *others = spans
    for other in others:
        reason = (
            f"This file and {first.file} both hold the “{section}” of the same "
            f"wireless number ({_days(other)} here, {_days(first)} there). Import one "
            "bill month at a time, each file once."
        )
        yield Finding(other.file, 1, None, None, reason, Severity.ERROR)


def _days(span: Span) -> str:
    if span.days.first is None:
        return "no days"
    return f"{span.days.first} to {span.days.last}"


def _legend_told(seen: Survey, file: str) -> Iterator[Finding]:
    """Keep what the legend says of each code it decides, for whoever maps codes."""
    for entry, words in seen.legend.decided():
        code = entry.code.code or entry.code.feature
        column = att.RATE_CODE if entry.code.code else att.FEATURE_WORD
        counts = "counts" if entry.treatment.counts else "does not count"
        reason = (
            f"The file's own legend says “{words}”, so what carries this code {counts} "
            "against the allowance, unless finance has set it otherwise."
        )
        yield Finding(file, None, column, code, reason, Severity.NOTE)
    for about, code in sorted(seen.legend.contradicted):
        reason = (
            f"The legends explain this {about} in two ways, so neither is believed. "
            "Have finance map it."
        )
        yield Finding(file, None, None, code.upper(), reason, Severity.WARNING)


def _file(
    sheet: RecognizedFile,
    invoices: dict[str | None, SectionInvoice],
    told_line: str | None,
) -> Iterator[Record]:
    """Read one file, and hand on what was found in it as it is found."""
    findings = FileFindings(sheet.file)
    sheet.file.rows_read = sheet.file.rows_refused = 0
    for record in SectionFile(sheet, invoices, findings, told_line).records():
        yield record
        if findings.waiting:
            yield from findings.handed_on()
    yield from findings.at_the_end()


ATT_SECTIONED = Family(
    CARRIER,
    "AT&T call and data detail (older download, in sections)",
    (),
    read,
    sniffs=(sniffed,),
    several=frozenset({SECTIONS.role}),
    codes=KNOWN,
)
