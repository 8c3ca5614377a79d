"""Links: to another screen, to a file of the server, or within the page."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A

from mobile_selfservice.components.when import Words, either, icon


def link(*words: Words, href: str | rx.Var, **props: Any) -> rx.Component:
    """Lead to another screen of the portal without a page load."""
    return rx.el.a(*words, href=href, class_name="link", **props)


def file_link(*words: Words, href: str | rx.Var, **props: Any) -> rx.Component:
    """Lead to a file or address the server answers, such as a PDF or an export."""
    return rx.el.a(
        icon("download"),
        *words,
        href=href,
        reload_document=True,
        class_name="link",
        **props,
    )


def download_link(*words: Words, href: str | rx.Var, **props: Any) -> rx.Component:
    """Lead to a file the server hands over to be kept, such as a table.

    The page stays. Without `download` the browser would count it as left, end its
    connection, and lose the next click.
    """
    return file_link(*words, href=href, download=True, **props)


def jump_link(*words: Words, target: str | rx.Var, **props: Any) -> rx.Component:
    """Move the focus to a place in this page, as the browser itself does it."""
    props.setdefault("class_name", "link")
    return A.create(*words, href=f"#{target}", **props)


def view_switch(*ways: tuple[Words, str | rx.Var, Any], label: Words) -> rx.Component:
    """Switch between views of the same thing: words, address, and whether it shows."""
    return rx.el.nav(
        *[
            rx.el.a(words, href=href, aria_current=either(here, "true", "false"))
            for words, href, here in ways
        ],
        aria_label=label,
        class_name="switch",
    )


def back_link(*words: Words, href: str | rx.Var) -> rx.Component:
    """Lead back to the list this page came from."""
    return rx.el.a(icon("arrow-left"), *words, href=href, class_name="link back")
