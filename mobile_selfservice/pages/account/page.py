"""The page of one's own account."""

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.buttons import (
    actions,
    button,
    link_button,
    primary,
)
from mobile_selfservice.components.cards import card, facts
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import native_form, text_field
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.account.state import AccountState
from mobile_selfservice.session_state import screen

VIEW = AccountState.view
NUMBERS = (
    Column("Number"),
    Column("Name"),
    Column("Suggested as"),
    Column("What you can do"),
)
SESSIONS = (Column("Browser"), Column("Signed in"), Column("Last used"))


def account() -> rx.Component:
    """Lay out who one is here, the ways in, and what one has agreed to."""
    return screen(
        "My account",
        when(
            VIEW.is_loaded,
            stack(
                person(),
                signed_in(),
                calendar(),
                when(VIEW.consent, consent()),
                when(VIEW.numbers.length() > 0, numbers()),
                renew_dialog(),
                withdraw_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/account",
        lead="Who you are in this portal, where you are signed in, and your calendar.",
    )


def person() -> rx.Component:
    """Show the person as the employer knows them."""
    return card(
        facts(
            ("Name", VIEW.name),
            ("User name", VIEW.user_name),
            ("Employee number", VIEW.employee_number),
            ("Department", VIEW.department),
            ("E-mail", VIEW.email),
            (
                "What you do here",
                rx.el.ul(
                    rx.foreach(VIEW.roles, lambda role: rx.el.li(role)),
                    class_name="plain",
                ),
            ),
        ),
        rx.el.p(
            "If something is wrong here, ask your administrator.", class_name="muted"
        ),
        actions(link_button("Change password", href="/password")),
        title="You",
    )


def signed_in() -> rx.Component:
    """List the browsers that are signed in, and end them all at once."""
    return section(
        "Where you are signed in",
        data_table(
            "Browsers signed in as you",
            SESSIONS,
            VIEW.sessions,
            lambda each: (
                stack(
                    rx.el.span(each.browser),
                    when(each.is_this, badge("This browser", "info", "monitor-check")),
                    gap="sm",
                ),
                each.opened,
                each.seen,
            ),
        ),
        rx.el.p(
            "If you do not know one of these, sign out everywhere and change your "
            "password."
        ),
        native_form(
            rx.el.input(type="hidden", name="everywhere", value="1"),
            actions(button("Sign out everywhere", type="submit", kind="danger")),
            action="/auth/sign-out",
        ),
    )


def calendar() -> rx.Component:
    """Give the address under which a calendar finds the dates."""
    return card(
        rx.el.p(
            "Add this address to your calendar program and the days by which you must "
            "certify appear in it. It shows months and days only: no numbers, no "
            "calls, no amounts. Whoever has the address sees these days, so do not "
            "share it."
        ),
        text_field(
            "Calendar address",
            "feed",
            value=VIEW.feed_address,
            read_only=True,
            auto_complete="off",
        ),
        actions(
            button("Make a new address", on_click=AccountState.ask_to_renew),
        ),
        title="Your review dates in your calendar",
    )


def consent() -> rx.Component:
    """Show the consent to payroll deductions, and a way to take it back."""
    return card(
        rx.el.blockquote(VIEW.consent, class_name="sentence"),
        rx.el.p("You signed this on ", VIEW.consent_signed, "."),
        actions(
            button("Withdraw my consent", on_click=AccountState.ask_to_withdraw),
        ),
        title="Your consent to payroll deductions",
    )


def numbers() -> rx.Component:
    """List the numbers the person remembers, each with a way to forget it."""
    return section(
        "Numbers you remember",
        data_table(
            "Only you see these; they are suggested on your later bills",
            NUMBERS,
            VIEW.numbers,
            lambda each: (
                each.number,
                each.label,
                each.mark,
                button(
                    "Forget",
                    aria_label=f"Forget {each.number}",
                    on_click=AccountState.forget_number(each.party),
                ),
            ),
        ),
    )


def renew_dialog() -> rx.Component:
    """Ask once more before the old address ends."""
    return confirm_dialog(
        AccountState.asking == "renew",
        "Make a new calendar address?",
        rx.el.p(
            "The old address stops working at once. A calendar that uses it shows no "
            "dates until you give it the new one."
        ),
        confirm=primary("Make a new address", on_click=AccountState.renew_feed),
        on_cancel=AccountState.go_back,
    )


def withdraw_dialog() -> rx.Component:
    """Ask once more before the consent ends."""
    return confirm_dialog(
        AccountState.asking == "withdraw",
        "Withdraw your consent?",
        rx.el.p(
            "Nothing more is taken from your pay for personal use. What you owe stays "
            "owed; you can pay it in another way."
        ),
        confirm=primary("Withdraw my consent", on_click=AccountState.withdraw_consent),
        on_cancel=AccountState.go_back,
    )
