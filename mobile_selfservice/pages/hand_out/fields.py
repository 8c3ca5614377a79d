"""The forms of the three steps: the order, the phone that is ready, its return."""

import reflex as rx

from mobile_selfservice.components.arrange import beside
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import card
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import (
    checkbox,
    date_field,
    form,
    money_field,
    number_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import chip
from mobile_selfservice.pages.hand_out.state import HandOutState
from mobile_selfservice.services.phones.kit import KIT

VIEW = HandOutState.view
ASKED = HandOutState.view.asked
WRONG = HandOutState.errors
CANCEL = "cancel-form"


def order_form() -> rx.Component:
    """Ask what is bought; it begins with what the form asked for."""
    return card(
        when(VIEW.limits, rx.el.p(VIEW.limits, " ", chip(VIEW.clause))),
        form(
            text_field(
                "Model", "model", max_length=80, required=True, error=WRONG.model
            ),
            text_field(
                "Carrier",
                "carrier",
                max_length=60,
                default_value=ASKED.carrier,
                required=True,
                error=WRONG.carrier,
            ),
            text_field(
                "Contract it is bought on",
                "contract_reference",
                max_length=80,
                required=True,
                hint="The number of the State's wireless contract, or the quote that "
                "is cheaper.",
                error=WRONG.contract_reference,
            ),
            beside(
                number_field(
                    "Length of the contract in months",
                    "contract_months",
                    max_length=3,
                    default_value=ASKED.contract_months,
                    required=True,
                    error=WRONG.contract_months,
                ),
                money_field(
                    "Price of the phone",
                    "price",
                    max_length=12,
                    default_value=ASKED.price,
                    required=True,
                    error=WRONG.price,
                ),
                money_field(
                    "Paid at the start",
                    "upfront",
                    max_length=12,
                    default_value=ASKED.upfront,
                    optional=True,
                    error=WRONG.upfront,
                ),
            ),
            checkbox(
                "It is bought on the State's wireless contract, or for less.",
                "is_on_state_contract",
                default_checked=ASKED.is_on_state_contract,
            ),
            checkbox(
                "The model is in the catalog.",
                "is_in_catalogue",
                default_checked=ASKED.is_in_catalogue,
            ),
            actions(primary("Order", type="submit")),
            on_submit=HandOutState.order,
            key=HandOutState.form_number,
        ),
        title="Order the phone",
    )


def ready_form() -> rx.Component:
    """Ask which phone it is, its line and its kit."""
    return card(
        form(
            beside(
                text_field(
                    "Asset tag",
                    "asset_tag",
                    max_length=40,
                    required=True,
                    error=WRONG.asset_tag,
                ),
                text_field(
                    "IMEI or serial number",
                    "serial",
                    max_length=40,
                    required=True,
                    hint="Dial *#06# to see an IMEI.",
                    error=WRONG.serial,
                ),
            ),
            text_field(
                "Phone number of the line",
                "number",
                type="tel",
                max_length=30,
                required=True,
                hint="A line that exists, or a new one.",
                error=WRONG.number,
            ),
            rx.el.fieldset(
                rx.el.legend("Handed out with it"),
                *[
                    checkbox(words, f"kit_{part}", default_checked=True)
                    for part, words in KIT.items()
                ],
                class_name="field",
            ),
            actions(
                primary("Ready: tell the employee", type="submit"),
                button(
                    "Take the order back",
                    kind="quiet",
                    on_click=HandOutState.ask_to_cancel,
                ),
            ),
            on_submit=HandOutState.make_ready,
            key=HandOutState.form_number,
        ),
        title="Make it ready",
    )


def return_form() -> rx.Component:
    """Ask what came back."""
    return card(
        form(
            date_field(
                "Day it came back",
                "received_on",
                default_value=VIEW.today,
                max=VIEW.today,
                required=True,
                error=WRONG.received_on,
            ),
            rx.el.fieldset(
                rx.el.legend("What came back"),
                rx.foreach(
                    VIEW.to_return, lambda part: checkbox(part.words, part.name)
                ),
                class_name="field",
            ),
            text_area(
                "Note",
                "note",
                max_length=300,
                rows=3,
                optional=True,
                hint="Say what is missing, and why.",
                error=WRONG.note,
            ),
            when(
                VIEW.asks_counsel,
                checkbox("Counsel was consulted first.", "is_consulted"),
            ),
            actions(primary("Taken back", type="submit")),
            on_submit=HandOutState.take_back,
            key=HandOutState.form_number,
        ),
        title="Take the phone back",
    )


def cancel_dialog() -> rx.Component:
    """Ask why an order is taken back."""
    return confirm_dialog(
        HandOutState.is_asking,
        "Take the order back?",
        form(
            text_area(
                "Why?",
                "reason",
                max_length=400,
                rows=3,
                required=True,
                hint="At least ten letters. It stays on the form.",
            ),
            on_submit=HandOutState.cancel,
            custom_attrs={"id": CANCEL},
        ),
        confirm=primary("Take it back", type="submit", form=CANCEL),
        on_cancel=HandOutState.go_back,
    )
