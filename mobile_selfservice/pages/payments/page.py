"""The screen on which finance works through what was handed in."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.buttons import button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.forms import Option, select_field, text_field
from mobile_selfservice.components.links import link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.payments.state import PaymentsState
from mobile_selfservice.session_state import screen

VIEW = PaymentsState.view
SHOWN = [
    Option("waiting", "Waiting for Finance"),
    Option("confirmed", "Received"),
    Option("declined", "Not received"),
]
METHODS = [
    Option("", "Any"),
    Option("cash", "Cash"),
    Option("check", "Check"),
    Option("card", "Card, at the counter"),
    Option("payroll", "From the next pay"),
]
COLUMNS = (
    Column("Employee"),
    Column("Bill"),
    Column("Handed in"),
    Column("How"),
    Column("Amount", numeric=True),
)


def payments() -> rx.Component:
    """Lay out the filter and one page of the queue."""
    return screen(
        "Payments",
        when(
            VIEW.is_loaded,
            stack(
                filters(),
                rx.el.p(VIEW.summary, class_name="muted"),
                data_table(VIEW.caption, COLUMNS, VIEW.rows, cells, empty=nothing()),
                when(
                    VIEW.pages > 1,
                    pager(VIEW.page, VIEW.pages, PaymentsState.turn_page),
                ),
            ),
            page_skeleton(),
        ),
        here="/payments",
        lead="What employees handed in. Open a bill to confirm what you received.",
    )


def filters() -> rx.Component:
    """Narrow the queue by state, method, name, number or reference."""
    return rx.el.form(
        select_field("Show", "show", SHOWN, default_value=VIEW.show),
        select_field("How", "method", METHODS, default_value=VIEW.method),
        text_field(
            "Name, phone number or reference",
            "q",
            type="search",
            default_value=VIEW.search,
            max_length=60,
        ),
        button("Show", type="submit"),
        on_submit=PaymentsState.find,
        role="search",
        aria_label="Narrow the payments",
        class_name="filters",
    )


def cells(row: Any) -> tuple[Any, ...]:
    """Give the cells of one payment."""
    return (
        stack(
            link(row.who, href=row.href),
            rx.el.span(row.department, class_name="muted"),
            when(row.is_own, badge("Your own: a colleague confirms it", "neutral")),
            gap="sm",
        ),
        stack(
            row.month,
            rx.el.span(row.number, class_name="muted dialed"),
            gap="sm",
        ),
        row.tendered,
        row.how,
        stack(
            money(row.amount),
            when(row.received, rx.el.span(row.received, class_name="muted")),
            gap="sm",
        ),
    )


def nothing() -> rx.Component:
    """Say that nothing waits, or that nothing matches."""
    return when(
        VIEW.is_filtered,
        empty_state(
            "No payment matches",
            "Choose another way to pay or another name, or show all again.",
            link("Show all that wait", href="/payments"),
            shape="search-x",
        ),
        empty_state(
            "Nothing here",
            "When an employee hands money in, it is listed here until you have "
            "confirmed or declined it.",
            shape="circle-check",
        ),
    )
