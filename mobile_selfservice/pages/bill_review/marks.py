"""Letters of marks, turned back into choices and words on the page."""

import reflex as rx

from mobile_selfservice.components.status import badge


def use_of(letter: rx.Var) -> rx.Var:
    """Name the choice that a letter stands for; none for "mixed" and for no mark."""
    return rx.match(
        letter,
        ("b", "business"),
        ("p", "personal"),
        ("i", "incidental"),
        ("u", "unsure"),
        "",
    )


def mark_in_words(letter: rx.Var) -> rx.Component:
    """Show a mark that can no longer change; no mark counted as business."""
    return rx.match(
        letter,
        ("p", badge("Personal", "warn", "user-round")),
        ("i", badge("Incidental", "info", "feather")),
        ("u", badge("Not sure", "neutral", "circle-help")),
        ("m", badge("Mixed", "info")),
        badge("Business", "neutral", "briefcase"),
    )
