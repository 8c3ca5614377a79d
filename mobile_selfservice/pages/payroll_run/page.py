"""The screen of one stipend run."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import row, section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import (
    callout,
    empty_state,
    facts,
    figure_card,
    figures,
)
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.links import back_link, download_link, link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.payroll_run.repaid import (
    repaid,
    repaid_button,
    repaid_form,
)
from mobile_selfservice.pages.payroll_run.state import PayrollRunState
from mobile_selfservice.session_state import screen

VIEW = PayrollRunState.view
LINES = (
    Column("Employee"),
    Column("Department"),
    Column("For"),
    Column("Amount", numeric=True),
)
DIFFERENCES = (
    Column("Employee"),
    Column("Change"),
    Column("Before", numeric=True),
    Column("Now", numeric=True),
    Column("Personnel Action Form"),
)
HELD = (
    Column("Employee"),
    Column("For"),
    Column("Held back", numeric=True),
    Column("What to do"),
)
EVENTS = (Column("When"), Column("Who"), Column("What"))


def payroll_run() -> rx.Component:
    """Lay out what the run comes to, what differs, its lines and the hand-over."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            stack(
                back_link("All runs", href="/payroll"),
                standing(),
                told(),
                to_enter(),
                totals(),
                when(VIEW.may_pay, hand_over_actions()),
                when(VIEW.file_href, files()),
                differences(),
                lines(),
                when(VIEW.held_back.length() > 0, held_back()),
                when(PayrollRunState.repaying.stipend_id > 0, repaid_form()),
                when(VIEW.repaid.length() > 0, repaid()),
                history(),
                hand_over_dialog(),
                take_back_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/payroll",
        lead=VIEW.days,
    )


def standing() -> rx.Component:
    """Say whether the run is open, when it is paid, and who handed it over."""
    return stack(
        row(
            when(
                VIEW.is_open,
                badge("Open", "info"),
                badge("Handed over and locked", "success", "lock"),
            ),
            when(VIEW.tax, badge(VIEW.tax)),
        ),
        facts(
            ("Pay date", VIEW.pay_on),
            ("Started by", VIEW.started_by),
        ),
        when(VIEW.handed_over, rx.el.p("Handed over ", VIEW.handed_over)),
        when(VIEW.regular_rate, rx.el.p(VIEW.regular_rate, class_name="muted")),
        gap="sm",
    )


def told() -> rx.Component:
    """Name what stands in the way, and what payroll should know."""
    return stack(
        rx.foreach(VIEW.blockers, lambda one: callout(one, tone="danger")),
        rx.foreach(VIEW.notices, lambda one: callout(one, tone="warn")),
        gap="sm",
    )


def to_enter() -> rx.Component:
    """Name stipends of this period that are not entered for payroll yet."""
    return when(
        VIEW.to_enter.length() > 0,
        callout(
            to_enter_list(),
            rx.el.p("What is entered after the hand-over is paid by the next run."),
            title="Not in this run",
            tone="warn",
        ),
    )


def to_enter_list() -> rx.Component:
    """List them, each with its way there."""
    return rx.el.ul(
        rx.foreach(VIEW.to_enter, lambda one: rx.el.li(link(one.words, href=one.href))),
        class_name="stack stack-sm",
    )


def held_back() -> rx.Component:
    """List what is held back: in no file and no total of this run."""
    return section(
        "Held back",
        data_table(
            unseen("Held back, by name"),
            HELD,
            VIEW.held_back,
            lambda each: (
                rx.el.span(each.name),
                rx.el.span(each.reason),
                money(each.amount),
                stack(
                    rx.el.span(each.what_to_do),
                    when(each.may_record, repaid_button(each)),
                    gap="sm",
                ),
            ),
        ),
        lead="Paid too much before, and not taken out of anybody’s pay by this run.",
    )


def totals() -> rx.Component:
    """Show what the run comes to."""
    return figures(
        figure_card("In all", VIEW.total, sub=VIEW.line_count),
        figure_card("Pay of the period", VIEW.regular),
        figure_card("Corrections of earlier runs", VIEW.corrections),
    )


def hand_over_actions() -> rx.Component:
    """Offer to hand the run over, or to take it back."""
    return actions(
        primary(
            "Hand over to payroll",
            disabled=~VIEW.may_hand_over,
            on_click=PayrollRunState.ask_to_hand_over,
        ),
        button(
            "Take the run back",
            kind="quiet",
            on_click=PayrollRunState.ask_to_take_back,
        ),
    )


def files() -> rx.Component:
    """Offer the file, in our layout and in payroll's own."""
    return section(
        "Files for payroll",
        row(
            download_link("Download the file (CSV)", href=VIEW.file_href),
            when(
                VIEW.template_href,
                download_link(
                    "Download in payroll’s own columns", href=VIEW.template_href
                ),
                link("Set up payroll’s own columns", href="/payroll/template"),
            ),
        ),
        rx.el.p(
            "The file stays the same, byte by byte. SHA-256: ",
            rx.el.code(VIEW.content_hash, class_name="fingerprint"),
            class_name="muted",
        ),
    )


def differences() -> rx.Component:
    """List who is new, changed, paused or gone since the run before."""
    return section(
        "What differs from the run before",
        data_table(
            unseen("Differences by employee"),
            DIFFERENCES,
            VIEW.differences,
            difference_cells,
            empty=rx.el.p("Nobody’s pay differs from the run before."),
        ),
        lead=VIEW.compared,
    )


def difference_cells(each: Any) -> tuple[rx.Component, ...]:
    """Say how one person's pay differs."""
    return (
        stack(
            rx.el.span(each.name),
            rx.el.span(each.department, class_name="muted"),
            gap="sm",
        ),
        badge(each.change, each.tone),
        money(each.before),
        money(each.after),
        when(
            each.paper,
            link("Form", unseen(" of ", each.name), href=each.paper),
            rx.el.span("–", class_name="muted"),
        ),
    )


def lines() -> rx.Component:
    """List every line with its working."""
    return section(
        "Lines",
        data_table(
            unseen("Lines of the run, by name"),
            LINES,
            VIEW.lines,
            line_cells,
            empty=nobody(),
        ),
        when(VIEW.pages > 1, pager(VIEW.page, VIEW.pages, PayrollRunState.turn_page)),
    )


def line_cells(each: Any) -> tuple[rx.Component, ...]:
    """Say one line; how it was worked out opens under it."""
    return (
        stack(
            rx.el.span(each.name),
            rx.el.span(each.employee_number, class_name="muted"),
            gap="sm",
        ),
        rx.el.span(each.department),
        stack(
            rx.el.span(each.reason),
            when(each.is_correction, badge("Correction", "warn")),
            gap="sm",
        ),
        money(each.amount),
        working(each.steps),
    )


def nobody() -> rx.Component:
    """Say that nobody is paid, and where stipends come from."""
    return empty_state(
        "Nobody is paid a stipend for this period",
        "A stipend is paid from its first month on, once it was approved and checked.",
        shape="hand-coins",
    )


def history() -> rx.Component:
    """Tell who did what with the run."""
    return section(
        "History",
        data_table(
            unseen("History, oldest first"),
            EVENTS,
            VIEW.history,
            lambda each: (
                rx.el.span(each.at),
                rx.el.span(each.who),
                rx.el.span(each.note),
            ),
        ),
    )


def hand_over_dialog() -> rx.Component:
    """Ask once more before the run is locked."""
    return confirm_dialog(
        PayrollRunState.is_handing,
        "Hand this run over to payroll?",
        rx.el.p(VIEW.line_count, ", ", VIEW.total, " in all, paid ", VIEW.pay_on, "."),
        to_enter(),
        rx.el.p(
            "The run is locked then. Whatever is learned later is corrected in the "
            "next run."
        ),
        confirm=primary("Hand over", on_click=PayrollRunState.hand_over),
        on_cancel=PayrollRunState.go_back,
    )


def take_back_dialog() -> rx.Component:
    """Ask once more before the run is taken back."""
    return confirm_dialog(
        PayrollRunState.is_taking_back,
        "Take this run back?",
        rx.el.p("Nothing was paid by it. You can start it again with other days."),
        confirm=primary("Take it back", on_click=PayrollRunState.take_back),
        on_cancel=PayrollRunState.go_back,
    )
