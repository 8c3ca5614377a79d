"""ANSI X12 811: interchanges of invoices in, canonical records out."""

from collections.abc import Iterator

from mobile_selfservice.carriers.codes import UsageCode
from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.layout import Columns, Layout
from mobile_selfservice.carriers.recognized import Recognized, RecognizedFile
from mobile_selfservice.carriers.records import Charge, Record, Severity
from mobile_selfservice.carriers.source_file import SourceFile, refusal
from mobile_selfservice.carriers.x12.calls import Setting
from mobile_selfservice.carriers.x12.envelopes import STATEMENT, statements
from mobile_selfservice.carriers.x12.heading import CARRIER, INFERRED
from mobile_selfservice.carriers.x12.splitter import beginning, segments, separators
from mobile_selfservice.carriers.x12.statement import Statement
from mobile_selfservice.carriers.x12.survey import NO_DATE, Surveyed, survey

LAYOUT = Layout(CARRIER, STATEMENT, "X12 811 interchange", (), ())
ITEMIZED = "Calls, itemized"
TWICE = (
    "This invoice stands twice in the import, under the same account and number. "
    "Import each once."
)
NO_STATEMENT = (
    "This is an X12 interchange, but it holds no 811 invoice (it begins with {kind}). "
    "The portal reads 811 only."
)


def sniff(file: SourceFile) -> RecognizedFile | None:
    """Say whether a file is an X12 interchange of 811 invoices.

    Raises:
        Refused: if it is an interchange of something else.
    """
    start = beginning(file)
    known = separators(start)
    if known is None:
        return None
    kinds = [
        one.strip().split(known.element)[1][:6]
        for one in start.split(known.end)
        if one.strip().startswith(f"ST{known.element}")
    ]
    if kinds and STATEMENT not in kinds:
        raise refusal(file.name, NO_STATEMENT.format(kind=kinds[0]), 1)
    return RecognizedFile(file, LAYOUT, Columns((), {}), known.element, 0)


def read(recognized: Recognized, guidance: Guidance) -> Iterator[Record]:
    """Read the files: for each invoice its head, its lines, its charges and calls."""
    seen: set[str] = set()
    for sheet in recognized.all_of(LAYOUT):
        yield from _file(sheet.file, guidance, seen)


def _file(file: SourceFile, guidance: Guidance, seen: set[str]) -> Iterator[Record]:
    surveyed = list(survey(file, guidance))
    file.rows_read = file.rows_refused = 0
    findings = FileFindings(file)
    statement: Statement | None = None
    invoice: Surveyed | None = None
    at = 0
    for number, segment in statements(segments(file), findings):
        file.rows_read += 1
        if number != at:
            at, invoice, statement = number, surveyed[number - 1], None
            if invoice is None:
                findings.error(segment.line, "BIG01", "", NO_DATE)
            elif invoice.head.key in seen:
                findings.error(segment.line, "BIG02", invoice.head.number, TWICE)
            else:
                seen.add(invoice.head.key)
                yield from _opened(invoice, findings, segment.line)
                statement = Statement(_setting(invoice, guidance), findings)
        if statement and invoice:
            yield from statement.take(segment)
            if segment.id == "SE":
                yield from statement.end(segment.line)
                yield from _closing(invoice)
        yield from findings.handed_on()
    yield from findings.at_the_end()


def _opened(invoice: Surveyed, findings: FileFindings, line: int) -> Iterator[Record]:
    """Give the head and the lines, and say what the head does not state."""
    if invoice.missing:
        reason = INFERRED.format(missing=" and the ".join(invoice.missing))
        findings.count(reason, Severity.WARNING, line)
    yield invoice.head
    yield from invoice.lines


def _setting(invoice: Surveyed, guidance: Guidance) -> Setting:
    head = invoice.head
    treatment = guidance.codes.treatment(head.carrier, UsageCode(""), head.bill_date)
    return Setting(head.key, head.period_from, treatment)


def _closing(invoice: Surveyed) -> Iterator[Record]:
    """Give what the calls come to as a charge, as a bill would, and the checks."""
    for number, amount in invoice.calls.items():
        yield Charge(invoice.head.key, number, "usage", ITEMIZED, amount, "TCD")
    yield from invoice.checks


X12_811 = Family(
    CARRIER,
    "X12 811 interchange",
    (),
    read,
    sniffs=(sniff,),
    several=frozenset({STATEMENT}),
)
