"""Place parts on the page; the only spacing a page ever states."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.when import Words, when


def stack(*parts: Words, gap: str = "md", **props: Any) -> rx.Component:
    """Put parts under each other; gap is sm, md or lg."""
    return rx.el.div(*parts, class_name=f"stack stack-{gap}", **props)


def row(*parts: Words, **props: Any) -> rx.Component:
    """Put parts beside each other, wrapping where there is no room."""
    return rx.el.div(*parts, class_name="row", **props)


def spread(*parts: Words, **props: Any) -> rx.Component:
    """Push parts to the two ends of a row."""
    return rx.el.div(*parts, class_name="row spread", **props)


def columns(*parts: Words, **props: Any) -> rx.Component:
    """Share the width evenly between parts; one column on a phone."""
    return rx.el.div(*parts, class_name="columns", **props)


def main_and_aside(main: rx.Component, aside: rx.Component) -> rx.Component:
    """Set the work beside a narrow column that stays in view."""
    return rx.el.div(
        rx.el.div(main), rx.el.aside(aside, class_name="aside"), class_name="split"
    )


def action_bar(*parts: Words, label: str = "Summary") -> rx.Component:
    """Keep a screen's outcome and main act in view at its lower edge."""
    return rx.el.section(*parts, aria_label=label, class_name="action-bar")


def beside(*parts: Words, **props: Any) -> rx.Component:
    """Set a few fields and their button on one line, as far as there is room."""
    return rx.el.div(*parts, class_name="beside", **props)


def section(
    title: Words, *parts: Words, lead: Words = "", **props: Any
) -> rx.Component:
    """Open a part of the page under its own h2 heading."""
    return rx.el.section(
        rx.el.h2(title),
        when(lead, rx.el.p(lead, class_name="muted")),
        *parts,
        class_name="section stack stack-md",
        **props,
    )
