"""A form of many questions beside its answer: the calculator and the advisor."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.cards import card
from mobile_selfservice.components.forms import error_summary
from mobile_selfservice.components.when import Words, icon


def ask_and_answer(
    questions: rx.Component,
    answer: rx.Component,
    *,
    faults: Any,
    stamp: Any,
    is_answered: Any,
) -> rx.Component:
    """Set the form beside the answer; where they stand in one column, fold it.

    Who opens a link on a phone then sees the answer, with the questions one press away.
    Where there is room for both the style sheet shows the form in any case.
    """
    return rx.el.div(
        rx.el.div(
            error_summary(faults),
            card(
                rx.el.details(
                    rx.el.summary(icon("chevron-right"), "Change the figures"),
                    questions,
                    open=~is_answered,
                    class_name="working questions",
                ),
            ),
            key=stamp,
            data_answered=is_answered,
            class_name="stack stack-md asking",
        ),
        answer,
        class_name="ask",
    )


def part(title: Words, *fields: rx.Component) -> rx.Component:
    """Set questions that belong together apart."""
    return rx.el.fieldset(rx.el.legend(title), *fields, class_name="part")


def more(title: Words, *fields: rx.Component, is_open: Any) -> rx.Component:
    """Fold away what few need to fill in."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), title),
        stack(*fields),
        open=is_open,
        class_name="working",
    )
