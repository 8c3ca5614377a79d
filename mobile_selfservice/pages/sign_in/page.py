"""The sign-in screen: a form the browser posts itself, so no event holds a password."""

import reflex as rx

from mobile_selfservice.components.buttons import primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.forms import native_form, text_field
from mobile_selfservice.components.layout import plain_page
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.sign_in.state import SignInState


def sign_in() -> rx.Component:
    """Ask who is there."""
    return plain_page(
        "Sign in",
        when(SignInState.notice, callout(SignInState.notice)),
        when(
            SignInState.problem,
            rx.el.div(callout(SignInState.problem, tone="danger"), role="alert"),
        ),
        card(sign_in_form()),
        rx.el.p(
            "Forgot your password? The administrator of accounts gives you a new one.",
            class_name="muted",
        ),
        lead="Review your city phone bill, certify it, and see what you owe.",
        employer=SignInState.employer,
        demo=SignInState.demo,
    )


def sign_in_form() -> rx.Component:
    """Take a user name and a password."""
    return native_form(
        rx.el.input(type="hidden", name="next", value=SignInState.next_page),
        text_field(
            "User name",
            "user_name",
            auto_complete="username",
            required=True,
            auto_capitalize="none",
        ),
        text_field(
            "Password",
            "password",
            type="password",
            auto_complete="current-password",
            required=True,
        ),
        primary("Sign in", type="submit"),
        action="/auth/sign-in",
    )
