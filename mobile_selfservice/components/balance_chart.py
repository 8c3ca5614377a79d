"""A sum that begins below nothing: columns on both sides of zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import reflex as rx

from mobile_selfservice.components.when import Words, each, either, when


@dataclass(frozen=True)
class Column:
    """One month: its name, its sum in words, and where it stands, as CSS shares.

    `mark` says what happens in this month, empty for most.
    """

    label: str = ""
    value: str = ""
    start: str = "0%"
    size: str = "0%"
    is_below: bool = False
    mark: str = ""


def balance_chart(
    title: Words, columns: Any, zero: Any, lead: Words = ""
) -> rx.Component:
    """Draw columns (a list or Var of Column) above and below the line of zero."""
    return rx.el.figure(
        rx.el.figcaption(title),
        when(lead, rx.el.p(lead, class_name="muted")),
        rx.el.ol(*each(columns, _column), style={"--zero": zero}),
        class_name="chart balance",
    )


def _column(column: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(column.label, class_name="bar-label"),
        rx.el.span(
            rx.el.span(
                style={"--from": column.start, "--size": column.size},
                data_below=either(column.is_below, "true", "false"),
            ),
            aria_hidden="true",
            class_name="track",
        ),
        rx.el.span(
            column.value,
            when(column.mark, rx.el.span(column.mark, class_name="bar-mark")),
            class_name="bar-value",
        ),
    )


def columns_of(
    sums: Sequence[tuple[str, Decimal, str]], written: Any
) -> tuple[list[Column], str]:
    """Place sums (name, amount, mark) on one scale; `written` puts an amount in words.

    Returns the columns and where zero stands.
    """
    highest = max([Decimal(0), *(amount for _, amount, _ in sums)])
    lowest = min([Decimal(0), *(amount for _, amount, _ in sums)])
    whole = highest - lowest or Decimal(1)
    zero = -lowest / whole * 100
    drawn = []
    for name, amount, mark in sums:
        size = abs(amount) / whole * 100
        start = zero - size if amount < 0 else zero
        drawn.append(
            Column(
                label=name,
                value=written(amount),
                start=f"{start:.2f}%",
                size=f"{max(size, Decimal('0.6')):.2f}%",
                is_below=amount < 0,
                mark=mark,
            )
        )
    return drawn, f"{zero:.2f}%"
