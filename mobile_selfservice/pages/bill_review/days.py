"""The view by day: every item, to be ticked and marked one by one or many at once."""

import reflex as rx

from mobile_selfservice.components.arrange import columns, row, stack
from mobile_selfservice.components.buttons import actions, button
from mobile_selfservice.components.cards import card
from mobile_selfservice.components.forms import Option, date_field, form, select_field
from mobile_selfservice.components.money import money
from mobile_selfservice.components.tables import Column, data_table, tick_row
from mobile_selfservice.components.use_choice import USES, offered, use_choice
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.pages.bill_review.marks import mark_in_words, use_of
from mobile_selfservice.pages.bill_review.numbers import muted, nothing_here
from mobile_selfservice.pages.bill_review.state import BillReviewState as Review

ITEM_COLUMNS = (
    Column("When"),
    Column("With"),
    Column("How much"),
    Column("Billed", numeric=True),
    Column("This was"),
)
# Incidental items need a reason each; they are marked one by one or by ticking.
STRETCH = (
    Option("business", "Business"),
    Option("personal", "Personal"),
    Option("unsure", "Not sure"),
)


def days() -> rx.Component:
    """List the items of a page, with what marks many of them at once."""
    return stack(
        when(Review.bill.is_open, many_at_once()),
        data_table(
            rx.fragment("By day ", rx.el.span(Review.found, class_name="muted")),
            ITEM_COLUMNS,
            Review.items,
            item_cells,
            empty=nothing_here(),
        ),
    )


def many_at_once() -> rx.Component:
    """Mark ticked items, or everything between two days."""
    return card(
        actions(
            button("Tick or untick this page", on_click=Review.tick_page),
            rx.el.span(Review.ticked, " ticked. Mark them as:"),
            *[
                offered(
                    use,
                    Review.bill.takes_incidental,
                    button(
                        words,
                        on_click=Review.choose_ticked(use),
                        disabled=Review.ticked == 0,
                    ),
                )
                for use, words, _ in USES
            ],
        ),
        rx.el.p(
            "Hold Shift while ticking to take in all rows between two ticks.",
            class_name="hint",
        ),
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "Mark everything between two days"),
            stretch_form(),
            class_name="working",
        ),
    )


def stretch_form() -> rx.Component:
    """Ask for two days and a mark."""
    return form(
        columns(
            date_field("From", "first", required=True),
            date_field("To, with that day", "last", required=True),
            select_field("This was", "use", list(STRETCH)),
        ),
        button("Mark these days", type="submit"),
        on_submit=Review.mark_days,
    )


def item_cells(item: rx.Var) -> list:
    """Draw the cells of one item."""
    letter = Review.marks[item.at]
    return [
        row(
            when(Review.bill.is_open, tick_box(item)),
            stack(item.day, muted(item.time), gap="sm"),
        ),
        stack(
            rx.el.span(item.who, class_name="dialed"),
            when(item.place, muted(item.place)),
            gap="sm",
        ),
        stack(item.what, when(item.note, muted(item.note)), gap="sm"),
        money(item.charged),
        rx.cond(
            Review.bill.is_open,
            use_choice(
                rx.fragment(item.day, ", ", item.time, " ", item.who),
                f"item-{item.at}",
                use_of(letter),
                Review.choose(item.at),
                takes_incidental=Review.bill.takes_incidental,
            ),
            mark_in_words(letter),
        ),
    ]


def tick_box(item: rx.Var) -> rx.Component:
    """Tick one row."""
    return tick_row(
        rx.fragment("Tick ", item.day, ", ", item.time, " ", item.who),
        checked=Review.ticks[item.at] == "1",
        on_click=lambda pointer: Review.tick(item.at, pointer.shift_key),
    )
