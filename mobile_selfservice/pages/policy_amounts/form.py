"""The forms for the next amount of a class, and for a new survey."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import columns
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import card
from mobile_selfservice.components.forms import (
    date_field,
    error_summary,
    error_text,
    form,
    money_field,
    select_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.when import each
from mobile_selfservice.pages.policy_amounts.state import PolicyAmountsState

VIEW = PolicyAmountsState.view
PROBLEMS = PolicyAmountsState.problems
# A form that opens in place of its button takes the focus over (portal.js).
FOCUSED = {"tab_index": -1, "data_focus": "true"}


def amount_form() -> rx.Component:
    """Ask for the amount of a class, beside what limits it."""
    return card(
        rx.el.div(
            form(
                error_summary(PolicyAmountsState.faults),
                rx.el.ul(*each(VIEW.limits, lambda line: rx.el.li(line))),
                columns(
                    select_field("Class", "scope", VIEW.options, error=PROBLEMS.scope),
                    money_field(
                        "Amount a month",
                        "value",
                        error=PROBLEMS.value,
                        required=True,
                        max_length=12,
                        auto_complete="off",
                    ),
                ),
                *what_sets_it("Such as Memo 12 of the Deputy City Manager."),
                on_submit=PolicyAmountsState.set_amount,
                key=PolicyAmountsState.form_number,
            ),
            **FOCUSED,
        ),
        title="Set the next amount",
    )


def survey_form() -> rx.Component:
    """Ask for the surveyed contracts, a few rows more than there are."""
    return card(
        rx.el.div(
            form(
                error_summary(PolicyAmountsState.faults),
                rx.el.p(
                    "One survey is one value: enter all its contracts together. A row "
                    "without carrier, plan and price is left out.",
                    class_name="muted",
                ),
                *each(PolicyAmountsState.rows, survey_row),
                error_text(PROBLEMS.value, "value"),
                actions(
                    button("More rows", on_click=PolicyAmountsState.more_rows),
                ),
                *what_sets_it("Where the prices come from, such as a memo or a list."),
                on_submit=PolicyAmountsState.set_survey,
                key=PolicyAmountsState.form_number,
            ),
            **FOCUSED,
        ),
        title="Enter a new survey",
    )


def survey_row(one: Any) -> rx.Component:
    """Ask for one contract."""
    return rx.el.fieldset(
        rx.el.legend("Contract ", one.place),
        columns(
            text_field(
                "Carrier",
                f"carrier_{one.place}",
                default_value=one.carrier,
                max_length=60,
                auto_complete="off",
            ),
            text_field(
                "Plan",
                f"plan_{one.place}",
                default_value=one.plan,
                max_length=60,
                auto_complete="off",
            ),
            select_field(
                "For",
                f"class_{one.place}",
                VIEW.options,
                default_value=one.stipend_class,
            ),
            money_field(
                "Price a month",
                f"price_{one.place}",
                default_value=one.price,
                max_length=12,
                auto_complete="off",
            ),
            date_field(
                "Surveyed on",
                f"surveyed_on_{one.place}",
                default_value=one.surveyed_on,
            ),
        ),
        class_name="field",
    )


def what_sets_it(document: str) -> tuple[rx.Component, ...]:
    """Ask from when, by which document and why."""
    return (
        columns(
            date_field(
                "Applies from",
                "valid_from",
                default_value=VIEW.today,
                error=PROBLEMS.valid_from,
                required=True,
            ),
            text_field(
                "Document",
                "authority",
                hint=document,
                error=PROBLEMS.authority,
                required=True,
                max_length=120,
                auto_complete="off",
            ),
        ),
        text_area(
            "Reason",
            "reason",
            hint="At least 10 characters. Everybody can read it.",
            error=PROBLEMS.reason,
            required=True,
            max_length=500,
            rows=2,
        ),
        actions(
            primary("Set it", type="submit"),
            button("Not now", kind="quiet", on_click=PolicyAmountsState.leave),
        ),
    )
