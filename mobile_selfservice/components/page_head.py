"""What the app must load for these parts to look and work as they should."""

import reflex as rx

STYLESHEETS = ["/portal.css", "/parts.css", "/print.css"]


def head_components() -> list[rx.Component]:
    """Load the portal's one script and say which color schemes there are."""
    return [
        rx.el.meta(name="color-scheme", content="light dark"),
        rx.el.link(rel="icon", href="/mark.svg", type="image/svg+xml"),
        rx.el.script(src="/portal.js", defer=True),
    ]
