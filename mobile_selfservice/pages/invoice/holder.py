"""Asking who holds a line that nobody is known to hold."""

import reflex as rx

from mobile_selfservice.components.buttons import primary
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import (
    date_field,
    form,
    select_field,
    text_field,
)
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.invoice.state import InvoiceState

LINE = InvoiceState.line
FORM = "assign-form"


def assign_dialog() -> rx.Component:
    """Ask for a person and the first day they held the line."""
    return confirm_dialog(
        LINE.number,
        rx.fragment("Who holds ", LINE.number, "?"),
        when(LINE.name_on_bill, rx.el.p("The bill says: ", LINE.name_on_bill)),
        text_field(
            "Find by name",
            "find",
            auto_complete="off",
            max_length=60,
            on_change=InvoiceState.find_people.debounce(300),
        ),
        form(
            select_field("Person", "person", InvoiceState.people, required=True),
            date_field(
                "First day",
                "first_day",
                default_value=LINE.first_day,
                max=LINE.last_day,
                required=True,
                hint="From this day on, bills of this line are theirs.",
            ),
            on_submit=InvoiceState.assign,
            custom_attrs={"id": FORM},
        ),
        confirm=primary("Assign", type="submit", form=FORM),
        on_cancel=InvoiceState.go_back,
    )
