"""Draw the same part from a plain value or from a Var."""

from collections.abc import Callable
from typing import Any

import reflex as rx

# What a part accepts as words: text, a Var, or another part.
Words = str | rx.Var | rx.Component


def when(
    value: Any, part: rx.Component, otherwise: rx.Component | None = None
) -> rx.Component:
    """Draw a part when a value or Var is true (not empty), else the other one."""
    if isinstance(value, rx.Var):
        return rx.cond(value, part, otherwise or rx.fragment())
    return part if value else otherwise or rx.fragment()


def either(condition: Any, yes: Any, no: Any) -> Any:
    """Choose between two values by a plain condition or a Var."""
    if isinstance(condition, rx.Var):
        return rx.cond(condition, yes, no)
    return yes if condition else no


def each(items: Any, draw: Callable[..., rx.Component]) -> list[rx.Component]:
    """Draw every item of a list or of a list Var, ready to be unpacked."""
    if isinstance(items, rx.Var):
        return [rx.foreach(items, draw)]
    return [draw(item) for item in items]


def icon(name: str) -> rx.Component:
    """Draw a decorative icon the size of the text beside it."""
    return rx.icon(name, class_name="icon", aria_hidden="true")


def unseen(*words: Words) -> rx.Component:
    """Say something to a screen reader only."""
    return rx.el.span(*words, class_name="unseen")
