"""Verizon's "Raw Data Download": four text files in, canonical records out."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.item_run import ItemRun
from mobile_selfservice.carriers.recognized import Recognized, RecognizedFile
from mobile_selfservice.carriers.records import Finding, Record, Severity
from mobile_selfservice.carriers.verizon import layout as verizon
from mobile_selfservice.carriers.verizon.charges import read_charges
from mobile_selfservice.carriers.verizon.codes import KNOWN
from mobile_selfservice.carriers.verizon.ledger import Ledger
from mobile_selfservice.carriers.verizon.summary import (
    account_level_totals,
    read_accounts,
    read_lines,
)
from mobile_selfservice.carriers.verizon.usage import UsageDetail

Sheets = Mapping[str, RecognizedFile]

WITHOUT = {
    verizon.ACCOUNTS: "the totals of the account are not known, nothing ties to them",
    verizon.LINES: "plans and totals of the lines are not known",
    verizon.CHARGES: "charges, credits and allowances are not itemized",
    verizon.USAGE: "calls, messages and data are not itemized, no one can mark them",
}


def read(recognized: Recognized, guidance: Guidance) -> Iterator[Record | ItemRun]:
    """Read a download: invoice heads, lines, charges, then usage items, streamed.

    Findings stand between the records, near what they are about. A head or a line that
    only a later file names comes right before the first record that needs it.
    """
    sheets = recognized.files
    yield from _absent(sheets)
    ledger = Ledger(
        has_accounts=verizon.ACCOUNTS.role in sheets,
        has_lines=verizon.LINES.role in sheets,
        account_level=_account_level(sheets),
    )
    for layout in verizon.LAYOUTS:
        if layout.role in sheets:
            yield from _part(sheets[layout.role], ledger, guidance.codes)


def _absent(sheets: Sheets) -> Iterator[Finding]:
    """Say which of the four files is not there, and what that costs."""
    for layout, loss in WITHOUT.items():
        if layout.role not in sheets:
            reason = (
                f"The file “{layout.title}” is not in the download: {loss}. Add it if "
                "the carrier offers it."
            )
            yield Finding(layout.title, None, None, None, reason, Severity.WARNING)


def _account_level(sheets: Sheets) -> Mapping[str, Decimal]:
    sheet = sheets.get(verizon.LINES.role)
    return account_level_totals(sheet) if sheet else {}


def _part(
    sheet: RecognizedFile, ledger: Ledger, codes: CodeBook
) -> Iterator[Record | ItemRun]:
    """Read one file, and hand on what was found in it as it is found."""
    findings = FileFindings(sheet.file)
    sheet.file.rows_read = sheet.file.rows_refused = 0
    for record in _records(sheet, ledger, findings, codes):
        yield record
        if findings.waiting:
            yield from findings.handed_on()
    yield from findings.at_the_end()
    if not sheet.file.rows_read:
        reason = "The file holds headings and no rows. Download it again if it should."
        yield Finding(sheet.file.name, 1, None, None, reason, Severity.WARNING)


def _records(
    sheet: RecognizedFile,
    ledger: Ledger,
    findings: FileFindings,
    codes: CodeBook,
) -> Iterator[Record | ItemRun]:
    role = sheet.layout.role
    if role == verizon.ACCOUNTS.role:
        return read_accounts(sheet, ledger, findings)
    if role == verizon.LINES.role:
        return read_lines(sheet, ledger, findings)
    if role == verizon.CHARGES.role:
        return read_charges(sheet, ledger, findings)
    return UsageDetail(sheet, ledger, findings, codes).records()


VERIZON = Family(
    verizon.CARRIER, "Verizon raw data download", verizon.LAYOUTS, read, codes=KNOWN
)
