"""The forms of an election: to approve, check, enter, refuse, suspend and end."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import columns, section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout
from mobile_selfservice.components.forms import (
    checkbox,
    date_field,
    form,
    labeled,
    money_field,
    number_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.election.state import ElectionPageState

VIEW = ElectionPageState.view
OUTCOME = ElectionPageState.outcome
KEY = ElectionPageState.form_number
READ = "At least 10 characters. The employee reads it."


def approval_form() -> rx.Component:
    """Ask for the need, and approve."""
    return section(
        "Approve",
        form(
            when(VIEW.return_note, callout(VIEW.return_note, tone="warn")),
            when(VIEW.likely, rx.el.p(VIEW.likely)),
            when(VIEW.need_note, callout(VIEW.need_note, tone="info")),
            when(VIEW.needs_reasons, need_fields()),
            actions(primary("Approve", type="submit")),
            on_submit=ElectionPageState.approve,
            key=KEY,
        ),
        lead="Approving accepts the proof of contract too: open it first.",
    )


def need_fields() -> rx.Component:
    """Ask which reasons of the policy are met."""
    return stack(
        rx.el.fieldset(
            rx.el.legend("Reasons that are met"),
            rx.el.p(
                "At least one of each list of the policy (3.A.1 and 4.B.1).",
                class_name="hint",
            ),
            rx.foreach(VIEW.reasons, reason_tick),
            class_name="field radios",
        ),
        columns(
            number_field(
                "Percent of the day at a fixed work station",
                "fixed_share",
                optional=True,
                max_length=4,
            ),
            number_field(
                "Percent of the day in the field",
                "field_share",
                optional=True,
                max_length=4,
            ),
        ),
    )


def reason_tick(reason: Any) -> rx.Component:
    """Offer one reason."""
    return checkbox(reason.words, reason.name, hint=reason.clause)


def check_form() -> rx.Component:
    """Ask what Information Systems found, work it out, and keep it."""
    return section(
        "Check the phone",
        when(OUTCOME.is_shown, outcome()),
        rx.el.div(
            form(
                checkbox(
                    "The phone synchronizes with work e-mail by itself",
                    "synchronizes",
                    default_checked=VIEW.synchronizes,
                ),
                when(VIEW.takes_over == "", return_fields()),
                money_field(
                    "What a City phone’s plan would cost a month",
                    "city_quote",
                    hint="Needed where the employee has had no City phone; otherwise "
                    "the average of its last bills counts.",
                    optional=True,
                    max_length=12,
                    auto_complete="off",
                ),
                actions(primary("Work it out", type="submit")),
                on_submit=ElectionPageState.work_out,
                key=KEY,
            ),
            hidden=OUTCOME.is_shown,
        ),
        lead="The list of phones that qualify is a value of the policy; the portal "
        "looks the model up there.",
    )


def return_fields() -> rx.Component:
    """Ask for the City phone that is given up, and what its contract costs then."""
    return stack(
        when(
            VIEW.city_phone,
            callout(
                "The employee carries a City phone (",
                VIEW.city_phone,
                "). Say on which day it came back.",
                tone="warn",
            ),
        ),
        when(
            VIEW.given_back,
            callout(
                "The employee gave a City phone back on ",
                VIEW.given_back_in_words,
                ". Say what the carrier charges for ending its contract.",
                tone="warn",
            ),
        ),
        date_field(
            "The City phone came back on",
            "returned_on",
            default_value=VIEW.given_back,
            hint="Leave it empty if there was no City phone.",
            optional=True,
        ),
        money_field(
            "The carrier’s quote for ending its contract",
            "quote",
            hint="0 where it charges nothing.",
            optional=True,
            max_length=12,
            auto_complete="off",
        ),
        fee_fields(),
    )


def fee_fields() -> rx.Component:
    """Ask for the contract, where the fee schedule says the penalty."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "No quote: by the fee schedule"),
        stack(
            text_field(
                "Carrier", "carrier", optional=True, max_length=80, auto_complete="off"
            ),
            date_field("The contract began on", "contract_on", optional=True),
            number_field(
                "Whole months it has run",
                "completed_months",
                optional=True,
                max_length=3,
            ),
        ),
        class_name="working",
    )


def outcome() -> rx.Component:
    """Show what the check leads to, before it is kept."""
    return stack(
        callout(
            OUTCOME.sentence,
            title="What this comes to",
            tone=rx.cond(OUTCOME.is_granted, "success", "danger"),
        ),
        working(OUTCOME.steps),
        actions(
            primary(
                rx.cond(
                    OUTCOME.is_granted, "Pass it on to payroll", "Refuse by the policy"
                ),
                on_click=ElectionPageState.keep_check,
            ),
            button("Change what I found", on_click=ElectionPageState.change),
        ),
        tab_index=-1,
        data_focus="true",
    )


def payroll_form() -> rx.Component:
    """Let finance enter the stipend."""
    return section(
        "Enter for payroll",
        rx.el.p("The Personnel Action Form above has the amount and the first month."),
        actions(primary("Enter it", on_click=ElectionPageState.enter)),
    )


def refusal_form() -> rx.Component:
    """Let the election be refused, for a reason."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "Refuse the election"),
        reason_form(ElectionPageState.refuse, "Refuse", READ, "refuse-reason"),
        class_name="working",
    )


def proof_form() -> rx.Component:
    """Let a proof that waits be accepted or declined."""
    return section(
        "Look at the proof",
        actions(primary("Accept the proof", on_click=ElectionPageState.accept_proof)),
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "It does not prove the contract"),
            reason_form(
                ElectionPageState.decline_proof, "Decline", READ, "decline-reason"
            ),
            class_name="working",
        ),
        lead="Compare the paper with what was typed: the carrier, the cost of this "
        "line, whether it is prepaid, and the end.",
    )


def holding_forms() -> rx.Component:
    """Offer what can be done with a stipend that is held."""
    return rx.fragment(
        when(
            VIEW.may_request,
            rx.el.details(
                rx.el.summary(icon("chevron-right"), "Ask for a proof of contract now"),
                reason_form(
                    ElectionPageState.request_proof, "Ask for it", READ, "ask-reason"
                ),
                class_name="working",
            ),
        ),
        when(
            VIEW.may_restore,
            section(
                "Let it go on",
                actions(
                    button("It may be paid again", on_click=ElectionPageState.restore)
                ),
                lead="Once the account is active again, or the City phone is back.",
            ),
        ),
        when(
            VIEW.may_end,
            stack(
                rx.el.details(
                    rx.el.summary(
                        icon("chevron-right"), "The employee’s account is not active"
                    ),
                    reason_form(
                        ElectionPageState.suspend, "Suspend", READ, "suspend-reason"
                    ),
                    class_name="working",
                ),
                rx.el.details(
                    rx.el.summary(icon("chevron-right"), "End the stipend"),
                    end_form(),
                    class_name="working",
                ),
            ),
        ),
    )


def end_form() -> rx.Component:
    """Ask for the last month and why."""
    return form(
        labeled(
            rx.el.input,
            "The last month that is paid",
            "last_month",
            type="month",
            hint="A month begun is paid whole.",
            required=True,
        ),
        text_area(
            "Reason",
            "reason",
            hint=READ,
            id="end-reason",
            required=True,
            max_length=400,
            rows=2,
        ),
        actions(button("End it", type="submit", kind="danger")),
        on_submit=ElectionPageState.end,
        key=KEY,
    )


def reason_form(on_submit: Any, words: str, hint: str, key: str) -> rx.Component:
    """Ask for a reason that is kept."""
    return form(
        text_area(
            "Reason",
            "reason",
            hint=hint,
            id=key,
            required=True,
            max_length=400,
            rows=2,
        ),
        actions(button(words, type="submit", kind="danger")),
        on_submit=on_submit,
        key=KEY,
    )
