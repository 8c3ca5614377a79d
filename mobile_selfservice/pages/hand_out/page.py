"""The screen on which a form's phone is ordered, handed out and taken back."""

import reflex as rx

from mobile_selfservice.components.arrange import main_and_aside, stack
from mobile_selfservice.components.buttons import actions, link_button
from mobile_selfservice.components.cards import callout, card, facts
from mobile_selfservice.components.form_states import form_state
from mobile_selfservice.components.forms import error_summary
from mobile_selfservice.components.links import back_link
from mobile_selfservice.components.progress import page_skeleton, stepper
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.hand_out.fields import (
    cancel_dialog,
    order_form,
    ready_form,
    return_form,
)
from mobile_selfservice.pages.hand_out.state import HandOutState
from mobile_selfservice.session_state import screen

VIEW = HandOutState.view
PHONE = VIEW.phone
STEPS = ("Order", "Make ready", "Signed for by its holder", "In use")


def hand_out() -> rx.Component:
    """Lay out the step that is due beside what the form asked for."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            rx.fragment(
                back_link("The authorization form", href=VIEW.form_href),
                when(~VIEW.is_ending, stepper(STEPS, VIEW.step)),
                main_and_aside(work(), the_form()),
                cancel_dialog(),
            ),
            page_skeleton(),
        ),
        here="/authorizations",
        lead="Order within the policy's limits, hand the phone out against a "
        "signature, and take it back with everything that came with it.",
    )


def work() -> rx.Component:
    """Show the step that is due, or say why there is none for the reader."""
    return stack(
        error_summary(HandOutState.faults),
        when(
            VIEW.warning,
            callout(VIEW.warning, title="What becomes of the stipend", tone="warn"),
        ),
        when(VIEW.may_order, order_form()),
        when(VIEW.may_make_ready, ready_form()),
        when(VIEW.may_take_back, return_form()),
        when(
            VIEW.may_order | VIEW.may_make_ready | VIEW.may_take_back,
            rx.fragment(),
            callout(VIEW.idle, title="Nothing to do for you"),
        ),
        when(VIEW.has_phone, the_phone()),
        gap="lg",
    )


def the_phone() -> rx.Component:
    """Tell what was ordered, handed out and given back, as far as it went."""
    return card(
        facts(
            ("Ordered", PHONE.what),
            ("Contract", PHONE.bought),
            ("Price", PHONE.cost),
            ("Ordered by", PHONE.ordered),
        ),
        when(
            PHONE.notes.length() > 0, working(PHONE.notes, "What the policy says of it")
        ),
        when(
            PHONE.thing,
            facts(
                ("The phone", PHONE.thing),
                ("Phone number", PHONE.number),
                ("Handed out with it", PHONE.kit),
                ("Made ready by", PHONE.ready),
            ),
        ),
        when(PHONE.signed, facts(("Signed for on", PHONE.signed))),
        when(PHONE.returned, facts(("Came back on", PHONE.returned))),
        when(PHONE.missing, callout("Missing: ", PHONE.missing, tone="warn")),
        when(PHONE.note, rx.el.p(PHONE.note, class_name="muted")),
        actions(
            when(
                PHONE.receipt_href, link_button("The receipt", href=PHONE.receipt_href)
            ),
        ),
        title="The phone",
    )


def the_form() -> rx.Component:
    """Name whom the phone is for and what the form asked for."""
    return card(
        form_state(VIEW.state),
        facts(
            ("For", VIEW.person),
            ("Department", VIEW.department),
            ("Who has it", VIEW.holder),
        ),
        when(VIEW.plan, facts(("Sort", VIEW.what), ("Plan", VIEW.plan))),
        when(VIEW.number, facts(("Phone number", VIEW.number))),
        when(VIEW.exceptions, facts(("Approved beyond a limit", VIEW.exceptions))),
        title="The form",
    )
