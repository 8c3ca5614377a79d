"""The advisor: what is known, a short form, and the advice."""

import reflex as rx

from mobile_selfservice.components.arrange import columns, stack
from mobile_selfservice.components.ask_and_answer import ask_and_answer, more, part
from mobile_selfservice.components.buttons import primary
from mobile_selfservice.components.cards import callout, card, empty_state, facts
from mobile_selfservice.components.forms import (
    checkbox,
    date_field,
    form,
    money_field,
    number_field,
    radio_group,
    text_field,
)
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import icon, unseen, when
from mobile_selfservice.pages.advisor.advice import advice, figures_behind
from mobile_selfservice.pages.advisor.state import AdvisorState
from mobile_selfservice.services.choice.typed_form import LONGEST
from mobile_selfservice.session_state import screen

VIEW = AdvisorState.view
LEAD = (
    "A City phone, or a stipend for your own? Compare what each costs you and the City "
    "over 24 months, on your own bills. Only you see this, and nothing is stored."
)
USE = (
    ("Business minutes", "business"),
    ("Personal minutes", "personal"),
    ("Texts", "texts"),
    ("Data", "data"),
    ("Personal use", "paid"),
    ("Cost to the City", "cost"),
)


def advisor() -> rx.Component:
    """Lay out the form beside what is known and the advice."""
    return screen(
        "Stipend or City phone?",
        back_link("My phone", href="/phone"),
        when(
            VIEW.is_loaded,
            when(VIEW.missing, no_stipend(), desk()),
            page_skeleton(),
        ),
        here="/phone",
        lead=LEAD,
    )


def desk() -> rx.Component:
    """Ask, and answer beside it."""
    return stack(
        ask_and_answer(
            questions(),
            stack(
                when(VIEW.has_advice, advice(VIEW.advice, VIEW.stamp), nothing_asked()),
                own_use(),
                gap="md",
            ),
            faults=VIEW.faults,
            stamp=VIEW.stamp,
            is_answered=VIEW.has_advice,
        ),
        when(VIEW.has_advice, figures_behind(VIEW.advice)),
        month_by_month(),
        tax_note(),
        gap="lg",
    )


def questions() -> rx.Component:
    """Ask for one's own contract; what the bills tell need not be typed."""
    return form(
        part(
            "Your own contract",
            asked(
                money_field,
                "What it costs a month",
                "monthly",
                hint="Your own line, taxes included",
            ),
            tick("I pay for it whatever I choose", "keeps"),
            tick("It is prepaid", "prepaid"),
            contract_limits(),
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
        ),
        part(
            "A City phone",
            asked(
                money_field,
                "What it costs the City a month",
                "cost",
                hint=VIEW.cost_hint,
            ),
            asked(
                money_field,
                "Personal use you pay for a month",
                "personal",
                hint=VIEW.personal_hint,
            ),
            when(VIEW.has_phone, penalty()),
        ),
        usual_month(),
        primary("Compare", type="submit"),
        on_submit=AdvisorState.work_out,
    )


def contract_limits() -> rx.Component:
    """Take what the contract includes, and what more of it costs."""
    return more(
        "It is not unlimited",
        rx.el.p(
            "Leave empty what has no limit. Count only what your own calls leave free.",
            class_name="hint",
        ),
        pair("Minutes included", "minutes", "each more costs", "per_minute"),
        pair("Texts included", "texts", "each more costs", "per_text"),
        pair("Gigabytes included", "gigabytes", "a block more costs", "per_block"),
        asked(text_field, "Gigabytes in a block", "block", input_mode="decimal"),
        is_open=VIEW.has_limits,
    )


def pair(included: str, name: str, price: str, price_name: str) -> rx.Component:
    """Ask for what is included and for the price beyond it."""
    return columns(
        asked(text_field, included, name, input_mode="decimal"),
        asked(
            money_field,
            rx.fragment(price, unseen(f" ({included.lower()})")),
            price_name,
        ),
    )


def penalty() -> rx.Component:
    """Ask what giving the phone up early costs."""
    return columns(
        asked(money_field, "Penalty for ending now", "penalty"),
        asked(date_field, "Contract ends", "end"),
    )


def usual_month() -> rx.Component:
    """Take a typed month of use in place of the bills."""
    return more(
        "Type what you use in a usual month",
        rx.el.p("In place of your bills, where you fill any in.", class_name="hint"),
        columns(
            asked(number_field, "Minutes", "used_minutes"),
            asked(number_field, "Texts", "used_texts"),
        ),
        asked(text_field, "Gigabytes", "used_gigabytes", input_mode="decimal"),
        is_open=VIEW.types_use,
    )


def tick(label: str, name: str) -> rx.Component:
    """Ask for yes or no."""
    return checkbox(label, name, value="yes", default_checked=VIEW.typed[name] != "")


def asked(field, label, name: str, **props) -> rx.Component:
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
    """Say what will stand here."""
    return empty_state(
        "One figure is enough to begin",
        "Type what your own contract costs a month. The rest comes from your bills and "
        "from the policy, as far as they tell.",
        None,
        "scale",
    )


def own_use() -> rx.Component:
    """Show what one has and a month of use on average."""
    average = VIEW.average
    return card(
        rx.el.p(VIEW.has, " ", VIEW.year),
        when(VIEW.lacks, callout(VIEW.lacks)),
        when(
            VIEW.rows.length() > 0,
            facts(
                ("Calls a month", average.minutes),
                ("Texts a month", average.texts),
                ("Data a month", average.data),
                ("Personal use you paid a month", average.paid),
                ("Cost to the City a month, over these", average.cost),
            ),
        ),
        title="What the advisor knows of you",
    )


def month_by_month() -> rx.Component:
    """Show what the bills say of each month."""
    table = data_table(
        unseen("Your use, month by month"),
        [
            Column("Month", total="A month on average"),
            *[
                Column(title, numeric=True, total=getattr(VIEW.average, name))
                for title, name in USE
            ],
        ],
        VIEW.rows,
        lambda row: [row.month, *[getattr(row, name) for _, name in USE]],
    )
    return when(
        VIEW.rows.length() > 0,
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "Your bills, month by month"),
            table,
            class_name="working",
        ),
    )


def tax_note() -> rx.Component:
    """Point to where the taxes of phones are told of; this is no advice."""
    return rx.el.p(
        "Taxes: a phone given mainly for the employer’s business is the subject of IRS "
        "Notice 2011-72; how a stipend is taxed, payroll knows. This page is not tax "
        "advice. ",
        link("The early-termination calculator", href="/calculator"),
        class_name="muted",
    )


def no_stipend() -> rx.Component:
    """Say why there is nothing to compare."""
    return callout(
        VIEW.missing,
        " ",
        link("What the policy says", href="/policy"),
        title="There is no stipend to compare with",
    )
