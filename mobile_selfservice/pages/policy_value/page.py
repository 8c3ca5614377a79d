"""The page of one value: in force, its history, and the form for the next."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import row, section, stack
from mobile_selfservice.components.buttons import actions, button
from mobile_selfservice.components.cards import callout, card, facts
from mobile_selfservice.components.links import back_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import icon, unseen, when
from mobile_selfservice.components.working import chip
from mobile_selfservice.pages.policy_value.asking import answer_section, review_dialog
from mobile_selfservice.pages.policy_value.form import set_form
from mobile_selfservice.pages.policy_value.state import PolicyValueState
from mobile_selfservice.session_state import screen

VIEW = PolicyValueState.view
FORM = PolicyValueState.form
ANSWERING = PolicyValueState.answering
AWAITS_SCREEN = (
    "The portal keeps this value and its history. No screen acts on it yet; its rule "
    "can be tried on worked examples."
)
PAST = (Column("From"), Column("Value"), Column("State"), Column("Set by"))


def policy_value() -> rx.Component:
    """Lay out what is in force, the form where it is open, and the history."""
    return screen(
        VIEW.label,
        when(
            VIEW.is_loaded,
            stack(
                back_link("Values of the policy", href="/policy/values"),
                about(),
                when(VIEW.awaits_screen, callout(AWAITS_SCREEN)),
                rx.fragment(rx.foreach(VIEW.standings, standing)),
                when(VIEW.may_set, may_set()),
                when(ANSWERING.act, answer_section()),
                history(),
                review_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/policy",
        lead=VIEW.group,
    )


def about() -> rx.Component:
    """Name the clause, and whose the value is to set."""
    return row(
        when(VIEW.clause, chip(VIEW.clause)),
        rx.el.span("Set by the ", VIEW.setter),
        when(VIEW.yearly, rx.el.span("Reviewed every year", class_name="muted")),
    )


def standing(each: Any) -> rx.Component:
    """Say what is in force today."""
    return card(
        when(each.scope_words, rx.el.h2("For ", each.scope_words)),
        when(
            each.missing,
            callout(each.missing, tone="warn"),
            facts(
                ("In force", in_force(each)),
                ("Since", each.since),
                ("Set by", each.source),
            ),
        ),
        when(each.following, rx.el.p("Next: ", each.following)),
        when(each.review, callout(each.review, tone="warn")),
        when(each.reading, reading(each)),
        when(
            VIEW.may_set,
            actions(
                button(
                    "Set the next value",
                    when(each.scope_words, unseen(" for ", each.scope_words)),
                    on_click=PolicyValueState.open_form(each.scope, False),
                ),
                when(
                    each.is_chosen,
                    button(
                        "Adopt this reading",
                        kind="quiet",
                        on_click=PolicyValueState.open_form(each.scope, True),
                    ),
                ),
            ),
        ),
    )


def in_force(each: Any) -> rx.Component:
    """Say the value, a table or a list a line each."""
    return when(
        each.lines.length() > 0,
        stack(rx.foreach(each.lines, lambda line: rx.el.p(line)), gap="sm"),
        rx.el.strong(each.words),
    )


def reading(each: Any) -> rx.Component:
    """Tell the reading behind the value, and whose choice it is."""
    return stack(
        row(
            chip("Reading ", each.reading),
            when(
                each.is_chosen,
                rx.el.span(
                    "The text leaves this open. The reading is the portal’s; nobody "
                    "has adopted it yet.",
                    class_name="muted",
                ),
            ),
        ),
        when(each.reading_title, reading_words(each)),
        gap="sm",
    )


def reading_words(each: Any) -> rx.Component:
    """Open the sentence, what it allows, and why it is read as it is."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), each.reading_title),
        stack(
            rx.el.p("The text: ", each.reading_text),
            when(each.reading_others, rx.el.p("It allows: ", each.reading_others)),
            rx.el.p("The portal reads: ", each.reading_chosen),
            gap="sm",
        ),
        class_name="working",
    )


def may_set() -> rx.Component:
    """Show the form where it is open, or offer one for another scope."""
    return when(
        FORM.is_open,
        set_form(),
        when(
            VIEW.scope_name,
            actions(
                button(
                    "Set a value for another one",
                    on_click=PolicyValueState.open_form("", False),
                )
            ),
        ),
    )


def history() -> rx.Component:
    """List every value, the newest first."""
    return when(
        VIEW.history.length() > 0,
        section(
            "History",
            data_table(unseen("History, the newest first"), PAST, VIEW.history, past),
        ),
    )


def past(each: Any) -> tuple[rx.Component, ...]:
    """Say one value of the history, and offer what may be done about it."""
    return (
        rx.el.span(each.first_day),
        stack(
            rx.el.span(each.words),
            when(each.scope, rx.el.span("for ", each.scope, class_name="muted")),
            when(each.reading, row(chip("Reading ", each.reading))),
            when(each.note, rx.el.span(each.note, class_name="muted")),
            gap="sm",
        ),
        stack(
            badge(each.place, each.tone),
            when(each.answered, rx.el.span(each.answered, class_name="muted")),
            when(
                each.may_approve,
                actions(
                    answer_button("Approve", "approve", each),
                    answer_button("Decline", "decline", each),
                ),
            ),
            when(
                each.may_withdraw,
                actions(answer_button("Withdraw", "withdraw", each)),
            ),
            gap="sm",
        ),
        stack(
            rx.el.span(each.source),
            rx.el.span(each.entered, class_name="muted"),
            gap="sm",
        ),
    )


def answer_button(label: str, answer: str, each: Any) -> rx.Component:
    """Open the question about one value of the history."""
    return button(
        label,
        unseen(" ", each.words, " from ", each.first_day),
        kind="quiet",
        on_click=PolicyValueState.ask(answer, each.value_id),
    )
