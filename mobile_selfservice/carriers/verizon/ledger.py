"""Which invoices and lines of a Verizon download are known so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.cells import BadCell, Cells
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.moments import bill_period, full_date
from mobile_selfservice.carriers.records import InvoiceHead, InvoiceLine, Severity
from mobile_selfservice.carriers.verizon import layout as verizon
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
    "The wireless summary does not list this wireless number; it may have moved "
    "between accounts. Its rows are kept, its total is not known."
)
HEADS_LIMIT = 10_000
LINES_LIMIT = 200_000


@dataclass
class Ledger:
    """The invoices and lines named so far, and which summaries name them."""

    has_accounts: bool
    has_lines: bool
    account_level: Mapping[str, Decimal] = field(default_factory=dict)
    heads: dict[str, InvoiceHead] = field(default_factory=dict)
    lines: set[tuple[str, str]] = field(default_factory=set)

    def add_head(self, cells: Cells, head: InvoiceHead) -> None:
        """Take up an invoice; no download holds ten thousand."""
        if len(self.heads) >= HEADS_LIMIT:
            raise cells.bad(verizon.INVOICE, _beyond(HEADS_LIMIT, "invoices"))
        self.heads[head.key] = head

    def add_line(self, cells: Cells, invoice: str, number: str) -> None:
        """Take up a line; no download holds two hundred thousand."""
        if len(self.lines) >= LINES_LIMIT:
            raise cells.bad(verizon.NUMBER, _beyond(LINES_LIMIT, "wireless numbers"))
        self.lines.add((invoice, number))


def _beyond(limit: int, what: str) -> str:
    return f"There are more than {limit:,} {what}. Choose one carrier's bill month."


def read_head(cells: Cells, stated: Mapping[str, Decimal]) -> InvoiceHead:
    """Read the invoice a row belongs to."""
    bill_date = cells.read(verizon.CYCLE, full_date)
    period = None
    if cells.text(verizon.PERIOD):
        period = cells.read(verizon.PERIOD, lambda text: bill_period(text, bill_date))
    due_on = None
    if cells.text(verizon.DUE_ON):
        due_on = cells.read(verizon.DUE_ON, full_date)
    return InvoiceHead(
        carrier=verizon.CARRIER,
        account=cells.read(verizon.ACCOUNT, identifier),
        number=cells.read(verizon.INVOICE, identifier),
        bill_date=bill_date,
        period_from=period.first if period else None,
        period_through=period.last if period else None,
        period_inferred=period.inferred if period else False,
        due_on=due_on,
        master_account=cells.text(verizon.PROFILE),
        bill_name=cells.text(verizon.BILL_NAME),
        stated=stated,
    )


def invoice_of(ledger: Ledger, cells: Cells) -> tuple[InvoiceHead, bool]:
    """Find the invoice a row belongs to, and say whether it is new.

    Raises:
        BadCell: if the account summary does not list it, or gives it another date.
    """
    head = read_head(cells, {})
    known = ledger.heads.get(head.key)
    if known is None:
        if ledger.has_accounts:
            raise cells.bad(verizon.INVOICE, _not_listed(head))
        return _taken_up(ledger, cells, head), True
    if known.bill_date != head.bill_date:
        raise cells.bad(
            verizon.CYCLE,
            f"This invoice was billed on {known.bill_date} in the other files. They "
            "are of different months: choose the files of one download.",
        )
    return known, False


def _not_listed(head: InvoiceHead) -> str:
    return (
        f"The account summary does not list invoice {head.number} of account "
        f"{head.account}. The files are of different downloads: choose those of one."
    )


def _taken_up(ledger: Ledger, cells: Cells, head: InvoiceHead) -> InvoiceHead:
    level = ledger.account_level.get(head.key)
    stated = {} if level is None else {"account_level": level}
    head = replace(head, stated=stated)
    ledger.add_head(cells, head)
    return head


def line_number(cells: Cells) -> str:
    """Read the wireless number: E.164 where certain, else the file's own text.

    Raises:
        BadCell: if a spreadsheet has rounded it.
    """
    text = plain(cells.row[cells.columns.at(verizon.NUMBER)])
    if SCIENTIFIC.fullmatch(text):
        raise cells.bad(verizon.NUMBER, SPREADSHEET_NUMBER)
    return numbers.wireless_number(text) or text


def unlisted_line(
    ledger: Ledger, cells: Cells, invoice: str, findings: FileFindings, line: int
) -> Iterator[InvoiceLine]:
    """Take up a number that no summary lists, so that nothing billed to it is lost."""
    number = line_number(cells)
    if (invoice, number) in ledger.lines:
        return
    ledger.add_line(cells, invoice, number)
    if ledger.has_lines:
        column = cells.columns.own_words(verizon.NUMBER)
        shown = numbers.line_shown(number)
        findings.count(UNLISTED, Severity.WARNING, line, column, shown)
    yield InvoiceLine(
        invoice=invoice,
        number=number,
        raw_number=plain(cells.row[cells.columns.at(verizon.NUMBER)]),
        user_name=cells.text(verizon.USER),
        cost_center=cells.text(verizon.COST_CENTER),
        user_id=cells.text(verizon.USER_ID),
        plan=None,
        stated={},
        stated_total=Decimal(0),
        is_stated=False,
    )


def refuse(findings: FileFindings, line: int, bad: BadCell) -> None:
    """Put a row that cannot be read on the list; what may be a number is masked."""
    findings.error(line, bad.column, numbers.shown(bad.value), bad.reason)
