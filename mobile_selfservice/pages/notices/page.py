"""Pages that say no. A missing record and a forbidden one look the same."""

import reflex as rx

from mobile_selfservice.components.buttons import actions, link_button
from mobile_selfservice.components.cards import card
from mobile_selfservice.components.layout import plain_page


def not_available() -> rx.Component:
    """Say that a record is missing or not this person's, and not which."""
    return plain_page(
        "This is not available to you",
        card(
            rx.el.p(
                "The page or record you asked for does not exist, or is not one that "
                "you may see. If you expected to see it, ask your administrator."
            ),
            actions(link_button("Go to your first page", href="/", kind="primary")),
        ),
    )


def not_found() -> rx.Component:
    """Answer an address that leads nowhere."""
    return plain_page(
        "There is no such page",
        card(
            rx.el.p("Check the address, or start again from your first page."),
            actions(link_button("Go to your first page", href="/", kind="primary")),
        ),
    )
