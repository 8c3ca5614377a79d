"""The screen that lists claims for business calls."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.cards import callout, empty_state
from mobile_selfservice.components.links import link
from mobile_selfservice.components.list_choice import list_choices
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.claims_review.state import ClaimsReviewState
from mobile_selfservice.session_state import screen

VIEW = ClaimsReviewState.view
COLUMNS = (
    Column("Employee"),
    Column("Bill of the own phone"),
    Column("Handed in"),
    Column("Amount", numeric=True),
    Column("Remarks"),
)


def claims_review() -> rx.Component:
    """Lay out one page of claims."""
    return screen(
        "Claims for business calls",
        when(
            VIEW.is_loaded,
            stack(
                when(
                    VIEW.unlimited,
                    callout(
                        rx.el.p(VIEW.unlimited),
                        title="Plans without a limit",
                        tone="warn",
                    ),
                ),
                list_choices(VIEW.links, "Which claims"),
                rx.el.p(VIEW.summary, class_name="muted"),
                data_table(VIEW.caption, COLUMNS, VIEW.rows, cells, empty=nothing()),
                when(
                    VIEW.pages > 1,
                    pager(VIEW.page, VIEW.pages, ClaimsReviewState.turn_page),
                ),
            ),
            page_skeleton(),
        ),
        here="/claims/review",
        lead="Business calls on private phones, of people without a stipend and "
        "without a City phone that worked. The director approves, Finance pays.",
    )


def cells(row: Any) -> tuple[Any, ...]:
    """Give the cells of one claim."""
    return (
        stack(
            link(row.who, href=row.href),
            rx.el.span(row.department, class_name="muted"),
            gap="sm",
        ),
        row.bill,
        row.submitted,
        money(row.amount),
        stack(
            when(row.may_act, badge("Waits for you", "info")),
            when(row.is_outage, badge("City phone out of order", "neutral")),
            gap="sm",
        ),
    )


def nothing() -> rx.Component:
    """Say that nothing is listed here."""
    return empty_state(
        "No claim here",
        "A claim is listed from the moment an employee hands it in. Look at the other "
        "kinds above.",
        shape="circle-check",
    )
