"""The screen of one's own claims for business calls."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.buttons import actions, primary
from mobile_selfservice.components.cards import callout, card, empty_state
from mobile_selfservice.components.claim_terms import claim_badge, terms_fields
from mobile_selfservice.components.forms import form
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.pages.claims.state import ClaimsState
from mobile_selfservice.session_state import screen

VIEW = ClaimsState.view
COLUMNS = (
    Column("Claim"),
    Column("Bill of your own phone"),
    Column("Where it stands"),
    Column("Amount", numeric=True),
    Column("Handed in"),
)


def claims() -> rx.Component:
    """Lay out one's own claims, and the form that begins one."""
    return screen(
        "Business calls on my own phone",
        when(
            VIEW.is_loaded,
            stack(
                back_link("My phone", href="/phone"),
                data_table(
                    unseen("Your claims, newest first"),
                    COLUMNS,
                    VIEW.rows,
                    cells,
                    empty=nothing(),
                ),
                section(
                    "Begin a claim",
                    when(VIEW.why_not, why_not()),
                    start_form(),
                    lead="One claim for one bill. Type its terms here; on the next "
                    "page you list the calls and see at once what they come to.",
                ),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/phone",
        lead="For those who may have a City phone, declined it and have no stipend. "
        "Calls for the City’s business are paid at your plan’s price of a minute or "
        "at what the call itself cost, up to the policy’s limit for a month.",
    )


def why_not() -> rx.Component:
    """Say what the policy answers today, before somebody types in vain."""
    return callout(
        rx.el.p(VIEW.why_not),
        rx.el.p(
            when(
                VIEW.has_device,
                "If your City phone did not work for some days, give those days below: "
                "their calls may be claimed.",
                "A claim for calls of earlier days may still be open to you: each call "
                "is judged by what held on its own day.",
            )
        ),
        title="Today a claim is not open to you",
        tone="warn",
    )


def start_form() -> rx.Component:
    """Ask for the terms of one bill."""
    return card(
        form(
            terms_fields(ClaimsState.typed, VIEW.asks_total, VIEW.asks_plan),
            actions(primary("Begin the claim", type="submit")),
            on_submit=ClaimsState.start,
        )
    )


def cells(row: Any) -> tuple[Any, ...]:
    """Give the cells of one claim."""
    return (
        link(row.name, href=row.href),
        row.bill,
        claim_badge(row.state),
        when(row.amount, money(row.amount), rx.el.span("–", class_name="muted")),
        row.submitted,
    )


def nothing() -> rx.Component:
    """Say that nothing is claimed, and what to do."""
    return empty_state(
        "No claim yet",
        "Have your phone bill at hand, with its list of calls. Begin with its terms "
        "below.",
        shape="phone",
    )
