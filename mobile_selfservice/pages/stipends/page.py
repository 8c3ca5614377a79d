"""The screen that lists elections and stipends."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.links import link
from mobile_selfservice.components.list_choice import list_choices
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.stipend_words import election_badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.stipends.state import StipendsState
from mobile_selfservice.session_state import screen

VIEW = StipendsState.view
COLUMNS = (
    Column("Employee"),
    Column("State"),
    Column("Class"),
    Column("Each month", numeric=True),
    Column("First month"),
    Column("Asked"),
    Column("Proof due"),
)


def stipends() -> rx.Component:
    """Lay out one page of elections."""
    return screen(
        "Stipends",
        when(
            VIEW.is_loaded,
            stack(
                list_choices(VIEW.links, "Which stipends"),
                rx.el.p(VIEW.summary, class_name="muted"),
                data_table(
                    VIEW.caption,
                    COLUMNS,
                    VIEW.rows,
                    cells,
                    empty=empty_state(
                        VIEW.nothing_title, VIEW.nothing_text, shape="circle-check"
                    ),
                ),
                when(
                    VIEW.pages > 1,
                    pager(VIEW.page, VIEW.pages, StipendsState.turn_page),
                ),
            ),
            page_skeleton(),
        ),
        here="/stipends",
        lead="Employees who use their own phone for a monthly stipend: the director "
        "approves, Information Systems checks the phone, payroll pays.",
    )


def cells(row: Any) -> tuple[Any, ...]:
    """Give the cells of one election."""
    return (
        stack(
            link(row.who, href=row.href),
            rx.el.span(row.department, class_name="muted"),
            when(row.is_own, badge("Your own: somebody else decides", "neutral")),
            gap="sm",
        ),
        stack(
            election_badge(row.state),
            when(row.my_part, badge(row.my_part, "warn", "hand")),
            gap="sm",
        ),
        row.kind,
        money(row.amount),
        row.first_month,
        row.since,
        stack(
            rx.el.span(row.proof_due),
            when(row.is_overdue, badge("Overdue", "danger", "clock-alert")),
            gap="sm",
        ),
    )
