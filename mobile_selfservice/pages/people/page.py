"""The page on which an administrator looks after accounts."""

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.buttons import (
    actions,
    button,
    link_button,
    primary,
)
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import form, text_field
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.people.state import PeopleState
from mobile_selfservice.session_state import screen

VIEW = PeopleState.view
PERSON = PeopleState.person
COLUMNS = (
    Column("Name"),
    Column("Department"),
    Column("Roles"),
    Column("Account"),
    Column("What you can do"),
)


def people() -> rx.Component:
    """Lay out the search and the list."""
    return screen(
        "People",
        when(
            VIEW.is_loaded,
            stack(
                find_form(),
                people_table(),
                when(
                    VIEW.pages > 1,
                    pager(VIEW.page, VIEW.pages, PeopleState.turn_page),
                ),
                reset_dialog(),
                password_dialog(),
                close_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/people",
        lead="Who can sign in. You look after accounts, not after bills.",
    )


def find_form() -> rx.Component:
    """Ask for a name."""
    return form(
        rx.el.div(
            text_field(
                "Name, user name or employee number",
                "search",
                type="search",
                default_value=VIEW.search,
                max_length=60,
                auto_complete="off",
            ),
            button("Find", type="submit"),
            when(VIEW.search, link_button("Show all", href="/people")),
            class_name="filters",
        ),
        on_submit=PeopleState.find,
        role="search",
        aria_label="Find people",
        key=VIEW.search,
    )


def people_table() -> rx.Component:
    """List the people of this page."""
    return data_table(
        VIEW.caption,
        COLUMNS,
        VIEW.rows,
        lambda row: (
            stack(
                rx.el.span(row.name),
                rx.el.span(row.user_name, class_name="muted"),
                gap="sm",
            ),
            row.department,
            row.roles,
            badge(row.account, row.tone),
            rx.cond(
                row.is_own,
                rx.el.span("Your own account", class_name="muted"),
                what_to_do(row),
            ),
        ),
        empty=empty_state(
            "Nobody found",
            "No name, user name or employee number contains what you typed.",
            link_button("Show all people", href="/people"),
            "search-x",
        ),
    )


def what_to_do(row: rx.Var) -> rx.Component:
    """Offer what fits this account."""
    return actions(
        when(
            row.may_reset,
            button(
                "New password",
                aria_label=f"New password for {row.name}",
                on_click=PeopleState.ask_to_reset(row.person_id),
            ),
        ),
        when(
            row.may_close,
            button(
                "Close account",
                kind="quiet",
                aria_label=f"Close account of {row.name}",
                on_click=PeopleState.ask_to_close(row.person_id),
            ),
        ),
        when(
            row.may_reopen,
            button(
                "Reopen account",
                aria_label=f"Reopen account of {row.name}",
                on_click=PeopleState.reopen_account(row.person_id),
            ),
        ),
    )


def reset_dialog() -> rx.Component:
    """Ask once more before a password ends."""
    return confirm_dialog(
        PeopleState.asking == "reset",
        rx.fragment("Give ", PERSON.name, " a new password?"),
        rx.el.p(
            "You will see a one-time password once. Tell it to the person yourself; "
            "they choose their own when they sign in with it. Their old password and "
            "open sessions end at once."
        ),
        confirm=primary(
            "Make a one-time password", on_click=PeopleState.reset_password
        ),
        on_cancel=PeopleState.go_back,
    )


def password_dialog() -> rx.Component:
    """Show the new password, this one time."""
    return confirm_dialog(
        PeopleState.asking == "password",
        rx.fragment("One-time password for ", PERSON.name),
        rx.el.p(rx.el.code(PeopleState.one_time_password, class_name="one-time")),
        rx.el.p(
            "It is shown only now and is kept nowhere. Tell it to the person by voice "
            "or in person, not by e-mail."
        ),
        confirm=primary("I have passed it on", on_click=PeopleState.go_back),
        on_cancel=PeopleState.go_back,
        cancel="Close",
    )


def close_dialog() -> rx.Component:
    """Ask once more before an account is closed."""
    return confirm_dialog(
        PeopleState.asking == "close",
        rx.fragment("Close the account of ", PERSON.name, "?"),
        rx.el.p(
            "They are signed out at once and cannot sign in again until you reopen "
            "the account. Their bills and their history stay."
        ),
        confirm=button(
            "Close the account", kind="danger", on_click=PeopleState.close_account
        ),
        on_cancel=PeopleState.go_back,
    )
