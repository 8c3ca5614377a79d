"""The table of rate codes: unknown ones first, then what was said of the others."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.buttons import actions, button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.links import back_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import Words, icon, unseen, when
from mobile_selfservice.pages.rate_codes.form import (
    code_form,
    weighed_dialog,
    withdraw_dialog,
)
from mobile_selfservice.pages.rate_codes.state import RateCodesState
from mobile_selfservice.session_state import screen

VIEW = RateCodesState.view
UNKNOWN = (
    Column("Code"),
    Column("Calls"),
    Column("What depends on it"),
    Column("The carrier’s own words"),
)
MAPPED = (
    Column("Code"),
    Column("What it means"),
    Column("Bills from"),
    Column("Said by"),
)
KNOWN = (Column("Code"), Column("What it means"))
WITHDRAWN = (
    Column("Code"),
    Column("What it meant"),
    Column("Withdrawn by"),
    Column("Why"),
)


def rate_codes() -> rx.Component:
    """Lay out the codes, and the form where it is open."""
    return screen(
        "Rate codes",
        when(
            VIEW.is_loaded,
            stack(
                back_link("All invoices", href="/invoices"),
                when(RateCodesState.form.is_open, code_form()),
                unknown_codes(),
                when(VIEW.mapped.length() > 0, mapped_codes()),
                when(VIEW.withdrawn.length() > 0, withdrawn_codes()),
                known_codes(),
                weighed_dialog(),
                withdraw_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/invoices",
        lead="A carrier’s code for a call says whether it counts against the plan. For "
        "a code that nobody has mapped no rate is charged, only what the carrier "
        "printed on the call.",
    )


def unknown_codes() -> rx.Component:
    """List the codes nobody has mapped, or say that there is none."""
    return section(
        "Not mapped yet",
        data_table(
            unseen("Codes nobody has mapped"),
            UNKNOWN,
            VIEW.unknown,
            unknown_cells,
            empty=empty_state(
                "Every code is known",
                "No call of any bill stands under a code that nobody has mapped.",
                shape="check-check",
            ),
        ),
        turning(VIEW.unknown_pages, RateCodesState.turn_unknown, "Pages of codes"),
    )


def turning(at: Any, on_page: Any, label: str) -> rx.Component:
    """Offer the other pages where there are any, and say how many rows in all."""
    return when(
        at.pages > 1,
        stack(
            rx.el.p(at.told, class_name="muted"),
            pager(at.page, at.pages, on_page, label),
        ),
    )


def unknown_cells(one: Any) -> Sequence[Words]:
    """Say one code, how much stands under it, and what the carrier says."""
    return (
        stack(
            rx.el.strong(one.code),
            rx.el.span(one.carrier, class_name="muted"),
            gap="sm",
        ),
        stack(
            rx.el.span(one.calls),
            rx.el.span(one.where, class_name="muted"),
            rx.el.span(one.open_calls, class_name="muted"),
            gap="sm",
        ),
        stack(
            rx.el.span(one.personal),
            when(one.depends, rx.el.span(one.depends, class_name="muted")),
            gap="sm",
        ),
        stack(
            rx.el.span(one.said),
            when(one.suggested, rx.el.span(one.suggested, class_name="muted")),
            when(
                VIEW.may_map,
                actions(
                    button(
                        "Say what it means",
                        unseen(": ", one.carrier, " ", one.code),
                        on_click=RateCodesState.choose(one.number),
                    )
                ),
            ),
            gap="sm",
        ),
    )


def mapped_codes() -> rx.Component:
    """List what was said of codes, newest first."""
    return section(
        "Mapped",
        data_table(unseen("Codes with a meaning"), MAPPED, VIEW.mapped, mapped_cells),
        turning(VIEW.mapped_pages, RateCodesState.turn_mapped, "Pages of meanings"),
    )


def mapped_cells(one: Any) -> Sequence[Words]:
    """Say one meaning, since when, by whom, and what may be done about it."""
    return (
        stack(
            rx.el.strong(one.code),
            rx.el.span(one.carrier, class_name="muted"),
            gap="sm",
        ),
        stack(
            rx.el.span(one.meaning),
            when(one.is_replaced, badge("Replaced by a newer one")),
            when(
                one.waiting,
                stack(
                    badge(one.waiting, "warn"),
                    rx.el.span(
                        "A second person of finance applies it there.",
                        class_name="muted",
                    ),
                    gap="sm",
                ),
            ),
            gap="sm",
        ),
        one.since,
        stack(
            rx.el.span(one.set_by),
            rx.el.span(one.reason, class_name="muted"),
            when(VIEW.may_map, mapped_actions(one)),
            gap="sm",
        ),
    )


def mapped_actions(one: Any) -> rx.Component:
    """Offer to apply, change or withdraw a meaning."""
    named = unseen(": ", one.carrier, " ", one.code)
    return actions(
        when(
            one.may_apply,
            button("Apply it", named, on_click=RateCodesState.apply(one.code_id)),
        ),
        when(
            one.is_replaced,
            rx.fragment(),
            button(
                "Change",
                named,
                kind="quiet",
                on_click=RateCodesState.change(one.code_id),
            ),
        ),
        button(
            "Withdraw",
            named,
            kind="quiet",
            on_click=RateCodesState.ask_to_withdraw(one.code_id),
        ),
    )


def withdrawn_codes() -> rx.Component:
    """List what was taken back."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "Withdrawn"),
        data_table(
            unseen("Meanings that were withdrawn"),
            WITHDRAWN,
            VIEW.withdrawn,
            lambda one: (
                rx.fragment(one.carrier, " ", one.code),
                rx.fragment(one.meaning, ", from ", one.since),
                one.withdrawn,
                one.reason,
            ),
        ),
        turning(
            VIEW.withdrawn_pages,
            RateCodesState.turn_withdrawn,
            "Pages of withdrawn meanings",
        ),
        class_name="working",
    )


def known_codes() -> rx.Component:
    """List the codes that need no mapping; what is said above goes before it."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "Known to the portal"),
        data_table(
            unseen("Codes whose meaning comes with the portal"),
            KNOWN,
            VIEW.known,
            lambda one: (rx.fragment(one.carrier, " ", one.code), one.meaning),
        ),
        class_name="working",
    )
