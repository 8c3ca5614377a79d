"""The screen on which an employee hands in what is owed."""

import reflex as rx

from mobile_selfservice.components.arrange import main_and_aside, section, stack
from mobile_selfservice.components.buttons import actions, link_button, primary
from mobile_selfservice.components.cards import (
    callout,
    card,
    facts,
    figure_card,
    figures,
)
from mobile_selfservice.components.corrections import correction_card
from mobile_selfservice.components.explain_links import (
    AMOUNT,
    BALANCE,
    DUE,
    explain_links,
)
from mobile_selfservice.components.forms import (
    checkbox,
    form,
    money_field,
    radio_group,
    text_field,
)
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.payments import payments_table
from mobile_selfservice.components.progress import (
    BILL_STEPS,
    page_skeleton,
    stepper,
)
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.pay.state import PayState
from mobile_selfservice.session_state import screen

VIEW = PayState.view


def pay() -> rx.Component:
    """Lay out what is owed, the form, and what was handed in before."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            rx.fragment(
                back_link("Back to the statement", href=VIEW.statement_href),
                stepper(BILL_STEPS, VIEW.step),
                standing(),
                main_and_aside(
                    stack(when(VIEW.can_pay, pay_form(), nothing_to_pay())),
                    where_to_pay(),
                ),
                when(
                    VIEW.payments.length() > 0,
                    section("Handed in so far", payments_table(VIEW.payments)),
                ),
                when(
                    VIEW.corrections.length() > 0,
                    section(
                        "Corrections after you signed",
                        rx.foreach(VIEW.corrections, correction_card),
                        lead="The carrier sent a corrected invoice. What you signed "
                        "stays as it is; an accepted correction is added to it.",
                    ),
                ),
            ),
            page_skeleton(),
        ),
        here="/bills",
        lead="What you hand in counts from the day you enter it here. Finance confirms "
        "it and sends you a receipt.",
    )


def standing() -> rx.Component:
    """Show the four figures that matter."""
    return stack(
        figures(
            figure_card("Owed", VIEW.owed),
            figure_card("Waits for Finance", VIEW.waiting),
            figure_card("Received by Finance", VIEW.paid),
            figure_card(
                "Still to hand in",
                VIEW.room,
                tone=rx.cond(VIEW.can_pay, "warn", "neutral"),
            ),
        ),
        explain_links(VIEW.record, AMOUNT, BALANCE, DUE),
        gap="sm",
    )


def pay_form() -> rx.Component:
    """Ask how much, how, and for payroll the consent."""
    return card(
        form(
            rx.el.input(type="hidden", name="form", value=PayState.form_number),
            money_field(
                "Amount",
                "amount",
                default_value=VIEW.room_typed,
                hint="All of it, or a part now and the rest later.",
                required=True,
                max_length=12,
                auto_complete="off",
            ),
            radio_group(
                "How do you pay?",
                "method",
                VIEW.methods,
                default_value=VIEW.first_method,
                on_change=PayState.choose,
            ),
            rx.match(
                PayState.method,
                ("payroll", consent()),
                ("check", reference("Check number", "")),
                reference("Reference", "Such as the number of a receipt."),
            ),
            actions(primary("Hand it in", type="submit")),
            on_submit=PayState.hand_in,
            key=PayState.form_number,
        ),
        title="Hand money in",
    )


def reference(label: str, hint: str) -> rx.Component:
    """Ask for what finance will find the money by."""
    return text_field(
        label,
        "reference",
        hint=hint,
        optional=bool(hint),
        max_length=80,
        auto_complete="off",
    )


def consent() -> rx.Component:
    """Show the consent on file, or the exact words to sign."""
    return when(
        VIEW.has_consent,
        callout(
            rx.el.p(VIEW.consent),
            link("Withdraw it under My account", href="/account"),
            title="Your written consent is on file",
        ),
        rx.el.fieldset(
            rx.el.legend("Written consent to a payroll deduction"),
            rx.el.blockquote(VIEW.consent, class_name="sentence"),
            checkbox("I agree to this.", "agreed"),
            text_field(
                "Your name, typed as your signature",
                "typed_name",
                max_length=100,
                auto_complete="name",
            ),
            class_name="stack stack-md",
        ),
    )


def nothing_to_pay() -> rx.Component:
    """Say why there is no form."""
    return card(
        callout(VIEW.closing, tone=rx.cond(VIEW.is_certified, "success", "info")),
        actions(
            when(
                VIEW.is_certified,
                link_button("Open the statement", href=VIEW.statement_href),
                link_button("Certify the bill", href=VIEW.certify_href, kind="primary"),
            )
        ),
    )


def where_to_pay() -> rx.Component:
    """Say for what, by when and to whom."""
    return card(
        facts(("Phone", VIEW.line), ("Due", VIEW.due), ("Pay to", VIEW.pay_to)),
        when(VIEW.credit, facts(("Credit", VIEW.credit))),
        title="Where to pay",
    )
