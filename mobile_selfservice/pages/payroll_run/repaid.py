"""What was paid back elsewhere of an amount that a run holds back."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.forms import (
    date_field,
    form,
    money_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.money import money
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import unseen
from mobile_selfservice.pages.payroll_run.state import PayrollRunState

VIEW = PayrollRunState.view
REPAID = (
    Column("Employee"),
    Column("Too much for"),
    Column("Paid back", numeric=True),
    Column("On"),
    Column("Reference and reason"),
    Column("Recorded by"),
)


def repaid_button(each: Any) -> rx.Component:
    """Offer to record that one amount was paid back elsewhere."""
    return button(
        "Paid back elsewhere",
        unseen(" by ", each.name),
        kind="quiet",
        on_click=PayrollRunState.ask_repaid(each.stipend_id, each.corrects_run_id),
    )


def repaid_form() -> rx.Component:
    """Ask how much was paid back, when and by what."""
    of = PayrollRunState.repaying
    return section(
        "Paid back elsewhere",
        rx.el.p(of.name, ": ", of.reason, ". Held back: ", of.amount, "."),
        form(
            money_field(
                "How much was paid back",
                "amount",
                default_value=of.typed_amount,
                required=True,
                max_length=12,
                auto_complete="off",
            ),
            date_field("Paid back on", "repaid_on", required=True),
            text_field(
                "Reference",
                "reference",
                hint="By what it can be found: the check’s number, the receipt’s. No "
                "card or phone number.",
                required=True,
                max_length=80,
                auto_complete="off",
            ),
            text_area(
                "Reason",
                "reason",
                hint="At least 10 characters: what was agreed. The employee reads it.",
                required=True,
                max_length=400,
                rows=2,
            ),
            actions(
                primary("Record it", type="submit"),
                button("Not now", kind="quiet", on_click=PayrollRunState.go_back),
            ),
            on_submit=PayrollRunState.record_repaid,
            key=PayrollRunState.form_number,
        ),
        lead="It is recorded for good, the employee gets a letter, and later runs "
        "carry that much less.",
        tab_index=-1,
        data_focus="true",
    )


def repaid() -> rx.Component:
    """List what was paid back elsewhere."""
    return section(
        "Paid back elsewhere, recorded",
        data_table(
            unseen("Paid back elsewhere, oldest first"),
            REPAID,
            VIEW.repaid,
            lambda each: (
                rx.el.span(each.name),
                rx.el.span(each.period),
                money(each.amount),
                rx.el.span(each.on),
                stack(
                    rx.el.span(each.reference),
                    rx.el.span(each.reason, class_name="muted"),
                    gap="sm",
                ),
                rx.el.span(each.recorded_by),
            ),
        ),
        lead="Of what this run paid too much, or recorded while it was open.",
    )
