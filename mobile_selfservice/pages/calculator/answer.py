"""The answer as it is drawn: headline, advice, lanes, columns, table, workings."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.balance_chart import balance_chart
from mobile_selfservice.components.cards import callout, card, figure_card
from mobile_selfservice.components.month_lanes import month_lanes
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import each, icon, unseen, when
from mobile_selfservice.components.working import working

MONTHS = (
    Column("Month"),
    Column("Given up now"),
    Column("Kept to the contract’s end"),
)
MONTHS_AND_MONEY = (
    *MONTHS,
    Column("City so far", numeric=True),
    Column("City, without a wait", numeric=True),
)


def answer(told: Any, stamp: Any) -> rx.Component:
    """Draw the answer, or say why there is none."""
    return when(told.refused, refused(told), worked_out(told, stamp))


def figures_behind(told: Any) -> rx.Component:
    """Show every month, what else to know, and how all was worked out."""
    return stack(
        when(told.refused, rx.fragment(), every_month(told)),
        section(
            "How this was worked out",
            *each(told.workings, lambda row: working(row.steps, row.summary)),
        ),
        gap="lg",
    )


def every_month(told: Any) -> rx.Component:
    """Set the months in a table, and say how else they might be counted."""
    return stack(
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "Every month in a table"),
            when(
                told.has_cost,
                data_table(
                    unseen("Every month"), MONTHS_AND_MONEY, told.rows, cells_and_money
                ),
                data_table(unseen("Every month"), MONTHS, told.rows, cells),
            ),
            class_name="working",
        ),
        card(
            rx.el.ul(*each(told.notes, rx.el.li), class_name="stack stack-sm"),
            rx.el.p(
                "The address of this page holds what you typed: send it, or print the "
                "page. Nothing is stored.",
                class_name="muted",
            ),
            title="Good to know",
        ),
    )


def refused(told: Any) -> rx.Component:
    """Say why no stipend can be had."""
    return rx.el.div(
        callout(told.refused, title="No stipend to wait for", tone="danger"),
        role="alert",
    )


def worked_out(told: Any, stamp: Any) -> rx.Component:
    """Draw all that was worked out."""
    return stack(
        when(
            told.takes_focus,
            headline(told, stamp, {"data-focus": "true"}),
            headline(told, stamp, {}),
        ),
        when(told.verdict, verdict(told)),
        rx.el.dl(*each(told.figures, figure), class_name="figures-row"),
        month_lanes(
            "What you have, month by month", told.lanes, told.ticks, "Better for you"
        ),
        when(
            told.balance.length() > 0,
            balance_chart(
                "What the City has saved, less the penalty",
                told.balance,
                told.zero,
                told.balance_lead,
            ),
        ),
        gap="md",
    )


def headline(told: Any, stamp: Any, attributes: dict[str, str]) -> rx.Component:
    """Say the answer in a line; it takes the focus when it was just asked for."""
    return rx.el.section(
        rx.el.h2(told.headline),
        rx.el.p(told.sentence),
        key=stamp,
        tab_index=-1,
        aria_label="Answer",
        class_name="answer",
        custom_attrs=attributes,
    )


def verdict(told: Any) -> rx.Component:
    """Say what is better."""
    return rx.el.section(
        rx.el.h2(told.verdict),
        rx.el.p(told.verdict_why),
        data_tone=told.tone,
        class_name="verdict",
    )


def figure(row: Any) -> rx.Component:
    """Show one number that matters."""
    return figure_card(row.label, row.value, row.sub)


def cells(row: Any) -> list:
    """Give one month's cells."""
    return [row.month, row.now, row.waited]


def cells_and_money(row: Any) -> list:
    """Give one month's cells with the City's sums."""
    return [*cells(row), row.balance, row.at_once]
