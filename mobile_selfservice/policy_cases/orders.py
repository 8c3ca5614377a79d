"""Cases about what may be ordered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy.plan_limits import (
    DeviceClass,
    LimitKind,
    Order,
    OrderTerms,
    order_ruling,
)
from mobile_selfservice.policy.voice_calls import PlanKind
from mobile_selfservice.policy_cases.calculation import (
    Answered,
    Calculation,
    guard,
    ruled,
)
from mobile_selfservice.policy_cases.records import called

LODI = OrderTerms()


class ClassName(StrEnum):
    """The two sorts of phone."""

    CELL = "cell"
    SMART = "smart"

    @classmethod
    def _missing_(cls, value: object) -> "ClassName | None":
        return SAME_CLASS.get(value)


SAME_CLASS: Mapping[object, ClassName] = {
    "smartphone": ClassName.SMART,
    "smart_phone": ClassName.SMART,
    "cell_phone": ClassName.CELL,
}


class PlanName(StrEnum):
    """The kinds of plan, and the words a form has for two of them."""

    ALLOWANCE = "allowance"
    CONSUMPTION = "consumption"
    UNLIMITED = "unlimited"
    POOLED = "pooled"
    PER_MINUTE = "per_minute"
    SHARED = "shared"


KINDS = {
    PlanName.PER_MINUTE: PlanKind.CONSUMPTION,
    PlanName.SHARED: PlanKind.ALLOWANCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderParams:
    """The limits of plan and contract; what is not said is the Lodi limit."""

    voice_minutes_max: int | None = field(
        default=LODI.minutes_max, metadata=called("voice_minutes_max", "max_minutes")
    )
    smart_minutes_min: int | None = LODI.smart_minutes_min
    contract_months_max: int | None = LODI.contract_months_max
    text_default_blocked: bool = LODI.texts_blocked
    replacement_months_min: int | None = LODI.replacement_months_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """An order as the form has it. A maximum that is not given is not in force.

    `exception_approved` lifts every limit; `exceptions` names those it lifts.
    """

    device_class: ClassName = field(
        default=ClassName.CELL, metadata=called("class", "device_class", "type")
    )
    plan: PlanName = field(
        default=PlanName.ALLOWANCE, metadata=called("plan", "plan_kind")
    )
    minutes: int | None = field(
        default=None, metadata=called("minutes", "plan_minutes", "allowance_min")
    )
    fewest_minutes: int | None = None
    minutes_justified: bool = field(
        default=False, metadata=called("minutes_justified", "justified")
    )
    dcm_consent: bool = field(
        default=False, metadata=called("dcm_consent", "minutes_consented")
    )
    contract_months: int | None = None
    price: Decimal | None = field(default=None, metadata=called("price", "phone_price"))
    max_price: Decimal | None = field(
        default=None, metadata=called("max_price", "max_phone", "price_limit")
    )
    max_smart_price: Decimal | None = field(
        default=None, metadata=called("max_smart_price", "max_smart_unsubsidised")
    )
    upfront: Decimal | None = None
    max_upfront: Decimal | None = None
    texting: bool = False
    texting_justified: bool = False
    free_calls: bool = True
    in_catalogue: bool = True
    on_state_contract_or_cheaper: bool = True
    months_since_last: int | None = None
    exception_approved: bool = field(
        default=False, metadata=called("exception_approved", "exception")
    )
    exceptions: tuple[LimitKind, ...] = ()
    params: OrderParams = OrderParams()


def order(given: Ordering) -> Answered:
    """Decide about the order."""
    asked = Order(
        device_class=DeviceClass(given.device_class.value),
        plan_kind=KINDS.get(given.plan) or PlanKind(given.plan.value),
        minutes=given.minutes,
        fewest_minutes=given.fewest_minutes,
        minutes_justified=given.minutes_justified,
        minutes_consented=given.dcm_consent,
        contract_months=given.contract_months,
        price=given.price,
        upfront=given.upfront,
        has_texting=given.texting,
        texting_justified=given.texting_justified,
        has_free_calls=given.free_calls,
        is_in_catalogue=given.in_catalogue,
        is_on_state_contract_or_cheaper=given.on_state_contract_or_cheaper,
        months_since_last=given.months_since_last,
        exceptions=frozenset(
            LimitKind if given.exception_approved else given.exceptions
        ),
    )
    return ruled(order_ruling(asked, _terms(given)))


def _terms(given: Ordering) -> OrderTerms:
    smart = given.max_price if given.max_smart_price is None else given.max_smart_price
    return OrderTerms(
        minutes_max=given.params.voice_minutes_max,
        smart_minutes_min=given.params.smart_minutes_min,
        contract_months_max=given.params.contract_months_max,
        texts_blocked=given.params.text_default_blocked,
        max_price=given.max_price,
        max_smart_price=smart,
        max_upfront=given.max_upfront,
        replacement_months_min=given.params.replacement_months_min,
    )


GUARDS: Mapping[str, Calculation[Any]] = {"order": guard(Ordering, order)}
