"""The choice an employee makes for a number or a call, such as "personal"."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.when import Words, icon, unseen, when

INCIDENTAL = "incidental"
# What is kept, what it is called, and its shape.
USES = (
    ("business", "Business", "briefcase"),
    ("personal", "Personal", "user-round"),
    (INCIDENTAL, "Incidental", "feather"),
    ("unsure", "Not sure", "circle-help"),
)


def use_choice(
    what: Words,
    name: str | rx.Var,
    value: Any,
    on_change: Any,
    *,
    takes_incidental: Any = True,
    disabled: Any = False,
) -> rx.Component:
    """Ask how a number or call was used; `what` names it to a screen reader.

    `on_change` is given one of the words in `USES`; `name` is unlike any other's. A
    policy that takes no incidental use is offered none; what was marked so stays shown.
    """
    return rx.el.fieldset(
        rx.el.legend(unseen("Use of ", what)),
        *[
            offered(
                use,
                takes_incidental | (value == use),
                rx.el.label(
                    rx.el.input(
                        type="radio",
                        name=name,
                        value=use,
                        checked=value == use,
                        on_change=on_change,
                        disabled=disabled,
                    ),
                    icon(shape),
                    rx.el.span(words),
                    data_use=use,
                ),
            )
            for use, words, shape in USES
        ],
        class_name="segments",
    )


def offered(use: str, takes_incidental: Any, choice: rx.Component) -> rx.Component:
    """Show a choice; the incidental one only where the policy takes it."""
    return when(takes_incidental, choice) if use == INCIDENTAL else choice
