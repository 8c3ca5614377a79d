"""Asking who holds a line that nobody is known to hold."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from mobile_selfservice.components.buttons import primary
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import (
    Option,
    date_field,
    form,
    select_field,
    text_field,
)
from mobile_selfservice.components.when import when

FORM = "assign-form"


@dataclass(frozen=True)
class LineToAssign:
    """The line whose holder is being chosen."""

    number: str = ""
    name_on_bill: str = ""
    first_day: str = ""
    last_day: str = ""


KINDS = [
    Option("", "As it is known, else one person's"),
    Option("personal", "One person carries it"),
    Option("pooled", "Several people share it: this person answers for it"),
    Option("vehicle", "It belongs to a vehicle: this person answers for it"),
]


def holder_dialog(state: Any) -> rx.Component:
    """Ask for a person, whose phone it is, and the first day they held the line.

    The state has `line` (number, name_on_bill, first_day, last_day), `people` and the
    handlers `find_people`, `assign` and `go_back`.
    """
    line = state.line
    return confirm_dialog(
        line.number,
        rx.fragment("Who holds ", line.number, "?"),
        when(line.name_on_bill, rx.el.p("The bill says: ", line.name_on_bill)),
        text_field(
            "Find by name",
            "find",
            auto_complete="off",
            max_length=60,
            on_change=state.find_people.debounce(300),
        ),
        form(
            select_field("Person", "person", state.people, required=True),
            select_field("Whose phone is it?", "kind", KINDS),
            date_field(
                "First day",
                "first_day",
                default_value=line.first_day,
                max=line.last_day,
                required=True,
                hint="From this day on, bills of this line are theirs.",
            ),
            on_submit=state.assign,
            custom_attrs={"id": FORM},
        ),
        confirm=primary("Assign", type="submit", form=FORM),
        on_cancel=state.go_back,
    )
