"""Help and the accessibility statement. Nothing here is personal."""

import reflex as rx

from mobile_selfservice.components.cards import card
from mobile_selfservice.components.layout import plain_page

STEPS = (
    (
        "Review",
        "Open My bills and mark calls, number by number. Not sure about one? Mark it "
        "so and come back: the bill can be certified once nothing is unsure.",
    ),
    (
        "Certify",
        "Read the sentence you sign and the amount with its working, then sign. What "
        "you signed is kept as it was.",
    ),
    (
        "Pay",
        "Pay at the finance counter, or by payroll deduction if you consent in "
        "writing. The day you hand the money in is the day that counts.",
    ),
    (
        "Done",
        "Your director accepts the statement, finance confirms the money, and you get "
        "a receipt by e-mail.",
    ),
)


def help_page() -> rx.Component:
    """Tell how a month goes, step by step."""
    return plain_page(
        "Help",
        card(
            rx.el.ol(*[_step(name, text) for name, text in STEPS], class_name="told"),
            title="Your month, step by step",
        ),
        card(
            rx.el.p(
                "Wrong person on a bill, a number that is not yours, or a call you "
                "cannot place? Tell the finance office before you certify."
            ),
            title="Something looks wrong",
        ),
    )


def accessibility() -> rx.Component:
    """Say what the portal holds itself to, and what is not known yet."""
    return plain_page(
        "Accessibility",
        card(
            rx.el.p(
                "This portal is built to WCAG 2.1, level AA. Every page works with the "
                "keyboard alone, at 390 pixels wide, in light and dark colors, and is "
                "checked by automatic tests with every change."
            ),
            rx.el.p(
                "Not yet tried with people who use a screen reader every day. If "
                "something stands in your way, tell your administrator: the same "
                "statement can be signed on paper."
            ),
        ),
    )


def _step(name: str, text: str) -> rx.Component:
    return rx.el.li(rx.el.strong(f"{name}. "), rx.el.span(text))
