"""Ask once more before an act that cannot be taken back."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.buttons import actions, button
from mobile_selfservice.components.when import Words, when


def confirm_dialog(
    is_open: Any,
    title: Words,
    *content: Words,
    confirm: rx.Component,
    on_cancel: Any,
    cancel: Words = "Go back",
) -> rx.Component:
    """Show what is about to happen over the page, with the act and a way back.

    The browser's own modal dialog: portal.js opens it when it appears, keeps the
    focus inside, lets Escape press the way back, and returns the focus at the end.
    """
    return when(
        is_open,
        rx.el.dialog(
            rx.el.h2(title, tab_index=-1, custom_attrs={"id": "dialog-title"}),
            rx.el.div(*content, class_name="stack stack-md"),
            actions(
                confirm,
                button(cancel, on_click=on_cancel, data_cancel="true"),
            ),
            aria_labelledby="dialog-title",
            data_modal="true",
            class_name="dialog",
        ),
    )
