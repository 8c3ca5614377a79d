"""The list of authorization forms, by what waits for whom."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import spread, stack
from mobile_selfservice.components.buttons import actions, button, link_button, primary
from mobile_selfservice.components.cards import card, empty_state
from mobile_selfservice.components.form_states import form_state
from mobile_selfservice.components.forms import Option, form, radio_group, text_field
from mobile_selfservice.components.links import link
from mobile_selfservice.components.list_choice import list_choices
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import Column, data_table, filter_form, pager
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.pages.authorizations.state import AuthorizationsState
from mobile_selfservice.session_state import screen

VIEW = AuthorizationsState.view
COLUMNS = (
    Column("For"),
    Column("What"),
    Column("Where it stands"),
    Column("Waits for"),
    Column("Last changed"),
)
PEOPLE = (Column("Employee"), Column("Number"), Column("Department"), Column("Form"))
ACTIONS = [
    Option("new_device", "A City phone", "A cell phone or a smart phone"),
    Option("stipend", "A stipend", "For an employee’s own phone"),
    Option("change", "A change", "Another plan or other features"),
    Option("end_service", "End of service", "The phone goes back"),
    Option("end_stipend", "End of a stipend", "With its last month"),
]


def authorizations() -> rx.Component:
    """Lay out the list, and the question whom a new form is for."""
    return screen(
        "Authorizations",
        when(
            VIEW.is_loaded,
            stack(
                spread(list_choices(VIEW.links, "Which forms"), begin_actions()),
                when(AuthorizationsState.is_starting, start_card()),
                filter_form(
                    text_field(
                        "Name or employee number",
                        "words",
                        default_value=VIEW.words,
                        key=VIEW.words,
                    ),
                    button("Search", type="submit"),
                    on_submit=AuthorizationsState.narrow,
                    label="Search the forms",
                ),
                rx.el.p(VIEW.summary, class_name="muted"),
                data_table(VIEW.caption, COLUMNS, VIEW.rows, cells, empty=nothing()),
                when(
                    VIEW.pages > 1,
                    pager(VIEW.page, VIEW.pages, AuthorizationsState.turn_page),
                ),
            ),
            page_skeleton(),
        ),
        here="/authorizations",
        lead="The director’s form: who gets which phone or stipend, why, and who has "
        "to consent where a limit is exceeded.",
    )


def begin_actions() -> rx.Component:
    """Offer to begin a form, and the yearly question."""
    return actions(
        when(
            VIEW.may_draft,
            primary("Start a form", on_click=AuthorizationsState.begin),
        ),
        when(
            VIEW.reads_needs,
            link_button("Phones to justify again", href="/authorizations/needs"),
        ),
    )


def start_card() -> rx.Component:
    """Ask what the form is for, and find the person."""
    return card(
        radio_group(
            "What is it for?",
            "action",
            ACTIONS,
            value=AuthorizationsState.action,
            on_change=AuthorizationsState.choose_action,
        ),
        form(
            text_field(
                "Whom is it for?",
                "who",
                hint="Name or employee number. For a shared phone, whoever answers "
                "for it.",
            ),
            actions(
                button("Find", type="submit"),
                button("Close", kind="quiet", on_click=AuthorizationsState.leave),
            ),
            on_submit=AuthorizationsState.find,
        ),
        when(
            AuthorizationsState.searched,
            data_table(
                unseen("People found"),
                PEOPLE,
                AuthorizationsState.people,
                person_cells,
                empty=rx.el.p(
                    "Nobody of yours by that name or number. Type fewer letters.",
                    class_name="muted",
                    role="status",
                ),
            ),
        ),
        title="Start a form",
    )


def person_cells(one: Any) -> tuple[Any, ...]:
    """Name one person, and offer to begin their form."""
    return (
        one.name,
        one.number,
        one.department,
        button(
            "Begin",
            unseen(" a form for ", one.name),
            on_click=AuthorizationsState.start(one.person_id),
        ),
    )


def cells(row: Any) -> tuple[Any, ...]:
    """Give the cells of one form."""
    return (
        stack(
            link(row.person, href=row.href),
            rx.el.span(row.department, class_name="muted"),
            gap="sm",
        ),
        stack(row.title, rx.el.span(row.device, class_name="muted"), gap="sm"),
        form_state(row.state),
        row.waits_for,
        row.changed,
    )


def nothing() -> rx.Component:
    """Say that nothing is listed, and what to do next."""
    return empty_state(
        VIEW.empty,
        when(
            VIEW.may_draft,
            rx.fragment(
                "A phone or a stipend begins with a form. Start one for somebody of "
                "your department."
            ),
            rx.fragment(
                "Directors write the forms. What needs your office is listed here."
            ),
        ),
        shape="clipboard-check",
    )
