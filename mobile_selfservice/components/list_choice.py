"""Which rows a list shows: links side by side, the choice standing in the address."""

from dataclasses import dataclass
from typing import Any

import reflex as rx


@dataclass(frozen=True)
class ListChoice:
    """One choice of which rows are listed."""

    words: str = ""
    href: str = ""
    is_shown: bool = False


def list_choices(choices: Any, label: str) -> rx.Component:
    """Offer the choices (a list or Var of ListChoice), the one that is shown marked."""
    return rx.el.nav(
        rx.el.ul(rx.foreach(choices, _choice), class_name="row"), aria_label=label
    )


def _choice(each: Any) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            each.words,
            href=each.href,
            aria_current=rx.cond(each.is_shown, "true", "false"),
            class_name=rx.cond(
                each.is_shown, "button button-secondary", "button button-quiet"
            ),
        )
    )
