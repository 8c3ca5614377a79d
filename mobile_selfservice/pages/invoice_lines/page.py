"""The lines that wait for somebody: without a holder, not billed, billed twice."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.buttons import button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.holder_dialog import holder_dialog
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import Words, when
from mobile_selfservice.pages.invoice_lines.state import InvoiceLinesState
from mobile_selfservice.session_state import screen

VIEW = InvoiceLinesState.view
UNOWNED = (
    Column("Line"),
    Column("Bill"),
    Column("The bill says"),
    Column("Suggested holder"),
    Column("Cost", numeric=True),
    Column("Act"),
)
UNBILLED = (Column("Line"), Column("Held by"), Column("Last billed"))
TWICE = (
    Column("Line"),
    Column("Month"),
    Column("Bills"),
    Column("Together", numeric=True),
)


def invoice_lines() -> rx.Component:
    """List what about lines waits for finance or IT."""
    return screen(
        "Lines that wait",
        rx.cond(
            VIEW.is_loaded,
            stack(
                back_link("Invoices", href="/invoices"),
                rx.el.p(VIEW.lead),
                section("No holder", unowned()),
                section("Held, but not billed", unbilled()),
                section("Billed twice", twice()),
                holder_dialog(InvoiceLinesState),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/invoices",
    )


def unowned() -> rx.Component:
    """List bills whose line nobody is known to hold."""
    return stack(
        data_table(
            VIEW.unowned_caption,
            UNOWNED,
            VIEW.unowned,
            unowned_cells,
            empty=empty_state(
                "Every bill has a holder",
                "A line nobody is known to hold comes here when its invoice is "
                "published.",
            ),
        ),
        when(
            VIEW.pages > 1,
            pager(VIEW.page, VIEW.pages, InvoiceLinesState.turn_page),
        ),
    )


def unowned_cells(row: Any) -> Sequence[Words]:
    """Give the cells of one bill without a holder."""
    return (
        row.number,
        stack(
            link(row.month, href=row.href),
            rx.el.span(row.account, class_name="muted"),
            when(row.days, rx.el.span(row.days, class_name="muted")),
            gap="sm",
        ),
        stack(
            rx.el.span(row.name_on_bill),
            rx.el.span(row.cost_center, class_name="muted"),
            rx.el.span(row.used, class_name="muted"),
            gap="sm",
        ),
        rx.cond(
            row.hints.length() > 0,
            stack(rx.foreach(row.hints, hint), gap="sm"),
            rx.el.span("Nobody", class_name="muted"),
        ),
        money(row.cost),
        rx.cond(
            VIEW.may_assign,
            button(
                "Assign a holder",
                aria_label=f"Assign a holder to {row.number}",
                on_click=InvoiceLinesState.choose_holder(row.bill_id),
            ),
            rx.el.span("Finance or IT assigns", class_name="muted"),
        ),
    )


def hint(one: Any) -> rx.Component:
    """Name one person who may hold the line, and why."""
    return rx.el.p(rx.el.strong(one.who), ". ", one.why)


def unbilled() -> rx.Component:
    """List lines somebody holds that the newest month does not bill."""
    return data_table(
        VIEW.unbilled_caption,
        UNBILLED,
        VIEW.unbilled,
        lambda row: (row.number, row.holder, row.last),
        empty=empty_state(
            "Every line that is held was billed",
            "A line that stops being billed comes here: it may be disconnected, or "
            "have moved to another account.",
        ),
    )


def twice() -> rx.Component:
    """List lines that several invoices bill in one month."""
    return data_table(
        VIEW.twice_caption,
        TWICE,
        VIEW.twice,
        twice_cells,
        empty=empty_state(
            "No line was billed twice",
            "A line that moves between accounts is often billed on both, with a "
            "refund on one of them.",
        ),
    )


def twice_cells(row: Any) -> Sequence[Words]:
    """Give the cells of one line billed twice."""
    return (
        row.number,
        row.month,
        stack(
            rx.foreach(
                row.bills,
                lambda bill: rx.el.span(
                    link(bill.account, href=bill.href), ": ", bill.cost
                ),
            ),
            gap="sm",
        ),
        money(row.net),
    )
