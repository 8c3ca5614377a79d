"""The parts that show a mapping at work: the first rows, and the whole file."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section
from mobile_selfservice.components.buttons import actions, button
from mobile_selfservice.components.cards import callout
from mobile_selfservice.components.forms import date_field, form, text_field
from mobile_selfservice.components.progress import progress_bar
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import icon, unseen, when
from mobile_selfservice.pages.profile.state import ProfileState

STATE = ProfileState
HEAD = STATE.head
MAPPING = STATE.mapping
TRIAL = STATE.trial
LINES = (
    Column("Number"),
    Column("Name on the bill"),
    Column("Calls", numeric=True),
    Column("Minutes", numeric=True),
    Column("Messages", numeric=True),
    Column("Data", numeric=True),
    Column("Charged", numeric=True),
)
FINDINGS = (
    Column("Reason"),
    Column("File"),
    Column("Line", numeric=True),
    Column("Column"),
    Column("Value"),
    Column("Weight"),
)


def as_read() -> rx.Component:
    """Show the first rows as they will be read, with the reason where one cannot be."""
    return section(
        "As it will be read",
        rx.el.div(callout(MAPPING.read_summary, tone=MAPPING.read_tone), role="status"),
        when(
            MAPPING.titles.length() > 0,
            rx.el.div(
                read_table(),
                # Wide tables move sideways, by keyboard too.
                tab_index=0,
                role="region",
                aria_label="As it will be read",
                class_name="sheet read-rows",
            ),
        ),
    )


def read_table() -> rx.Component:
    """Draw the rows under the fields that are mapped."""
    return rx.el.table(
        rx.el.caption(unseen("The first rows as they will be read")),
        rx.el.thead(
            rx.el.tr(
                rx.el.th("Line", scope="col", role="columnheader"),
                rx.foreach(
                    MAPPING.titles,
                    lambda title: rx.el.th(title, scope="col", role="columnheader"),
                ),
                role="row",
            ),
            role="rowgroup",
        ),
        rx.el.tbody(rx.foreach(MAPPING.read, read_row), role="rowgroup"),
        role="table",
    )


def read_row(one: Any) -> rx.Component:
    """Draw one row; what is wrong with the whole of it stands beside its line."""
    return rx.el.tr(
        rx.el.th(
            rx.el.div(
                one.line, when(one.reason, rx.el.p(one.reason, class_name="error"))
            ),
            scope="row",
            role="rowheader",
        ),
        rx.foreach(one.cells, read_cell),
        role="row",
    )


def read_cell(one: Any) -> rx.Component:
    """Draw one cell, or why it cannot be read."""
    return rx.el.td(
        rx.el.div(
            when(
                one.reason,
                rx.el.span(one.reason, class_name="error"),
                rx.fragment(one.text),
            )
        ),
        role="cell",
        data_label=one.label,
    )


def the_trial() -> rx.Component:
    """Read the whole file with the profile, and say what was found."""
    return section(
        "Test the whole file",
        when(HEAD.may_map, what_the_bill_says()),
        when(
            HEAD.may_map,
            actions(
                button(
                    "Test the whole file", on_click=STATE.test, busy=TRIAL.is_running
                ),
                when(TRIAL.is_running, button("Stop", on_click=STATE.stop)),
            ),
        ),
        when(TRIAL.is_running, at_work()),
        rx.el.div(
            when(TRIAL.problem, callout(TRIAL.problem, tone="danger")),
            when(TRIAL.verdict, callout(TRIAL.verdict, tone=TRIAL.tone)),
            role="status",
        ),
        when(
            TRIAL.lines.length() > 0,
            data_table(
                rx.fragment("What each number comes to", summary(TRIAL.lines_summary)),
                LINES,
                TRIAL.lines,
                lambda line: tuple(line[at] for at in range(len(LINES))),
            ),
        ),
        when(
            TRIAL.findings.length() > 0,
            data_table(
                rx.fragment("What was found", summary(TRIAL.findings_summary)),
                FINDINGS,
                TRIAL.findings,
                lambda line: tuple(line[at] for at in range(len(FINDINGS))),
            ),
        ),
        lead="Every row is read as an import would read it. Nothing is kept of it.",
    )


def what_the_bill_says() -> rx.Component:
    """Take what is printed on the bill; it is for this file, and not saved."""
    told = STATE.told
    return rx.el.details(
        rx.el.summary(
            icon("chevron-right"), "If the file does not say which bill it is"
        ),
        form(
            rx.el.p(
                "For the test, and for “Import this file”. It is no part of the "
                "profile, and what the file says always counts.",
                class_name="hint",
            ),
            rx.el.div(
                stated("Account", "account", told.account),
                stated("Invoice number", "invoice", told.invoice),
                date_field(
                    "Bill date",
                    "bill_date",
                    default_value=told.bill_date,
                    optional=True,
                ),
                stated("Wireless number", "line", told.line),
                class_name="columns",
            ),
            rx.el.p(told.said, class_name="hint", role="status"),
            actions(button("State this", type="submit")),
            on_submit=STATE.state_bill,
        ),
        class_name="working",
    )


def stated(label: str, name: str, said: Any) -> rx.Component:
    """Ask for one thing that is printed on the bill."""
    return text_field(
        label, name, default_value=said, max_length=60, optional=True, id=f"bill-{name}"
    )


def at_work() -> rx.Component:
    """Show how far the test has come."""
    return rx.cond(
        TRIAL.is_known,
        progress_bar("Reading", TRIAL.done, TRIAL.total, TRIAL.progress),
        rx.el.label(
            rx.el.span(TRIAL.progress), rx.el.progress(), class_name="progress"
        ),
    )


def summary(words: Any) -> rx.Component:
    """Say in a sentence what a table is about."""
    return when(words, rx.fragment(rx.el.br(), rx.el.span(words, class_name="hint")))
