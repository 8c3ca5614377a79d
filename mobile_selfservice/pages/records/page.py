"""The page on which an auditor reads the whole history."""

import reflex as rx

from mobile_selfservice.components.buttons import actions, button, link_button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.forms import (
    date_field,
    number_field,
    select_field,
    text_field,
)
from mobile_selfservice.components.links import link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import Column, data_table, filter_form
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.records.acts import ACT_OPTIONS
from mobile_selfservice.pages.records.state import RecordsState
from mobile_selfservice.pages.records.view import SUBJECT_OPTIONS
from mobile_selfservice.session_state import screen

VIEW = RecordsState.view


def records() -> rx.Component:
    """Lay out what narrows the trail, and a page of it."""
    return screen(
        "Audit trail",
        when(
            VIEW.is_loaded,
            rx.fragment(filters(), entries(), neighbors()),
            when(VIEW.is_unclear, start_again(), page_skeleton()),
        ),
        here="/records",
        lead="Everything anybody did, the newest first. No entry can be changed or "
        "deleted, by anyone.",
    )


def filters() -> rx.Component:
    """Ask for a person, an act, a record or days."""
    asked = VIEW.asked
    return filter_form(
        text_field("Person", "person", **filled(asked.person), max_length=60),
        select_field("Act", "act", list(ACT_OPTIONS), **filled(asked.act)),
        select_field(
            "Record", "subject", list(SUBJECT_OPTIONS), **filled(asked.subject)
        ),
        number_field("Its number", "number", **filled(asked.number)),
        date_field("From", "from", **filled(asked.first_day)),
        date_field("To", "to", **filled(asked.last_day)),
        button("Find", type="submit"),
        when(asked.is_narrowed, link_button("Show all", href="/records")),
        on_submit=RecordsState.find,
        label="Narrow the audit trail",
    )


def filled(said: rx.Var) -> dict:
    """Fill a field with what the address says, and anew when the address changes."""
    return {"default_value": said, "key": said}


def entries() -> rx.Component:
    """List a page of entries."""
    return data_table(
        "Entries, the newest first",
        (
            Column("When"),
            Column("Who"),
            Column("Act"),
            Column("Record"),
            Column("Note"),
        ),
        VIEW.rows,
        lambda entry: (
            entry.at,
            entry.who,
            entry.what,
            when(
                entry.href,
                link(entry.subject, href=entry.href),
                rx.el.span(entry.subject),
            ),
            entry.note,
        ),
        empty=empty_state(
            "No entry fits",
            "Nothing in the history is left by what you asked for.",
            link_button("Show all entries", href="/records"),
            "search-x",
        ),
    )


def neighbors() -> rx.Component:
    """Lead to newer and older entries."""
    return rx.el.nav(
        actions(
            when(VIEW.newer, link_button("Newer entries", href=VIEW.newer)),
            when(VIEW.older, link_button("Older entries", href=VIEW.older)),
        ),
        aria_label="Pages",
    )


def start_again() -> rx.Component:
    """Lead out of an address that means nothing."""
    return link_button("Open the audit trail", href="/records", kind="primary")
