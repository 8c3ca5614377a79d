"""Amounts under each other with their total, as a form lists them."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.money import money
from mobile_selfservice.components.when import Words, each


def amount_list(name: Words, rows: Any, total: Words = "") -> rx.Component:
    """List amounts (`label` and `amount` of each row, a list or Var); then the total.

    The list keeps label and amount on one line on a phone, where a table would fold.
    """
    last = (
        [rx.el.li(rx.el.strong("Total"), rx.el.strong(money(total)))]
        if not isinstance(total, str) or total
        else []
    )
    return rx.el.ul(
        *each(rows, lambda row: rx.el.li(rx.el.span(row.label), money(row.amount))),
        *last,
        aria_label=name,
        class_name="steps",
    )
