"""What the employee does with a draft besides listing calls: terms and signing."""

import reflex as rx

from mobile_selfservice.components.arrange import section
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.claim_terms import terms_fields
from mobile_selfservice.components.forms import form
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.pages.claim.state import ClaimState

VIEW = ClaimState.view


def terms_section() -> rx.Component:
    """Open the terms of the contract to be corrected."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "Change the terms of the bill"),
        card(
            form(
                terms_fields(VIEW.typed, VIEW.asks_total, VIEW.asks_plan),
                actions(button("Save the terms", type="submit")),
                on_submit=ClaimState.change_terms,
            )
        ),
        class_name="working",
    )


def signing() -> rx.Component:
    """Show the words to sign, or what must be settled before."""
    return section(
        "Sign and hand in",
        when(
            VIEW.why_not.length() > 0,
            callout(
                rx.el.ul(rx.foreach(VIEW.why_not, lambda why: rx.el.li(why))),
                title="Before you can hand it in",
                tone="warn",
            ),
            card(
                rx.el.blockquote(VIEW.sentence, class_name="sentence"),
                rx.el.p(
                    "You sign this sentence with the terms and calls above. The claim "
                    "pays ",
                    rx.el.strong(VIEW.amount),
                    ".",
                ),
                actions(primary("Sign and hand in", on_click=ClaimState.hand_in)),
            ),
        ),
    )
