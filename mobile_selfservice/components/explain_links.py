"""The way from a figure to its working: the same small line wherever figures stand."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from mobile_selfservice.components.links import link
from mobile_selfservice.components.when import Words, unseen, when

EXPLAINED = "How this is worked out"


@dataclass(frozen=True)
class Shown:
    """A figure that stands above the line: its name in addresses, and in words."""

    figure: str
    words: str


AMOUNT = Shown("bill", "the amount")
DUE = Shown("due-date", "the due date")
BALANCE = Shown("balance", "what is still owed")


def explain_links(record: Any, *shown: Shown) -> rx.Component:
    """Lead from a group of figures to the working of each.

    `record` is the number of their bill or invoice, or a department's month, as text
    or Var; while it is empty there is no line.
    """
    links: list[Words] = []
    for each in shown:
        separator = " · " if links else ""
        links += [separator, link(each.words, href=_address(each.figure, record))]
    return when(record, rx.el.p(f"{EXPLAINED}: ", *links, class_name="explain muted"))


def explained(words: Any, figure: str, record: Any, of: Words = "") -> rx.Component:
    """Let a figure in a list lead to its own working; an empty one stays empty."""
    return when(
        words,
        link(
            words,
            unseen(", how this is worked out: ", of),
            href=_address(figure, record),
        ),
    )


def _address(figure: str, record: Any) -> str:
    return f"/explain/{figure}/{record}"
