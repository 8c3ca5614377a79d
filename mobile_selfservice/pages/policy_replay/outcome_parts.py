"""What a finished replay shows: figures, bars, tables and both workings."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import columns, row, section, stack
from mobile_selfservice.components.cards import callout, card, figure_card, figures
from mobile_selfservice.components.charts import bar_chart
from mobile_selfservice.components.links import download_link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import Words, unseen, when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.policy_replay.state import PolicyReplayState

FOUND = PolicyReplayState.outcome
SUMS = (
    Column("Bills", numeric=True),
    Column("Policy in force", numeric=True),
    Column("Draft", numeric=True),
    Column("Difference", numeric=True),
)
DEPARTMENTS = (Column("Department"), *SUMS)
MONTHS = (Column("Month"), *SUMS)
PEOPLE = (Column("Person"), Column("Department"), *SUMS)


def outcome_parts() -> rx.Component:
    """Lay out what was found, the answer first."""
    return stack(
        section(FOUND.title, figure_cards(), doubts(), others(), lead=FOUND.summary),
        section(
            "By department",
            bar_chart("What employees would owe more, or less (−)", FOUND.bars),
            data_table(
                unseen("By department, to the cent"),
                DEPARTMENTS,
                FOUND.departments,
                lambda line: cells(line, len(DEPARTMENTS)),
            ),
        ),
        when(FOUND.differences.length() > 0, differences()),
        section(
            "By month",
            data_table(
                unseen("By month, to the cent"),
                MONTHS,
                FOUND.months,
                lambda line: cells(line, len(MONTHS)),
            ),
        ),
        when(FOUND.people.length() > 0, people()),
        row(download_link("Download the rows as CSV", href=FOUND.export)),
        gap="lg",
    )


def figure_cards() -> rx.Component:
    """Show the numbers that decide."""
    return rx.fragment(
        figures(
            figure_card("Policy in force", FOUND.in_force, FOUND.bills),
            figure_card("Draft", FOUND.draft, "the same bills"),
            figure_card("Difference", FOUND.change, "for employees together"),
        ),
        figures(
            figure_card("Would owe less", FOUND.pay_less, FOUND.pay_less_sum),
            figure_card("Would owe more", FOUND.pay_more, FOUND.pay_more_sum),
            figure_card("No difference", FOUND.same),
        ),
    )


def doubts() -> rx.Component:
    """Say what the comparison leaves out or cannot vouch for."""
    lines = rx.el.ul(rx.foreach(FOUND.doubts, lambda line: rx.el.li(line)))
    return when(
        FOUND.doubts.length() > 0,
        callout(lines, tone="warn", title="Not everything could be compared"),
    )


def others() -> rx.Component:
    """Say what the draft would have done to reviews and stipends."""
    return when(
        FOUND.others.length() > 0,
        rx.el.ul(rx.foreach(FOUND.others, lambda line: rx.el.li(line))),
    )


def differences() -> rx.Component:
    """Explain the bills that differ most, with both workings side by side."""
    return section(
        "The largest differences",
        rx.foreach(FOUND.differences, difference),
        lead="Each bill with both workings, step by step.",
    )


def difference(each: Any) -> rx.Component:
    """Explain one bill."""
    return card(
        columns(
            way("Policy in force", each.in_force, each.steps_in_force),
            way("Draft", each.draft, each.steps_draft),
        ),
        title=rx.fragment(each.title, " ", money(each.change)),
    )


def way(name: str, amount: Words, steps: Any) -> rx.Component:
    """Show what one policy makes of a bill, and how."""
    return stack(
        rx.el.p(rx.el.strong(name), " ", money(amount)),
        working(steps, summary=f"{name}: how it was worked out"),
        gap="sm",
    )


def people() -> rx.Component:
    """List the people for whom something would change."""
    return section(
        "By person",
        data_table(
            FOUND.people_caption,
            PEOPLE,
            FOUND.people,
            lambda line: cells(line, len(PEOPLE)),
        ),
    )


def cells(line: Any, width: int) -> Sequence[Words]:
    """Give the cells of a row."""
    return tuple(line.cells[place] for place in range(width))
