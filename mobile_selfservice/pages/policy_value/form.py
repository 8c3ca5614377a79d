"""The form for the next value, or to adopt the reading of the one in force."""

import reflex as rx

from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import card
from mobile_selfservice.components.forms import (
    date_field,
    error_summary,
    form,
    select_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.policy_value.state import PolicyValueState

FORM = PolicyValueState.form
PROBLEMS = PolicyValueState.problems
# A form that opens in place of its button takes the focus over (portal.js).
FOCUSED = {"tab_index": -1, "data_focus": "true"}


def set_form() -> rx.Component:
    """Ask for the value, its first day, the document and the reason."""
    return card(
        rx.el.div(
            form(
                error_summary(PolicyValueState.faults),
                when(FORM.adopts, adopted_value(), value_fields()),
                date_field(
                    "Applies from",
                    "valid_from",
                    default_value=FORM.first_day,
                    hint="A call, a text or a statement of that day or later is under "
                    "this value.",
                    error=PROBLEMS.valid_from,
                    required=True,
                ),
                text_field(
                    "Document",
                    "authority",
                    hint="The memo, resolution or form that sets it, such as Memo 12.",
                    error=PROBLEMS.authority,
                    required=True,
                    max_length=120,
                    auto_complete="off",
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
                    button("Not now", kind="quiet", on_click=PolicyValueState.leave),
                ),
                on_submit=PolicyValueState.send,
                key=PolicyValueState.form_number,
            ),
            **FOCUSED,
        ),
        title=FORM.title,
    )


def adopted_value() -> rx.Component:
    """Say what stays as it is while its reading is adopted."""
    return rx.el.p(
        "The value stays: ",
        rx.el.strong(FORM.current),
        ". From the day below its working says who adopted reading ",
        FORM.reading,
        ", and by which document.",
    )


def value_fields() -> rx.Component:
    """Ask for the value in the way its kind is typed."""
    said = {"error": PROBLEMS.value, "default_value": FORM.filled, "required": True}
    return rx.fragment(
        when(
            FORM.scope_name,
            text_field(
                FORM.scope_name,
                "scope",
                hint="What this value is for. Empty is everything without its own.",
                default_value=FORM.scope,
                error=PROBLEMS.scope,
                max_length=60,
                auto_complete="off",
            ),
        ),
        rx.match(
            FORM.control,
            ("choice", select_field("Value", "value", FORM.options, **said)),
            ("day", date_field("Value", "value", **said)),
            (
                "lines",
                text_area(
                    "Value", "value", hint=FORM.hint, rows=6, max_length=4000, **said
                ),
            ),
            text_field(
                "Value",
                "value",
                hint=FORM.hint,
                max_length=200,
                auto_complete="off",
                **said,
            ),
        ),
    )
