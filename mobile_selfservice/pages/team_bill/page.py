"""The page on which a director reads a signed statement and answers it."""

import reflex as rx

from mobile_selfservice.components.arrange import main_and_aside, row, section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card, facts
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.explain_links import (
    AMOUNT,
    BALANCE,
    DUE,
    Shown,
    explain_links,
)
from mobile_selfservice.components.forms import form, text_area
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.money import amount_due, money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge, bill_status
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.team_bill.state import TeamBillState
from mobile_selfservice.session_state import screen

VIEW = TeamBillState.view
CALLS = TeamBillState.calls


def team_bill() -> rx.Component:
    """Lay out the statement beside the answer to it."""
    return screen(
        VIEW.title,
        back_link("Team", href="/team"),
        when(
            VIEW.is_loaded,
            rx.fragment(
                main_and_aside(
                    stack(when(VIEW.is_signed, statement(), not_signed()), gap="lg"),
                    stack(when(VIEW.may_answer, answer_card()), bill_facts()),
                ),
                when(VIEW.may_open, call_section()),
                accept_dialog(),
            ),
            page_skeleton(),
        ),
        here="/team",
        lead=VIEW.statement,
    )


def statement() -> rx.Component:
    """Show what was signed, for how much, and the working."""
    return rx.fragment(
        when(
            VIEW.answer,
            callout(rx.el.p(VIEW.answer_reason), title=VIEW.answer),
        ),
        card(
            rx.el.blockquote(VIEW.sentence, class_name="sentence"),
            row(
                rx.el.p(VIEW.signed_by, class_name="muted"),
                badge(VIEW.lateness, rx.cond(VIEW.is_late, "warn", "success")),
            ),
            amount_due("Owed", VIEW.owed),
            when(VIEW.credit, rx.el.p("Credit to the employee: ", money(VIEW.credit))),
            title="What was certified",
        ),
        rx.foreach(VIEW.alerts, lambda words: callout(words, tone="warn")),
        amounts(),
    )


def amounts() -> rx.Component:
    """Show the form's lines, and how each came about."""
    return section(
        "How it was worked out",
        data_table(
            "Amounts by line of the form",
            (Column("Line of the form"), Column("Amount", numeric=True)),
            VIEW.form_lines,
            lambda line: (line.label, money(line.amount)),
            empty=rx.el.p(
                "Nothing was marked personal, so there is nothing to add up."
            ),
        ),
        rx.foreach(VIEW.worked, lambda line: working(line.steps, line.summary)),
        explain_links(VIEW.record, AMOUNT, BALANCE),
        facts(
            ("Personal", VIEW.personal_items),
            ("Incidental", VIEW.incidental_items),
            ("Personal minutes without charge", VIEW.free_minutes),
            ("Policy", VIEW.edition),
            ("Fingerprint", rx.el.code(VIEW.fingerprint)),
        ),
    )


def not_signed() -> rx.Component:
    """Say what is missing before there is anything to answer."""
    return card(
        callout(
            "The employee has not certified this bill yet. You can answer it once they "
            "have; the portal reminds them when it is late.",
            title="Not certified yet",
        )
    )


def bill_facts() -> rx.Component:
    """Show whose bill it is and where it stands."""
    return card(
        facts(
            ("State", bill_status(VIEW.badge)),
            ("Employee", VIEW.holder),
            ("Line", VIEW.line),
            ("Department", VIEW.department),
            ("Plan", VIEW.plan),
            ("Bill", money(VIEW.cost)),
            ("Paid", VIEW.paid),
            ("Certify by", VIEW.due),
        ),
        explain_links(VIEW.record, DUE, Shown("overdue", "days overdue")),
        link("History of this bill", href=VIEW.history),
        title="The bill",
    )


def answer_card() -> rx.Component:
    """Offer the two answers."""
    return card(
        actions(primary("Accept", on_click=TeamBillState.ask_to_accept)),
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "Return it with a reason"),
            form(
                text_area(
                    "Reason",
                    "reason",
                    max_length=500,
                    required=True,
                    hint="At least 10 characters. The employee reads it. Leave phone "
                    "numbers out.",
                ),
                button("Return to the employee", type="submit", kind="danger"),
                on_submit=TeamBillState.return_it,
            ),
            class_name="working",
        ),
        title="Your answer",
    )


def accept_dialog() -> rx.Component:
    """Ask once more; an accepted statement cannot be returned."""
    return confirm_dialog(
        TeamBillState.is_asking,
        "Accept this statement?",
        rx.el.p(VIEW.title, ": ", money(VIEW.owed), " owed."),
        rx.el.p(VIEW.outcome, " You cannot return it afterward."),
        confirm=primary("Accept", on_click=TeamBillState.accept),
        on_cancel=TeamBillState.keep_reading,
    )


def call_section() -> rx.Component:
    """Keep the calls closed until a reason is given."""
    return section(
        "Calls and messages", when(CALLS.is_open, open_calls(), closed_calls())
    )


def closed_calls() -> rx.Component:
    """Ask why the calls are needed."""
    return card(
        rx.el.p(
            "Whom someone calls is their own business unless it is needed for the "
            "review. If you need to see the calls, say why: your name and your reason "
            "go into the history, which the employee reads. Private numbers stay "
            "hidden but for two digits."
        ),
        form(
            text_area(
                "Why do you need to see the calls?",
                "why",
                max_length=500,
                required=True,
                rows=2,
                hint="At least 10 characters. Leave phone numbers out.",
            ),
            button("Open the calls for today", type="submit"),
            on_submit=TeamBillState.open_calls,
        ),
    )


def open_calls() -> rx.Component:
    """List a page of calls with their marks."""
    return rx.fragment(
        data_table(
            CALLS.caption,
            (
                Column("When"),
                Column("What"),
                Column("Other party"),
                Column("Place"),
                Column("Amount", numeric=True),
                Column("Charge", numeric=True),
                Column("Marked"),
            ),
            CALLS.rows,
            lambda call: (
                call.at,
                call.kind,
                call.party,
                call.place,
                call.quantity,
                money(call.charged),
                rx.fragment(call.mark, when(call.reason, ": "), call.reason),
            ),
            empty=rx.el.p("There are no calls or messages on this bill."),
        ),
        when(CALLS.pages > 1, pager(CALLS.page, CALLS.pages, TeamBillState.turn_page)),
    )
