"""The screen on which finance confirms, declines or takes back one bill's payments."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, spread, stack
from mobile_selfservice.components.buttons import actions, button, primary
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
    form,
    money_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.payments import payments_table
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import bill_status
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.pages.payment.state import PaymentState
from mobile_selfservice.session_state import screen

VIEW = PaymentState.view
ANSWERING = PaymentState.answering
REVERSING = PaymentState.reversing
DECIDING = PaymentState.deciding
# A form that opens in place of its button takes the focus over (portal.js).
FOCUSED = {"tab_index": -1, "data_focus": "true"}


def payment() -> rx.Component:
    """Lay out the figures, what waits, and every entry so far."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            stack(
                spread(
                    back_link("Payments", href="/payments"),
                    button(
                        "Show it as it is now", kind="quiet", on_click=PaymentState.open
                    ),
                ),
                standing(),
                when(VIEW.corrections.length() > 0, what_was_corrected()),
                when(VIEW.may_act, what_waits()),
                section("Every payment of this bill", payments_table(VIEW.payments)),
                when(VIEW.may_act, what_can_come_back()),
                bill_facts(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/payments",
        lead=VIEW.lead,
    )


def standing() -> rx.Component:
    """Show the figures."""
    return rx.fragment(
        figures(
            figure_card("Owed", VIEW.owed),
            figure_card("Waits for Finance", VIEW.waiting),
            figure_card("Received", VIEW.paid),
            figure_card("Still owed", VIEW.still_owed),
        ),
        explain_links(VIEW.record, AMOUNT, BALANCE, DUE),
        when(
            VIEW.credit,
            callout("The employee has a credit of ", VIEW.credit, ".", tone="info"),
        ),
        when(
            VIEW.is_sent_back,
            callout(
                "The director sent the statement back. The amounts are those signed "
                "before; the employee will sign again."
            ),
        ),
    )


def what_was_corrected() -> rx.Component:
    """Show what a corrected invoice changes, and let finance decide on it."""
    return section(
        "Corrections",
        rx.foreach(VIEW.corrections, correctable),
        lead="The carrier corrected the invoice after this bill was signed. The signed "
        "statement stays; an accepted correction is an entry of its own.",
    )


def correctable(each: Any) -> rx.Component:
    """Show one correction with its form, or the button that opens it."""
    chosen = DECIDING.correction_id == each.correction_id
    return correction_card(
        each,
        when(
            each.may_act,
            when(
                chosen,
                decision_form(),
                actions(
                    primary(
                        "Decide on it",
                        aria_label=f"Decide on it: {each.label}",
                        on_click=PaymentState.decide_on(each.correction_id),
                    )
                ),
            ),
        ),
    )


def decision_form() -> rx.Component:
    """Ask whether the correction counts, and why not."""
    return rx.el.div(
        when(
            DECIDING.may_accept,
            form(
                form_number(),
                text_area(
                    "Remark",
                    "reason",
                    hint="If there is something to say. The employee reads it.",
                    max_length=400,
                    rows=2,
                ),
                actions(
                    primary("Accept the correction", type="submit"),
                    button("Not now", kind="quiet", on_click=PaymentState.leave),
                ),
                on_submit=PaymentState.accept_correction,
                key=PaymentState.form_number,
            ),
        ),
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "It does not count"),
            form(
                form_number(),
                reason_field("The employee reads it in a letter."),
                actions(button("Decline", type="submit", kind="danger")),
                on_submit=PaymentState.decline_correction,
                key=PaymentState.form_number,
            ),
            class_name="working",
        ),
        class_name="stack stack-md",
        **FOCUSED,
    )


def what_waits() -> rx.Component:
    """Offer each tender that waits, and the form for the one chosen."""
    return section(
        "Waiting for you",
        when(
            VIEW.to_answer.length() > 0,
            stack(rx.foreach(VIEW.to_answer, answerable)),
            callout("Nothing waits on this bill.", tone="success"),
        ),
    )


def answerable(each: Any) -> rx.Component:
    """Show one tender with its form, or the button that opens it."""
    chosen = ANSWERING.tender_id == each.tender_id
    return card(
        spread(
            rx.el.p(each.label),
            when(
                chosen,
                rx.fragment(),
                primary(
                    "Confirm or decline",
                    on_click=PaymentState.answer(each.tender_id),
                ),
            ),
        ),
        when(chosen, answer_form()),
    )


def answer_form() -> rx.Component:
    """Ask what arrived, or why it did not."""
    return rx.el.div(
        form(
            form_number(),
            money_field(
                "Amount received",
                "amount",
                default_value=ANSWERING.waiting_typed,
                hint="If only a part arrived, enter that part; the rest stays waiting.",
                required=True,
                max_length=12,
                auto_complete="off",
            ),
            text_field(
                "Reference",
                "reference",
                hint="Where it is in your books: a drawer, deposit or check number. "
                "Never a card number.",
                required=True,
                max_length=80,
                auto_complete="off",
            ),
            actions(
                primary("Confirm receipt", type="submit"),
                button("Not now", kind="quiet", on_click=PaymentState.leave),
            ),
            on_submit=PaymentState.confirm,
            key=PaymentState.form_number,
        ),
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "It did not arrive"),
            form(
                form_number(),
                reason_field("The employee reads it in a letter."),
                actions(button("Decline", type="submit", kind="danger")),
                on_submit=PaymentState.decline,
                key=PaymentState.form_number,
            ),
            class_name="working",
        ),
        class_name="stack stack-md",
        **FOCUSED,
    )


def form_number() -> rx.Component:
    """Send back which form this is, so that a second click is known as one."""
    return rx.el.input(type="hidden", name="form", value=PaymentState.form_number)


def reason_field(hint: str) -> rx.Component:
    """Ask for a reason that is kept."""
    return text_area(
        "Reason",
        "reason",
        hint=f"At least 10 characters. {hint}",
        required=True,
        max_length=400,
        rows=2,
    )


def what_can_come_back() -> rx.Component:
    """Offer every payment that can still be taken back."""
    return when(
        VIEW.to_reverse.length() > 0,
        section(
            "A payment came back?",
            stack(rx.foreach(VIEW.to_reverse, reversible)),
            lead="A returned check or a failed deduction is a new entry; the payment "
            "itself is kept as it was written.",
        ),
    )


def reversible(each: Any) -> rx.Component:
    """Show one payment with its form, or the button that opens it."""
    chosen = REVERSING.payment_id == each.payment_id
    return card(
        spread(
            rx.el.p(each.label),
            when(
                chosen,
                rx.fragment(),
                button(
                    "It came back", on_click=PaymentState.take_back(each.payment_id)
                ),
            ),
        ),
        when(chosen, reverse_form()),
    )


def reverse_form() -> rx.Component:
    """Ask why the payment came back."""
    return form(
        form_number(),
        reason_field("It stands on the receipt and in the employee's letter."),
        actions(
            button("Take the payment back", type="submit", kind="danger"),
            button("Not now", kind="quiet", on_click=PaymentState.leave),
        ),
        on_submit=PaymentState.reverse,
        key=PaymentState.form_number,
        **FOCUSED,
    )


def bill_facts() -> rx.Component:
    """Name the bill and lead to its statement."""
    return card(
        facts(
            ("State", bill_status(VIEW.state)),
            ("Department", VIEW.department),
            ("Phone", VIEW.line),
            ("Due", VIEW.due),
        ),
        link("The signed statement", href=VIEW.statement_href),
        title="The bill",
    )
