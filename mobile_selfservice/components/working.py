"""How an amount was worked out: the steps, their clauses and readings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from mobile_selfservice.components.money import money
from mobile_selfservice.components.when import Words, each, icon, when
from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.step_words import StepWords, all_step_words


@dataclass(frozen=True)
class WorkingStep:
    """One line of working, ready to show."""

    text: str = ""
    amount: str = ""
    clause: str = ""
    reading: str = ""


def working_steps(explained: Explained) -> list[WorkingStep]:
    """Put the steps of an explained amount into words."""
    return shown_steps(all_step_words(explained.steps))


def shown_steps(steps: Iterable[StepWords]) -> list[WorkingStep]:
    """Make the words of steps ready to show; they stay as they are."""
    return [
        WorkingStep(step.text, step.amount, step.clause, step.reading) for step in steps
    ]


def working(steps: Any, summary: Words = "How this was worked out") -> rx.Component:
    """Open an amount into the steps that lead to it (a list or Var of WorkingStep)."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), summary),
        rx.el.ol(*each(steps, working_step), class_name="steps"),
        class_name="working",
    )


def working_step(step: Any) -> rx.Component:
    """Show one line of working."""
    return rx.el.li(
        rx.el.span(step.text, class_name="step-text"),
        when(step.amount, money(step.amount)),
        rx.el.span(
            when(step.clause, chip(step.clause)),
            when(step.reading, chip("Reading ", step.reading)),
            class_name="chips",
        ),
    )


def chip(*words: Words) -> rx.Component:
    """Name the clause or reading something rests on."""
    return rx.el.span(*words, class_name="chip")
