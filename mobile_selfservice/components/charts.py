"""Bar charts made of lists, so that they read aloud as what they show."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from mobile_selfservice.components.when import Words, each


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its value in words, and its length from 0 to 100."""

    label: str = ""
    value: str = ""
    share: float = 0


def column_chart(title: Words, bars: Any) -> rx.Component:
    """Stand bars (a list or Var of Bar) beside each other, such as twelve months."""
    return _chart(title, bars, _column, "chart-columns")


def bar_chart(title: Words, bars: Any) -> rx.Component:
    """Lay bars under each other, such as departments."""
    return _chart(title, bars, _line, "chart-bars")


def share_chart(title: Words, bars: Any) -> rx.Component:
    """Cut one bar into shares that add up to 100, with a legend."""
    strip = rx.el.div(
        *each(bars, _fill),
        aria_hidden="true",
        class_name="strip",
    )
    legend = rx.el.ul(*each(bars, _share_legend), class_name="legend")
    return rx.el.figure(
        rx.el.figcaption(title), strip, legend, class_name="chart chart-shares"
    )


def _chart(title: Words, bars: Any, draw: Any, look: str) -> rx.Component:
    return rx.el.figure(
        rx.el.figcaption(title),
        rx.el.ol(*each(bars, draw)),
        class_name=f"chart {look}",
    )


def _fill(bar: Any) -> rx.Component:
    return rx.el.span(style={"--share": f"{bar.share}%"}, aria_hidden="true")


def _column(bar: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(bar.label, class_name="bar-label"),
        rx.el.span(_fill(bar), class_name="track"),
        rx.el.span(bar.value, class_name="bar-value"),
    )


def _line(bar: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(bar.label, class_name="bar-label"),
        rx.el.span(bar.value, class_name="bar-value"),
        rx.el.span(_fill(bar), class_name="track"),
    )


def _share_legend(bar: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(bar.label, class_name="bar-label"),
        rx.el.span(bar.value, class_name="bar-value"),
    )
