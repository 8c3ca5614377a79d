"""The list of one's own bills, with the next step for each."""

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.buttons import link_button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.explain_links import explained
from mobile_selfservice.components.links import link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import bill_status
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import either, unseen, when
from mobile_selfservice.pages.bills.state import BillsState
from mobile_selfservice.session_state import screen

VIEW = BillsState.view
COLUMNS = (
    Column("Month"),
    Column("Number"),
    Column("State"),
    Column("Certify by"),
    Column("Amount", numeric=True),
    Column("Next step"),
)


def bills() -> rx.Component:
    """Lay out one's own bills, newest month first."""
    return screen(
        "My bills",
        when(
            VIEW.is_loaded,
            data_table(
                VIEW.waiting,
                COLUMNS,
                VIEW.lines,
                bill_cells,
                empty=empty_state(
                    "No bills yet",
                    "Your bill appears here once Finance has checked and released it. "
                    "You get a letter then.",
                ),
            ),
            page_skeleton(),
        ),
        here="/bills",
        lead="Say which calls were personal, sign, and pay what you owe.",
    )


def bill_cells(bill: rx.Var) -> list:
    """Draw the cells of one bill."""
    return [
        link(bill.month, href=bill.href),
        stack(bill.number, rx.el.span(bill.plan, class_name="muted"), gap="sm"),
        stack(
            bill_status(bill.state, bill.days_overdue),
            when(bill.progress, rx.el.span(bill.progress, class_name="muted")),
            gap="sm",
        ),
        stack(
            explained(bill.due, "due-date", bill.record, bill.month),
            when(bill.left, rx.el.span(bill.left, class_name="muted")),
            gap="sm",
        ),
        stack(
            money(explained(bill.owed, "bill", bill.record, bill.month)),
            when(bill.paid, rx.el.span(bill.paid, class_name="muted")),
            gap="sm",
        ),
        either(
            bill.is_next, step_button(bill, "primary"), step_button(bill, "secondary")
        ),
    ]


def step_button(bill: rx.Var, kind: str) -> rx.Component:
    """Lead to what the bill needs next."""
    return link_button(
        bill.action,
        unseen(" ", bill.month, ", ", bill.number),
        href=bill.href,
        kind=kind,
    )
