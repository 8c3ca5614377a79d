"""The screen of one election."""

import reflex as rx

from mobile_selfservice.components.arrange import row, section, stack
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.links import back_link, file_link
from mobile_selfservice.components.progress import page_skeleton, stepper
from mobile_selfservice.components.stipend_words import (
    STEPS,
    election_badge,
    figure_facts,
    proof_facts,
    said_list,
    worked_act,
)
from mobile_selfservice.components.timeline import timeline
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.election.acts import (
    approval_form,
    check_form,
    holding_forms,
    payroll_form,
    proof_form,
    refusal_form,
)
from mobile_selfservice.pages.election.state import ElectionPageState
from mobile_selfservice.session_state import screen

VIEW = ElectionPageState.view


def election() -> rx.Component:
    """Lay out where it stands, what waits for this person, and what happened."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            stack(
                back_link("All stipends", href="/stipends"),
                standing(),
                when(VIEW.asked.length() > 0, asked()),
                contract(),
                when(VIEW.to_decide.proof_id > 0, proof_form()),
                when(VIEW.may_approve, approval_form()),
                when(VIEW.may_check, check_form()),
                when(VIEW.may_enter, payroll_form()),
                when(VIEW.may_refuse, refusal_form()),
                holding_forms(),
                section("What happened", timeline(VIEW.happened)),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/stipends",
        lead=VIEW.lead,
    )


def standing() -> rx.Component:
    """Show how far it is and what it comes to, with the working."""
    return stack(
        when(VIEW.shows_steps, stepper(STEPS, VIEW.place, "How far it is")),
        row(election_badge(VIEW.state)),
        when(VIEW.waits_for, rx.el.p(VIEW.waits_for)),
        when(
            VIEW.phone_back,
            callout(VIEW.phone_back, title="The City phone is back", tone="warn"),
        ),
        when(VIEW.takes_over, callout(VIEW.takes_over, tone="info")),
        when(
            VIEW.is_own,
            callout("This is your own: somebody else decides on it.", tone="info"),
        ),
        when(
            VIEW.pauses.length() > 0,
            callout(
                said_list(VIEW.pauses), title="Months that are not paid", tone="warn"
            ),
        ),
        when(
            VIEW.figures.length() > 0,
            card(figure_facts(VIEW.figures), title="What it comes to"),
        ),
        rx.foreach(VIEW.worked, worked_act),
        when(VIEW.pdf, file_link("Personnel Action Form (PDF)", href=VIEW.pdf)),
    )


def asked() -> rx.Component:
    """Show what the employee asked for."""
    return card(
        figure_facts(VIEW.asked),
        rx.el.p("What the work needs the phone for:", class_name="muted"),
        rx.el.blockquote(VIEW.duties),
        title="What was asked",
    )


def contract() -> rx.Component:
    """Show the employee's own contract, and when it is proved again."""
    return section(
        "Proof of contract",
        when(
            VIEW.is_overdue,
            callout(VIEW.proof_due, tone="danger"),
            when(VIEW.proof_due, rx.el.p(VIEW.proof_due)),
        ),
        when(
            VIEW.due_steps.length() > 0,
            working(VIEW.due_steps, "How that day was found"),
        ),
        when(
            VIEW.proof.proof_id > 0,
            card(proof_facts(VIEW.proof)),
            rx.el.p("None is on record in the portal.", class_name="muted"),
        ),
        when(
            VIEW.newer_proof.proof_id > 0,
            card(proof_facts(VIEW.newer_proof), title="A newer one was handed in"),
        ),
    )
