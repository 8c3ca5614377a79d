"""The screen of the yearly amounts."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import row, section, stack
from mobile_selfservice.components.buttons import actions, button
from mobile_selfservice.components.cards import callout, empty_state
from mobile_selfservice.components.charts import bar_chart
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.policy_amounts.form import amount_form, survey_form
from mobile_selfservice.pages.policy_amounts.state import PolicyAmountsState
from mobile_selfservice.session_state import screen

VIEW = PolicyAmountsState.view
FORM = PolicyAmountsState.form
CLASSES = (
    Column("Stipend"),
    Column("A month", numeric=True),
    Column("No more than", numeric=True),
    Column("Since"),
    Column("Review"),
)
PLANS = (
    Column("Carrier and plan"),
    Column("For"),
    Column("A month", numeric=True),
    Column("Surveyed"),
)
OTHERS = (
    Column("What it is"),
    Column("In force today"),
    Column("Since"),
    Column("Set by"),
)


def policy_amounts() -> rx.Component:
    """Lay out the stipends, the survey that limits them, and the other figures."""
    return screen(
        "Yearly amounts",
        when(
            VIEW.is_loaded,
            stack(
                back_link("Values of the policy", href="/policy/values"),
                stipends(),
                survey(),
                others(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/policy",
        lead="What is set once a year: the prices surveyed, the stipends they limit, "
        "and the other figures. An amount nobody reviewed goes on in force and is "
        "marked.",
    )


def stipends() -> rx.Component:
    """Show each class with its limit, and set the next amount."""
    return section(
        "Stipends",
        data_table(unseen("Stipends by class"), CLASSES, VIEW.classes, class_cells),
        when(VIEW.bars.length() > 2, bar_chart("Prices and stipends", VIEW.bars)),
        when(
            VIEW.may_set_schedule,
            when(
                FORM == "amount",
                amount_form(),
                actions(
                    button(
                        "Set the next amount", on_click=PolicyAmountsState.open_amount
                    )
                ),
            ),
        ),
        lead="What somebody gets a month for using a phone of their own.",
    )


def class_cells(each: Any) -> tuple[rx.Component, ...]:
    """Say one class; where its limit comes from opens under it."""
    return (
        stack(
            rx.el.span(each.name),
            when(each.following, rx.el.span(each.following, class_name="muted")),
            gap="sm",
        ),
        rx.el.strong(money(each.amount)),
        stack(
            money(each.limit),
            when(each.is_over, badge("Above the limit", "danger")),
            gap="sm",
        ),
        stack(
            rx.el.span(each.since),
            rx.el.span(each.source, class_name="muted"),
            gap="sm",
        ),
        when(
            each.review,
            when(
                each.is_missed, badge(each.review, "warn"), badge(each.review, "info")
            ),
            rx.el.span("–", class_name="muted"),
        ),
        when(
            each.missing,
            rx.el.p(each.missing, class_name="muted"),
            working(each.steps, "Where the limit comes from"),
        ),
    )


def survey() -> rx.Component:
    """Show the surveyed contracts, the lowest of each class marked."""
    return section(
        "Retail survey",
        when(VIEW.surveyed, rx.el.p(VIEW.surveyed)),
        when(VIEW.survey_review, callout(VIEW.survey_review, tone="warn")),
        data_table(
            unseen("Surveyed contracts"),
            PLANS,
            VIEW.plans,
            plan_cells,
            empty=no_survey(),
        ),
        when(
            VIEW.may_set_survey,
            when(
                FORM == "survey",
                survey_form(),
                actions(
                    button(
                        "Enter a new survey", on_click=PolicyAmountsState.open_survey
                    )
                ),
            ),
        ),
        lead="The monthly retail contracts that major carriers of the region offer to "
        "employees of local government.",
    )


def plan_cells(each: Any) -> tuple[rx.Component, ...]:
    """Say one contract."""
    return (
        stack(
            rx.el.span(each.carrier),
            rx.el.span(each.plan, class_name="muted"),
            gap="sm",
        ),
        row(
            rx.el.span(each.name),
            when(each.is_lowest, badge("Lowest price", "info")),
        ),
        money(each.price),
        rx.el.span(each.surveyed_on),
    )


def no_survey() -> rx.Component:
    """Say what lacks without a survey, and who enters one."""
    return empty_state(
        "No survey is entered",
        "Without one nobody can say what a stipend may reach, so none can be set.",
        rx.el.p("It is entered by the ", VIEW.survey_office, "."),
        "search-x",
    )


def others() -> rx.Component:
    """List the other figures set once a year, each leading to its own page."""
    return section(
        "Other yearly figures",
        data_table(unseen("Other yearly figures"), OTHERS, VIEW.others, other_cells),
    )


def other_cells(each: Any) -> tuple[rx.Component, ...]:
    """Say one figure."""
    return (
        stack(
            link(each.label, when(each.scope, unseen(each.scope)), href=each.href),
            when(each.scope, rx.el.span("for ", each.scope, class_name="muted")),
            gap="sm",
        ),
        row(
            rx.el.span(each.words),
            when(
                each.review,
                when(
                    each.is_missed,
                    badge(each.review, "warn"),
                    badge(each.review, "info"),
                ),
            ),
        ),
        rx.el.span(each.since),
        rx.el.span(each.office),
    )
