"""The screen of one claim."""

import reflex as rx

from mobile_selfservice.components.arrange import row, section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import (
    callout,
    card,
    facts,
    figure_card,
    figures,
)
from mobile_selfservice.components.charts import bar_chart
from mobile_selfservice.components.claim_terms import claim_badge
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.links import back_link, file_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.timeline import timeline
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.claim.answers import (
    decide_form,
    pay_form,
    send_back_form,
)
from mobile_selfservice.pages.claim.calls import calls_section
from mobile_selfservice.pages.claim.draft import signing, terms_section
from mobile_selfservice.pages.claim.state import ClaimState
from mobile_selfservice.session_state import screen

VIEW = ClaimState.view


def claim() -> rx.Component:
    """Lay out a claim: what it comes to, its calls, what to do, what happened."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            stack(
                back_link("All claims", href=VIEW.back_href),
                standing(),
                when(VIEW.can_decide, decide_form()),
                when(VIEW.can_send_back, send_back_form()),
                when(VIEW.can_pay, pay_form()),
                when(VIEW.can_edit, terms_section()),
                calls_section(),
                when(VIEW.can_edit, signing()),
                about(),
                withdraw_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here=VIEW.here,
        lead="Business calls on a private phone, paid up to the policy’s limit for a "
        "calendar month.",
    )


def standing() -> rx.Component:
    """Show where the claim stands and what it comes to, with the working."""
    return stack(
        row(
            claim_badge(VIEW.state),
            when(
                VIEW.pdf_href,
                file_link("The claim as PDF", href=VIEW.pdf_href),
            ),
        ),
        when(VIEW.last_word, callout(rx.el.p(VIEW.last_word), tone="info")),
        figures(
            figure_card("The claim pays", VIEW.amount, sub=VIEW.claimed),
            figure_card("A minute of the plan", VIEW.rate),
            when(VIEW.taxable, figure_card("Of it taxable", VIEW.taxable)),
        ),
        when(
            VIEW.is_unlimited,
            callout(
                rx.el.p(VIEW.unlimited), title="A plan without a limit", tone="warn"
            ),
        ),
        rx.foreach(VIEW.notes, lambda note: callout(rx.el.p(note), tone="warn")),
        when(
            VIEW.bars.length() > 0,
            bar_chart("What each month of the calls pays", VIEW.bars),
        ),
        when(VIEW.steps.length() > 0, working(VIEW.steps)),
        when(
            VIEW.can_take_back | VIEW.can_withdraw,
            actions(
                when(
                    VIEW.can_take_back,
                    button("Take it back to correct", on_click=ClaimState.take_back),
                ),
                when(
                    VIEW.can_withdraw,
                    button(
                        "Give this claim up",
                        kind="quiet",
                        on_click=ClaimState.ask_to_withdraw,
                    ),
                ),
            ),
        ),
    )


def about() -> rx.Component:
    """Show the terms that were typed, and what happened to the claim."""
    return section(
        "About this claim",
        card(
            facts(
                ("Employee", VIEW.employee),
                ("Department", VIEW.department),
                ("Carrier", VIEW.carrier),
                ("Billing period", VIEW.period),
                ("Base charges", VIEW.base_charges),
                ("Taxes", VIEW.taxes),
                ("Minutes of the plan", VIEW.plan_minutes),
            ),
            when(VIEW.has_outage, facts(("City phone out of order", VIEW.outage))),
        ),
        timeline(VIEW.events),
    )


def withdraw_dialog() -> rx.Component:
    """Ask once more before the claim is given up."""
    return confirm_dialog(
        ClaimState.asking,
        "Give this claim up?",
        rx.el.p(
            "Nothing is paid for it. The calls of a claim that was never handed in "
            "are thrown away; you can claim them again in a new one."
        ),
        confirm=primary("Give it up", on_click=ClaimState.withdraw),
        on_cancel=ClaimState.go_back,
    )
