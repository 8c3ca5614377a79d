"""The early-termination calculator: a short form, and an answer one can send."""

import reflex as rx

from mobile_selfservice.components.arrange import columns, stack
from mobile_selfservice.components.ask_and_answer import ask_and_answer, more, part
from mobile_selfservice.components.buttons import link_button, primary
from mobile_selfservice.components.cards import callout, empty_state
from mobile_selfservice.components.forms import (
    date_field,
    form,
    money_field,
    number_field,
    radio_group,
    select_field,
)
from mobile_selfservice.components.links import link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.calculator.answer import answer, figures_behind
from mobile_selfservice.pages.calculator.state import CalculatorState
from mobile_selfservice.pages.calculator.view import LEAD
from mobile_selfservice.services.choice.typed_form import LONGEST
from mobile_selfservice.session_state import screen

VIEW = CalculatorState.view


def calculator() -> rx.Component:
    """Lay out the form beside the answer."""
    return screen(
        "Early-termination calculator",
        when(
            VIEW.is_loaded,
            when(
                VIEW.missing,
                not_spoken_of(),
                when(VIEW.is_founded, desk(), not_founded()),
            ),
            page_skeleton(),
        ),
        here="/policy",
        lead=LEAD,
    )


def desk() -> rx.Component:
    """Ask, and answer beside it."""
    return stack(
        ask_and_answer(
            questions(),
            when(VIEW.has_answer, answer(VIEW.answer, VIEW.stamp), nothing_asked()),
            faults=VIEW.faults,
            stamp=VIEW.stamp,
            is_answered=VIEW.has_answer,
        ),
        when(VIEW.has_answer, figures_behind(VIEW.answer)),
        gap="lg",
    )


def questions() -> rx.Component:
    """Ask what leaving costs, when the contract ends and what the stipend is."""
    return form(
        part(
            "What leaving costs",
            typed_money(
                "The carrier’s quote",
                "quote",
                hint="What the carrier says it charges for ending now",
            ),
            fee_by_contract(),
        ),
        part(
            "The contract",
            columns(
                asked(date_field, "Its last day", "end"),
                asked(number_field, "or months left", "left"),
            ),
        ),
        part(
            "The stipend",
            radio_group(
                "Which one you would have",
                "stipend",
                VIEW.offers,
                default_value=VIEW.typed["stipend"],
                error=VIEW.wrong["stipend"],
            ),
            typed_money(
                "Another amount a month",
                "amount",
                hint="If your own contract costs less than the stipend, that amount",
                optional=True,
            ),
        ),
        part(
            "The City’s side",
            typed_money(
                "What the phone costs the City a month",
                "cost",
                hint="Shows when the City has its money back",
                optional=True,
            ),
            days_and_changes(),
        ),
        primary("Work it out", type="submit"),
        rx.el.p("Nothing is stored.", class_name="muted"),
        on_submit=CalculatorState.work_out,
    )


def fee_by_contract() -> rx.Component:
    """Take the fee as the contract tells it, in place of a quote."""
    return more(
        "No quote? Work it out from the contract",
        when(
            VIEW.fees.length() > 0,
            asked(select_field, "A fee on record", "known", options=VIEW.fees),
        ),
        columns(
            typed_money("Fee at the start", "fee"),
            typed_money("falls each month by", "drop"),
        ),
        asked(number_field, "Months completed", "done"),
        is_open=VIEW.has_fee,
    )


def days_and_changes() -> rx.Component:
    """Take what is seldom needed: other days, and a stipend about to change."""
    return more(
        "Other days, or a stipend that will change",
        columns(
            asked(date_field, "Approved on", "approved"),
            asked(date_field, "Phone returned on", "returned"),
        ),
        columns(
            typed_money("The stipend becomes", "new_amount"),
            asked(number_field, "after so many months", "new_after"),
        ),
        rx.el.p("Days left empty mean today.", class_name="hint"),
        is_open=VIEW.has_more,
    )


def typed_money(label: str, name: str, **props) -> rx.Component:
    """Ask for an amount."""
    return asked(money_field, label, name, **props)


def asked(field, label: str, name: str, **props) -> rx.Component:
    """Ask for something, with what was typed last and what is wrong with it."""
    return field(
        label,
        name,
        default_value=VIEW.typed[name],
        error=VIEW.wrong[name],
        max_length=LONGEST,
        auto_complete="off",
        **props,
    )


def nothing_asked() -> rx.Component:
    """Say what will stand here, and offer an example."""
    return empty_state(
        "Two figures are enough",
        "Fill in what leaving costs and choose the stipend. The end of the contract "
        "tells whether waiting is better.",
        link_button("Show me an example", href=VIEW.example),
        "calculator",
    )


def not_spoken_of() -> rx.Component:
    """Say that the policy does not count a wait."""
    return callout(
        VIEW.missing,
        " ",
        link("What the policy says", href="/policy"),
        title="This policy has nothing to work out",
        tone="info",
    )


def not_founded() -> rx.Component:
    """Say that there is no employer yet, so no policy."""
    return empty_state(
        "No policy yet",
        "This portal has not been set up for an employer.",
        None,
        "book-open",
    )
