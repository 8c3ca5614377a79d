"""What somebody has over the coming months, as lanes one can compare at a glance.

Each lane is a list that reads aloud as what the drawing shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from mobile_selfservice.components.when import Words, each, when


@dataclass(frozen=True)
class Stretch:
    """Months in a row that are alike: what is had, which months, and how many.

    `look` is phone, nothing, stipend or other.
    """

    words: str = ""
    months: str = ""
    count: int = 1
    look: str = "other"


@dataclass(frozen=True)
class Lane:
    """One way to choose, and what it comes to, stretch by stretch."""

    name: str = ""
    stretches: list[Stretch] = field(default_factory=list)
    is_better: bool = False


@dataclass(frozen=True)
class Tick:
    """A month named under the lanes, at a place from 0 to 100."""

    label: str = ""
    at: str = "0%"


def month_lanes(title: Words, lanes: Any, ticks: Any, better: str) -> rx.Component:
    """Draw lanes (a list or Var of Lane) over one scale; `better` marks the better."""
    return rx.el.figure(
        rx.el.figcaption(title),
        rx.el.ul(*each(lanes, lambda lane: _lane(lane, better)), class_name="lanes"),
        rx.el.div(*each(ticks, _tick), aria_hidden="true", class_name="ticks"),
        class_name="chart",
    )


def _lane(lane: Any, better: str) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.strong(lane.name),
            when(lane.is_better, rx.el.span(better, class_name="badge")),
            data_tone="success",
            class_name="row",
        ),
        rx.el.div(*each(lane.stretches, _block), aria_hidden="true", class_name="lane"),
        rx.el.ul(*each(lane.stretches, _said), class_name="said"),
    )


def _block(stretch: Any) -> rx.Component:
    return rx.el.span(
        rx.el.span(stretch.words),
        style={"flexGrow": stretch.count},
        data_look=stretch.look,
    )


def _said(stretch: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(stretch.words, class_name="what"),
        rx.el.span(stretch.months, class_name="muted"),
        data_look=stretch.look,
    )


def _tick(tick: Any) -> rx.Component:
    return rx.el.span(tick.label, style={"left": tick.at})


def ticks_over(labels: Sequence[str], most: int = 4) -> list[Tick]:
    """Name a few of the months of a scale, evenly spaced, the first among them."""
    step = max(1, -(-len(labels) // most))
    return [
        Tick(label, f"{place * 100 / len(labels):.2f}%")
        for place, label in enumerate(labels)
        if place % step == 0
    ]
