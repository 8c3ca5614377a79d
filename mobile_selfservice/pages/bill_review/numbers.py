"""The view by number: one decision for everything with the same other party."""

import reflex as rx

from mobile_selfservice.components.arrange import beside, stack
from mobile_selfservice.components.buttons import button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.forms import Option, form, select_field, text_field
from mobile_selfservice.components.money import money
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.use_choice import use_choice
from mobile_selfservice.components.when import icon, unseen, when
from mobile_selfservice.pages.bill_review.marks import mark_in_words, use_of
from mobile_selfservice.pages.bill_review.state import BillReviewState as Review

NUMBER_COLUMNS = (
    Column("Number"),
    Column("Use"),
    Column("Minutes", numeric=True),
    Column("Billed", numeric=True),
    Column("This was"),
)
INNER_COLUMNS = (
    Column("When"),
    Column("How much"),
    Column("Billed", numeric=True),
    Column("This was"),
)
USUALLY = (Option("personal", "Personal"), Option("business", "Business"))


def numbers() -> rx.Component:
    """List the numbers of a page."""
    return data_table(
        rx.fragment("By number ", rx.el.span(Review.found, class_name="muted")),
        NUMBER_COLUMNS,
        Review.numbers,
        number_cells,
        empty=nothing_here(),
    )


def nothing_here() -> rx.Component:
    """Say that a filter leaves nothing."""
    return empty_state(
        "Nothing to show",
        "No item of this bill fits the filter. Choose “Everything” to see them all.",
    )


def number_cells(number: rx.Var) -> list:
    """Draw the cells of one number, and its items under it while it is open."""
    letter = Review.marks[number.at]
    return [
        stack(
            rx.el.span(number.name, class_name="dialed"),
            when(number.label, rx.el.span(number.label, class_name="muted")),
            when(letter == "m", badge("Mixed", "info")),
            gap="sm",
        ),
        open_button(number),
        number.minutes,
        money(number.charged),
        rx.cond(
            Review.bill.is_open,
            use_choice(
                rx.fragment(number.uses, " with ", number.name),
                f"number-{number.at}",
                use_of(letter),
                Review.choose(number.at),
                takes_incidental=Review.bill.takes_incidental,
            ),
            mark_in_words(letter),
        ),
        rx.cond(Review.opened == number.at, opened_number(number)),
    ]


def open_button(number: rx.Var) -> rx.Component:
    """Open a number into its items, or close it."""
    is_open = Review.opened == number.at
    return button(
        rx.cond(is_open, icon("chevron-down"), icon("chevron-right")),
        number.uses,
        unseen(" with ", number.name, ", one by one"),
        kind="quiet",
        aria_expanded=rx.cond(is_open, "true", "false"),
        on_click=Review.open_number(number.at),
    )


def opened_number(number: rx.Var) -> rx.Component:
    """Show one number's items, a page at a time, and what one calls it."""
    return stack(
        when(Review.bill.is_open, remember_form(number)),
        data_table(
            rx.fragment("Items with ", number.name),
            INNER_COLUMNS,
            Review.inner,
            inner_cells,
        ),
        when(
            Review.inner_pages > 1,
            pager(
                Review.inner_page,
                Review.inner_pages,
                Review.turn_inner,
                "Pages of this number",
            ),
        ),
    )


def inner_cells(item: rx.Var) -> list:
    """Draw the cells of one item of the opened number."""
    letter = Review.inner_marks[item.at]
    return [
        stack(item.day, muted(item.time), gap="sm"),
        stack(item.what, when(item.note, muted(item.note)), gap="sm"),
        money(item.charged),
        rx.cond(
            Review.bill.is_open,
            use_choice(
                rx.fragment(item.day, ", ", item.time),
                f"inner-{item.at}",
                use_of(letter),
                Review.choose_inner(item.at),
                takes_incidental=Review.bill.takes_incidental,
            ),
            mark_in_words(letter),
        ),
    ]


def muted(words: rx.Var) -> rx.Component:
    """Set words back."""
    return rx.el.span(words, class_name="muted")


def remember_form(number: rx.Var) -> rx.Component:
    """Keep a number for later bills; only its owner ever sees it."""
    known = rx.el.p(
        "You remember this number as ",
        number.usually,
        ". Only you can see that. ",
        button("Forget it", kind="quiet", on_click=Review.forget),
    )
    return when(
        number.usually,
        known,
        form(
            beside(
                text_field(
                    "Remember this number as",
                    "label",
                    optional=True,
                    max_length=40,
                    placeholder="Home",
                ),
                select_field("It is usually", "usually", list(USUALLY)),
                button("Remember this number", type="submit"),
            ),
            rx.el.p(
                "Only you can see it. Later bills suggest the mark and ask you first.",
                class_name="hint",
            ),
            on_submit=Review.remember,
        ),
    )
