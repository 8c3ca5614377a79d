"""Which invoices and lines of AT&T's files are known so far.

No file but the raw one names an invoice: it is known by its billing account and by the
day its market cycle ends, which every file states.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.cells import (
    BadCell,
    Cells,
    is_heading_again,
    whole_rows,
)
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.carriers.layout import Columns, Row, normalized
from mobile_selfservice.carriers.moments import full_date
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import InvoiceHead, InvoiceLine, Severity
from mobile_selfservice.carriers.written import SCIENTIFIC, identifier, plain

SPREADSHEET_NUMBER = (
    "A spreadsheet has rounded this wireless number. Use the file as downloaded, "
    "without opening and saving it in a spreadsheet."
)
NOT_A_PHONE = (
    "The wireless number is not a telephone number. The line is kept under the text "
    "as the file writes it, and matches no employee by number."
)
UNLISTED = (
    "“All Wireless Charges and Usage” does not list this wireless number; it may have "
    "moved between accounts. Its rows are kept, its total is not known."
)
NOT_STATED = "not stated"
NO_ACCOUNT = (
    "No column names the billing account, so its invoice stands under “not stated”. "
    "State the account when you import, or add the column “Account number”."
)
TOTALS_ROW = "This row holds the totals of the rows above. It is passed over."
HEADS_LIMIT = 10_000
LINES_LIMIT = 200_000
TOTAL_WORDS = frozenset({"total", "totals", "grandtotal", "reporttotal"})
GROUP_NUMBER = re.compile(r"G(?:[A-Z_\-]*[0-9][A-Z0-9_\-]*)?", re.IGNORECASE)
DESCRIBED = re.compile(r"(?P<own>[^\s(]+)\s*(?:\(.*)?", re.DOTALL)
MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")


class Cycle(NamedTuple):
    """A billing account and the last day of its month: one invoice."""

    account: str
    end: date


@dataclass
class Ledger:
    """The invoices and lines named so far."""

    particulars: Particulars = field(default_factory=Particulars)
    has_lines: bool = False
    heads: dict[Cycle, InvoiceHead] = field(default_factory=dict)
    lines: set[tuple[str, str]] = field(default_factory=set)

    def add_head(self, cells: Cells, cycle: Cycle, head: InvoiceHead) -> None:
        """Take up an invoice; no download holds ten thousand."""
        if len(self.heads) >= HEADS_LIMIT:
            raise cells.bad(att.CYCLE_END, beyond(HEADS_LIMIT, "invoices"))
        self.heads[cycle] = head

    def add_line(self, cells: Cells, invoice: str, number: str) -> None:
        """Take up a line; no download holds two hundred thousand."""
        if len(self.lines) >= LINES_LIMIT:
            raise cells.bad(att.NUMBER, beyond(LINES_LIMIT, "wireless numbers"))
        self.lines.add((invoice, number))


def beyond(limit: int, what: str) -> str:
    """Say that there are more than any one download holds."""
    return f"There are more than {limit:,} {what}. Choose one carrier's bill month."


def rows_of(
    sheet: RecognizedFile, findings: FileFindings
) -> Iterator[tuple[int, Cells]]:
    """Give each row as cells; headings in mid-file and totals are left out."""
    for line, row in whole_rows(sheet, findings):
        if is_heading_again(sheet, row):
            continue
        if is_totals_row(row):
            findings.count(TOTALS_ROW, Severity.NOTE, line)
            continue
        yield line, Cells(sheet.columns, row)


def is_totals_row(row: Row) -> bool:
    """Say whether a row begins with the word for a total."""
    first = next((cell for cell in row if cell.strip()), "")
    return normalized(first) in TOTAL_WORDS


def whole_day(written: str) -> date:
    """Read a date that carries its year; a spreadsheet's midnight is taken off.

    Raises:
        Unreadable: if it is no such date.
    """
    return full_date(MIDNIGHT.sub("", plain(written)))


def read_cycle(cells: Cells, particulars: Particulars) -> Cycle:
    """Read whose invoice a row is on; what no column states a person may have.

    Raises:
        BadCell: if the account or the end of its cycle is not certain.
    """
    return Cycle(_account(cells, particulars), cells.read(att.CYCLE_END, whole_day))


def states_account(columns: Columns) -> bool:
    """Say whether a report has a column that names the billing account."""
    return max(map(columns.at, (att.ACCOUNT, att.ACCOUNT_DESCRIBED))) >= 0


def _account(cells: Cells, particulars: Particulars) -> str:
    if cells.columns.at(att.ACCOUNT) >= 0:
        return cells.read(att.ACCOUNT, identifier)
    if cells.columns.at(att.ACCOUNT_DESCRIBED) >= 0:
        return cells.read(att.ACCOUNT_DESCRIBED, _before_description)
    return particulars.account or NOT_STATED


def _before_description(written: str) -> str:
    """Read `287298936374 (CITY OF …)`: the number before its description.

    Raises:
        Unreadable: if there is no such number.
    """
    match = DESCRIBED.fullmatch(plain(written))
    return identifier(match["own"] if match else written)


def number_cell(cells: Cells) -> str:
    """Give the wireless number as the file writes it."""
    written = plain(cells.row[cells.columns.at(att.NUMBER)])
    if written:
        return written
    described = plain(cells.row[cells.columns.at(att.NUMBER_DESCRIBED)])
    match = DESCRIBED.fullmatch(described)
    return match["own"] if match else described


def is_account_row(cells: Cells) -> bool:
    """Say whether a row is the account's own: its number is 0, a group, or blank."""
    written = number_cell(cells)
    is_group = GROUP_NUMBER.fullmatch(written) is not None
    return is_group or numbers.is_account_level(written)


def line_number(cells: Cells) -> str:
    """Read the wireless number: E.164 where certain, else the file's own text.

    Raises:
        BadCell: if a spreadsheet has rounded it.
    """
    text = number_cell(cells)
    if SCIENTIFIC.fullmatch(text):
        raise cells.bad(att.NUMBER, SPREADSHEET_NUMBER)
    return numbers.wireless_number(text) or text


def remark_number(findings: FileFindings, cells: Cells, number: str, line: int) -> None:
    """Remark on a line whose number is no telephone number."""
    if not number.startswith("+"):
        column = cells.columns.own_words(att.NUMBER)
        shown = numbers.line_shown(number)
        findings.count(NOT_A_PHONE, Severity.WARNING, line, column, shown)


def new_head(cells: Cells, cycle: Cycle, particulars: Particulars) -> InvoiceHead:
    """Make the invoice of a cycle; its number is the carrier's custom.

    ASSUMPTION: the number ends on the day the cycle ends, `<account>X<MMDDYYYY>`. The
    reports print no number; a person's own word for it counts.
    """
    number = f"{cycle.account}X{cycle.end:%m%d%Y}"
    if particulars.invoice and particulars.account in (None, "", cycle.account):
        number = particulars.invoice
    return InvoiceHead(
        carrier=att.CARRIER,
        account=cycle.account,
        number=number,
        bill_date=cycle.end,
        period_from=first_day(cycle.end),
        period_through=cycle.end,
        period_inferred=True,
        due_on=None,
        master_account=cells.text(att.FOUNDATION),
        bill_name=cells.text(att.BILL_NAME),
    )


def first_day(end: date) -> date:
    """Give the first day of the month that ends on a day: 3 February for 2 March."""
    last_of_month_before = end.replace(day=1) - timedelta(days=1)
    day = min(end.day, last_of_month_before.day)
    return last_of_month_before.replace(day=day) + timedelta(days=1)


def invoice_of(ledger: Ledger, cells: Cells) -> tuple[InvoiceHead, bool]:
    """Find the invoice a row is on, and say whether it is new."""
    cycle = read_cycle(cells, ledger.particulars)
    known = ledger.heads.get(cycle)
    if known:
        return known, False
    head = new_head(cells, cycle, ledger.particulars)
    ledger.add_head(cells, cycle, head)
    return head, True


def with_stated(head: InvoiceHead, stated: dict[str, Decimal]) -> InvoiceHead:
    """Give the invoice with more totals stated."""
    return replace(head, stated={**head.stated, **stated}) if stated else head


def unlisted_line(
    ledger: Ledger, cells: Cells, invoice: str, findings: FileFindings, line: int
) -> Iterator[InvoiceLine]:
    """Take up a number that no summary lists, so that nothing billed to it is lost."""
    number = line_number(cells)
    if (invoice, number) in ledger.lines:
        return
    ledger.add_line(cells, invoice, number)
    column = cells.columns.own_words(att.NUMBER)
    if ledger.has_lines:
        shown = numbers.line_shown(number)
        findings.count(UNLISTED, Severity.WARNING, line, column, shown)
    remark_number(findings, cells, number, line)
    yield InvoiceLine(
        invoice=invoice,
        number=number,
        raw_number=number_cell(cells),
        user_name=cells.text(att.USER),
        cost_center=None,
        user_id=None,
        plan=None,
        stated={},
        stated_total=Decimal(0),
        is_stated=False,
    )


def refuse(findings: FileFindings, line: int, bad: BadCell) -> None:
    """Put a row that cannot be read on the list; what may be a number is masked."""
    findings.error(line, bad.column, numbers.shown(bad.value), bad.reason)
