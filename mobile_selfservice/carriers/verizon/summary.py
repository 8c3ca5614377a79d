"""Verizon's two summaries: the account's totals, and one row per wireless number."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.amounts import KILOBYTES, ZERO
from mobile_selfservice.carriers.cells import (
    BadCell,
    Cells,
    is_heading_again,
    whole_rows,
)
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import (
    InvoiceHead,
    InvoiceLine,
    Kind,
    Severity,
)
from mobile_selfservice.carriers.verizon import layout as verizon
from mobile_selfservice.carriers.verizon.ledger import (
    NOT_A_PHONE,
    Ledger,
    invoice_of,
    line_number,
    read_head,
    refuse,
)
from mobile_selfservice.carriers.written import plain

# The least exact that a printed quantity of data is taken for, in its unit.
COARSEST = Decimal("0.01")
HIDDEN_ACCOUNT_ROW = (
    "The wireless number is not a telephone number and is the same text as the user "
    "name, and cost center, user ID and plan are all N/A: names and numbers in this "
    "file look replaced. The row is read as one of the account, not of a line; its "
    "amounts count in the account's total either way."
)
SEVERAL_UNITS = (
    "Data use is written in more than one of KB, MB and GB, which should be one "
    "quantity. The finest unit is taken."
)
Taken = Iterator[tuple[int, Cells]]


def rows_of(sheet: RecognizedFile, findings: FileFindings) -> Taken:
    """Give each row of a file as cells, heading lines in mid-file left out."""
    for line, row in whole_rows(sheet, findings):
        if not is_heading_again(sheet, row):
            yield line, Cells(sheet.columns, row)


def read_accounts(
    sheet: RecognizedFile, ledger: Ledger, findings: FileFindings
) -> Iterator[InvoiceHead]:
    """Read the account summary: one invoice in each row."""
    for line, cells in rows_of(sheet, findings):
        try:
            head = _account(cells, ledger)
            ledger.add_head(cells, head)
        except BadCell as bad:
            refuse(findings, line, bad)
            continue
        yield head


def _account(cells: Cells, ledger: Ledger) -> InvoiceHead:
    for needed in ("current", "due"):
        cells.needed_money(verizon.ACCOUNT_STATED[needed])
    stated = _stated(cells, verizon.ACCOUNT_STATED)
    head = read_head(cells, stated)
    if head.key in ledger.heads:
        raise cells.bad(
            verizon.INVOICE,
            "This invoice stands twice in the account summary. Download it again.",
        )
    if head.key in ledger.account_level:
        stated["account_level"] = ledger.account_level[head.key]
    return head


def _stated(cells: Cells, names: Mapping[str, str]) -> dict[str, Decimal]:
    """Read stated totals; a blank one is not stated."""
    amounts = ((name, cells.money(heading)) for name, heading in names.items())
    return {name: amount for name, amount in amounts if amount is not None}


def account_level_totals(sheet: RecognizedFile) -> dict[str, Decimal]:
    """Add up, for each invoice, the rows that belong to the account and to no line.

    What is wrong in the file is found when its lines are read, so not here as well.
    """
    totals: dict[str, Decimal] = {}
    for _, cells in rows_of(sheet, FileFindings(sheet.file)):
        if not is_account_row(cells):
            continue
        try:
            head = read_head(cells, {})
            amount = cells.needed_money(verizon.TOTAL_CHARGES)
        except BadCell:
            continue
        totals[head.key] = totals.get(head.key, ZERO) + amount
    return totals


def is_account_row(cells: Cells) -> bool:
    """Say whether a row is the account's own: its number is N/A, 0 or blank."""
    written = cells.row[cells.columns.at(verizon.NUMBER)]
    return numbers.is_account_level(written) or _is_hidden_account_row(cells)


def _is_hidden_account_row(cells: Cells) -> bool:
    """Recognize an account's row in a file whose names and numbers were replaced."""
    number = plain(cells.row[cells.columns.at(verizon.NUMBER)])
    if numbers.is_account_level(number) or numbers.wireless_number(number):
        return False
    nobody = (verizon.COST_CENTER, verizon.USER_ID, verizon.PLAN)
    return number == cells.text(verizon.USER) and not any(map(cells.text, nobody))


def read_lines(
    sheet: RecognizedFile, ledger: Ledger, findings: FileFindings
) -> Iterator[InvoiceHead | InvoiceLine]:
    """Read the wireless summary: the lines of each invoice."""
    for line, cells in rows_of(sheet, findings):
        try:
            head, is_new = invoice_of(ledger, cells)
            if is_new:
                yield head
            cells.needed_money(verizon.TOTAL_CHARGES)
            if is_account_row(cells):
                _remark_hidden(cells, findings, line)
                continue
            yield _line(cells, head.key, ledger, findings, line)
        except BadCell as bad:
            refuse(findings, line, bad)


def _remark_hidden(cells: Cells, findings: FileFindings, line: int) -> None:
    if _is_hidden_account_row(cells):
        column = cells.columns.own_words(verizon.NUMBER)
        value = cells.text(verizon.NUMBER)
        findings.count(HIDDEN_ACCOUNT_ROW, Severity.WARNING, line, column, value)


def _line(
    cells: Cells, invoice: str, ledger: Ledger, findings: FileFindings, line: int
) -> InvoiceLine:
    number = line_number(cells)
    if (invoice, number) in ledger.lines:
        reason = "This wireless number stands twice on the invoice. Download it again."
        raise cells.bad(verizon.NUMBER, reason)
    if not number.startswith("+"):
        column = cells.columns.own_words(verizon.NUMBER)
        shown = numbers.line_shown(number)
        findings.count(NOT_A_PHONE, Severity.WARNING, line, column, shown)
    read = InvoiceLine(
        invoice=invoice,
        number=number,
        raw_number=plain(cells.row[cells.columns.at(verizon.NUMBER)]),
        user_name=cells.text(verizon.USER),
        cost_center=cells.text(verizon.COST_CENTER),
        user_id=cells.text(verizon.USER_ID),
        plan=cells.text(verizon.PLAN),
        stated=_stated(cells, verizon.LINE_STATED),
        stated_total=cells.needed_money(verizon.TOTAL_CHARGES),
        usage=_usage(cells, findings, line),
        usage_step=_data_step(cells),
    )
    ledger.add_line(cells, invoice, number)
    return read


def _usage(cells: Cells, findings: FileFindings, line: int) -> dict[str, Decimal]:
    """Read the stated use: minutes, messages, and data in KB, at home and roaming."""
    used = {
        Kind.VOICE.value: cells.quantity(verizon.VOICE_USED),
        Kind.MESSAGE.value: cells.quantity(verizon.MESSAGES_USED),
        Kind.DATA.value: _kilobytes(cells, verizon.DATA_USED, findings, line),
        "roaming_voice": cells.quantity(verizon.VOICE_ROAMED),
        "roaming_message": cells.quantity(verizon.MESSAGES_ROAMED),
        "roaming_data": _kilobytes(cells, verizon.DATA_ROAMED, findings, line),
    }
    return {name: amount for name, amount in used.items() if amount is not None}


def _data_step(cells: Cells) -> dict[str, Decimal]:
    """Tell how finely the stated data is printed, in KB; never finer than it matters.

    Trailing zeros say nothing: Verizon prints fifteen decimals of everything.
    """
    for unit, heading in verizon.DATA_USED.items():
        amount = cells.quantity(heading)
        if amount:
            digit = min(Decimal(1).scaleb(int(amount.as_tuple().exponent)), COARSEST)
            return {Kind.DATA.value: digit * KILOBYTES[unit]}
    return {}


def _kilobytes(
    cells: Cells, headings: Mapping[str, str], findings: FileFindings, line: int
) -> Decimal | None:
    """Read one quantity of data, written under KB, MB or GB."""
    written = {unit: cells.quantity(heading) for unit, heading in headings.items()}
    filled = {unit: amount for unit, amount in written.items() if amount}
    if len(filled) > 1:
        column = cells.columns.own_words(headings["KB"])
        findings.count(SEVERAL_UNITS, Severity.WARNING, line, column)
    for unit, amount in filled.items():
        return amount * KILOBYTES[unit]
    is_said = any(amount is not None for amount in written.values())
    return ZERO if is_said else None
