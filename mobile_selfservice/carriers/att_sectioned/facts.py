"""The lines above a section's rows that say whose bill it is."""

import re
from collections.abc import Iterator
from datetime import date

from mobile_selfservice.carriers.layout import Row, normalized
from mobile_selfservice.carriers.moments import full_date
from mobile_selfservice.carriers.unstated import SaidOfInvoice
from mobile_selfservice.carriers.written import SCIENTIFIC, Unreadable, plain

ACCOUNT = ("accountnumber", "account", "accountno", "billingaccountnumber", "ban")
FOUNDATION = ("foundationaccount", "foundationaccountnumber", "fan")
INVOICE = ("invoicenumber", "invoice", "invoiceno")
BILLED = (
    *("billdate", "billingdate", "invoicedate", "statementdate", "billissuedate"),
    *("issuedate", "billclosedate", "closedate", "marketcycleenddate", "cycleenddate"),
    *("billingcycledate", "billcycledate", "billingcycle", "billcycle"),
    *("billingperiod", "billperiod", "serviceperiod", "usageperiod"),
)
DUE = ("duedate", "datedue", "paymentdue")
USER = ("username", "user", "name", "subscriber", "subscribername")
WIRELESS = ("wirelessnumber", "phonenumber", "mobilenumber", "wirelessno", "ctn")
DAY = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}",
    re.ASCII,
)
LABELS = frozenset((*ACCOUNT, *FOUNDATION, *INVOICE, *BILLED, *DUE, *USER, *WIRELESS))
FEW = 4


def is_fact(row: Row) -> bool:
    """Say whether a row is a known label and its value, without a colon."""
    cells = [cell for cell in row if cell.strip()]
    return 2 <= len(cells) <= FEW and normalized(cells[0]) in LABELS


def fact_in(row: Row) -> tuple[str, str]:
    """Take a line such as `User Name:,ROBIN VALE` apart; the colon may be missing."""
    cells = [plain(cell) for cell in row if cell.strip()]
    label, _, value = cells[0].partition(":")
    value = value.strip() or " ".join(cells[1:])
    return normalized(label), value.strip()


def with_fact(said: SaidOfInvoice, label: str, value: str) -> SaidOfInvoice:
    """Add what a line of the preamble states of the invoice; most state nothing."""
    is_exact = not SCIENTIFIC.fullmatch(value)
    if label in ACCOUNT and is_exact:
        return said._replace(account=value)
    if label in FOUNDATION and is_exact:
        return said._replace(master_account=value)
    if label in INVOICE and is_exact:
        return said._replace(number=value)
    days = [*_days(value)] if label in (*BILLED, *DUE) else []
    if label in DUE and days:
        return said._replace(due_on=days[0])
    if len(days) == 2 and days[0] <= days[1]:
        first, last = days
        return said._replace(bill_date=last, period_from=first, period_through=last)
    return said._replace(bill_date=days[0]) if len(days) == 1 else said


def _days(value: str) -> Iterator[date]:
    for written in DAY.findall(value):
        try:
            yield full_date(written)
        except Unreadable:
            return
