"""The list of column profiles."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.buttons import actions, link_button, primary
from mobile_selfservice.components.cards import callout, empty_state
from mobile_selfservice.components.forms import form, labeled, text_area
from mobile_selfservice.components.links import back_link, download_link, link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import Words, icon, unseen, when
from mobile_selfservice.pages.profiles.state import ProfilesState
from mobile_selfservice.session_state import screen

VIEW = ProfilesState.view
OWN = (
    Column("Profile"),
    Column("Carrier"),
    Column("Version", numeric=True),
    Column("Saved by"),
    Column("Used"),
    Column("File"),
)
SHIPPED = (Column("Profile"), Column("What it is for"))


def profiles() -> rx.Component:
    """List how files of other layouts are read."""
    return screen(
        "Column profiles",
        rx.cond(
            VIEW.is_loaded,
            stack(
                back_link("All invoices", href="/invoices"),
                when(
                    VIEW.may_map,
                    actions(
                        link_button(
                            "Map a file’s columns",
                            href="/invoices/profiles/new",
                            kind="primary",
                        )
                    ),
                ),
                own_profiles(),
                when(VIEW.shipped.length() > 0, shipped_profiles()),
                when(
                    VIEW.retired.length() > 0,
                    data_table(
                        "Retired: files are no longer read with these",
                        OWN,
                        VIEW.retired,
                        own_cells,
                    ),
                ),
                when(VIEW.may_map, taking_in()),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/invoices",
        lead="How the portal reads files of a layout it does not know by itself. An "
        "import finds the profile that fits its files.",
    )


def own_profiles() -> rx.Component:
    """List the employer's own profiles, or say how the first one is made."""
    return data_table(
        "Profiles in use",
        OWN,
        VIEW.own,
        own_cells,
        empty=empty_state(
            "No profiles yet",
            "When a carrier’s file is of a layout the portal does not know, finance or "
            "IT says once what its columns hold, and saves that here.",
            shape="columns-3",
        ),
    )


def shipped_profiles() -> rx.Component:
    """List the profiles that come with the portal; each is looked at before use."""
    return data_table(
        "Come with the portal: start from one, try it on a file, and save it",
        SHIPPED,
        VIEW.shipped,
        lambda one: (link(one.name, href=one.href), one.about),
    )


def own_cells(one: Any) -> Sequence[Words]:
    """Give the cells of one profile."""
    return (
        link(one.name, href=one.href),
        one.carrier,
        one.version,
        one.saved,
        one.used,
        download_link("Export", unseen(" ", one.name), href=one.export),
    )


def taking_in() -> rx.Component:
    """Take in a profile that was exported; its text can be looked at first."""
    state = ProfilesState
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "Use a profile from a file"),
        form(
            rx.el.div(
                when(state.problem, callout(state.problem, tone="danger")), role="alert"
            ),
            labeled(
                rx.el.input,
                "File",
                "",
                id="profile-file",
                type="file",
                accept=".toml,text/plain",
                data_fills="profile",
                hint="A .toml file that was exported from a profile. Its text is put "
                "below.",
            ),
            text_area("Text of the profile", "profile", rows=8, spell_check=False),
            actions(primary("Save this profile", type="submit")),
            on_submit=state.take_in,
        ),
        class_name="working",
    )
