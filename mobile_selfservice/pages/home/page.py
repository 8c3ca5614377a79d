"""The moment before a person is led on."""

import reflex as rx

from mobile_selfservice.session_state import screen


def home() -> rx.Component:
    """Show that the portal is on its way."""
    return screen("Welcome", rx.el.p("Opening your first page…"))
