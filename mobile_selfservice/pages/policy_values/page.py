"""The page that lists every value of the policy, by heading."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import row, section, stack
from mobile_selfservice.components.buttons import button, link_button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.forms import select_field, text_field
from mobile_selfservice.components.links import link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, filter_form
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.components.working import chip
from mobile_selfservice.pages.policy_values.state import PolicyValuesState
from mobile_selfservice.pages.policy_values.view import SHOW_OPTIONS
from mobile_selfservice.session_state import screen

VIEW = PolicyValuesState.view
COLUMNS = (
    Column("What it is"),
    Column("In force today"),
    Column("Since"),
    Column("Set by"),
)


def policy_values() -> rx.Component:
    """Lay out what narrows the list, and the list."""
    return screen(
        "Values of the policy",
        when(
            VIEW.is_loaded,
            stack(
                rx.el.p(VIEW.title, class_name="muted"),
                link(
                    "Yearly amounts, and the survey behind them", href="/policy/amounts"
                ),
                narrow(),
                rx.el.p(VIEW.found, role="status"),
                when(
                    VIEW.groups.length() > 0,
                    rx.fragment(rx.foreach(VIEW.groups, value_group)),
                    nothing_found(),
                ),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/policy",
        lead="Every figure and choice of the policy: what is in force today, since "
        "when, and who set it.",
    )


def narrow() -> rx.Component:
    """Ask which values to show."""
    return filter_form(
        text_field(
            "Words",
            "search",
            type="search",
            default_value=VIEW.search,
            key=VIEW.search,
            max_length=60,
            auto_complete="off",
        ),
        select_field(
            "Show",
            "show",
            list(SHOW_OPTIONS),
            default_value=VIEW.show,
            key=f"show-{VIEW.show}",
        ),
        button("Find", type="submit"),
        when(VIEW.is_narrowed, link_button("Show all", href="/policy/values")),
        on_submit=PolicyValuesState.find,
        label="Narrow the values",
    )


def value_group(group: Any) -> rx.Component:
    """List the values under one heading."""
    return section(
        group.title,
        data_table(unseen(group.title), COLUMNS, group.rows, value_cells),
    )


def value_cells(each: Any) -> tuple[rx.Component, ...]:
    """Say one value, with what is to come or to be done about it."""
    return (
        stack(
            link(each.label, href=each.href),
            when(each.scope, rx.el.span("for ", each.scope, class_name="muted")),
            when(each.clause, row(chip(each.clause))),
            gap="sm",
        ),
        stack(
            when(each.missing, badge(each.missing, "warn"), rx.el.span(each.words)),
            when(each.following, rx.el.span(each.following, class_name="muted")),
            when(each.review, badge(each.review, each.tone)),
            when(each.is_waiting, badge("One waits for approval", "info")),
            gap="sm",
        ),
        rx.el.span(each.since),
        rx.el.span(each.source),
    )


def nothing_found() -> rx.Component:
    """Say that nothing fits, and lead back to the whole list."""
    return empty_state(
        "No value fits",
        "Nothing of the policy is left by what you asked for.",
        link_button("Show all values", href="/policy/values"),
        "search-x",
    )
