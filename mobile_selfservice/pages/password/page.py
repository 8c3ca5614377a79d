"""The screen where a password is changed; the first sign-in leads here."""

import reflex as rx

from mobile_selfservice.components.buttons import primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.forms import native_form, text_field
from mobile_selfservice.components.layout import plain_page
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.password.state import PasswordState
from mobile_selfservice.session_state import SessionState


def password() -> rx.Component:
    """Ask for the old password once and the new one twice."""
    return plain_page(
        "Choose your password",
        when(
            PasswordState.problem,
            rx.el.div(callout(PasswordState.problem, tone="danger"), role="alert"),
        ),
        card(password_form()),
        lead="Use a password of your own before you go on. Only you will know it.",
        employer=SessionState.employer,
        demo=SessionState.demo,
    )


def password_form() -> rx.Component:
    """Take the passwords by the browser's own post, never as an event."""
    return native_form(
        secret("Password you have now", "password", "current-password"),
        secret(
            "New password",
            "new_password",
            "new-password",
            hint="At least 15 characters. Four unrelated words make a good one.",
        ),
        secret("New password again", "repeated", "new-password"),
        primary("Change password", type="submit"),
        action="/auth/password",
    )


def secret(label: str, name: str, kind: str, hint: str = "") -> rx.Component:
    """Ask for a password; pasting and password managers work."""
    return text_field(
        label, name, type="password", auto_complete=kind, required=True, hint=hint
    )
