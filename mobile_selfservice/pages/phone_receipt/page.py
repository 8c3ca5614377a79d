"""The screen on which the holder of a phone reads, and signs for it."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import main_and_aside, section, stack
from mobile_selfservice.components.buttons import actions, link_button, primary
from mobile_selfservice.components.cards import callout, card, facts
from mobile_selfservice.components.forms import checkbox, form, text_field
from mobile_selfservice.components.links import back_link, file_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.components.working import chip
from mobile_selfservice.pages.phone_receipt.state import PhoneReceiptState
from mobile_selfservice.session_state import screen

VIEW = PhoneReceiptState.view


def phone_receipt() -> rx.Component:
    """Lay out the phone, its kit, the memorandum and the place to sign."""
    return screen(
        "Receipt for a phone",
        when(
            VIEW.is_loaded,
            rx.fragment(
                back_link("My phone", href="/phone"),
                main_and_aside(
                    stack(
                        when(VIEW.signed_at, signed()),
                        when(
                            VIEW.warning,
                            callout(
                                VIEW.warning,
                                title="What becomes of the stipend",
                                tone="warn",
                            ),
                        ),
                        kit(),
                        memorandum(),
                        when(VIEW.can_sign, signature()),
                        gap="lg",
                    ),
                    the_phone(),
                ),
            ),
            page_skeleton(),
        ),
        here="/phone",
        lead="Check what you were handed, read what you agree to, and sign once.",
    )


def signed() -> rx.Component:
    """Say that it was signed, by whom and when, and give it on paper."""
    return card(
        callout(
            VIEW.signed_by,
            " signed on ",
            VIEW.signed_at,
            ". It is kept for good and cannot be changed by anyone.",
            title="Signed",
            tone="success",
        ),
        rx.el.p(file_link("Receipt as PDF", href=VIEW.file_href)),
        rx.el.p("Fingerprint: ", VIEW.fingerprint, class_name="muted fingerprint"),
    )


def the_phone() -> rx.Component:
    """Name the phone."""
    return card(
        facts(
            ("Model", VIEW.model),
            ("Sort", VIEW.phone_class),
            ("Phone number", VIEW.number),
            ("IMEI or serial number", VIEW.serial),
            ("Asset tag", VIEW.asset_tag),
            ("Carrier", VIEW.carrier),
            ("For", VIEW.employee),
            ("Department", VIEW.department),
        ),
        when(VIEW.kind, rx.el.p(VIEW.kind, class_name="muted")),
        title="The phone",
    )


def kit() -> rx.Component:
    """List what goes with the phone, and what does not."""
    return section(
        "Handed out with it",
        rx.el.ul(
            rx.foreach(VIEW.kit, ticked),
            ticked(rx.el.span("The policy: ", VIEW.policy)),
            class_name="plain stack stack-sm",
        ),
        when(
            VIEW.not_handed_over,
            callout("Not handed out: ", VIEW.not_handed_over, tone="warn"),
        ),
        actions(link_button("Read the whole policy", href="/policy")),
    )


def ticked(what: Any) -> rx.Component:
    """Name one thing that was handed out."""
    return rx.el.li(icon("check"), rx.el.span(what), class_name="row row-whole")


def memorandum() -> rx.Component:
    """Give the Procedures Memorandum, passage by passage."""
    return section(
        "Procedures Memorandum",
        rx.foreach(VIEW.duties, duty),
        lead="What you agree to, with the figures in force today.",
    )


def duty(each: Any) -> rx.Component:
    """Give one passage and where the policy says it."""
    return rx.el.div(
        rx.el.h3(each.heading, " ", when(each.place, chip(each.place))),
        rx.foreach(each.sentences, lambda sentence: rx.el.p(sentence)),
        class_name="stack stack-sm",
    )


def signature() -> rx.Component:
    """Give the exact words, the box and the place for the name."""
    return card(
        rx.el.blockquote(VIEW.sentence, class_name="sentence"),
        form(
            checkbox(
                "I have everything listed here, and I have read the memorandum.",
                "agrees",
                aria_describedby="name-error",
            ),
            text_field(
                "Type your full name",
                "name",
                auto_complete="name",
                max_length=120,
                required=True,
                error=PhoneReceiptState.problem,
            ),
            actions(
                primary("Sign for the phone", type="submit"),
                link_button("Not now", href="/phone"),
            ),
            on_submit=PhoneReceiptState.sign,
            key=PhoneReceiptState.form_number,
        ),
        title="Your signature",
    )
