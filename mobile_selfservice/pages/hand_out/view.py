"""How the phone of a form stands, in words."""

from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.components.stipend_and_phone import stopped_in_words
from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    moment_in_words,
    phone,
)
from mobile_selfservice.components.working import WorkingStep
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.phones.handing_out import HandingOut, PhoneSeen
from mobile_selfservice.services.phones.kit import RETURNED

CLASSES = {"cell": "Cell phone", "smart": "Smart phone", "": ""}
HOLDERS = {
    "personal": "One person carries it",
    "pooled": "Several people share it; the person named answers for it",
    "vehicle": "It belongs to a vehicle; the person named answers for it",
}
STEPS = {"approved": 0, "ordered": 1, "ready": 2, "active": 4, "ending": 4, "closed": 4}
LIMITS = {
    "minutes": "more minutes",
    "contract": "a longer contract",
    "price": "a higher price",
    "upfront": "more paid at the start",
    "texting": "texting",
    "catalogue": "a phone that is not in the catalog",
    "purchase": "another purchase contract",
    "free_calls": "a plan without free calls",
    "replacement": "an early replacement",
}


@dataclass(frozen=True)
class PartToReturn:
    """One part of the kit that is to come back, and the name of its box."""

    name: str = ""
    words: str = ""


@dataclass(frozen=True)
class Asked:
    """What the form asked for, as the order's fields begin with."""

    carrier: str = ""
    contract_months: str = ""
    price: str = ""
    upfront: str = ""
    is_on_state_contract: bool = False
    is_in_catalogue: bool = False


@dataclass(frozen=True)
class PhoneShown:
    """The phone that was ordered."""

    what: str = ""
    bought: str = ""
    cost: str = ""
    ordered: str = ""
    thing: str = ""
    number: str = ""
    kit: str = ""
    ready: str = ""
    signed: str = ""
    returned: str = ""
    missing: str = ""
    note: str = ""
    receipt_href: str = ""
    notes: list[WorkingStep] = field(default_factory=list)


@dataclass(frozen=True)
class HandOutView:
    """The page of one form's phone."""

    is_loaded: bool = False
    title: str = ""
    form_href: str = ""
    state: str = ""
    step: int = 0
    is_ending: bool = False
    person: str = ""
    department: str = ""
    what: str = ""
    holder: str = ""
    plan: str = ""
    number: str = ""
    exceptions: str = ""
    limits: str = ""
    clause: str = ""
    asked: Asked = Asked()
    has_phone: bool = False
    phone: PhoneShown = PhoneShown()
    may_order: bool = False
    may_make_ready: bool = False
    may_cancel: bool = False
    may_take_back: bool = False
    asks_counsel: bool = False
    to_return: list[PartToReturn] = field(default_factory=list)
    warning: str = ""
    today: str = ""
    idle: str = ""


def hand_out_view(found: HandingOut) -> HandOutView:
    """Put how a form's phone stands into words."""
    is_ending = found.action == "end_service"
    verb = "A phone to take back from" if is_ending else "A phone for"
    return HandOutView(
        is_loaded=True,
        title=f"{verb} {found.person}",
        form_href=f"/authorizations/{found.form_id}",
        state=found.state,
        step=STEPS.get(found.state, 0),
        is_ending=is_ending,
        person=found.person,
        department=found.department,
        what=CLASSES.get(found.device_class, ""),
        holder=HOLDERS[found.holder_kind],
        plan=_plan(found),
        number=phone(found.number),
        exceptions=", ".join(LIMITS.get(each, each) for each in found.exceptions),
        limits=_limits(found),
        clause=found.clause,
        asked=_asked(found),
        has_phone=found.phone is not None,
        phone=_phone(found.phone, found.time_zone) if found.phone else PhoneShown(),
        may_order=found.may_order,
        may_make_ready=found.may_make_ready,
        may_cancel=found.may_cancel,
        may_take_back=found.may_take_back,
        asks_counsel=found.asks_counsel,
        to_return=[
            PartToReturn(f"back_{part}", RETURNED[part]) for part in found.to_return
        ],
        warning=stopped_in_words(found.stops, f"{found.person}’s"),
        today=found.today.isoformat(),
        idle=_idle(found),
    )


def _plan(found: HandingOut) -> str:
    answers = found.answers
    minutes = f", {counted(answers.minutes, 'minute')}" if answers.minutes else ""
    return f"{answers.plan}{minutes}" if answers.plan else ""


def _limits(found: HandingOut) -> str:
    """Say what an order may cost, and how long its contract may run."""
    said = []
    if found.most_months is not None:
        said.append(f"a contract of at most {counted(found.most_months, 'month')}")
    if found.most_price is not None:
        said.append(f"a phone of at most {dollars(found.most_price)}")
    if found.most_upfront is not None:
        said.append(f"at most {dollars(found.most_upfront)} at the start")
    return f"The policy allows {', '.join(said)}." if said else ""


def _asked(found: HandingOut) -> Asked:
    answers = found.answers
    months = answers.contract_months
    return Asked(
        carrier=answers.vendor,
        contract_months="" if months is None else str(months),
        price=_amount(answers.price),
        upfront=_amount(answers.upfront),
        is_on_state_contract=answers.is_on_state_contract,
        is_in_catalogue=answers.is_in_catalogue,
    )


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _phone(seen: PhoneSeen, zone: str) -> PhoneShown:
    at_start = f", {dollars(seen.upfront)} at the start" if seen.upfront else ""
    months = counted(seen.contract_months, "month")
    ready = (
        f"{seen.ready_by}, {moment_in_words(seen.ready_at, zone)}"
        if (seen.ready_at)
        else ""
    )
    back = ""
    if seen.received_on:
        back = f"{day_in_words(seen.received_on)}, received by {seen.received_by}"
    return PhoneShown(
        what=f"{seen.model}, {seen.carrier}",
        bought=f"{seen.contract_reference}, {months}",
        cost=f"{dollars(seen.price)}{at_start}",
        ordered=f"{seen.ordered_by}, {moment_in_words(seen.ordered_at, zone)}",
        thing=f"Asset tag {seen.asset_tag}, {seen.serial}" if seen.asset_tag else "",
        number=phone(seen.number),
        kit=", ".join(seen.kit),
        ready=ready,
        signed=moment_in_words(seen.signed_at, zone) if seen.signed_at else "",
        returned=back,
        missing=", ".join(seen.missing),
        note=seen.return_note,
        receipt_href=f"/phone/receipt/{seen.issue_id}" if seen.ready_at else "",
        notes=[WorkingStep(text, "", clause, "") for text, clause in seen.notes],
    )


def _idle(found: HandingOut) -> str:
    """Say why there is nothing to do here for the reader."""
    if found.is_own:
        return "This phone is for you, so a colleague hands it out."
    if found.state == "ready":
        return f"{found.person} has to sign for it. Nothing is for you to do."
    if found.state in ("draft", "submitted", "exception_pending"):
        return "The form is not approved yet, so nothing can be ordered."
    if found.state in ("closed", "refused", "withdrawn"):
        return "This form is closed."
    if found.state == "declined":
        return f"{found.person} declined the phone."
    if found.state == "active":
        return f"{found.person} has the phone."
    return "Information Systems does the next step."
