"""Verizon's charge lines, credits and allowance buckets."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.cells import BadCell, Cells
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.moments import on_or_before, written_day
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import Charge, InvoiceHead, Record, Severity
from mobile_selfservice.carriers.verizon import layout as verizon
from mobile_selfservice.carriers.verizon.codes import CHARGE_CATEGORIES
from mobile_selfservice.carriers.verizon.ledger import (
    Ledger,
    invoice_of,
    line_number,
    refuse,
    unlisted_line,
)
from mobile_selfservice.carriers.verizon.summary import is_account_row, rows_of
from mobile_selfservice.carriers.written import Unreadable

MONTHLY = "monthlycharges"
CURRENT = "Current"
DEVICE_PAYMENT = "devicepayment"
NO_DAY = (
    "The day of a charge cannot be read, so the charge is kept without its day. No "
    "amount depends on it."
)
DELAYED = (
    "Use of an earlier billing period is charged on this bill. It is a charge of this "
    "bill like any other."
)
OF_THE_ACCOUNT = ("accountchargesandcredits", "accountcharges", "adjustments")


def read_charges(
    sheet: RecognizedFile, ledger: Ledger, findings: FileFindings
) -> Iterator[Record]:
    """Read the charges file: each charge of a line or of the account."""
    for line, cells in rows_of(sheet, findings):
        try:
            head, is_new = invoice_of(ledger, cells)
            if is_new:
                yield head
            number = None
            if not is_account_row(cells):
                yield from unlisted_line(ledger, cells, head.key, findings, line)
                number = line_number(cells)
            category = _category(cells, findings, line)
            charged_on = _charged_on(cells, head, findings, line)
            _remark_delayed(cells, findings, line)
            yield _charge(cells, head, number, category, charged_on, line)
        except BadCell as bad:
            refuse(findings, line, bad)


def _charge(
    cells: Cells,
    head: InvoiceHead,
    number: str | None,
    category: str,
    charged_on: date | None,
    line: int,
) -> Charge:
    bucket = cells.read(verizon.ALLOWANCE, amounts.allowance)
    return Charge(
        invoice=head.key,
        number=number,
        category=category,
        description=cells.text(verizon.ITEM_DESCRIPTION) or "",
        amount=_cost(cells),
        raw_category=cells.text(verizon.ITEM_CATEGORY) or "",
        charged_on=charged_on,
        unit=cells.text(verizon.ITEM_TYPE),
        allowance=bucket.quantity,
        is_unlimited=bucket.is_unlimited,
        is_shared=bucket.is_shared or _is_shared(cells),
        pool_size=_pool(cells),
        used=cells.quantity(verizon.USED),
        billable=cells.quantity(verizon.BILLABLE),
        vendor=cells.text(verizon.VENDOR),
        file_line=line,
    )


def _cost(cells: Cells) -> Decimal:
    return cells.money(verizon.COST) or NOTHING


def _is_shared(cells: Cells) -> bool:
    return normalized(cells.text(verizon.SHARE) or "") == "sharedusage"


def _pool(cells: Cells) -> Decimal | None:
    """Give the size of the pool; only one of the three columns holds it."""
    for heading in verizon.SHARE_POOLS:
        size = cells.quantity(heading)
        if size is not None:
            return size
    return None


def _charged_on(
    cells: Cells, head: InvoiceHead, findings: FileFindings, line: int
) -> date | None:
    """Read the day of a charge; no amount depends on it, so it may be missing."""
    written = cells.text(verizon.DATE)
    if written is None:
        return None
    end = max(head.bill_date, head.period_through or head.bill_date)
    try:
        return on_or_before(written_day(written), end)
    except Unreadable:
        column = cells.columns.own_words(verizon.DATE)
        findings.count(NO_DAY, Severity.NOTE, line, column, numbers.shown(written))
        return None


def _remark_delayed(cells: Cells, findings: FileFindings, line: int) -> None:
    """Say that use of an earlier period is billed now, as carriers do."""
    period = cells.text(verizon.USAGE_PERIOD) or CURRENT
    if normalized(period) != normalized(CURRENT):
        column = cells.columns.own_words(verizon.USAGE_PERIOD)
        findings.count(DELAYED, Severity.NOTE, line, column, numbers.shown(period))


def _category(cells: Cells, findings: FileFindings, line: int) -> str:
    """Put a charge into the portal's own categories."""
    amount = _cost(cells)
    words = normalized(cells.text(verizon.ITEM_CATEGORY) or "")
    description = normalized(cells.text(verizon.ITEM_DESCRIPTION) or "")
    if description.startswith("paymentreceived"):
        return "payment"
    if description.startswith(DEVICE_PAYMENT):
        return "equipment"
    if words == MONTHLY:
        return _monthly(cells, amount)
    if words in OF_THE_ACCOUNT:
        return "credit" if amount < 0 else "one_time"
    if cells.text(verizon.VENDOR) and words != "equipmentcharges":
        return "third_party"
    if words in CHARGE_CATEGORIES:
        return CHARGE_CATEGORIES[words]
    raw = numbers.shown(cells.text(verizon.ITEM_CATEGORY) or "(blank)")
    findings.count(
        f"The charge category “{raw}” is not known to the portal; its charges are "
        "kept as one-time charges.",
        Severity.NOTE,
        line,
        cells.columns.own_words(verizon.ITEM_CATEGORY),
        raw,
    )
    return "credit" if amount < 0 else "one_time"


def _monthly(cells: Cells, amount: Decimal) -> str:
    """Tell a plan from a feature; without a word for it, a negative is a credit."""
    tag = normalized(cells.text(verizon.SHARE) or "")
    if tag in ("plan", "feature"):
        return tag
    return "credit" if amount < 0 else "feature"
