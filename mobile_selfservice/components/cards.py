"""Cards, figures, callouts, empty states and lists of facts."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.status import tone_icon
from mobile_selfservice.components.when import Words, icon, when


def card(*parts: Words, title: Words = "", action: Any = None) -> rx.Component:
    """Set parts apart on their own surface, under an h2 when titled."""
    head = rx.el.div(rx.el.h2(title), action or rx.fragment(), class_name="card-head")
    return rx.el.section(when(title, head), *parts, class_name="card stack stack-md")


def figure_card(
    label: Words, value: Words, sub: Words = "", tone: Any = "neutral", href: Any = ""
) -> rx.Component:
    """Show one number that matters; with `href` the label leads behind it."""
    words = when(href, rx.el.a(label, href=href), rx.el.span(label))
    return rx.el.div(
        rx.el.dt(words),
        rx.el.dd(value, class_name="figure"),
        when(sub, rx.el.dd(sub, class_name="muted")),
        class_name="figure-card",
        data_tone=tone,
    )


def figures(*cards: rx.Component) -> rx.Component:
    """Line figure cards up."""
    return rx.el.dl(*cards, class_name="figures-row")


def callout(*words: Words, title: Words = "", tone: Any = "info") -> rx.Component:
    """Point something out within a page; tone is info, success, warn or danger."""
    return rx.el.div(
        tone_icon(tone),
        rx.el.div(
            when(title, rx.el.p(title, class_name="callout-title")),
            rx.el.div(*words),
        ),
        class_name="callout",
        data_tone=tone,
    )


def empty_state(
    title: Words, text: Words, action: Any = None, shape: str = "inbox"
) -> rx.Component:
    """Say that there is nothing here, why, and what to do next."""
    return rx.el.div(
        rx.el.span(icon(shape), class_name="empty-mark"),
        rx.el.h2(title),
        rx.el.p(text, class_name="muted"),
        action or rx.fragment(),
        class_name="empty",
    )


def facts(*pairs: tuple[Words, Words]) -> rx.Component:
    """List facts as names and values."""
    return rx.el.dl(
        *[
            rx.el.div(rx.el.dt(name), rx.el.dd(value), class_name="fact")
            for name, value in pairs
        ],
        class_name="facts",
    )
