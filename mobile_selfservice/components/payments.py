"""What was handed in for a bill and what became of it, as three screens show it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.cards import callout
from mobile_selfservice.components.links import file_link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.components.wording import short_day
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.money.money_entries import Entry, HandedIn

HOW = {
    "cash": "Cash",
    "check": "Check",
    "card": "Card, at the counter",
    "payroll": "From the next pay",
}
COLUMNS = (
    Column("Handed in"),
    Column("How"),
    Column("Amount", numeric=True),
    Column("State"),
    Column("What became of it"),
)


@dataclass(frozen=True)
class EntryRow:
    """Money that finance received, or that came back, with its receipt."""

    text: str = ""
    receipt: str = ""
    href: str = ""


@dataclass(frozen=True)
class PaymentRow:
    """One tender."""

    tendered: str = ""
    how: str = ""
    amount: str = ""
    state: str = ""
    tone: str = "neutral"
    note: str = ""
    received: list[EntryRow] = field(default_factory=list)


def how_handed_in(method: str, reference: str) -> str:
    """Say how money was handed in: Cash; Check 1824; Card, at the counter, R-17."""
    if method == "check" and reference:
        return f"Check {reference.removeprefix('Check').strip()}"
    return HOW[method] + (f", {reference}" if reference else "")


def payment_rows(handed_in: Iterable[HandedIn]) -> list[PaymentRow]:
    """Put tenders into words."""
    return [_row(each) for each in handed_in]


def _row(each: HandedIn) -> PaymentRow:
    state, tone = _state(each)
    return PaymentRow(
        tendered=short_day(each.tendered_on),
        how=how_handed_in(each.method, each.reference),
        amount=dollars(each.amount),
        state=state,
        tone=tone,
        note=_note(each),
        received=[_entry(entry) for entry in each.entries],
    )


def _state(each: HandedIn) -> tuple[str, str]:
    if each.state == "declined":
        return "Not received", "danger"
    if each.entries and all(e.came_back or e.is_reversal for e in each.entries):
        return "Came back", "danger"
    if each.state == "confirmed":
        return "Received", "success"
    if each.confirmed:
        return "Received in part", "info"
    return "Waits for Finance", "info"


def _note(each: HandedIn) -> str:
    if each.state == "declined":
        rest = dollars(each.amount - each.confirmed)
        return f"{rest} not received, says {each.handled_by}: {each.declined_reason}"
    if each.confirmed and each.waiting:
        return f"{dollars(each.waiting)} still waits for Finance"
    return "Finance has not confirmed it yet" if each.waiting else ""


def _entry(entry: Entry) -> EntryRow:
    amount = dollars(abs(entry.amount))
    said = f"{amount} received by {entry.by}, {entry.on}"
    if entry.is_reversal:
        said = f"{amount} came back, {entry.on}: {entry.reason}"
    href = f"/files/receipts/{entry.payment_id}.pdf"
    return EntryRow(said, f"Receipt {entry.receipt_number}", href)


def payments_table(rows: Any, empty: str = "Nothing has been handed in yet.") -> Any:
    """List tenders (a list or Var of PaymentRow) with their receipts."""
    return data_table(unseen("Payments"), COLUMNS, rows, _cells, empty=callout(empty))


def _cells(row: Any) -> tuple[Any, ...]:
    return (
        row.tendered,
        row.how,
        money(row.amount),
        badge(row.state, row.tone),
        stack(
            rx.foreach(row.received, _entry_line),
            when(row.note, rx.el.p(row.note)),
            gap="sm",
        ),
    )


def _entry_line(entry: Any) -> rx.Component:
    return rx.el.p(entry.text, " ", file_link(entry.receipt, href=entry.href))
