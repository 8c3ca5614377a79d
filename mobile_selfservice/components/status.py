"""Say how things stand: messages after an act, and badges for states."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.buttons import icon_button
from mobile_selfservice.components.when import Words, either, icon, when

TONE_ICONS = {
    "neutral": "circle",
    "info": "info",
    "success": "circle-check",
    "warn": "triangle-alert",
    "danger": "octagon-alert",
}

# Each state of a bill: its badge's words, tone and icon.
BILL_STATES = {
    "released": ("To review", "info", "inbox"),
    "in_review": ("In review", "info", "pencil-line"),
    "certified": ("Certified", "success", "badge-check"),
    "owed": ("Payment owed", "warn", "hand-coins"),
    "accepted": ("Payment accepted", "success", "circle-check"),
    "closed": ("Closed", "neutral", "lock"),
}


def tone_icon(tone: Any) -> rx.Component:
    """Give each tone its own shape, so that color never speaks alone."""
    if not isinstance(tone, rx.Var):
        return icon(TONE_ICONS[tone])
    cases = [(name, icon(shape)) for name, shape in TONE_ICONS.items()]
    return rx.match(tone, *cases, icon("circle"))


def status_region(
    message: Words, tone: Any = "success", on_dismiss: Any = None
) -> rx.Component:
    """Tell the person what became of their act; the regions are always present.

    Tone "danger" (a refusal) interrupts a screen reader; others wait for a pause.
    """
    refused = tone == "danger"
    notice = message_bar(message, tone, on_dismiss)
    quiet = when(message, either(refused, rx.fragment(), notice))
    loud = when(message, either(refused, notice, rx.fragment()))
    return rx.el.div(
        rx.el.div(quiet, role="status"),
        rx.el.div(loud, role="alert"),
        class_name="messages",
    )


def message_bar(message: Words, tone: Any, on_dismiss: Any = None) -> rx.Component:
    """Show one message, with a button to put it away."""
    dismiss = (
        icon_button("x", "Dismiss message", on_click=on_dismiss)
        if on_dismiss is not None
        else rx.fragment()
    )
    return rx.el.div(
        tone_icon(tone),
        rx.el.p(message),
        dismiss,
        class_name="message",
        data_tone=tone,
    )


def badge(label: Words, tone: Any = "neutral", shape: str = "") -> rx.Component:
    """Name a state in a word or two, with a shape and a color."""
    return rx.el.span(
        icon(shape) if shape else tone_icon(tone),
        label,
        class_name="badge",
        data_tone=tone,
    )


def bill_status(state: Any, days_overdue: Any = 0) -> rx.Component:
    """Show where a bill stands; "overdue" says by how many days."""
    overdue = overdue_badge(days_overdue)
    if not isinstance(state, rx.Var):
        return overdue if state == "overdue" else badge(*BILL_STATES[state])
    cases = [(name, badge(*look)) for name, look in BILL_STATES.items()]
    return rx.match(state, ("overdue", overdue), *cases, badge(state))


def overdue_badge(days: Any) -> rx.Component:
    """Count the days past the deadline."""
    unit = either(days == 1, " day", " days")
    words = rx.fragment("Overdue by ", days, unit)
    return badge(words, tone="danger", shape="clock-alert")
