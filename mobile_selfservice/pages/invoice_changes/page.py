"""The screen that tells what a corrected download changed, bill by bill."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, spread, stack
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.invoice_changes.state import InvoiceChangesState
from mobile_selfservice.session_state import screen

VIEW = InvoiceChangesState.view
ITEMS = InvoiceChangesState.items
BILLS = (
    Column("Number"),
    Column("Cost before", numeric=True),
    Column("Cost after", numeric=True),
    Column("Items added / removed / changed", numeric=True),
    Column("Marks"),
    Column("What became of the bill"),
)
ITEM_COLUMNS = (
    Column("Row of the line"),
    Column("What"),
    Column("How it differs"),
    Column("Quantity before", numeric=True),
    Column("Quantity after", numeric=True),
    Column("Charged before", numeric=True),
    Column("Charged after", numeric=True),
)


def invoice_changes() -> rx.Component:
    """Lay out the changed bills, and the items of the line chosen."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            stack(
                spread(
                    back_link("The invoice", href=VIEW.invoice_href),
                    when(
                        VIEW.earlier_href,
                        link("The invoice before it", href=VIEW.earlier_href),
                    ),
                ),
                rx.el.p(VIEW.summary),
                when(ITEMS.is_open, items()),
                when(VIEW.is_first, rx.fragment(), bills()),
            ),
            page_skeleton(),
        ),
        here="/invoices",
        lead="A corrected download held against the one before it. A bill is the same "
        "when all the carrier says of its line is; an item when all its cells are.",
    )


def bills() -> rx.Component:
    """List the bills that differ."""
    return section(
        "Bills",
        data_table("Bills that differ", BILLS, VIEW.rows, bill_cells),
        when(
            VIEW.pages > 1,
            pager(
                VIEW.page, VIEW.pages, InvoiceChangesState.turn_page, "Pages of bills"
            ),
        ),
    )


def bill_cells(row: Any) -> tuple[Any, ...]:
    """Give the cells of one bill."""
    return (
        stack(
            rx.el.span(row.number),
            when(
                row.items_href,
                link(f"Which items of {row.number}", href=row.items_href),
            ),
            gap="sm",
        ),
        money(row.before),
        money(row.after),
        row.difference,
        row.marks,
        badge(row.outcome, tone=row.tone),
    )


def items() -> rx.Component:
    """List the items of one line that differ."""
    return section(
        ITEMS.title,
        data_table(ITEMS.caption, ITEM_COLUMNS, ITEMS.rows, item_cells),
        when(
            ITEMS.pages > 1,
            pager(
                ITEMS.page,
                ITEMS.pages,
                InvoiceChangesState.turn_items,
                "Pages of items",
            ),
        ),
        link("All bills that differ", href=VIEW.href),
    )


def item_cells(row: Any) -> tuple[Any, ...]:
    """Give the cells of one item."""
    return (
        row.row,
        row.what,
        row.outcome,
        row.quantity_before,
        row.quantity_after,
        money(row.charged_before),
        money(row.charged_after),
    )
