"""What the director decides on a claim, and what finance records."""

import reflex as rx

from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import card
from mobile_selfservice.components.forms import (
    Option,
    checkbox,
    form,
    radio_group,
    text_area,
    text_field,
)
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.pages.claim.state import ClaimState

VIEW = ClaimState.view
ANSWERS = [
    Option("approved", "Approve it", "Finance pays what was worked out."),
    Option("returned", "Send it back", "The employee corrects it and hands it in."),
    Option("refused", "Refuse it", "For good: nothing is paid for it."),
]


def decide_form() -> rx.Component:
    """Ask the director for a decision."""
    return card(
        form(
            rx.el.blockquote(VIEW.sentence, class_name="sentence"),
            radio_group("What do you decide?", "answer", ANSWERS),
            when(
                VIEW.has_outage,
                checkbox(
                    rx.fragment(
                        "I confirm that the City phone did not work: ", VIEW.outage
                    ),
                    "confirms_outage",
                    hint="Needed to approve it.",
                ),
            ),
            text_area(
                "Reason",
                "reason",
                hint="Needed to send it back or refuse it; the employee reads it. "
                "Leave phone numbers out.",
                max_length=500,
                rows=3,
            ),
            actions(primary("Record the decision", type="submit")),
            on_submit=ClaimState.decide,
        ),
        title="Your decision",
    )


def send_back_form() -> rx.Component:
    """Let an approved claim be sent back while it is not paid."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "Send it back before it is paid"),
        form(
            rx.el.input(type="hidden", name="answer", value="returned"),
            text_area(
                "Reason",
                "reason",
                hint="The employee reads it, corrects the claim and hands it in "
                "again. Leave phone numbers out.",
                max_length=500,
                required=True,
                rows=3,
            ),
            actions(button("Send it back", type="submit", kind="danger")),
            on_submit=ClaimState.decide,
        ),
        class_name="working",
    )


def pay_form() -> rx.Component:
    """Ask finance for the reference of the payment."""
    return card(
        form(
            rx.el.p(
                "Pay ",
                rx.el.strong(VIEW.amount),
                " outside the portal, then record it here.",
                when(
                    VIEW.taxable,
                    rx.fragment(" Of it ", VIEW.taxable, " is taxable income."),
                ),
            ),
            text_field(
                "Reference of the payment",
                "reference",
                hint="Such as the number of the check or of the payroll run.",
                max_length=80,
                required=True,
                auto_complete="off",
            ),
            actions(primary("Record the payment", type="submit")),
            on_submit=ClaimState.pay,
        ),
        title="Payment",
    )
