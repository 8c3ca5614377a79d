"""The steps of the guided form: who, the need, the service or the end."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import beside, stack
from mobile_selfservice.components.buttons import actions, link_button, primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.forms import (
    Option,
    checkbox,
    date_field,
    error_summary,
    form,
    money_field,
    number_field,
    radio_group,
    select_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import chip
from mobile_selfservice.pages.authorization.state import AuthorizationState

VIEW = AuthorizationState.view
TYPED = VIEW.typed
WRONG = VIEW.problems
ACTIONS = [
    Option("new_device", "A City phone"),
    Option("stipend", "A stipend for an own phone"),
    Option("change", "A change of plan or features"),
    Option("end_service", "End of service"),
    Option("end_stipend", "End of a stipend"),
]
CLASSES = [
    Option("cell", "Cell phone", "For calls"),
    Option("smart", "Smart phone", "For e-mail and data too"),
]
KINDS = [
    Option("personal", "One employee", "Who carries the phone"),
    Option("pooled", "Several, in turn", "The person named answers for it"),
    Option("vehicle", "A vehicle", "The person named answers for it"),
]
PLAN_KINDS = [
    Option("", "Choose one"),
    Option("allowance", "A monthly allowance of minutes"),
    Option("consumption", "Charged per minute"),
    Option("unlimited", "Unlimited minutes"),
]


def step_form(*parts: Any, on_submit: Any, last: str = "Save and continue") -> Any:
    """Set a step's fields with what is wrong above them and its buttons below."""
    return form(
        error_summary(VIEW.faults, "Kept, but these need another look"),
        *parts,
        actions(
            primary(last, type="submit"),
            link_button("All forms", href="/authorizations", kind="quiet"),
        ),
        on_submit=on_submit,
        key=AuthorizationState.form_number,
    )


def who_step() -> rx.Component:
    """Ask what the form is for, and for which sort of phone."""
    return card(
        step_form(
            radio_group(
                "What is asked for?", "action", ACTIONS, default_value=VIEW.action
            ),
            when(
                VIEW.shape != "end",
                radio_group(
                    "Which sort of phone?",
                    "device_class",
                    CLASSES,
                    default_value=VIEW.device_class,
                ),
            ),
            when(
                VIEW.buys,
                radio_group(
                    "Who will use it?",
                    "holder_kind",
                    KINDS,
                    default_value=VIEW.holder_kind,
                ),
            ),
            when(
                VIEW.lines.length() > 0,
                when(
                    VIEW.line,
                    select_field(
                        "Which phone?",
                        "line_id",
                        VIEW.lines,
                        default_value=VIEW.line_id,
                    ),
                ),
            ),
            text_field(
                "Business unit",
                "business_unit",
                hint="The account in the books that pays for it.",
                default_value=TYPED.business_unit,
                error=WRONG.business_unit,
            ),
            on_submit=AuthorizationState.choose,
        ),
        title="Who and what",
    )


def need_step() -> rx.Component:
    """Ask for the reasons of the policy, the work day and the alternatives."""
    return card(
        step_form(
            rx.foreach(VIEW.reasons, reason_list),
            text_area(
                "Why is it needed?",
                "need_why",
                hint="The work that cannot be done without it. Leave phone numbers "
                "and names of private people out.",
                default_value=TYPED.need_why,
                error=WRONG.need_why,
            ),
            text_area(
                "Which special circumstances?",
                "special_why",
                hint="Only where you ticked special circumstances.",
                optional=True,
                default_value=TYPED.special_why,
                error=WRONG.special_why,
                rows=2,
            ),
            beside(
                number_field(
                    "Percent of the work day at a fixed work station",
                    "fixed_share",
                    default_value=TYPED.fixed_share,
                    error=WRONG.fixed_share,
                ),
                number_field(
                    "Percent of the work day in the field",
                    "field_share",
                    default_value=TYPED.field_share,
                    error=WRONG.field_share,
                ),
            ),
            when(
                VIEW.asks_places,
                text_area(
                    "Places of work, day by day",
                    "places",
                    hint="A day and a place each, such as 2026-05-01 Albany; "
                    "2026-05-15 Utica. Leave it empty where places do not matter.",
                    optional=True,
                    default_value=TYPED.places,
                    error=WRONG.places,
                    rows=2,
                ),
            ),
            text_area(
                "Which other ways were looked at?",
                "alternatives",
                hint="Landline, radio, a shared phone: why they would not do.",
                default_value=TYPED.alternatives,
                error=WRONG.alternatives,
                rows=3,
            ),
            feature(
                "E-mail and data are needed",
                "needs_data",
                "What is data service for?",
                "data_why",
            ),
            feature(
                "Messaging or push-to-talk is needed",
                "needs_messaging",
                "What is messaging for?",
                "messaging_why",
            ),
            on_submit=AuthorizationState.save,
        ),
        title="The need",
    )


def reason_list(listed: Any) -> rx.Component:
    """Offer one list of reasons to tick."""
    return rx.el.fieldset(
        rx.el.legend(listed.title),
        rx.el.p(listed.hint, class_name="hint"),
        rx.foreach(
            listed.reasons,
            lambda one: checkbox(
                rx.fragment(one.words, " ", chip(one.clause)),
                one.name,
                default_checked=one.is_ticked,
            ),
        ),
        class_name="field radios",
    )


def feature(label: str, name: str, why: str, why_name: str) -> rx.Component:
    """Offer a feature to tick, and ask what it is for."""
    return stack(
        checkbox(label, name, default_checked=getattr(TYPED, name) != ""),
        text_area(
            why,
            why_name,
            hint="Only where it is ticked.",
            optional=True,
            default_value=getattr(TYPED, why_name),
            error=getattr(WRONG, why_name),
            rows=2,
        ),
        gap="sm",
    )


def service_step() -> rx.Component:
    """Ask for the plan, its price and its features; say which limits they exceed."""
    return card(
        exceeded_now(),
        step_form(
            beside(
                typed(text_field, "Carrier", "vendor"),
                typed(text_field, "Plan", "plan"),
            ),
            select_field(
                "Kind of plan",
                "plan_kind",
                PLAN_KINDS,
                default_value=TYPED.plan_kind,
                error=WRONG.plan_kind,
            ),
            beside(
                typed(number_field, "Minutes a month", "minutes"),
                typed(money_field, "Cost of the plan a month", "monthly_cost"),
            ),
            when(
                VIEW.is_smart,
                typed(
                    number_field,
                    "Minutes of the carrier’s smallest plan with data",
                    "fewest_minutes",
                ),
            ),
            typed(
                text_area,
                "Why are more minutes needed than the limit?",
                "minutes_why",
                optional=True,
                rows=2,
            ),
            when(VIEW.buys, bought()),
            feature(
                "Texting is needed",
                "has_texting",
                "What is texting for?",
                "texting_why",
            ),
            checkbox(
                "Calls to phones of the same carrier or of the employer are free",
                "has_free_calls",
                default_checked=TYPED.has_free_calls != "",
            ),
            typed(text_field, "Other features", "features", optional=True),
            typed(
                text_area,
                "Why is an exception right?",
                "exception_why",
                hint="Where the price, the contract or something else is beyond a "
                "limit.",
                optional=True,
                rows=2,
            ),
            on_submit=AuthorizationState.save,
        ),
        title="The service",
    )


def bought() -> rx.Component:
    """Ask for the price, the contract and where the phone is bought."""
    return stack(
        beside(
            typed(money_field, "Price of the phone", "price"),
            typed(money_field, "Paid at the start", "upfront", optional=True),
            typed(number_field, "Months of the contract", "contract_months"),
        ),
        typed(date_field, "Last phone handed out on", "last_phone_on", optional=True),
        checkbox(
            "The phone is in the catalog",
            "is_in_catalogue",
            default_checked=TYPED.is_in_catalogue != "",
        ),
        checkbox(
            "It is bought on the State’s wireless contract, or for less",
            "is_on_state_contract",
            default_checked=TYPED.is_on_state_contract != "",
        ),
    )


def end_step() -> rx.Component:
    """Ask why it ends, when, and what comes back."""
    return card(
        step_form(
            typed(text_area, "Why does it end?", "ending_why"),
            typed(
                date_field,
                "Last day",
                "last_day",
                hint="A stipend is paid for the whole month of this day.",
            ),
            when(
                VIEW.action == "end_service",
                typed(
                    text_field,
                    "What is returned",
                    "equipment",
                    hint="Phone, battery, wall charger, belt clip, manual.",
                ),
            ),
            on_submit=AuthorizationState.save,
        ),
        title="The end",
    )


def typed(control: Any, label: str, name: str, **more: Any) -> rx.Component:
    """Draw a field with what was typed and what is wrong with it."""
    return control(
        label,
        name,
        default_value=getattr(TYPED, name),
        error=getattr(WRONG, name),
        **more,
    )


def exceeded_now() -> rx.Component:
    """Say each limit that is exceeded, its clause, and who must consent."""
    return rx.fragment(
        rx.foreach(
            VIEW.exceeded,
            lambda one: callout(
                rx.el.p(one.text, " ", chip(one.clause)),
                rx.el.p(
                    "An exception needs the consent of ", rx.el.strong(one.consent), "."
                ),
                title="Beyond a limit",
                tone="warn",
            ),
        )
    )
