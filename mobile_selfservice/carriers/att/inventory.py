"""AT&T's and FirstNet's inventory: the device and the contract of each line."""

from collections.abc import Iterator
from datetime import date

from mobile_selfservice.carriers.att import labels as own_labels
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.labels import Labels, labels_of
from mobile_selfservice.carriers.att.ledger import (
    is_account_row,
    line_number,
    number_cell,
    refuse,
    rows_of,
    whole_day,
)
from mobile_selfservice.carriers.cells import BadCell, Cells
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import InventoryLine, Severity
from mobile_selfservice.carriers.written import SCIENTIFIC, identifier, said

TAKEN = frozenset(
    map(
        normalized,
        (
            *(att.INVENTORY_ACCOUNT, att.NUMBER, att.INVENTORY_USER, att.STATUS),
            *(att.PLAN, att.DEVICE_TYPE, att.IMEI, att.MAKE, att.MODEL, att.SIM),
            *(att.ACTIVATED, att.CONTRACT_END, att.EMAIL),
        ),
    )
)
SUSPENDED_WORDS = ("suspend",)
ENDED_WORDS = ("cancel", "disconnect", "deactivat", "terminat")
NO_NUMBER = "This row of the inventory names no wireless number; it is passed over."
ROUNDED = (
    "A spreadsheet has rounded this device's number, so it is left out. Use the file "
    "as downloaded, without opening and saving it in a spreadsheet."
)


def read_inventory(
    sheet: RecognizedFile, findings: FileFindings
) -> Iterator[InventoryLine]:
    """Read the inventory: one device and contract in each row."""
    labels = labels_of(sheet)
    own_labels.remark(labels, sheet, findings)
    for line, cells in rows_of(sheet, findings):
        try:
            if is_account_row(cells):
                findings.count(NO_NUMBER, Severity.NOTE, line)
                continue
            yield _line(cells, labels, sheet, findings, line)
        except BadCell as bad:
            refuse(findings, line, bad)


def _line(
    cells: Cells,
    labels: Labels,
    sheet: RecognizedFile,
    findings: FileFindings,
    line: int,
) -> InventoryLine:
    status = cells.text(att.STATUS)
    since = _day(cells, att.STATUS_SINCE)
    return InventoryLine(
        carrier=att.CARRIER,
        account=cells.read(att.INVENTORY_ACCOUNT, identifier),
        number=line_number(cells),
        raw_number=number_cell(cells),
        user_name=cells.text(att.INVENTORY_USER) or cells.text(att.USER),
        cost_center=cells.text(labels.cost_center) if labels.cost_center else None,
        user_id=cells.text(labels.user_id) if labels.user_id else None,
        email=cells.text(att.EMAIL),
        status=status,
        plan=cells.text(att.PLAN),
        make=cells.text(att.MAKE),
        model=cells.text(att.MODEL),
        device_type=cells.text(att.DEVICE_TYPE),
        device_id=_device_number(cells, att.IMEI, findings, line),
        sim=_device_number(cells, att.SIM, findings, line),
        activated_on=_day(cells, att.ACTIVATED),
        suspended_on=since if _says(status, SUSPENDED_WORDS) else None,
        disconnected_on=since if _says(status, ENDED_WORDS) else None,
        contract_ends_on=_day(cells, att.CONTRACT_END),
        labels=_others(cells),
        file=sheet.file.name,
        file_line=line,
    )


def _says(status: str | None, words: tuple[str, ...]) -> bool:
    return any(word in (status or "").casefold() for word in words)


def _day(cells: Cells, heading: str) -> date | None:
    return cells.read(heading, whole_day) if cells.text(heading) else None


def _device_number(
    cells: Cells, heading: str, findings: FileFindings, line: int
) -> str | None:
    """Read an IMEI or a SIM number: fifteen digits and more, which sheets round."""
    number = cells.text(heading)
    if number and SCIENTIFIC.fullmatch(number):
        column = cells.columns.own_words(heading)
        findings.count(ROUNDED, Severity.WARNING, line, column, number)
        return None
    return number


def _others(cells: Cells) -> dict[str, str]:
    """Keep every other cell that says something, under the file's own heading."""
    others = {}
    for heading, cell in zip(cells.columns.headings, cells.row, strict=False):
        text = said(cell)
        if text and normalized(heading) not in TAKEN:
            others[heading.strip()] = text
    return others
