"""The fields of the form by name: their labels, steps, and what is said in words."""

from dataclasses import dataclass

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.voice_calls import PlanKind
from mobile_selfservice.services.authorizations.form_answers import (
    ENDING,
    GROUND,
    NEEDING,
    SERVING,
)
from mobile_selfservice.services.money.typed_amount import NotAnAmount, dollars_typed

PLAN_KIND_WORDS = {
    PlanKind.ALLOWANCE: "A monthly allowance of minutes",
    PlanKind.CONSUMPTION: "Charged per minute",
    PlanKind.UNLIMITED: "Unlimited minutes",
}
BUSINESS_UNIT = {"business_unit": "Business unit"}
NEED = {
    "need_why": "Why it is needed",
    "special_why": "Special circumstances",
    "fixed_share": "Percent of the work day at a fixed work station",
    "field_share": "Percent of the work day in the field",
    "places": "Places of work, day by day",
    "alternatives": "Alternatives considered",
    "needs_data": "Data service",
    "data_why": "What data service is for",
    "needs_messaging": "Messaging or push-to-talk",
    "messaging_why": "What messaging is for",
}
SERVICE = {
    "vendor": "Carrier",
    "plan": "Plan",
    "plan_kind": "Kind of plan",
    "minutes": "Minutes a month",
    "fewest_minutes": "Minutes of the carrier’s smallest plan with data",
    "minutes_why": "Why more minutes are needed",
    "monthly_cost": "Cost of the plan a month",
    "contract_months": "Months of the contract",
    "price": "Price of the phone",
    "upfront": "Paid at the start",
    "has_texting": "Texting",
    "texting_why": "Why texting is needed",
    "has_free_calls": "Free calls to phones of the same carrier or the employer",
    "is_in_catalogue": "The phone is in the catalog",
    "is_on_state_contract": "Bought on the State’s wireless contract, or for less",
    "last_phone_on": "Last phone handed out on",
    "features": "Features",
    "exception_why": "Why an exception is right",
}
ENDING_FIELDS = {
    "ending_why": "Why it ends",
    "last_day": "Last day",
    "equipment": "Equipment to be returned",
}
TICKS = (
    "needs_data",
    "needs_messaging",
    "has_texting",
    "has_free_calls",
    "is_in_catalogue",
    "is_on_state_contract",
)
MONEY = ("monthly_cost", "price", "upfront")
SHARES = ("fixed_share", "field_share")
# Only asked where a phone is bought.
BOUGHT = ("contract_months", "price", "upfront", "is_in_catalogue", "last_phone_on")


@dataclass(frozen=True, slots=True)
class FormStep:
    """One step of the guided form: its name in the address, title, and fields."""

    name: str
    title: str
    fields: tuple[str, ...] = ()


def steps_of(action: str) -> tuple[FormStep, ...]:
    """List the steps of a form, the last one being the signature."""
    found = [FormStep("who", "Who and what")]
    if action in NEEDING:
        found.append(FormStep("need", "The need", tuple(NEED)))
    if action in SERVING:
        found.append(FormStep("service", "The service", tuple(SERVICE)))
    if action in ENDING:
        found.append(FormStep("end", "The end", tuple(ENDING_FIELDS)))
    return (*found, FormStep("sign", "Review and sign"))


def step_of(action: str, name: str) -> str:
    """Name the step that a field stands in."""
    if name.startswith(GROUND):
        return "need"
    for step in steps_of(action):
        if name in step.fields:
            return step.name
    return "who"


def said(form: AuthorizationForm) -> list[list[str]]:
    """List what a form says: name of the field, its label, and the words."""
    labels = dict(BUSINESS_UNIT)
    if form.action in NEEDING:
        labels |= NEED
    if form.action in SERVING:
        buys = form.action == AuthorizationAction.NEW_DEVICE
        labels |= {k: v for k, v in SERVICE.items() if buys or k not in BOUGHT}
    if form.action in ENDING:
        labels |= ENDING_FIELDS
    return [
        [name, label, words]
        for name, label in labels.items()
        if (words := _words(name, str(form.answers.get(name, ""))))
    ]


def _words(name: str, typed: str) -> str:
    if name in TICKS:
        return "Yes" if typed else "No"
    if name == "plan_kind" and typed in PLAN_KIND_WORDS:
        return PLAN_KIND_WORDS[PlanKind(typed)]
    if name in MONEY:
        return _dollars(typed)
    return f"{typed} %" if name in SHARES and typed else typed


def _dollars(typed: str) -> str:
    try:
        return dollars(dollars_typed(typed))
    except NotAnAmount:
        return typed
