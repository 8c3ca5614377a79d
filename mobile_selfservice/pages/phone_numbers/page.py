"""The screen that lists the numbers of people's own phones, for the few who may."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, spread, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card, empty_state
from mobile_selfservice.components.forms import (
    date_field,
    form,
    select_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.links import download_link
from mobile_selfservice.components.list_choice import list_choices
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import (
    Column,
    data_table,
    filter_form,
    pager,
)
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.pages.phone_numbers.state import PhoneNumbersState
from mobile_selfservice.session_state import screen

VIEW = PhoneNumbersState.view
COLUMNS = (
    Column("Name"),
    Column("Number"),
    Column("On record since"),
    Column("In an emergency, and exceptions"),
)
READERS = (
    Column("Name"),
    Column("May see"),
    Column("Since"),
    Column("Through"),
    Column("Named by"),
    Column("What you can do"),
)


def phone_numbers() -> rx.Component:
    """Lay out the list, and who else may see it."""
    return screen(
        "Phone numbers",
        when(
            VIEW.is_loaded,
            stack(
                when(VIEW.missing, callout(VIEW.missing, tone="warn")),
                narrow(),
                spread(
                    rx.el.p(VIEW.summary, class_name="muted"),
                    when(
                        VIEW.is_coordinator,
                        download_link(
                            "Emergency list as CSV", href="/files/emergency-list.csv"
                        ),
                    ),
                ),
                data_table(
                    "Numbers of people's own phones",
                    COLUMNS,
                    VIEW.rows,
                    cells,
                    empty=nobody(),
                ),
                when(
                    VIEW.pages > 1,
                    pager(VIEW.page, VIEW.pages, PhoneNumbersState.turn_page),
                ),
                when(PhoneNumbersState.excepting.person_id > 0, exception_form()),
                when(VIEW.may_name, readers()),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/numbers",
        lead="Numbers of people's own phones, to reach staff when the work needs it. "
        "They are not given out for everyday business.",
    )


def narrow() -> rx.Component:
    """Choose who is listed; the choice stands in the address."""
    return stack(
        list_choices(VIEW.links, "Who is listed"),
        filter_form(
            text_field(
                "Name",
                "search",
                type="search",
                max_length=60,
                default_value=VIEW.search,
                key=VIEW.search,
            ),
            button("Search", type="submit"),
            on_submit=PhoneNumbersState.search,
            label="Search by name",
        ),
        gap="sm",
    )


def cells(each: Any) -> tuple[Any, ...]:
    """Give the cells of one person."""
    return (
        stack(each.name, rx.el.span(each.department, class_name="muted"), gap="sm"),
        when(
            each.is_missing,
            badge("Missing", "warn", "triangle-alert"),
            stack(
                rx.el.span(each.number, class_name="dialed"),
                when(each.allowed, rx.el.span(each.allowed, class_name="muted")),
                gap="sm",
            ),
        ),
        stack(
            each.told,
            when(each.is_late, badge("Told late", "warn", "clock-alert")),
            gap="sm",
        ),
        stack(
            when(each.is_expected, badge("Expected", "info", "siren")),
            when(each.may_mark, stack(mark(each), exception(each), gap="sm")),
            gap="sm",
        ),
    )


def exception(each: Any) -> rx.Component:
    """Let who decides for somebody allow their number out, or end that."""
    return when(
        each.allowed,
        button(
            "Given out no longer",
            unseen(" ", each.name),
            kind="quiet",
            on_click=PhoneNumbersState.end_exception(each.person_id),
        ),
        button(
            "Allow it to be given out",
            unseen(" ", each.name),
            kind="quiet",
            on_click=PhoneNumbersState.ask_exception(each.person_id),
        ),
    )


def exception_form() -> rx.Component:
    """Ask why somebody's number may be given out."""
    of = PhoneNumbersState.excepting
    return section(
        "Allow a number to be given out",
        rx.el.p(of.name, ", ", of.department),
        form(
            text_area(
                "Reason",
                "reason",
                hint="At least 10 characters: why everyday business needs it. The "
                "person reads it.",
                required=True,
                max_length=400,
                rows=2,
            ),
            actions(
                primary("Allow it", type="submit"),
                button("Not now", kind="quiet", on_click=PhoneNumbersState.leave),
            ),
            on_submit=PhoneNumbersState.allow_out,
            key=PhoneNumbersState.form_number,
        ),
        lead="Cell numbers are not given out for everyday business unless an exception "
        "is justified (Lodi 3.H). Nobody else sees the number here because of it.",
        tab_index=-1,
        data_focus="true",
    )


def mark(each: Any) -> rx.Component:
    """Let who decides for somebody say whether they are expected."""
    return button(
        rx.cond(each.is_expected, "Expected no longer", "Expect in an emergency"),
        unseen(" ", each.name),
        kind="quiet",
        on_click=PhoneNumbersState.expect(each.person_id, ~each.is_expected),
    )


def nobody() -> rx.Component:
    """Say that nobody is listed here, and why."""
    return empty_state(
        "Nobody here",
        "People who hold a stipend or claim business calls give their number on the "
        "page My phone. Look under Everybody to mark who is expected in an emergency.",
        shape="phone",
    )


def readers() -> rx.Component:
    """List who was named to see numbers, and let the reader name others."""
    return section(
        "Who else may see them",
        data_table(
            "People who were named",
            READERS,
            VIEW.readers,
            reader_cells,
            empty=rx.el.p("Nobody was named yet.", class_name="muted"),
        ),
        name_form(),
    )


def reader_cells(each: Any) -> tuple[Any, ...]:
    """Give the cells of one reader."""
    return (
        stack(each.name, rx.el.span(each.department, class_name="muted"), gap="sm"),
        each.reads_for,
        each.since,
        each.through,
        each.named_by,
        button(
            "End",
            unseen(" ", each.name),
            kind="quiet",
            on_click=PhoneNumbersState.end_reader(each.reader_row),
        ),
    )


def name_form() -> rx.Component:
    """Ask whom to name, for what, and through which day."""
    return card(
        text_field(
            "Find by name",
            "find",
            auto_complete="off",
            max_length=60,
            on_change=PhoneNumbersState.find_people.debounce(300),
        ),
        form(
            select_field("Person", "person", PhoneNumbersState.people, required=True),
            select_field("What they may see", "scope", VIEW.scopes, required=True),
            date_field(
                "Through",
                "through",
                min=VIEW.today,
                optional=True,
                hint="The last day; empty holds until you end it.",
            ),
            actions(primary("Name this person", type="submit")),
            on_submit=PhoneNumbersState.name_reader,
            key=PhoneNumbersState.form_number,
        ),
        title="Name somebody",
    )
