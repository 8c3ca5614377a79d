"""The form that says what a code means, and what is asked before it is set."""

import reflex as rx

from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import (
    date_field,
    error_summary,
    form,
    radio_group,
    select_field,
    text_area,
)
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.rate_codes.state import RateCodesState
from mobile_selfservice.pages.rate_codes.weighing import (
    HOW_FAR,
    MEANINGS,
    YES_OR_NO,
)

FORM = RateCodesState.form
PROBLEMS = RateCodesState.problems
WEIGHED = RateCodesState.weighed
WITHDRAWING = RateCodesState.withdrawing
WITHDRAW_FORM = "withdraw-form"
# A form that opens in place of its button takes the focus over (portal.js).
FOCUSED = {"tab_index": -1, "data_focus": "true"}


def code_form() -> rx.Component:
    """Ask what the code means, from which bill on, and how one knows."""
    return card(
        rx.el.div(
            when(FORM.said, rx.el.p(FORM.said, class_name="muted")),
            form(
                error_summary(RateCodesState.faults),
                select_field(
                    "What it means",
                    "usage_class",
                    MEANINGS,
                    default_value=FORM.key.usage_class,
                    error=PROBLEMS.usage_class,
                    required=True,
                ),
                radio_group(
                    "Do its minutes count against the plan?",
                    "counts",
                    YES_OR_NO,
                    default_value=FORM.key.counts,
                    error=PROBLEMS.counts,
                ),
                when(
                    FORM.has_blanks,
                    radio_group(
                        "Which codes",
                        "how_far",
                        HOW_FAR,
                        default_value=FORM.how_far,
                    ),
                ),
                date_field(
                    "First bill date",
                    "valid_from",
                    default_value=FORM.key.first_day,
                    hint="Bills dated that day or later are read so.",
                    error=PROBLEMS.valid_from,
                    required=True,
                ),
                text_area(
                    "How you know",
                    "reason",
                    hint="At least 10 characters, such as the page of the carrier’s "
                    "plan guide. It stays in the history.",
                    error=PROBLEMS.reason,
                    required=True,
                    max_length=500,
                    rows=2,
                ),
                actions(
                    primary("See what it changes", type="submit"),
                    button("Not now", kind="quiet", on_click=RateCodesState.leave),
                ),
                on_submit=RateCodesState.send,
                key=RateCodesState.form_number,
            ),
            **FOCUSED,
        ),
        title=FORM.title,
    )


def weighed_dialog() -> rx.Component:
    """Show what a meaning does before it is set."""
    return confirm_dialog(
        WEIGHED.is_open,
        WEIGHED.title,
        rx.el.p(WEIGHED.meaning),
        rx.el.p(WEIGHED.open_bills),
        rx.el.p(WEIGHED.sums),
        when(WEIGHED.signed, rx.el.p(WEIGHED.signed)),
        when(WEIGHED.own, callout(WEIGHED.own, tone="warn")),
        confirm=primary("Set it", on_click=RateCodesState.confirm),
        on_cancel=RateCodesState.go_back,
    )


def withdraw_dialog() -> rx.Component:
    """Ask why a meaning is taken back."""
    return confirm_dialog(
        WITHDRAWING.code_id > 0,
        rx.fragment("Withdraw what ", WITHDRAWING.code, " means?"),
        rx.el.p(WITHDRAWING.meaning),
        rx.el.p(
            "Open bills are read as if it had not been said. Signed bills stay as "
            "they were signed."
        ),
        form(
            text_area(
                "Reason",
                "reason",
                id="withdraw-reason",
                hint="At least 10 characters. It stays in the history.",
                required=True,
                max_length=500,
                rows=2,
            ),
            on_submit=RateCodesState.withdraw,
            custom_attrs={"id": WITHDRAW_FORM},
        ),
        confirm=button("Withdraw it", kind="danger", type="submit", form=WITHDRAW_FORM),
        on_cancel=RateCodesState.go_back,
    )
