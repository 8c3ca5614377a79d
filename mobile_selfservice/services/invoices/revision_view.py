"""What a corrected download changed, bill by bill and, when asked, item by item.

Item by item it names the row, the kind and the charge, and not who was called or when:
finance and IT work with amounts (SOD-15).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.correction import Correction
from mobile_selfservice.models.invoice import Bill, Invoice, InvoiceImport
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.invoices import trial_report
from mobile_selfservice.services.invoices.item_pairing import (
    ItemDifference,
    differences,
    items_of,
)
from mobile_selfservice.services.invoices.trial_report import (
    BillDifference,
    RevisionShown,
)
from mobile_selfservice.services.refusals import NotPermitted

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """One page of the bills that a revision changed; None where it is the first."""

    invoice_id: int
    number: str
    revision: int
    earlier_id: int
    shown: RevisionShown | None
    bills: list[BillDifference]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """One page of the items of one line that differ."""

    line: str
    rows: list[ItemDifference]
    count: int
    page: int
    pages: int


def changes(
    session: Session, actor: Actor, *, invoice_id: int, page: int = 1, now: datetime
) -> ChangesPage:
    """Tell which bills a revision changed, as its trial run found it."""
    invoice = access.invoice(session, actor, invoice_id)
    shown = _shown(session, invoice)
    bills = shown.bills if shown else []
    pages = max(1, -(-len(bills) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * ROWS_A_PAGE
    return ChangesPage(
        invoice_id=invoice_id,
        number=invoice.number,
        revision=invoice.revision,
        earlier_id=invoice.supersedes_id or 0,
        shown=shown,
        bills=bills[start : start + ROWS_A_PAGE],
        page=page,
        pages=pages,
    )


def item_changes(
    session: Session,
    actor: Actor,
    *,
    invoice_id: int,
    line: str,
    page: int = 1,
    now: datetime,
) -> ItemsPage:
    """Tell which items of one line a revision changed.

    Raises:
        NotPermitted: if the revision changed no items of that line.
    """
    invoice = access.invoice(session, actor, invoice_id)
    old, new = _bills(session, invoice, line)
    found = differences(items_of(session, old), items_of(session, new))
    pages = max(1, -(-len(found) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * ROWS_A_PAGE
    rows = found[start : start + ROWS_A_PAGE]
    return ItemsPage(line, rows, len(found), page, pages)


def _shown(session: Session, invoice: Invoice) -> RevisionShown | None:
    kept = session.get_one(InvoiceImport, invoice.import_id).report
    if not kept:
        return None
    key = f"{invoice.account}/{invoice.number}"
    found = trial_report.read(kept).revisions
    return next((one for one in found if one.invoice == key), None)


def _bills(session: Session, invoice: Invoice, line: str) -> tuple[int, int]:
    """Find the bill of a line before a revision and what took its place by it."""
    corrected = session.exec(
        select(Correction)
        .join(Bill, col(Bill.id) == Correction.bill_id)
        .where(Correction.invoice_id == invoice.id, Bill.number == line)
        .order_by(col(Correction.id).desc())
    ).first()
    if corrected is not None and corrected.corrected_bill_id is not None:
        return corrected.bill_id, corrected.corrected_bill_id
    replaced = (
        select(Bill.id)
        .where(Bill.invoice_id == invoice.supersedes_id, Bill.number == line)
        .scalar_subquery()
    )
    new = session.exec(
        select(Bill)
        .where(col(Bill.replaces_id).in_(replaced), Bill.number == line)
        .order_by(col(Bill.part), col(Bill.id))
    ).first()
    if new is None or new.replaces_id is None:
        raise NotPermitted
    return new.replaces_id, new.id or 0
