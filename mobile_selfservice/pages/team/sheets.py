"""The tables of the team page."""

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.buttons import button, link_button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.links import link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.status import badge, bill_status, overdue_badge
from mobile_selfservice.components.tables import Column, Sort, data_table, pager
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.team.state import TeamState

VIEW = TeamState.view
LINE_COLUMNS = (
    Column("Line and plan", sort="line"),
    Column("Holder", sort="holder"),
    Column("Cost", numeric=True, sort="cost"),
    Column("Minutes", numeric=True),
    Column("Messages", numeric=True),
    Column("Data", numeric=True),
    Column("Personal", numeric=True, sort="personal"),
    Column("State", sort="state"),
    Column("Certify by", sort="due"),
)


def waiting_sheet() -> rx.Component:
    """List the statements that wait for this person's answer."""
    return data_table(
        VIEW.waiting_title,
        (
            Column("Employee"),
            Column("Line"),
            Column("Month"),
            Column("Owed", numeric=True),
            Column("Answer"),
        ),
        VIEW.waiting,
        lambda row: (
            row.holder,
            row.line,
            row.month,
            money(row.owed),
            link_button(
                "Read and answer",
                href=row.href,
                kind="primary",
                aria_label=f"Read and answer {row.holder}, {row.line}, {row.month}",
            ),
        ),
    )


def lines_sheet() -> rx.Component:
    """List a page of lines, with what they cost and how far they are."""
    sort = Sort(VIEW.chosen.sort, VIEW.chosen.descending, TeamState.sort_by)
    return rx.fragment(
        data_table(
            VIEW.lines_caption,
            LINE_COLUMNS,
            VIEW.lines,
            line_cells,
            sort=sort,
            empty=no_lines(),
        ),
        when(VIEW.pages > 1, pager(VIEW.page, VIEW.pages, TeamState.turn_page)),
    )


def line_cells(row: rx.Var) -> tuple:
    """Draw one line."""
    number = when(row.href, link(row.number, href=row.href), rx.el.span(row.number))
    return (
        rx.fragment(
            number,
            when(row.month, rx.el.div(row.month)),
            when(row.label, rx.el.div(row.label)),
            rx.el.div(row.plan, class_name="muted"),
        ),
        row.holder,
        money(row.cost),
        row.minutes,
        row.messages,
        row.data,
        money(row.personal),
        stack(
            bill_status(row.badge),
            when(row.is_idle, badge("Idle", "warn", "moon")),
            gap="sm",
        ),
        when(
            row.days_overdue > 0,
            overdue_badge(row.days_overdue),
            rx.fragment(row.due),
        ),
    )


def no_lines() -> rx.Component:
    """Say that nothing is left, and how to see more."""
    return empty_state(
        "No line fits",
        "No line of this month is left by what you asked for.",
        button("Show all lines", on_click=TeamState.show_all),
        "search-x",
    )


def months_sheet() -> rx.Component:
    """Show the twelve months in exact figures."""
    return data_table(
        "Cost and personal share by month",
        (
            Column("Month"),
            Column("Lines", numeric=True),
            Column("Cost", numeric=True),
            Column("Personal", numeric=True),
            Column("Of the cost", numeric=True),
            Column("Paid", numeric=True),
        ),
        VIEW.month_rows,
        lambda row: (
            row.month,
            row.bills,
            money(row.cost),
            money(row.owed),
            row.share,
            money(row.paid),
        ),
    )


def idle_sheet() -> rx.Component:
    """List the lines nobody uses, with what giving them back would save."""
    return data_table(
        VIEW.idle_caption,
        (
            Column("Line"),
            Column("Holder"),
            Column("Plan"),
            Column("Idle for", numeric=True),
            Column("A month", numeric=True),
            Column("A year", numeric=True, total=VIEW.idle_total),
        ),
        VIEW.idle,
        lambda row: (
            row.number,
            row.holder,
            row.plan,
            row.months,
            money(row.monthly),
            money(row.yearly),
        ),
    )
