"""The frame every screen sits in."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from mobile_selfservice.components.forms import native_form
from mobile_selfservice.components.links import jump_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.when import Words, each, either, icon, when

PRODUCT = "Mobile self-service"


@dataclass(frozen=True)
class NavItem:
    """One screen a person may open, as the navigation lists it."""

    label: str
    href: str


# What the account menu and the foot of every page lead to.
ACCOUNT = (
    NavItem("My account", "/account"),
    NavItem("Change password", "/password"),
)
FOOT = (
    NavItem("The policy", "/policy"),
    NavItem("Early-termination calculator", "/calculator"),
    NavItem("Help", "/help"),
    NavItem("Accessibility", "/accessibility"),
)


@dataclass(frozen=True)
class Frame:
    """What the frame shows around every screen, as values or Vars.

    `policy_link` leads to the section of the policy that the screen carries out.

    A State class with Vars of these names will do as well.
    """

    employer: Any = ""
    actor: Any = ""
    nav: Any = field(default_factory=list)
    demo: Any = False
    ready: Any = True
    policy_link: Any = ""


def portal_page(
    title: Words,
    *content: Words,
    frame: Any = Frame(),
    here: str = "",
    lead: Words = "",
    banner: rx.Component | None = None,
) -> rx.Component:
    """Set a screen in the portal's frame.

    `frame` is a `Frame` or a State class with the same names; `here` is the address
    of the navigation item this screen belongs to; `lead` is the sentence under the
    heading; `banner` a `status_region`.
    """
    return rx.el.div(
        jump_link("Skip to main content", target="main", class_name="skip"),
        demo_ribbon(frame.demo),
        top_bar(frame, here),
        rx.el.div(
            rx.el.div(
                when(has_any(frame.nav), navigation(frame.nav, here)),
                class_name="side",
            ),
            rx.el.main(
                page_heading(title, lead, frame.policy_link),
                banner or rx.fragment(),
                when(frame.ready, rx.fragment(*content), page_skeleton()),
                id="main",
                tab_index=-1,
            ),
            class_name="shell",
        ),
        footer(frame.employer),
        rx.el.div(id="announce", class_name="unseen", aria_live="polite"),
        class_name="portal",
    )


def plain_page(
    title: Words,
    *content: Words,
    lead: Words = "",
    employer: Words = "",
    demo: bool | rx.Var = False,
) -> rx.Component:
    """Set a screen without navigation in a narrow column: sign in, errors, 404."""
    return rx.el.div(
        jump_link("Skip to main content", target="main", class_name="skip"),
        demo_ribbon(demo),
        rx.el.header(rx.el.div(brand(employer), class_name="bar"), class_name="top"),
        rx.el.main(
            page_heading(title, lead),
            *content,
            id="main",
            tab_index=-1,
            class_name="narrow",
        ),
        footer(employer),
        rx.el.div(id="announce", class_name="unseen", aria_live="polite"),
        class_name="portal",
    )


def page_heading(
    title: Words, lead: Words = "", policy_link: Words = ""
) -> rx.Component:
    """Name the screen, say what it is for, and lead to what the policy says of it."""
    words = rx.cond(title, title, "Loading…") if isinstance(title, rx.Var) else title
    return rx.el.div(
        rx.el.h1(words, tab_index=-1),
        when(lead, rx.el.p(lead, class_name="lead")),
        when(policy_link, policy_says(policy_link)),
        class_name="page-heading",
    )


def policy_says(href: Words) -> rx.Component:
    """Lead to the section of the policy behind this screen."""
    return rx.el.a(
        icon("book-open"), "What the policy says", href=href, class_name="link says"
    )


def demo_ribbon(demo: Any) -> rx.Component:
    """Warn that nothing here is real."""
    return when(
        demo,
        rx.el.aside(
            rx.el.p(rx.el.strong("Demo city: "), "invented people and numbers"),
            aria_label="Demo notice",
            class_name="ribbon",
        ),
    )


def brand(employer: Words) -> rx.Component:
    """Show whose portal this is."""
    return rx.el.a(
        rx.el.span(icon("smartphone"), class_name="mark"),
        rx.el.span(
            rx.el.span(PRODUCT, class_name="product"),
            when(employer, rx.el.span(employer, class_name="employer")),
            class_name="brand-words",
        ),
        href="/",
        class_name="brand",
    )


def top_bar(frame: Any, here: str) -> rx.Component:
    """Carry the brand, the phone's menu and the account menu."""
    return rx.el.header(
        rx.el.div(
            brand(frame.employer),
            mobile_menu(frame.nav, here),
            account_menu(frame.actor),
            sign_in_link(frame),
            class_name="bar",
        ),
        class_name="top",
    )


def navigation(nav: Any, here: str, label: str = "Main") -> rx.Component:
    """List the screens a person may open, marking the one they are on."""
    return rx.el.nav(
        rx.el.ul(*each(nav, lambda item: rx.el.li(nav_link(item, here)))),
        aria_label=label,
        class_name="nav",
    )


def nav_link(item: Any, here: str) -> rx.Component:
    """Link to one screen."""
    return rx.el.a(
        item.label,
        href=item.href,
        aria_current=either(item.href == here, "page", "false"),
    )


def mobile_menu(nav: Any, here: str) -> rx.Component:
    """Fold the navigation away where the screen is narrow."""
    return when(
        has_any(nav),
        rx.el.details(
            rx.el.summary(icon("menu"), "Menu", class_name="button button-quiet"),
            navigation(nav, here),
            class_name="menu menu-narrow",
        ),
    )


def has_any(nav: Any) -> Any:
    """Tell whether there is anywhere to go: a visitor has no navigation."""
    return nav.length() > 0 if isinstance(nav, rx.Var) else bool(nav)


def sign_in_link(frame: Any) -> rx.Component:
    """Offer a visitor the way in, once it is known that nobody is signed in."""
    way_in = rx.el.a("Sign in", href="/sign-in", class_name="button button-quiet")
    return when(frame.ready, when(frame.actor, rx.fragment(), way_in))


def account_menu(actor: Any) -> rx.Component:
    """Offer one's own account, the look of the page and the way out."""
    return when(
        actor,
        rx.el.details(
            rx.el.summary(
                icon("circle-user-round"),
                rx.el.span(actor, class_name="actor"),
                icon("chevron-down"),
                aria_label=f"Account: {actor}",
                class_name="button button-quiet",
            ),
            rx.el.div(
                rx.el.p("Signed in as ", rx.el.strong(actor), class_name="muted"),
                *[
                    rx.el.a(icon("settings-2"), item.label, href=item.href)
                    for item in ACCOUNT
                ],
                color_switch(),
                native_form(
                    rx.el.button(icon("log-out"), "Sign out", type="submit"),
                    action="/auth/sign-out",
                ),
                class_name="menu-panel",
            ),
            class_name="menu",
        ),
    )


def color_switch() -> rx.Component:
    """Switch between light and dark; the browser remembers."""
    return rx.el.button(
        icon("sun-moon"),
        rx.cond(rx.color_mode == "dark", "Light colors", "Dark colors"),
        on_click=rx.toggle_color_mode,
        type="button",
    )


def footer(employer: Words) -> rx.Component:
    """Close the page: whose portal this is, and where to read on."""
    return rx.el.footer(
        rx.el.p(PRODUCT, when(employer, rx.fragment(" · ", employer))),
        rx.el.ul(*[rx.el.li(rx.el.a(item.label, href=item.href)) for item in FOOT])
        if FOOT
        else rx.fragment(),
        class_name="foot",
    )
