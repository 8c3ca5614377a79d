"""The advice as it is drawn: one sentence, one chart, a table, workings."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.cards import callout
from mobile_selfservice.components.choice_chart import choice_chart
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import each, icon, unseen, when
from mobile_selfservice.components.working import working


def advice(told: Any, stamp: Any) -> rx.Component:
    """Draw the advice, or say why there is none."""
    return when(told.refusals.length() > 0, refused(told, stamp), compared(told, stamp))


def figures_behind(told: Any) -> rx.Component:
    """Show every figure behind the advice, and how it was worked out."""
    return stack(
        when(
            told.parts.length() > 0,
            rx.el.div(
                data_table("Part by part", PARTS, told.parts, part_cells),
                all_months(told),
                class_name="by-two stack stack-md",
            ),
        ),
        section(
            "How this was worked out",
            *each(told.workings, lambda row: working(row.steps, row.summary)),
        ),
        gap="lg",
    )


def all_months(told: Any) -> rx.Component:
    """Show every month of the comparison."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "All 24 months"),
        data_table(
            unseen("All 24 months"), month_columns(told), told.months, month_cells
        ),
        class_name="working",
    )


def headline(title: Any, stamp: Any, *words: Any) -> rx.Component:
    """Say the answer; it takes the focus, as it was just asked for."""
    return rx.el.section(
        rx.el.h2(title),
        *words,
        key=stamp,
        tab_index=-1,
        aria_label="Advice",
        data_focus="true",
        class_name="answer",
    )


def refused(told: Any, stamp: Any) -> rx.Component:
    """Say why a stipend cannot be had."""
    return headline(
        "A stipend cannot be paid",
        stamp,
        *each(told.refusals, rx.el.p),
    )


def compared(told: Any, stamp: Any) -> rx.Component:
    """Draw the comparison."""
    return stack(
        headline(
            told.title,
            stamp,
            rx.el.p(told.reason),
            rx.el.p(told.city),
        ),
        when(told.turn, callout(told.turn, title="What would change this")),
        *each(told.notes, lambda words: callout(words)),
        choice_chart("What each choice costs over 24 months", told.payers),
        gap="md",
    )


PARTS = (
    Column("Part"),
    Column("City phone, a month", numeric=True),
    Column("City phone, 24 months", numeric=True),
    Column("Stipend, a month", numeric=True),
    Column("Stipend, 24 months", numeric=True),
)


def part_cells(row: Any) -> list:
    """Give one part's cells."""
    said = (row.name, row.phone, row.phone_all, row.stipend, row.stipend_all)
    return [rx.cond(row.is_sum, rx.el.strong(words), words) for words in said]


def month_columns(told: Any) -> list[Column]:
    """Title the months, with their sums."""
    sums = told.totals
    return [
        Column("Month", total="All 24 months"),
        Column("You, City phone", numeric=True, total=sums.you_phone),
        Column("You, stipend", numeric=True, total=sums.you_stipend),
        Column("City, City phone", numeric=True, total=sums.city_phone),
        Column("City, stipend", numeric=True, total=sums.city_stipend),
    ]


def month_cells(row: Any) -> list:
    """Give one month's cells."""
    return [
        row.month,
        row.you_phone,
        row.you_stipend,
        row.city_phone,
        row.city_stipend,
    ]
