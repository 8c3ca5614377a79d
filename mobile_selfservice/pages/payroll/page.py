"""The screen that lists stipend runs."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import columns, row, section, stack
from mobile_selfservice.components.buttons import actions, link_button, primary
from mobile_selfservice.components.cards import callout, card, empty_state
from mobile_selfservice.components.charts import bar_chart
from mobile_selfservice.components.forms import date_field, form, number_field
from mobile_selfservice.components.links import link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.pages.payroll.state import PayrollState
from mobile_selfservice.session_state import screen

VIEW = PayrollState.view
NEXT = PayrollState.view.following
RUNS = (
    Column("Pay period"),
    Column("Pay date"),
    Column("State"),
    Column("Lines", numeric=True),
    Column("Pay of the period", numeric=True),
    Column("Corrections", numeric=True),
    Column("In all", numeric=True),
)


def payroll() -> rx.Component:
    """Lay out what comes next, what the runs came to, and the runs."""
    return screen(
        "Payroll",
        when(
            VIEW.is_loaded,
            stack(
                row(
                    link("Payroll’s own columns", href="/payroll/template"),
                    link("Yearly amounts", href="/policy/amounts"),
                ),
                next_run(),
                when(VIEW.bars.length() > 1, drawn()),
                runs(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/payroll",
        lead="What payroll is told to pay in stipends, pay period by pay period.",
    )


def next_run() -> rx.Component:
    """Say what comes next, and start it."""
    return section(
        "Next run",
        when(VIEW.problem, callout(VIEW.problem, tone="warn")),
        when(
            VIEW.open_href,
            callout(
                "The run for ",
                link(VIEW.open_period, href=VIEW.open_href),
                " is open. Look at it, then hand it over.",
            ),
        ),
        when(NEXT.is_there, card(rx.el.p(rx.el.strong(NEXT.period)), due(), asked())),
        lead=VIEW.paid_how,
    )


def due() -> rx.Component:
    """Tell whether the period has begun."""
    return rx.el.p(NEXT.due, class_name="muted")


def asked() -> rx.Component:
    """Ask for payroll's own days of the period, and start its run."""
    return when(
        VIEW.may_start,
        form(
            when(PayrollState.problem, refused()),
            when(VIEW.is_first, which_period()),
            columns(
                date_field(
                    "First day",
                    "first_day",
                    default_value=NEXT.first_day,
                    required=True,
                ),
                date_field(
                    "Last day", "last_day", default_value=NEXT.last_day, required=True
                ),
                date_field(
                    "Pay date", "pay_on", default_value=NEXT.pay_on, required=True
                ),
            ),
            actions(primary("Start the run", type="submit")),
            on_submit=PayrollState.start,
            key=NEXT.first_day,
        ),
    )


def which_period() -> rx.Component:
    """Ask with which period of the year the portal begins."""
    return columns(
        number_field(
            "Pay year",
            "year",
            default_value=NEXT.year,
            hint="The first run is yours to choose; the others follow it.",
            max_length=4,
        ),
        number_field(
            "Number of the period",
            "number",
            default_value=NEXT.number,
            hint="1 is the first of the year.",
            max_length=2,
        ),
    )


def refused() -> rx.Component:
    """Say why no run was started."""
    return rx.el.div(callout(PayrollState.problem, tone="danger"), role="alert")


def drawn() -> rx.Component:
    """Draw what the last runs came to, corrections included."""
    return bar_chart("What the last runs came to, oldest first", VIEW.bars)


def runs() -> rx.Component:
    """List the runs, the newest first."""
    return section(
        "Runs",
        rx.el.p(VIEW.summary, class_name="muted"),
        data_table(unseen("Runs, newest first"), RUNS, VIEW.rows, cells, empty=none()),
        when(VIEW.pages > 1, pager(VIEW.page, VIEW.pages, PayrollState.turn_page)),
    )


def cells(each: Any) -> tuple[rx.Component, ...]:
    """Say one run."""
    return (
        stack(
            link(each.period, href=each.href),
            rx.el.span(each.days, class_name="muted"),
            gap="sm",
        ),
        rx.el.span(each.pay_on),
        badge(each.state, each.tone),
        rx.el.span(each.lines),
        money(each.regular),
        money(each.corrections),
        rx.el.strong(money(each.total)),
    )


def none() -> rx.Component:
    """Say that no run was started yet, and what a run is."""
    return empty_state(
        "No run yet",
        "A run lists who is paid a stipend for a pay period and how much, for you to "
        "look at before payroll gets it. Start the first one above.",
        link_button("See the yearly amounts", href="/policy/amounts"),
        "hand-coins",
    )
