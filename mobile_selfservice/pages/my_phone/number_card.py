"""The number of one's own phone: what is on record, and telling that it changed."""

import reflex as rx

from mobile_selfservice.components.arrange import beside, row
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card, facts
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import date_field, form, text_field
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.my_phone.state import MyPhoneState

NUMBER = MyPhoneState.view.number


def number_card() -> rx.Component:
    """Show the own number to its owner, and let them tell a new one."""
    return rx.el.div(
        card(
            rx.el.p(
                "Only your director, the staff they named and, if you are expected in "
                "an emergency, the Emergency Services Coordinator see it. It is on no "
                "list for everyday business.",
                class_name="muted",
            ),
            when(NUMBER.allowed, callout(NUMBER.allowed, tone="info")),
            when(NUMBER.number, on_record(), not_on_record()),
            when(
                NUMBER.expected,
                rx.el.p(
                    badge("Expected in an emergency", "info", "siren"),
                    " since ",
                    NUMBER.expected,
                ),
            ),
            number_form(),
            title="The number of your own phone",
        ),
        custom_attrs={"id": "own-number"},
    )


def on_record() -> rx.Component:
    """Show the number, when it was told, and how that was judged."""
    return rx.fragment(
        row(
            rx.el.p(NUMBER.number, class_name="figure dialed"),
            when(NUMBER.is_late, badge("Told late", "warn", "clock-alert")),
        ),
        facts(("On record since", NUMBER.told)),
        when(NUMBER.changed, facts(("It changed on", NUMBER.changed))),
        when(
            NUMBER.steps.length() > 0,
            working(NUMBER.steps, "How the time was counted"),
        ),
    )


def not_on_record() -> rx.Component:
    """Say that there is none, and whether there has to be."""
    return when(
        NUMBER.is_asked_for,
        rx.el.p(
            badge("Needed", "warn", "triangle-alert"),
            " You hold a stipend or claim calls, so your number has to be on record.",
        ),
        rx.el.p("None is on record. You need not give one.", class_name="muted"),
    )


def number_form() -> rx.Component:
    """Ask for the number and, where one is on record, when it changed."""
    return form(
        text_field(
            rx.cond(NUMBER.number, "New number", "Number"),
            "number",
            type="tel",
            auto_complete="tel",
            max_length=30,
            required=True,
            hint="With area code, such as (209) 555-0142.",
            error=MyPhoneState.problem,
        ),
        when(NUMBER.number, moment_fields()),
        actions(
            primary("Put on record", type="submit"),
            when(
                NUMBER.number & ~NUMBER.is_asked_for,
                button(
                    "Take it off the record",
                    kind="quiet",
                    on_click=MyPhoneState.ask_to_take_off,
                ),
            ),
        ),
        on_submit=MyPhoneState.tell_number,
        key=MyPhoneState.form_number,
    )


def moment_fields() -> rx.Component:
    """Ask when the number changed."""
    return rx.fragment(
        beside(
            date_field(
                "Day it changed", "changed_on", max=NUMBER.latest_day, required=True
            ),
            text_field("Time it changed", "changed_at", type="time", required=True),
        ),
        when(NUMBER.rule, rx.el.p(NUMBER.rule, class_name="hint")),
    )


def take_off_dialog() -> rx.Component:
    """Ask once more before the number is taken off the record."""
    return confirm_dialog(
        MyPhoneState.is_asking,
        "Take your number off the record?",
        rx.el.p(
            "Nobody sees it any more, and nobody can reach you at it. That it was on "
            "record stays in the portal's own books."
        ),
        confirm=primary("Take it off", on_click=MyPhoneState.take_off),
        on_cancel=MyPhoneState.go_back,
    )
