"""Progress, steps, and the shapes shown while a page loads."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mobile_selfservice.components.when import Words, either, icon, unseen, when

BILL_STEPS = ("Review", "Certify", "Pay", "Done")
INVOICE_STEPS = ("Import", "Check", "Publish", "Release")


def progress_bar(
    label: Words, value: Any, maximum: Any, sub: Words = ""
) -> rx.Component:
    """Show how much of a known amount is done."""
    return rx.el.label(
        rx.el.span(
            rx.el.span(label),
            when(sub, rx.el.span(sub, class_name="muted")),
            class_name="row spread",
        ),
        rx.el.progress(value=value, max=maximum),
        class_name="progress",
    )


def stepper(
    steps: Sequence[str], current: Any, label: str = "Steps", done: Any = None
) -> rx.Component:
    """Show how far along a fixed sequence one is; `current` counts from 0.

    `done` (a Var of numbers) names the steps that are done where they may be taken in
    any order; without it every step before the current one is.
    """
    return rx.el.ol(
        *[_step(number, name, current, done) for number, name in enumerate(steps)],
        aria_label=label,
        class_name="stepper",
    )


def _step(number: int, name: str, current: Any, steps_done: Any) -> rx.Component:
    here = current == number
    done = current > number
    if steps_done is not None:
        done = steps_done.contains(number) & (current != number)
    marker = rx.fragment(icon("check"), unseen("Done: "))
    look = either(done, "done", either(here, "current", "ahead"))
    return rx.el.li(
        rx.el.span(
            when(done, marker, rx.fragment(str(number + 1))), class_name="step-mark"
        ),
        name,
        aria_current=either(here, "step", "false"),
        data_step=look,
    )


def skeleton(lines: int = 3) -> rx.Component:
    """Hold the place of text that is loading."""
    return rx.el.div(
        *[rx.el.div(class_name="bone") for _ in range(lines)],
        aria_hidden="true",
        class_name="stack stack-sm",
    )


def page_skeleton() -> rx.Component:
    """Hold the place of a whole page that is loading."""
    return rx.el.div(
        rx.el.p(unseen("Loading…"), role="status"),
        rx.el.div(
            *[rx.el.div(class_name="bone bone-card") for _ in range(3)],
            class_name="columns",
        ),
        skeleton(6),
        class_name="stack stack-lg",
    )
