"""Verizon's account export: one invoice in each row, its totals in sentence case."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.cells import BadCell, Cells
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.moments import Period, bill_period, full_date
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.reconciliation import CURRENT_PARTS
from mobile_selfservice.carriers.records import InvoiceHead, Severity
from mobile_selfservice.carriers.verizon import report_layout as report
from mobile_selfservice.carriers.verizon.ledger import refuse
from mobile_selfservice.carriers.verizon.summary import rows_of
from mobile_selfservice.carriers.written import Unreadable, identifier

# ASSUMPTION: what the account itself is charged, and no line.
OF_THE_ACCOUNT = ("account_charges", "third_party_account", "late_fee")
NO_YEAR = (
    "The bill period has no year, and there is no due date to tell it from. Export the "
    "report with the column “Date due”."
)
SHARE_COUNTS = (
    "The account's level share is part of its total current charges, which add up with "
    "it and not without. It is counted with the account's charges."
)
TWICE = "This invoice stands twice in the account export. Export it again."


def read_account_report(
    sheet: RecognizedFile, findings: FileFindings, *, with_lines: bool
) -> Iterator[InvoiceHead]:
    """Read the export; with its lines beside it, the account's own charges are told."""
    seen: set[str] = set()
    for line, cells in rows_of(sheet, findings):
        try:
            head = _head(cells, findings, line, with_lines=with_lines)
            if head.key in seen:
                raise cells.bad(report.INVOICE, TWICE)
        except BadCell as bad:
            refuse(findings, line, bad)
            continue
        seen.add(head.key)
        yield head


def _head(
    cells: Cells, findings: FileFindings, line: int, *, with_lines: bool
) -> InvoiceHead:
    due_on = None
    if cells.text(report.DUE_ON):
        due_on = cells.read(report.DUE_ON, full_date)
    period = cells.read(report.PERIOD, lambda text: _period(text, due_on))
    stated = _stated(cells)
    _count_share(cells, stated, findings, line)
    if with_lines:
        own = (stated.get(name, NOTHING) for name in OF_THE_ACCOUNT)
        stated["account_level"] = sum(own, NOTHING)
    return InvoiceHead(
        carrier=report.CARRIER,
        account=cells.read(report.ACCOUNT, identifier),
        number=cells.read(report.INVOICE, identifier),
        bill_date=period.last,
        period_from=period.first,
        period_through=period.last,
        period_inferred=period.inferred,
        due_on=due_on,
        bill_name=cells.text(report.BILL_NAME),
        stated=stated,
    )


def _period(written: str, due_on: date | None) -> Period:
    """Read the period, which carries its years; else the due date tells them."""
    period = bill_period(written, due_on or date(2000, 6, 1))
    if period.inferred and due_on is None:
        raise Unreadable(NO_YEAR)
    return period


def _stated(cells: Cells) -> dict[str, Decimal]:
    """Read the totals. There is no column for messages and international use.

    So the kinds of use need not come to all use, and are not stated as its parts.
    """
    for needed in ("current", "due"):
        cells.needed_money(report.ACCOUNT_STATED[needed])
    for heading in report.USAGE_STATED.values():
        cells.money(heading)
    amounts = (
        (name, cells.money(heading)) for name, heading in report.ACCOUNT_STATED.items()
    )
    return {name: amount for name, amount in amounts if amount is not None}


def _count_share(
    cells: Cells, stated: dict[str, Decimal], findings: FileFindings, line: int
) -> None:
    share = cells.money(report.SHARE)
    if not share or _parts(stated) + share != stated["current"]:
        return
    stated["account_charges"] = stated.get("account_charges", NOTHING) + share
    column = cells.columns.own_words(report.SHARE)
    findings.count(SHARE_COUNTS, Severity.NOTE, line, column)


def _parts(stated: Mapping[str, Decimal]) -> Decimal:
    return sum((stated.get(name, NOTHING) for name in CURRENT_PARTS), NOTHING)
