"""What is asked before a value is set, approved, declined or withdrawn."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import form, text_area
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.policy_value.form import FOCUSED
from mobile_selfservice.pages.policy_value.state import PolicyValueState

WEIGHED = PolicyValueState.weighed
ANSWERING = PolicyValueState.answering
ALTERED = (
    Column("Holder"),
    Column("Month"),
    Column("Now", numeric=True),
    Column("Then", numeric=True),
)


def review_dialog() -> rx.Component:
    """Show what a value alters before it is set."""
    return confirm_dialog(
        WEIGHED.is_open,
        WEIGHED.title,
        altered(WEIGHED),
        when(WEIGHED.second, callout(WEIGHED.second, tone="warn")),
        confirm=primary("Set it", on_click=PolicyValueState.confirm),
        on_cancel=PolicyValueState.go_back,
    )


def altered(told: Any) -> rx.Component:
    """Say which bills come out differently."""
    return stack(
        rx.el.p(told.open_bills),
        when(
            told.largest.length() > 0,
            data_table(
                "The largest differences",
                ALTERED,
                told.largest,
                lambda each: (each.holder, each.month, each.before, each.after),
            ),
        ),
        rx.el.p(told.signed),
    )


def answer_section() -> rx.Component:
    """Ask about a value that waits or is to come."""
    return card(
        rx.el.div(
            when(
                ANSWERING.act == "approve",
                stack(
                    altered(ANSWERING),
                    actions(
                        primary("Approve it", on_click=PolicyValueState.approve),
                        leave_button(),
                    ),
                ),
                form(
                    text_area(
                        "Reason",
                        "reason",
                        hint="At least 10 characters. Everybody can read it.",
                        required=True,
                        max_length=500,
                        rows=2,
                    ),
                    actions(
                        button(
                            rx.cond(
                                ANSWERING.act == "decline", "Decline it", "Withdraw it"
                            ),
                            type="submit",
                            kind="danger",
                        ),
                        leave_button(),
                    ),
                    on_submit=PolicyValueState.answer,
                    key=PolicyValueState.form_number,
                ),
            ),
            **FOCUSED,
        ),
        title=ANSWERING.title,
    )


def leave_button() -> rx.Component:
    """Offer to do nothing."""
    return button("Not now", kind="quiet", on_click=PolicyValueState.leave)
