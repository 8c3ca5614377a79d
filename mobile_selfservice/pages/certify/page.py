"""The calm screen on which an employee reads once more, and signs."""

import reflex as rx

from mobile_selfservice.components.amounts import amount_list
from mobile_selfservice.components.arrange import main_and_aside, section, stack
from mobile_selfservice.components.buttons import (
    actions,
    button,
    link_button,
    primary,
)
from mobile_selfservice.components.cards import callout, card, empty_state, facts
from mobile_selfservice.components.explain_links import (
    AMOUNT,
    DUE,
    Shown,
    explain_links,
)
from mobile_selfservice.components.forms import checkbox, error_text, form
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.money import amount_due, money
from mobile_selfservice.components.progress import (
    BILL_STEPS,
    page_skeleton,
    stepper,
)
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.certify.state import CertifyState
from mobile_selfservice.session_state import screen

VIEW = CertifyState.view


def certify() -> rx.Component:
    """Lay out what is signed beside the facts of the bill."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            rx.fragment(
                back_link("Back to the bill", href=VIEW.bill_href),
                when(VIEW.signed_on, already_signed(), to_sign()),
            ),
            page_skeleton(),
        ),
        here="/bills",
        lead="Read what you sign. Once signed it cannot be changed by anyone; only the "
        "department director can send it back to you.",
    )


def to_sign() -> rx.Component:
    """Show the statement, its amounts and the place to sign."""
    return rx.fragment(
        stepper(BILL_STEPS, 1),
        main_and_aside(
            stack(
                when(
                    VIEW.is_again,
                    callout(
                        "The director sent the earlier statement back. What you sign "
                        "now takes its place; the earlier one is kept.",
                        title="Signed once before",
                    ),
                ),
                when(VIEW.late, callout(VIEW.late, title="Late", tone="warn")),
                when(VIEW.why_not, not_ready(), signature()),
                amounts(),
                gap="lg",
            ),
            bill_facts(),
        ),
    )


def signature() -> rx.Component:
    """Give the exact words, the tick under them and the button."""
    return card(
        rx.el.p("You are about to sign: ", rx.el.strong(VIEW.statement)),
        rx.el.blockquote(VIEW.sentence, class_name="sentence"),
        amount_due(VIEW.amount_label, VIEW.amount),
        when(
            VIEW.credit, rx.el.p("The City owes you a credit of ", money(VIEW.credit))
        ),
        form(
            rx.el.div(
                checkbox(
                    "I have read this statement and the amounts, and they are right.",
                    "read",
                    aria_describedby="read-error",
                    aria_invalid=rx.cond(CertifyState.problem, "true", "false"),
                ),
                rx.el.div(error_text(CertifyState.problem, "read"), role="alert"),
            ),
            actions(
                primary("Sign and certify", type="submit"),
                link_button("Change something first", href=VIEW.bill_href),
                button("Read it afresh", kind="quiet", on_click=CertifyState.open),
            ),
            on_submit=CertifyState.sign,
            key=CertifyState.form_number,
        ),
        title="Your statement",
    )


def not_ready() -> rx.Component:
    """Say what must be settled first, and lead there."""
    return card(
        callout(VIEW.why_not, title="Not ready to sign", tone="warn"),
        actions(link_button("Settle it on the bill", href=VIEW.bill_href)),
        title="Your statement",
    )


def amounts() -> rx.Component:
    """List the form's lines and how each came about."""
    return section(
        "How the amount was worked out",
        when(
            VIEW.lines.length() > 0,
            amount_list("Lines of the form", VIEW.lines, VIEW.amount),
            rx.el.p("Nothing on this bill is owed.", class_name="muted"),
        ),
        rx.foreach(VIEW.worked, lambda line: working(line.steps, line.summary)),
        rx.foreach(VIEW.notes, lambda note: callout(note, title="Assumed")),
    )


def bill_facts() -> rx.Component:
    """Name the bill and count its marks."""
    return card(
        facts(
            ("Phone", VIEW.line),
            ("Period", VIEW.period),
            ("Certify by", VIEW.due),
            ("Personal", VIEW.personal),
            ("Incidental", VIEW.incidental),
            ("Business", VIEW.business),
            ("Personal minutes without charge", VIEW.free_minutes),
            ("Policy", VIEW.policy),
        ),
        explain_links(
            VIEW.record, AMOUNT, DUE, Shown("statement", "which statement fits")
        ),
        title="The bill",
    )


def already_signed() -> rx.Component:
    """Say that the bill is certified, and lead to its statement."""
    return empty_state(
        "This bill is certified",
        rx.fragment("You signed it on ", VIEW.signed_on, ". "),
        rx.fragment(
            link_button("Open the statement", href=VIEW.statement_href, kind="primary"),
            link("Look at the bill", href=VIEW.bill_href),
        ),
        shape="badge-check",
    )
