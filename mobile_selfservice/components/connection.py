"""Tell people, in their words, that the connection is lost."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from mobile_selfservice.components.when import icon


def connection_bar() -> rx.Component:
    """Show a bar while the server cannot be reached."""
    words = rx.el.p(
        rx.el.strong("The connection is lost. "),
        "We keep trying. What you have marked is saved; nothing more is sent until "
        "this message goes away.",
    )
    bar = rx.el.div(icon("wifi-off"), words, class_name="connection")
    return rx.el.div(rx.cond(has_connection_errors, bar), role="status")
