"""What happened to a record, oldest or newest first as given."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from mobile_selfservice.components.when import each, when


@dataclass(frozen=True)
class Happening:
    """One thing that happened: when, who, what, and in whose words."""

    at: str = ""
    who: str = ""
    what: str = ""
    note: str = ""


def timeline(happenings: Any, label: str = "History") -> rx.Component:
    """List happenings (a list or Var of Happening) along a line."""
    return rx.el.ol(*each(happenings, happening), aria_label=label, class_name="time")


def happening(event: Any) -> rx.Component:
    """Show one happening."""
    return rx.el.li(
        rx.el.p(event.what, class_name="what"),
        rx.el.p(event.who, " · ", rx.el.time(event.at), class_name="muted"),
        when(event.note, rx.el.blockquote(event.note)),
    )
