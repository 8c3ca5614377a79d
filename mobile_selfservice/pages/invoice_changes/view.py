"""What a corrected download changed, in words."""

from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote

from mobile_selfservice.components.wording import counted, phone
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.invoices.revision_view import (
    ChangesPage,
    ItemDifference,
    ItemsPage,
)
from mobile_selfservice.services.invoices.trial_report import BillDifference

OUTCOMES = {
    "replaced": ("A new bill took its place", "info"),
    "correction": ("Left as signed; a correction waits or was decided", "warn"),
    "as_signed": ("Says again what was signed", "neutral"),
    "new": ("New on this invoice", "info"),
    "gone": ("No longer on this invoice", "warn"),
}
ITEM_OUTCOMES = {"added": "Added", "removed": "Removed", "changed": "Changed"}
KINDS = {
    "voice": "Call",
    "message": "Message",
    "data": "Data",
    "extra": "Add-on or purchase",
}
UNITS = {"minute": "min", "message": "messages", "event": "times"}


@dataclass(frozen=True)
class ChangedBill:
    """One bill that differs."""

    number: str = ""
    before: str = ""
    after: str = ""
    difference: str = ""
    items_href: str = ""
    marks: str = ""
    outcome: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class ChangesView:
    """One page of the bills a revision changed."""

    is_loaded: bool = False
    is_first: bool = False
    title: str = "What changed"
    summary: str = ""
    rows: list[ChangedBill] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    href: str = ""
    invoice_href: str = ""
    earlier_href: str = ""


@dataclass(frozen=True)
class ChangedItem:
    """One item that differs."""

    row: str = ""
    what: str = ""
    outcome: str = ""
    quantity_before: str = ""
    quantity_after: str = ""
    charged_before: str = ""
    charged_after: str = ""


@dataclass(frozen=True)
class ItemsView:
    """One page of the items of one line that differ."""

    is_open: bool = False
    title: str = ""
    caption: str = ""
    address: str = ""
    rows: list[ChangedItem] = field(default_factory=list)
    page: int = 1
    pages: int = 1


def changes_view(found: ChangesPage) -> ChangesView:
    """Put one page of changed bills into words."""
    href = f"/invoices/{found.invoice_id}/changes"
    earlier = f"/invoices/{found.earlier_id}" if found.earlier_id else ""
    shown = found.shown
    if shown is None:
        return ChangesView(
            is_loaded=True,
            is_first=True,
            summary="This is the first download of this invoice, so nothing changed.",
            href=href,
            invoice_href=f"/invoices/{found.invoice_id}",
            earlier_href=earlier,
        )
    before, after = dollars(shown.total_before), dollars(shown.total_after)
    return ChangesView(
        is_loaded=True,
        title=f"What changed with revision {found.revision}",
        summary=f"The total was {before} and is {after} now. "
        f"{counted(shown.unchanged, 'bill')} stayed as they were, "
        f"{counted(len(shown.bills), 'bill is', 'bills are')} different.",
        rows=[_bill(bill, href) for bill in found.bills],
        page=found.page,
        pages=found.pages,
        href=href,
        invoice_href=f"/invoices/{found.invoice_id}",
        earlier_href=earlier,
    )


def _bill(bill: BillDifference, href: str) -> ChangedBill:
    outcome, tone = OUTCOMES[bill.outcome]
    compared = bill.before is not None and bill.after is not None
    differ = bill.added or bill.removed or bill.changed
    marks = f"{bill.marks_carried:,} kept"
    if bill.marks_lost:
        marks += f", {bill.marks_lost:,} lost with their items"
    return ChangedBill(
        number=phone(bill.number),
        before=_dollars(bill.before),
        after=_dollars(bill.after),
        difference=f"{bill.added:,} / {bill.removed:,} / {bill.changed:,}"
        if compared
        else "–",
        items_href=f"{href}?line={quote(bill.number)}" if compared and differ else "",
        marks=marks if bill.outcome == "replaced" else "–",
        outcome=outcome,
        tone=tone,
    )


def _dollars(amount: Decimal | None) -> str:
    return "–" if amount is None else dollars(amount)


def items_view(found: ItemsPage) -> ItemsView:
    """Put one page of changed items into words."""
    return ItemsView(
        is_open=True,
        title=f"Items of {phone(found.line)}",
        caption=f"{counted(found.count, 'item differs', 'items differ')}",
        address=quote(found.line),
        rows=[_item(each) for each in found.rows],
        page=found.page,
        pages=found.pages,
    )


def _item(each: ItemDifference) -> ChangedItem:
    return ChangedItem(
        row=f"Row {each.row:,}",
        what=KINDS.get(each.kind, each.kind),
        outcome=ITEM_OUTCOMES[each.outcome],
        quantity_before=_quantity(each.quantity_before, each.unit),
        quantity_after=_quantity(each.quantity_after, each.unit),
        charged_before=_charge(each.charged_before),
        charged_after=_charge(each.charged_after),
    )


def _quantity(amount: Decimal | None, unit: str) -> str:
    if amount is None:
        return "–"
    return f"{amount.normalize():,f} {UNITS.get(unit, unit)}"


def _charge(amount: Decimal | None) -> str:
    """Write a charge to the last of its four places where it is finer than a cent."""
    if amount is None:
        return "–"
    return (
        dollars(amount) if amount == amount.quantize(Decimal("0.01")) else f"${amount}"
    )
