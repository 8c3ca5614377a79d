"""AT&T's and FirstNet's Premier reports: canonical records out, file by file."""

from collections.abc import Iterator, Mapping

from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.detail import Detail
from mobile_selfservice.carriers.att.headless import SNIFFS
from mobile_selfservice.carriers.att.inventory import read_inventory
from mobile_selfservice.carriers.att.ledger import (
    NO_ACCOUNT,
    Ledger,
    states_account,
)
from mobile_selfservice.carriers.att.pooling import read_pooling
from mobile_selfservice.carriers.att.raw_data import RawData
from mobile_selfservice.carriers.att.summary import Summary
from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.item_run import ItemRun
from mobile_selfservice.carriers.layout import Layout
from mobile_selfservice.carriers.recognized import Recognized, RecognizedFile
from mobile_selfservice.carriers.records import (
    Finding,
    Record,
    Severity,
)

Sheets = Mapping[str, RecognizedFile]

WITHOUT = {
    att.ALL_CHARGES: "plans and totals of the lines are not known",
    att.DETAIL: "calls, messages and data are not itemized, no one can mark them",
}


def read(recognized: Recognized, guidance: Guidance) -> Iterator[Record | ItemRun]:
    """Read a download: invoices, lines, charges, then usage items, streamed.

    The reports with one row a line are read to their end first, since only they tell
    of the invoices; a head or a line that only a later file names comes right before
    the first record that needs it.
    """
    sheets = recognized.files
    ledger = Ledger(guidance.particulars)
    yield from _without_account(sheets, guidance)
    yield from _totals(sheets, ledger)
    yield from _absent(sheets, ledger)
    yield from _itemized(sheets, ledger, guidance)


def _without_account(sheets: Sheets, guidance: Guidance) -> Iterator[Finding]:
    """Say of the first report without the billing account what to do."""
    for role in (att.ALL_CHARGES.role, att.DETAIL.role, att.POOLING.role):
        sheet = sheets.get(role)
        if not sheet or states_account(sheet.columns) or guidance.particulars.account:
            continue
        line = sheet.rows_before or 1
        yield Finding(sheet.file.name, line, None, None, NO_ACCOUNT, Severity.WARNING)
        return


def _absent(sheets: Sheets, ledger: Ledger) -> Iterator[Finding]:
    """Say which report is not there, and what that costs."""
    if set(sheets) == {att.INVENTORY.role}:
        return
    for layout, loss in WITHOUT.items():
        is_told = layout is att.ALL_CHARGES and ledger.has_lines
        if layout.role not in sheets and not is_told:
            reason = (
                f"The report “{layout.title}” is not among the files: {loss}. Add it "
                "if you have it."
            )
            yield Finding(layout.title, None, None, None, reason, Severity.WARNING)


def _totals(sheets: Sheets, ledger: Ledger) -> Iterator[Record | ItemRun]:
    """Read the reports that tell of invoices and lines, and the charges they hold."""
    raw = RawData(sheets[att.RAW.role], ledger) if att.RAW.role in sheets else None
    summary = None
    if att.ALL_CHARGES.role in sheets:
        summary = Summary(sheets[att.ALL_CHARGES.role], ledger)
    if raw:
        raw.take()
    if summary:
        summary.take()
    ledger.has_lines = bool(summary) or bool(raw and raw.states_lines)
    yield from raw.foundations() if raw else ()
    yield from ledger.heads.values()
    if summary:
        records = summary.records(raw.itemized_accounts if raw else frozenset())
        yield from _told(summary.sheet, records, summary.findings)
    if raw:
        yield from raw.lines()
        yield from raw.differing(summary.totals if summary else {})
        yield from _told(raw.sheet, raw.records(), raw.findings)


def _itemized(
    sheets: Sheets, ledger: Ledger, guidance: Guidance
) -> Iterator[Record | ItemRun]:
    for layout in (att.POOLING, att.DETAIL, att.INVENTORY):
        sheet = sheets.get(layout.role)
        if sheet:
            findings = FileFindings(sheet.file)
            sheet.file.rows_read = sheet.file.rows_refused = 0
            records = _records(layout, sheet, ledger, findings, guidance)
            yield from _told(sheet, records, findings)


def _records(
    layout: Layout,
    sheet: RecognizedFile,
    ledger: Ledger,
    findings: FileFindings,
    guidance: Guidance,
) -> Iterator[Record | ItemRun]:
    if layout is att.POOLING:
        return read_pooling(sheet, ledger, findings)
    if layout is att.DETAIL:
        return Detail(sheet, ledger, findings, guidance.codes).records()
    return read_inventory(sheet, findings)


def _told(
    sheet: RecognizedFile, records: Iterator[Record | ItemRun], findings: FileFindings
) -> Iterator[Record | ItemRun]:
    """Hand on what was found in a file as it is found."""
    for record in records:
        yield record
        if findings.waiting:
            yield from findings.handed_on()
    yield from findings.at_the_end()
    yield from _empty(sheet)


def _empty(sheet: RecognizedFile) -> Iterator[Finding]:
    if not sheet.file.rows_read:
        reason = "The file holds headings and no rows. Download it again if it should."
        yield Finding(sheet.file.name, 1, None, None, reason, Severity.WARNING)


ATT_PREMIER = Family(
    att.CARRIER,
    "AT&T and FirstNet Premier reports",
    att.LAYOUTS,
    read,
    sniffs=SNIFFS,
)
"""What the portal reads of AT&T's and FirstNet's Premier portal."""
