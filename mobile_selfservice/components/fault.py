"""What a person sees when a page itself breaks in the browser."""

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.el.elements.inline import A

from mobile_selfservice.components.cards import card
from mobile_selfservice.components.layout import plain_page


def page_fault() -> rx.Component:
    """Own up, and offer a way on that needs nothing of the broken page."""
    return rx.fragment(
        rx.el.title("This page has stopped working"),
        plain_page(
            "This page has stopped working",
            card(
                rx.el.p("It is our fault, not yours, and what you saved is safe."),
                rx.el.p(
                    "Load the page again. If it stops again, tell your administrator "
                    "what you were doing."
                ),
                A.create(
                    "Load the page again", href="", class_name="button button-primary"
                ),
            ),
        ),
    )


def fault_boundary(stateful: bool) -> rx.Component:
    """Catch what goes wrong while drawing, in place of the framework's own page."""
    unheard = {} if stateful else {"on_error": rx.noop()}
    return ErrorBoundary.create(fallback_render=rx.Var.create(page_fault()), **unheard)
