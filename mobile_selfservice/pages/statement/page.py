"""The form "Cellular Telephone Use – Reimbursement for Personal Use", signed."""

import reflex as rx

from mobile_selfservice.components.amounts import amount_list
from mobile_selfservice.components.arrange import main_and_aside, row, section, stack
from mobile_selfservice.components.buttons import actions, link_button
from mobile_selfservice.components.cards import callout, card, empty_state, facts
from mobile_selfservice.components.explain_links import (
    AMOUNT,
    BALANCE,
    DUE,
    explain_links,
)
from mobile_selfservice.components.links import back_link, file_link, link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.payments import payments_table
from mobile_selfservice.components.progress import (
    BILL_STEPS,
    page_skeleton,
    stepper,
)
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.statement.state import StatementState
from mobile_selfservice.session_state import screen

VIEW = StatementState.view


def statement() -> rx.Component:
    """Lay out the form, or say that it is not signed yet."""
    return screen(
        "Cellular Telephone Use – Reimbursement for Personal Use",
        when(
            VIEW.is_loaded,
            when(VIEW.is_signed, signed(), unsigned()),
            page_skeleton(),
        ),
        here="/bills",
        lead=VIEW.employer,
    )


def signed() -> rx.Component:
    """Show the signed form and the next step beside it."""
    return rx.fragment(
        when(VIEW.is_own, back_link("Back to the bill", href=VIEW.bill_href)),
        when(VIEW.is_own, stepper(BILL_STEPS, VIEW.step)),
        when(
            VIEW.notice,
            rx.el.div(callout(VIEW.notice, tone="success"), role="status"),
        ),
        main_and_aside(
            stack(certification(), amounts(), money_part(), proof(), gap="lg"),
            stack(next_step(), bill_facts()),
        ),
    )


def next_step() -> rx.Component:
    """Lead on: to paying, or nowhere when all is done; and to the paper."""
    return card(
        rx.el.p(VIEW.next_step),
        actions(
            when(
                VIEW.to_pay,
                link_button("Pay ", VIEW.to_pay, href=VIEW.pay_href, kind="primary"),
            ),
            when(
                VIEW.is_own & VIEW.is_sent_back,
                link_button("Back to the bill", href=VIEW.bill_href, kind="primary"),
            ),
        ),
        file_link("The form as PDF", href=VIEW.pdf_href),
        link("History of this bill", href=VIEW.history_href),
        title="What comes next",
    )


def certification() -> rx.Component:
    """Show the words that were signed, by whom and when."""
    return card(
        rx.el.p("Statement: ", rx.el.strong(VIEW.statement)),
        rx.el.blockquote(VIEW.sentence, class_name="sentence"),
        row(
            rx.el.p(VIEW.signed, class_name="muted"),
            badge(VIEW.timing, rx.cond(VIEW.is_late, "warn", "success")),
        ),
        title="Certification",
    )


def amounts() -> rx.Component:
    """List every line of the form with its working."""
    return section(
        "Amount",
        amount_list("Lines of the form", VIEW.lines, VIEW.total),
        rx.foreach(VIEW.worked, lambda line: working(line.steps, line.summary)),
        explain_links(VIEW.record, AMOUNT, DUE),
    )


def money_part() -> rx.Component:
    """Show what was handed in, received and is still owed."""
    return section(
        "Payment",
        when(
            VIEW.payments.length() > 0,
            payments_table(VIEW.payments),
            callout(VIEW.no_payment),
        ),
        facts(
            ("Received by Finance", money(VIEW.paid)),
            ("Still owed", money(VIEW.still_owed)),
        ),
        when(VIEW.credit, facts(("Credit", money(VIEW.credit)))),
        explain_links(VIEW.record, BALANCE),
    )


def bill_facts() -> rx.Component:
    """Name whose bill it is and what its numbers are."""
    return card(
        facts(
            ("Employee", VIEW.employee),
            ("Department", VIEW.department),
            ("Phone", VIEW.line),
            ("Invoice period", VIEW.period),
            ("Invoice", VIEW.invoice),
            ("Received by the department", VIEW.received),
            ("Due", VIEW.due),
            ("Plan", VIEW.plan),
            ("Personal", VIEW.personal),
            ("Incidental", VIEW.incidental),
            ("Personal minutes without charge", VIEW.free_minutes),
            ("Department director", VIEW.director),
        ),
        title="The bill",
    )


def proof() -> rx.Component:
    """Say under which policy it was worked out, and how to prove it."""
    return section(
        "Proof",
        facts(
            ("Policy", VIEW.policy),
            ("Statement number", VIEW.sequence),
            ("Fingerprint", rx.el.code(VIEW.fingerprint, class_name="fingerprint")),
        ),
        lead="The fingerprint is the SHA-256 of everything that was signed.",
    )


def unsigned() -> rx.Component:
    """Say that the bill is not certified, and lead there."""
    return empty_state(
        "Not certified yet",
        "The signed form appears here once the bill has been certified.",
        link_button("Go to the bill", href=VIEW.bill_href),
        shape="file-pen-line",
    )
