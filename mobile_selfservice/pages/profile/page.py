"""The page of one column profile: the file, its columns, the test, and saving it."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import form, text_field
from mobile_selfservice.components.links import back_link, download_link, link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.profile.mapping_page import (
    choosing_a_file,
    the_columns,
    the_file,
    the_rest,
)
from mobile_selfservice.pages.profile.reading_page import as_read, the_trial
from mobile_selfservice.pages.profile.state import ProfileState
from mobile_selfservice.session_state import screen

STATE = ProfileState
HEAD = STATE.head
MAPPING = STATE.mapping
VERSIONS = (Column("Version"), Column("Saved by"), Column("State"))


def profile() -> rx.Component:
    """Lay out the mapping from the file down to saving it."""
    return screen(
        HEAD.title,
        rx.cond(
            HEAD.is_loaded,
            stack(
                stack(
                    back_link("Column profiles", href="/invoices/profiles"),
                    rx.el.div(
                        when(STATE.problem, callout(STATE.problem, tone="danger")),
                        role="alert",
                    ),
                    notes(),
                ),
                when(
                    MAPPING.has_file,
                    stack(
                        the_file(),
                        the_columns(),
                        the_rest(),
                        as_read(),
                        the_trial(),
                        when(HEAD.may_map, saving()),
                        gap="lg",
                    ),
                    when(HEAD.may_map, choosing_a_file()),
                ),
                when(HEAD.versions.length() > 0, versions()),
                retire_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/invoices",
        lead="Say once what each column holds. Imports of such files are then read by "
        "themselves; this page imports nothing.",
    )


def notes() -> rx.Component:
    """Say what is particular about this profile or version."""
    return stack(
        when(
            HEAD.may_import & MAPPING.has_file,
            actions(button("Import this file", on_click=STATE.import_now)),
        ),
        when(
            HEAD.note,
            callout(
                HEAD.note,
                when(
                    HEAD.newest_href,
                    rx.fragment(
                        " ", link("Open the newest version.", href=HEAD.newest_href)
                    ),
                ),
                tone="warn",
            ),
        ),
        when(HEAD.about, rx.el.p(HEAD.about)),
    )


def saving() -> rx.Component:
    """Ask for the name and the carrier, and save."""
    return card(
        form(
            when(
                MAPPING.missing.length() > 0,
                callout(
                    rx.el.ul(rx.foreach(MAPPING.missing, rx.el.li)),
                    title="Still missing",
                    tone="warn",
                ),
            ),
            rx.el.div(
                text_field(
                    "Name of the profile",
                    "name",
                    default_value=HEAD.name,
                    key=HEAD.name,
                    required=True,
                    max_length=60,
                    auto_complete="off",
                    hint="Such as: U.S. Cellular, call detail.",
                ),
                text_field(
                    "Carrier",
                    "carrier",
                    default_value=HEAD.carrier,
                    key=HEAD.carrier,
                    required=True,
                    max_length=60,
                    auto_complete="off",
                    hint="Whose files these are. Rate codes are kept by carrier.",
                ),
                class_name="columns",
            ),
            stack(
                rx.el.div(
                    when(
                        STATE.save_problem, callout(STATE.save_problem, tone="danger")
                    ),
                    role="alert",
                ),
                actions(
                    primary("Save the profile", type="submit"),
                    when(
                        HEAD.may_retire,
                        button("Retire", on_click=STATE.ask_to_retire),
                    ),
                ),
            ),
            on_submit=STATE.save,
        ),
        title="Save",
    )


def versions() -> rx.Component:
    """List the versions; each can be opened and exported."""
    return section(
        "Versions",
        data_table("Every version that was saved", VERSIONS, HEAD.versions, cells),
        download_link("Export this version", href=HEAD.export),
    )


def cells(one: Any) -> tuple[Any, ...]:
    """Give the cells of one version."""
    return (link(one.version, href=one.href), one.saved, one.state)


def retire_dialog() -> rx.Component:
    """Ask once more before a profile is taken out of use."""
    return confirm_dialog(
        STATE.is_retiring,
        "Retire this profile?",
        rx.el.p(
            "Files of this layout are then refused again. What was imported stays as "
            "it is, and saving the profile again brings it back."
        ),
        confirm=button("Retire", kind="danger", on_click=STATE.retire),
        on_cancel=STATE.keep,
    )
