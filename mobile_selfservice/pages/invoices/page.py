"""The list of invoices by month."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.buttons import actions, link_button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.links import link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import Words, when
from mobile_selfservice.pages.invoices.state import InvoicesState
from mobile_selfservice.session_state import screen

COLUMNS = (
    Column("Month"),
    Column("Account"),
    Column("Invoice"),
    Column("Period"),
    Column("Lines", numeric=True),
    Column("No owner", numeric=True),
    Column("Total", numeric=True),
    Column("State"),
)
IMPORT_COLUMNS = (
    Column("Import"),
    Column("Files"),
    Column("Begun by"),
    Column("State"),
)


def invoices() -> rx.Component:
    """List what carriers billed, and what is still being imported."""
    view = InvoicesState.view
    return screen(
        "Invoices",
        rx.cond(
            view.is_loaded,
            stack(
                actions(
                    when(view.may_import, import_button("primary")),
                    link_button("Lines that wait", href="/invoices/lines"),
                    link_button("Rate codes", href="/invoices/codes"),
                    when(
                        view.may_read_files,
                        link_button("Column profiles", href="/invoices/profiles"),
                    ),
                ),
                when(view.imports.length() > 0, unfinished(view.imports)),
                invoice_table(view),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/invoices",
        lead="What each carrier billed, month by month, and where its bills stand.",
    )


def import_button(kind: str) -> rx.Component:
    """Lead to the form that takes in files."""
    return link_button("Import an invoice", href="/invoices/import", kind=kind)


def unfinished(imports: Any) -> rx.Component:
    """List the imports that are not finished."""
    return data_table(
        "Imports that are not published yet", IMPORT_COLUMNS, imports, import_cells
    )


def invoice_table(view: Any) -> rx.Component:
    """List the invoices, or say how the first one gets here."""
    return data_table(
        "Invoices, newest month first",
        COLUMNS,
        view.rows,
        invoice_cells,
        empty=empty_state(
            "No invoices yet",
            "When finance or IT imports a carrier's files, the invoice is listed here.",
        ),
    )


def invoice_cells(row: Any) -> Sequence[Words]:
    """Give the cells of one invoice."""
    return (
        link(row.month, href=row.href),
        stack(
            rx.el.span(row.carrier),
            rx.el.span(row.account, class_name="money muted"),
            gap="sm",
        ),
        stack(
            rx.el.span(row.number),
            when(row.revision, rx.el.span(row.revision, class_name="muted")),
            gap="sm",
        ),
        row.period,
        row.lines,
        row.without_owner,
        money(row.total),
        stack(
            badge(row.state, tone=row.tone),
            when(row.untied, badge(row.untied, tone="danger")),
            gap="sm",
        ),
    )


def import_cells(row: Any) -> Sequence[Words]:
    """Give the cells of one unfinished import."""
    return (
        link(row.about, href=row.href),
        row.names,
        row.begun,
        badge(row.state, tone=row.tone),
    )
