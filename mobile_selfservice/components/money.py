"""Amounts of money, set so that they line up."""

from decimal import Decimal
from typing import Any

import reflex as rx

from mobile_selfservice.components.when import Words
from mobile_selfservice.policy.money import dollars


def money(amount: Decimal | str | rx.Var, **props: Any) -> rx.Component:
    """Show an amount; a Decimal is written out, text and Vars stand as they are."""
    words = dollars(amount) if isinstance(amount, Decimal) else amount
    return rx.el.span(words, class_name="money", **props)


def amount_due(label: Words, amount: Decimal | str | rx.Var) -> rx.Component:
    """Show the one amount a screen is about, large."""
    return rx.el.p(
        rx.el.span(label, class_name="label"),
        money(amount),
        class_name="amount-due",
    )
