"""The choice an employee makes for a number or a call, such as "personal"."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.when import Words, icon, unseen

# What is kept, what it is called, and its shape.
USES = (
    ("business", "Business", "briefcase"),
    ("personal", "Personal", "user-round"),
    ("incidental", "Incidental", "feather"),
    ("unsure", "Not sure", "circle-help"),
)


def use_choice(
    what: Words, name: str | rx.Var, value: Any, on_change: Any, disabled: Any = False
) -> rx.Component:
    """Ask how a number or call was used; `what` names it to a screen reader.

    `on_change` is given one of the words in `USES`; `name` is unlike any other's.
    """
    return rx.el.fieldset(
        rx.el.legend(unseen("Use of ", what)),
        *[
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
            )
            for use, words, shape in USES
        ],
        class_name="segments",
    )
