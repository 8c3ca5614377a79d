"""Two choices side by side, for each of those who pay: bars on one scale."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from mobile_selfservice.components.money import money
from mobile_selfservice.components.when import Words, each, when


@dataclass(frozen=True)
class ChoiceBar:
    """What one choice costs: its name, the amount, its length from 0 to 100.

    `look` is phone, stipend or other; `note` says what is in it.
    """

    name: str = ""
    amount: str = ""
    share: float = 0
    look: str = "other"
    note: str = ""
    is_less: bool = False


@dataclass(frozen=True)
class Payer:
    """Somebody who pays, and what each choice costs them."""

    name: str = ""
    bars: list[ChoiceBar] = field(default_factory=list)


def choice_chart(title: Words, payers: Any, lead: Words = "") -> rx.Component:
    """Draw a list (or Var) of payers; it reads aloud as a list of amounts."""
    return rx.el.figure(
        rx.el.figcaption(title),
        when(lead, rx.el.p(lead, class_name="muted")),
        rx.el.ul(*each(payers, _payer), class_name="choices"),
        class_name="chart",
    )


def _payer(payer: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(payer.name, class_name="payer"),
        rx.el.ul(*each(payer.bars, _bar)),
    )


def _bar(bar: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(bar.name, class_name="what"),
            when(bar.is_less, rx.el.span("less", class_name="badge")),
            money(bar.amount),
            data_tone="success",
        ),
        rx.el.div(
            rx.el.span(style={"--share": f"{bar.share}%"}, data_look=bar.look),
            aria_hidden="true",
            class_name="pile",
        ),
        when(bar.note, rx.el.p(bar.note, class_name="muted")),
    )
