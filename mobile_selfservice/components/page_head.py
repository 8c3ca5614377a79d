"""What the app must load for these parts to look and work as they should."""

from collections.abc import Callable

import reflex as rx

from mobile_selfservice.components.connection import connection_bar
from mobile_selfservice.components.fault import fault_boundary

STYLESHEETS = [
    "/portal.css",
    "/frame.css",
    "/parts.css",
    "/choice.css",
    "/print.css",
]


def head_components() -> list[rx.Component]:
    """Load the portal's one script and its mark, and name the color schemes."""
    return [
        rx.el.meta(name="color-scheme", content="light dark"),
        rx.el.link(rel="icon", href="/mark.svg", type="image/svg+xml"),
        rx.el.script(src="/portal.js", defer=True),
    ]


def app_wraps() -> dict[tuple[int, str], Callable[[bool], rx.Component | None]]:
    """Stand in for the framework's fault page and its connection message.

    The bar comes in a fragment, or the whole app would become a child of it.
    """
    return {
        (55, "ErrorBoundary"): fault_boundary,
        (5, "Overlay"): lambda _: rx.fragment(connection_bar()),
    }
