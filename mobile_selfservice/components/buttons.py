"""Buttons: one primary act per screen, the others quieter."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.when import Words, icon, unseen, when


def button(
    *words: Words,
    kind: str = "secondary",
    busy: bool | rx.Var = False,
    disabled: bool | rx.Var = False,
    **props: Any,
) -> rx.Component:
    """Draw a button; kind is primary, secondary, quiet or danger.

    While `busy` it turns, says so and cannot be pressed again.
    """
    props.setdefault("type", "button")
    return rx.el.button(
        when(
            busy,
            rx.fragment(
                rx.el.span(class_name="spinner", aria_hidden="true"),
                unseen("Working: "),
            ),
        ),
        *words,
        disabled=busy | disabled,
        class_name=f"button button-{kind}",
        **props,
    )


def primary(*words: Words, **props: Any) -> rx.Component:
    """Draw the one main act of a screen."""
    return button(*words, kind="primary", **props)


def link_button(
    *words: Words, href: str | rx.Var, kind: str = "secondary", **props: Any
) -> rx.Component:
    """Draw a link with the weight of a button; `reload_document=True` for files."""
    return rx.el.a(*words, href=href, class_name=f"button button-{kind}", **props)


def icon_button(name: str, label: Words, **props: Any) -> rx.Component:
    """Draw a quiet button with only an icon; the label is what it is called."""
    return button(icon(name), unseen(label), kind="icon", title=label, **props)


def actions(*buttons: rx.Component) -> rx.Component:
    """Line buttons up: beside each other, or full width on a phone."""
    return rx.el.div(*buttons, class_name="actions")
