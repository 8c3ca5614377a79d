"""The page that opens a figure: large, then its steps, then what they rest on."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.cards import callout, card, facts
from mobile_selfservice.components.links import back_link, jump_link, link
from mobile_selfservice.components.money import amount_due, money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.components.working import chip
from mobile_selfservice.pages.explain.state import ExplainState
from mobile_selfservice.session_state import screen

VIEW = ExplainState.view
VALUES = "Values of the policy behind it"
COLUMNS = (Column("What it is"), Column("Value"), Column("Since"), Column("Set by"))


def explain() -> rx.Component:
    """Lay out one figure and all that leads to it."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            rx.fragment(
                back_link(VIEW.back.label, href=VIEW.back.href),
                stack(
                    head(),
                    rx.foreach(VIEW.notes, lambda note: callout(note, title="Note")),
                    rx.foreach(VIEW.parts, part),
                    when(VIEW.behind.length() > 0, behind()),
                    when(VIEW.readings.length() > 0, readings()),
                    when(VIEW.others.length() > 0, others()),
                    gap="lg",
                ),
            ),
            page_skeleton(),
        ),
        lead=VIEW.about,
    )


def head() -> rx.Component:
    """Show the figure large, and what was known when."""
    return card(
        amount_due(VIEW.label, VIEW.said),
        rx.el.p(VIEW.known, class_name="muted"),
    )


def part(each: Any) -> rx.Component:
    """Show one subject with its steps in order."""
    return section(
        rx.fragment(each.label, rx.cond(each.amount, ": ", ""), money(each.amount)),
        rx.el.ol(rx.foreach(each.steps, step), class_name="steps"),
    )


def step(each: Any) -> rx.Component:
    """Show one step; its clause leads to the policy, its reading further down."""
    return rx.el.li(
        rx.el.span(each.text, class_name="step-text"),
        when(each.amount, money(each.amount)),
        rx.el.span(
            when(
                each.clause_href,
                link(chip(each.clause), href=each.clause_href),
                when(each.clause, chip(each.clause)),
            ),
            when(
                each.reading,
                jump_link(chip("Reading ", each.reading), target=each.reading_at),
            ),
            class_name="chips",
        ),
    )


def behind() -> rx.Component:
    """List the dated values, each leading to its history."""
    return section(
        VALUES, data_table(unseen(VALUES), COLUMNS, VIEW.behind, value_cells)
    )


def value_cells(each: Any) -> tuple[rx.Component, ...]:
    """Say one value, since when it holds and who set it."""
    return (
        stack(
            link(each.label, href=each.href),
            when(each.scope, rx.el.span("for ", each.scope, class_name="muted")),
            gap="sm",
        ),
        rx.el.span(each.words),
        rx.el.span(each.since),
        rx.el.span(each.source),
    )


def readings() -> rx.Component:
    """Tell how the policy's unclear sentences are read."""
    return section(
        "How unclear sentences are read",
        rx.foreach(VIEW.readings, reading),
        lead="Where the policy leaves room, one reading is chosen, and an official can "
        "adopt it or choose another.",
    )


def reading(each: Any) -> rx.Component:
    """Tell one reading: the sentence, what was chosen, why, and who adopted it."""
    return card(
        rx.el.h3(
            each.number,
            ": ",
            each.title,
            tab_index=-1,
            custom_attrs={"id": each.number},
        ),
        facts(
            ("The policy says", each.sentence),
            ("It is read as", each.chosen),
            ("Why", each.why),
            ("Adopted", each.adopted),
        ),
        when(
            each.switches.length() > 0,
            stack(
                rx.el.p("The values of the policy that choose the reading:"),
                rx.el.ul(
                    rx.foreach(
                        each.switches,
                        lambda one: rx.el.li(link(one.label, href=one.href)),
                    ),
                ),
                gap="sm",
            ),
        ),
    )


def others() -> rx.Component:
    """Lead to the other figures of the same record."""
    return rx.el.nav(
        rx.el.h2("Other figures of this record"),
        rx.el.ul(
            rx.foreach(
                VIEW.others, lambda one: rx.el.li(link(one.label, href=one.href))
            ),
            class_name="row",
        ),
        aria_label="Other figures of this record",
        class_name="section stack stack-md",
    )
