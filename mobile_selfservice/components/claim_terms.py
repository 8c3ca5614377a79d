"""The fields for the terms of an employee's own phone contract, and claims' badges."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import columns
from mobile_selfservice.components.forms import (
    checkbox,
    date_field,
    money_field,
    number_field,
    text_field,
)
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.when import when

# Each state of a claim: its badge's words and tone.
CLAIM_STATES = {
    "draft": ("Draft", "neutral"),
    "submitted": ("Waits for the director", "info"),
    "returned": ("Sent back to correct", "warn"),
    "approved": ("Approved", "success"),
    "paid": ("Paid", "success"),
    "refused": ("Refused", "danger"),
    "withdrawn": ("Taken back", "neutral"),
}


@dataclass(frozen=True)
class TermsTyped:
    """The terms as the fields show them."""

    carrier: str = ""
    period_from: str = ""
    period_through: str = ""
    base_charges: str = ""
    taxes: str = ""
    allowance_minutes: str = ""
    is_unlimited: bool = False
    total_minutes: str = ""
    employer_plan: str = ""
    outage_from: str = ""
    outage_through: str = ""


def claim_badge(state: Any) -> rx.Component:
    """Show where a claim stands."""
    cases = [(name, badge(words, tone)) for name, (words, tone) in CLAIM_STATES.items()]
    return rx.match(state, *cases, badge("Draft", "neutral"))


def terms_fields(typed: Any, asks_total: Any, asks_plan: Any) -> rx.Component:
    """Ask for the terms of one bill of the employee's own phone."""
    return rx.fragment(
        text_field(
            "Carrier",
            "carrier",
            default_value=typed.carrier,
            max_length=60,
            required=True,
            auto_complete="off",
        ),
        columns(
            date_field(
                "First day of the billing period",
                "period_from",
                default_value=typed.period_from,
                required=True,
            ),
            date_field(
                "Last day of the billing period",
                "period_through",
                default_value=typed.period_through,
                required=True,
            ),
        ),
        columns(
            money_field(
                "Base charges",
                "base_charges",
                default_value=typed.base_charges,
                hint="The monthly price of your plan, without taxes.",
                max_length=12,
                required=True,
                auto_complete="off",
            ),
            money_field(
                "Taxes on them",
                "taxes",
                default_value=typed.taxes,
                hint="Taxes and fees of the plan. None: leave it empty.",
                max_length=12,
                auto_complete="off",
            ),
        ),
        number_field(
            "Minutes your plan includes",
            "allowance_minutes",
            default_value=typed.allowance_minutes,
            hint="A month’s minutes. Leave it empty for a plan without a limit.",
            max_length=9,
            auto_complete="off",
        ),
        checkbox(
            "My plan has no limit of minutes",
            "unlimited",
            default_checked=typed.is_unlimited,
        ),
        when(asks_total, total_field(typed)),
        when(asks_plan, plan_field(typed)),
        outage_fields(typed),
    )


def total_field(typed: Any) -> rx.Component:
    """Ask for all minutes of the bill, for a share by minutes."""
    return number_field(
        "Minutes of the whole bill",
        "total_minutes",
        default_value=typed.total_minutes,
        max_length=9,
        auto_complete="off",
    )


def plan_field(typed: Any) -> rx.Component:
    """Ask for the price of the employer's plan, for a fraction of it."""
    return money_field(
        "Price of the employer’s plan",
        "employer_plan",
        default_value=typed.employer_plan,
        max_length=12,
        auto_complete="off",
    )


def outage_fields(typed: Any) -> rx.Component:
    """Ask for the days a City phone did not work."""
    return rx.el.fieldset(
        rx.el.legend("Days your City phone did not work"),
        rx.el.p(
            "Only if you carry a City phone. Calls of these days may be claimed, the "
            "first and the last included; your director confirms them.",
            class_name="hint",
        ),
        columns(
            date_field("First day", "outage_from", default_value=typed.outage_from),
            date_field(
                "Last day", "outage_through", default_value=typed.outage_through
            ),
        ),
        class_name="stack stack-sm",
    )
