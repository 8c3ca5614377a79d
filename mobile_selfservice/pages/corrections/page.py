"""The screen that lists corrections of signed bills."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.list_choice import list_choices
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.corrections.state import CorrectionsState
from mobile_selfservice.session_state import screen

VIEW = CorrectionsState.view
COLUMNS = (
    Column("Employee"),
    Column("Bill"),
    Column("Proposed"),
    Column("Cost of the line", numeric=True),
    Column("Owed", numeric=True),
    Column("Difference", numeric=True),
)


def corrections() -> rx.Component:
    """Lay out one page of corrections."""
    return screen(
        "Corrections",
        when(
            VIEW.is_loaded,
            stack(
                back_link("All invoices", href="/invoices"),
                when(
                    VIEW.of_invoice,
                    rx.el.p(
                        "Only those of ", link("one invoice", href=VIEW.of_invoice), "."
                    ),
                ),
                list_choices(VIEW.links, "Which corrections"),
                rx.el.p(VIEW.summary, class_name="muted"),
                data_table(VIEW.caption, COLUMNS, VIEW.rows, cells, empty=nothing()),
                when(
                    VIEW.pages > 1,
                    pager(VIEW.page, VIEW.pages, CorrectionsState.turn_page),
                ),
            ),
            page_skeleton(),
        ),
        here="/invoices",
        lead="Bills that were signed before the carrier corrected its invoice. The "
        "signed statement stays; open a bill to accept or decline what changes.",
    )


def cells(row: Any) -> tuple[Any, ...]:
    """Give the cells of one correction."""
    return (
        stack(
            link(row.who, href=row.href),
            rx.el.span(row.department, class_name="muted"),
            when(row.is_own, badge("Your own: a colleague decides", "neutral")),
            gap="sm",
        ),
        stack(row.month, rx.el.span(row.number, class_name="muted dialed"), gap="sm"),
        row.proposed,
        money(row.cost),
        money(row.owed),
        money(row.difference),
    )


def nothing() -> rx.Component:
    """Say that nothing is listed here."""
    return empty_state(
        "No correction here",
        "When a corrected invoice differs from a bill that was signed already, it is "
        "listed here until Finance has accepted or declined it.",
        shape="circle-check",
    )
