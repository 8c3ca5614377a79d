"""The calls of a claim: listed, ticked, typed one by one, or read from a file."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import columns, section, stack
from mobile_selfservice.components.buttons import (
    actions,
    button,
    icon_button,
)
from mobile_selfservice.components.cards import callout, card, empty_state
from mobile_selfservice.components.forms import (
    checkbox,
    date_field,
    file_field,
    form,
    money_field,
    number_field,
    text_field,
    upload_form,
)
from mobile_selfservice.components.money import money
from mobile_selfservice.components.tables import Column, data_table, pager, tick_row
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.claim.state import ClaimState

VIEW = ClaimState.view
READ = (
    Column("When"),
    Column("Number called"),
    Column("Minutes", numeric=True),
    Column("Draws on the plan"),
    Column("Own charge", numeric=True),
)
EDITED = (READ[0], Column("Claimed"), *READ[1:], Column("Remove"))


def calls_section() -> rx.Component:
    """List the calls, and what to do with them while the claim is a draft."""
    return section(
        "Calls",
        when(
            VIEW.can_edit,
            stack(
                unknown_codes(),
                data_table(
                    VIEW.calls_caption,
                    EDITED,
                    ClaimState.rows,
                    edited_cells,
                    empty=nothing(),
                ),
                turning(),
                when(VIEW.call_count > 1, tick_many()),
                columns(type_form(), file_form()),
            ),
            stack(
                data_table(VIEW.calls_caption, READ, ClaimState.rows, read_cells),
                turning(),
            ),
        ),
    )


def turning() -> rx.Component:
    """Turn the pages of the list."""
    return when(VIEW.pages > 1, pager(VIEW.page, VIEW.pages, ClaimState.turn_page))


def read_cells(call: Any) -> tuple[Any, ...]:
    """Give the cells of a call that nobody changes any more."""
    return (
        rx.fragment(call.day, ", ", call.time),
        rx.el.span(call.number, class_name="dialed"),
        call.minutes,
        call.counts,
        money(call.charge),
    )


def edited_cells(call: Any) -> tuple[Any, ...]:
    """Give the cells of a call of a draft."""
    is_claimed = ClaimState.ticked.contains(call.call_id)
    when_called, *others = read_cells(call)
    return (
        when_called,
        tick_row(
            rx.fragment("Claim ", call.day, ", ", call.time, " ", call.number),
            checked=is_claimed,
            on_change=ClaimState.tick(call.call_id, ~is_claimed),
        ),
        *others,
        icon_button(
            "trash-2",
            f"Remove {call.day}, {call.time} {call.number}",
            on_click=ClaimState.remove_call(call.call_id),
        ),
    )


def tick_many() -> rx.Component:
    """Claim the whole page, or leave it out."""
    return actions(
        button("Claim all of this page", on_click=ClaimState.tick_page(True)),
        button("Claim none of this page", on_click=ClaimState.tick_page(False)),
    )


def unknown_codes() -> rx.Component:
    """Ask of calls whose code nobody mapped whether they draw on the minutes."""
    return when(
        VIEW.unknown,
        callout(
            rx.el.p(
                VIEW.unknown,
                " you claim: the file’s code does not tell whether they draw on your "
                "plan’s minutes. Look at your bill; free nights, weekends and calls "
                "within the network do not.",
            ),
            actions(
                button("They draw on minutes", on_click=ClaimState.say_counts(True)),
                button("They are free", on_click=ClaimState.say_counts(False)),
            ),
            title="Do these calls draw on your minutes?",
            tone="warn",
        ),
    )


def type_form() -> rx.Component:
    """Ask for one call; Enter adds it and empties the form."""
    return card(
        form(
            rx.el.input(type="hidden", name="form", value=ClaimState.form_number),
            columns(
                date_field(
                    "Day of the call",
                    "day",
                    default_value=VIEW.typed.period_from,
                    min=VIEW.typed.period_from,
                    max=VIEW.typed.period_through,
                    required=True,
                ),
                text_field("Time of the call", "time", type="time", required=True),
            ),
            text_field(
                "Number called or calling",
                "number",
                type="tel",
                max_length=30,
                required=True,
                auto_complete="off",
            ),
            columns(
                number_field(
                    "Minutes",
                    "minutes",
                    max_length=5,
                    required=True,
                    auto_complete="off",
                ),
                money_field(
                    "Charge for this call",
                    "charge",
                    optional=True,
                    max_length=10,
                    auto_complete="off",
                ),
            ),
            checkbox(
                "It draws on my plan’s minutes",
                "counts",
                default_checked=True,
                hint="Free nights, weekends and calls within the network do not.",
            ),
            actions(button("Add the call", type="submit")),
            on_submit=ClaimState.add_call,
            key=ClaimState.form_number,
        ),
        title="Type a call",
    )


def file_form() -> rx.Component:
    """Ask for a carrier's file; only the calls of one number are read."""
    return card(
        upload_form(
            file_field(
                "Call details of your carrier",
                "files",
                hint="As CSV, text, workbook or zip, up to 8 MB. It is read and not "
                "kept; calls you do not tick are thrown away when you hand in.",
                multiple=True,
                required=True,
            ),
            text_field(
                "Your own number",
                "own_number",
                type="tel",
                optional=True,
                hint="Needed if the file lists several numbers. Only the calls of "
                "yours are read.",
                max_length=30,
                auto_complete="tel",
            ),
            actions(button("Read the file", type="submit")),
            action=VIEW.upload_action,
        ),
        title="Or read a file",
    )


def nothing() -> rx.Component:
    """Say that no call is listed, and what to do."""
    return empty_state(
        "No call listed yet",
        "A claim must list its calls. Type them one by one, or read your carrier’s "
        "file below.",
        shape="phone-call",
    )
