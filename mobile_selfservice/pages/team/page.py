"""The team page: what waits, what it costs, who is how far, and what lies idle."""

import reflex as rx

from mobile_selfservice.components.arrange import columns, section
from mobile_selfservice.components.buttons import button, link_button
from mobile_selfservice.components.cards import empty_state, figure_card, figures
from mobile_selfservice.components.charts import column_chart, share_chart
from mobile_selfservice.components.explain_links import Shown, explain_links
from mobile_selfservice.components.forms import select_field, text_field
from mobile_selfservice.components.links import download_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import filter_bar, filter_form
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.pages.team.sheets import (
    idle_sheet,
    lines_sheet,
    months_sheet,
    waiting_sheet,
)
from mobile_selfservice.pages.team.state import TeamState
from mobile_selfservice.pages.team.view import SHOWN, STATE_OPTIONS
from mobile_selfservice.session_state import screen

VIEW = TeamState.view
EXPLAINED = (
    Shown("team-cost", "the cost"),
    Shown("team-personal", "the personal share"),
    Shown("team-owed", "what is still owed"),
    Shown("team-overdue", "what is overdue"),
    Shown("team-idle", "idle lines"),
)
LEAD = "What the department’s phones cost, and how far its reviews are."


def team() -> rx.Component:
    """Lay out one department in one month."""
    return screen(
        "Team",
        when(
            VIEW.is_loaded,
            rx.fragment(
                when(VIEW.waiting, waiting_sheet()),
                pickers(),
                when(VIEW.has_bills, month_parts(), nothing_yet()),
            ),
            when(VIEW.is_unclear, start_again(), page_skeleton()),
        ),
        here="/team",
        lead=LEAD,
    )


def month_parts() -> rx.Component:
    """Show the figures, the year and the lines."""
    return rx.fragment(
        figure_cards(),
        share_chart("How far the reviews are", VIEW.state_bars),
        section(
            "Twelve months",
            columns(
                column_chart("Cost", VIEW.cost_bars),
                column_chart("Personal share", VIEW.personal_bars),
            ),
            rx.el.details(
                rx.el.summary(icon("chevron-right"), "The twelve months to the cent"),
                months_sheet(),
                class_name="working",
            ),
            lead="Bars are rounded. A personal share counts once its bill is "
            "certified.",
        ),
        lines_section(),
        when(VIEW.idle, idle_section()),
    )


def start_again() -> rx.Component:
    """Lead out of an address that means nothing."""
    return link_button("Open the team page", href="/team", kind="primary")


def pickers() -> rx.Component:
    """Choose the department and the month."""
    return filter_bar(
        select_field(
            "Department",
            "department",
            VIEW.departments,
            value=VIEW.chosen.department,
            on_change=TeamState.choose_department,
        ),
        select_field(
            "Month",
            "month",
            VIEW.months,
            value=VIEW.chosen.month,
            on_change=TeamState.choose_month,
        ),
        label="Department and month",
    )


def figure_cards() -> rx.Component:
    """Show the six numbers that matter."""
    shown = VIEW.figures
    return rx.fragment(
        figures(
            figure_from("Cost", shown.cost),
            figure_from("Personal share", shown.personal),
            figure_from("Still owed", shown.owed),
        ),
        figures(
            figure_from("Reviews finished", shown.reviews),
            figure_from("Overdue", shown.overdue),
            figure_from("Idle lines", shown.idle),
        ),
        explain_links(VIEW.record, *EXPLAINED),
    )


def figure_from(label: str, figure: rx.Var) -> rx.Component:
    """Draw one card."""
    return figure_card(label, figure.value, figure.sub, figure.tone, figure.href)


def lines_section() -> rx.Component:
    """List the lines, with what narrows them."""
    return section(
        "Cost by line and person",
        line_filters(),
        lines_sheet(),
        rx.el.p(
            download_link("This table (CSV)", href=VIEW.lines_file),
            " · ",
            download_link("Twelve months by line (CSV)", href=VIEW.months_file),
        ),
    )


def line_filters() -> rx.Component:
    """Narrow the lines by state, by what needs attention, by person or number."""
    chosen = VIEW.chosen
    return filter_form(
        select_field(
            "State",
            "state",
            list(STATE_OPTIONS),
            value=chosen.state,
            on_change=TeamState.choose_state,
        ),
        select_field(
            "Show",
            "only",
            list(SHOWN),
            value=chosen.only,
            on_change=TeamState.choose_only,
        ),
        text_field(
            "Person or number",
            "search",
            type="search",
            default_value=chosen.search,
            max_length=60,
            key=chosen.search,  # a new address fills the field anew
        ),
        button("Find", type="submit"),
        when(chosen.is_narrowed, button("Show all", on_click=TeamState.show_all)),
        on_submit=TeamState.find,
        label="Narrow the lines",
    )


def idle_section() -> rx.Component:
    """List the lines that could be given back."""
    return section(
        "Idle lines",
        idle_sheet(),
        lead="No call, message or data on the last three bills or more. Ask the holder "
        "whether the line is still needed; IT can suspend or end it.",
    )


def nothing_yet() -> rx.Component:
    """Say why there is nothing to see."""
    return empty_state(
        "No bills yet",
        "Bills of this department appear here as soon as Finance releases an invoice. "
        "Its director gets a letter then.",
        link_button("How the review works", href="/help"),
    )
