"""The screen My phone: what one has, what waits, and the number of one's own phone."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import columns, row, section, stack
from mobile_selfservice.components.buttons import actions, link_button
from mobile_selfservice.components.cards import callout, card, empty_state, facts
from mobile_selfservice.components.charts import column_chart
from mobile_selfservice.components.links import file_link, link
from mobile_selfservice.components.money import amount_due
from mobile_selfservice.components.progress import page_skeleton, stepper
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.pages.my_phone.number_card import number_card, take_off_dialog
from mobile_selfservice.pages.my_phone.state import MyPhoneState
from mobile_selfservice.session_state import screen

VIEW = MyPhoneState.view
STEPS = ("Approved", "Ordered", "Ready to collect", "Yours")


def my_phone() -> rx.Component:
    """Lay out what waits, what one has, and what else one can do here."""
    return screen(
        "My phone",
        when(
            VIEW.is_loaded,
            stack(
                when(VIEW.waiting.length() > 0, waiting()),
                when(VIEW.has_nothing, nothing()),
                rx.foreach(VIEW.coming, coming_card),
                rx.foreach(VIEW.phones, phone_card),
                when(VIEW.has_stipend, stipend_card()),
                when(VIEW.wish, wish_card()),
                number_card(),
                ways(),
                take_off_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/phone",
        lead="The phone or stipend you have for work, the number you are reached at, "
        "and what to do next.",
    )


def waiting() -> rx.Component:
    """List what waits for the person, each with its way there."""
    return rx.el.section(
        rx.el.h2("What waits for you"),
        rx.foreach(
            VIEW.waiting,
            lambda each: callout(
                row(rx.el.span(each.text), link(each.action, href=each.href)),
                tone=each.tone,
            ),
        ),
        class_name="stack stack-sm",
    )


def nothing() -> rx.Component:
    """Say that there is neither a phone nor a stipend, and what leads to one."""
    return empty_state(
        "No phone and no stipend",
        "If your work needs a phone, your director fills in an authorization form. If "
        "you would rather use your own phone, see which of the two is better for you.",
        action=actions(
            link_button("City phone or stipend?", href="/phone/advisor"),
            link_button("Read the policy", href="/policy"),
        ),
        shape="smartphone",
    )


def coming_card(each: Any) -> rx.Component:
    """Show how far a phone is on its way."""
    return card(
        when(each.model, rx.el.p(rx.el.strong(each.model))),
        stepper(STEPS, each.step, "Steps to your phone"),
        rx.el.p(each.words),
        actions(
            when(
                each.receipt_href,
                link_button("Read and sign", href=each.receipt_href, kind="primary"),
            ),
            link_button("The form", href=each.form_href),
        ),
        title="A phone is on its way",
    )


def phone_card(each: Any) -> rx.Component:
    """Show one phone: its number, what came with it, and what it costs."""
    return card(
        row(
            icon("smartphone"),
            rx.el.p(each.number, class_name="figure dialed"),
            when(each.label, badge(each.label, "neutral", "tag")),
            when(
                each.is_custodian,
                badge("Shared: you answer for it", "info", "users"),
            ),
        ),
        when(each.suspended, callout(each.suspended, tone="warn")),
        columns(phone_facts(each), costs(each)),
        actions(
            link_button("My bills", href="/bills"),
            when(
                each.receipt_href, link_button("What I signed", href=each.receipt_href)
            ),
        ),
        when(
            each.receipt_file,
            rx.el.p(file_link("Receipt as PDF", href=each.receipt_file)),
        ),
        title="City phone",
    )


def phone_facts(each: Any) -> rx.Component:
    """List what is known of a phone; what is not known takes no line."""
    return stack(
        facts(
            ("Yours since", each.since), ("Plan", rx.cond(each.plan, each.plan, "–"))
        ),
        when(
            each.model,
            facts(
                ("Model", each.model),
                ("Asset tag", each.asset_tag),
                ("Handed out with it", each.kit),
                ("Signed for on", each.signed),
            ),
        ),
        gap="sm",
    )


def costs(each: Any) -> rx.Component:
    """Draw what a phone cost each month, and name the last bill."""
    return stack(
        when(each.chart_title, column_chart(each.chart_title, each.bars)),
        when(
            each.last_href,
            rx.el.p(
                "Last bill: ",
                link(each.last_month, href=each.last_href),
                ", ",
                rx.el.span(each.last_cost, class_name="money"),
            ),
            rx.el.p(
                "No bill yet. The first comes after the carrier's next invoice.",
                class_name="muted",
            ),
        ),
        gap="sm",
    )


def stipend_card() -> rx.Component:
    """Show the stipend: how much, since when, and its proof of contract."""
    held = VIEW.stipend
    return card(
        amount_due("Paid with your salary", held.amount),
        when(
            held.paused, callout(held.paused, title="Not paid at present", tone="warn")
        ),
        facts(
            ("For", held.what),
            ("Since", held.since),
            ("Proof of contract", held.proof),
        ),
        when(held.until, facts(("Last month", held.until))),
        when(held.is_proof_late, badge("Proof overdue", "danger", "clock-alert")),
        actions(link_button("Stipend and proof", href="/phone/stipend")),
        title="Stipend for your own phone",
    )


def wish_card() -> rx.Component:
    """Say how a wish for a stipend stands."""
    return card(
        rx.el.p(VIEW.wish),
        actions(link_button("See where it stands", href="/phone/stipend")),
        title="A stipend you asked for",
    )


def ways() -> rx.Component:
    """Lead to what else one can do about phones."""
    return section(
        "What else you can do here",
        rx.el.ul(
            way("City phone or stipend?", "/phone/advisor", "What each costs you."),
            way("Stipend", "/phone/stipend", "Ask for one, or show your contract."),
            way(
                "What ending a contract early means",
                "/calculator",
                "How long a stipend waits for a penalty.",
            ),
            way("Leave", "/phone/leave", "Say when you are away for long."),
            way("Claims", "/claims", "Business calls on a phone of your own."),
            when(
                VIEW.sees_numbers,
                way("Phone numbers", "/numbers", "Those you were named to see."),
            ),
            class_name="plain stack stack-sm",
        ),
    )


def way(words: str, href: str, what: str) -> rx.Component:
    """Name one place to go, and what is there."""
    return rx.el.li(link(words, href=href), " ", rx.el.span(what, class_name="muted"))
