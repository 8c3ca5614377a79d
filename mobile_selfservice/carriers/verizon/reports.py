"""Verizon's account and inventory exports: two files in, canonical records out."""

from collections.abc import Iterator

from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.recognized import Recognized, RecognizedFile
from mobile_selfservice.carriers.records import InvoiceHead, Record
from mobile_selfservice.carriers.verizon.account_report import read_account_report
from mobile_selfservice.carriers.verizon.inventory_report import Heads, InventoryReport
from mobile_selfservice.carriers.verizon.report_layout import (
    ACCOUNT_REPORT,
    CARRIER,
    INVENTORY_REPORT,
    REPORTS,
)


def read(recognized: Recognized, guidance: Guidance) -> Iterator[Record]:
    """Read the exports: the invoices, then the devices and the lines' bills."""
    heads: Heads = {}
    inventory = recognized.all_of(INVENTORY_REPORT)
    for sheet in recognized.all_of(ACCOUNT_REPORT):
        findings = FileFindings(sheet.file)
        found = read_account_report(sheet, findings, with_lines=bool(inventory))
        for record in _passing(sheet, findings, found):
            if isinstance(record, InvoiceHead):
                heads[record.account, record.bill_date] = record
            yield record
    for sheet in inventory:
        findings = FileFindings(sheet.file)
        report = InventoryReport(sheet, heads, guidance.particulars, findings)
        yield from _passing(sheet, findings, report.records())


def _passing(
    sheet: RecognizedFile, findings: FileFindings, records: Iterator[Record]
) -> Iterator[Record]:
    """Hand records on, and what was found in the file as it is found."""
    sheet.file.rows_read = sheet.file.rows_refused = 0
    for record in records:
        yield record
        yield from findings.handed_on()
    yield from findings.at_the_end()


VERIZON_REPORTS = Family(CARRIER, "Verizon account and inventory export", REPORTS, read)
