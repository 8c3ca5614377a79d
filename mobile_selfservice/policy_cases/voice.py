"""Cases about what the personal calls of one line cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.voice_calls import Call, Plan, PlanKind, Use, VoiceBill
from mobile_selfservice.policy.voice_terms import (
    ActualCost,
    IncidentalExempts,
    Method,
    MinuteRounding,
    OverageAttribution,
    OverageMode,
    RateApplies,
    RateBasis,
    Scope,
    TaxShare,
    VoiceCap,
    VoiceTerms,
)
from mobile_selfservice.policy_cases.calculation import Answered, Calculation
from mobile_selfservice.policy_cases.fees import FeeOption
from mobile_selfservice.policy_cases.records import called

WITHOUT_ALLOWANCE = (PlanKind.UNLIMITED, PlanKind.CONSUMPTION)
LODI_RATE = Decimal("0.10")


class Rounding(StrEnum):
    """How a line of the form is rounded: there is one way."""

    HALF_UP = "half_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPlan:
    """The calling plan."""

    kind: PlanKind
    allowance_min: int | None = field(
        default=None, metadata=called("allowance_min", "allowance")
    )
    overage_rate: Decimal | None = None
    base_charge: Decimal | None = field(
        default=None, metadata=called("base_charge", "base")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCall:
    """One call; `min` is what the carrier billed, `seconds` how long it was."""

    min: int | None = field(default=None, metadata=called("min", "minutes"))
    seconds: int | None = None
    personal: bool | None = None
    incidental: bool = False
    counts: bool = True
    airtime: Decimal = ZERO
    extra: Decimal = ZERO
    tax: Decimal = ZERO
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The choices; what is not said is the Lodi reading."""

    method: Method = Method.HIGHER_OF_RATE_AND_ACTUAL
    rate_basis: RateBasis = field(
        default=RateBasis.SET_RATE, metadata=called("rate_basis", "voice_rate_basis")
    )
    actual_cost_basis: ActualCost = ActualCost.ITEMISED
    rate: Decimal = field(
        default=LODI_RATE, metadata=called("rate", "voice_rate_per_min")
    )
    scope: Scope = field(
        default=Scope.MONTH, metadata=called("scope", "higher_of_scope")
    )
    rate_applies: RateApplies = RateApplies.ALL_MINUTES
    overage_mode: OverageMode = OverageMode.ADD
    overage_attr: OverageAttribution = field(
        default=OverageAttribution.INCREMENTAL,
        metadata=called("overage_attr", "overage_attribution"),
    )
    free_usage_rated: bool = False
    incidental_allowed: bool = field(
        default=True, metadata=called("incidental_allowed", "incidental.allowed")
    )
    incidental_exempts: IncidentalExempts = field(
        default=IncidentalExempts.BASE_RATE_ONLY,
        metadata=called("incidental_exempts", "incidental.exempts"),
    )
    voice_rate_cap: Decimal | VoiceCap = field(
        default=VoiceCap.NONE, metadata=called("voice_rate_cap", "voice_cap", "cap")
    )
    cap_amount: Decimal | None = field(
        default=None, metadata=called("cap_amount", "voice_cap_amount")
    )
    tax: TaxShare = field(
        default=TaxShare.ITEMISED, metadata=called("tax", "tax_share")
    )
    minute_rounding: MinuteRounding = MinuteRounding.AS_BILLED
    rounding: Rounding = Rounding.HALF_UP
    fee_voice: Decimal | None = None
    fee_full: Decimal | None = None
    percent_of_base: Decimal | None = field(
        default=None, metadata=called("percent_of_base", "pct")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The calls of one line on one bill. `taxes` and `taxable` are the bill's."""

    plan: GivenPlan
    calls: tuple[GivenCall, ...]
    business_minutes: int = 0
    overage_charged: Decimal | None = None
    taxes: Decimal | None = field(default=None, metadata=called("taxes", "bill_taxes"))
    taxable: Decimal | None = field(
        default=None, metadata=called("taxable", "taxable_charges")
    )
    has_text_or_data: bool = False
    option: FeeOption = FeeOption.REIMBURSE
    params: Params = Params()


@dataclass(frozen=True, slots=True)
class VoiceAnswer:
    """What the calls come to, line by line of the form."""

    base: Decimal | None = None
    overage: Decimal | None = None
    extras: Decimal | None = None
    tax: Decimal | None = None
    total: Decimal | None = None
    credit: Decimal | None = None
    free_personal_minutes: int | None = None
    incidental_minutes: int | None = None


def voice(given: Voice) -> Answered:
    """Charge the calls."""
    if given.params.tax is TaxShare.PROPORTIONAL and given.taxable is None:
        raise ValueError(
            "tax is shared proportionally: `taxes` and `taxable` are needed"
        )
    if given.plan.kind is PlanKind.POOLED:
        raise ValueError("lines that share minutes are the calculation `pool`")
    if given.plan.allowance_min is not None and given.plan.kind in WITHOUT_ALLOWANCE:
        raise ValueError(f"a plan of kind {given.plan.kind} has no `allowance_min`")
    due = voice_due(_bill(given), _terms(given.params))
    answers = {name: getattr(due, name) for name in VoiceAnswer.__dataclass_fields__}
    return Answered(answers, due.explained.steps)


def _bill(given: Voice) -> VoiceBill:
    plan = given.plan
    return VoiceBill(
        plan=Plan(
            kind=plan.kind,
            allowance=plan.allowance_min,
            overage_rate=plan.overage_rate,
            base_charge=plan.base_charge,
        ),
        calls=tuple(_call(call, given.params.rate) for call in given.calls),
        business_minutes=given.business_minutes,
        overage_charged=given.overage_charged,
        taxes=given.taxes or ZERO,
        taxable=given.taxable or ZERO,
        has_text_or_data=given.has_text_or_data,
        option=given.option.value,
    )


def _call(call: GivenCall, rate: Decimal) -> Call:
    if call.min is None and call.seconds is None:
        raise ValueError("a call needs its `min` or its `seconds`")
    return Call(
        use=_use(call),
        rate=rate if call.rate is None else call.rate,
        minutes=call.min,
        seconds=call.seconds,
        counts=call.counts,
        airtime=call.airtime,
        extra=call.extra,
        tax=call.tax,
    )


def _use(call: GivenCall) -> Use:
    if call.incidental:
        if call.personal is False:
            raise ValueError("an incidental call is a personal one")
        return Use.INCIDENTAL
    return Use.PERSONAL if call.personal else Use.BUSINESS


def _terms(params: Params) -> VoiceTerms:
    cap, cap_amount = _cap(params)
    return VoiceTerms(
        method=params.method,
        rate_basis=params.rate_basis,
        scope=params.scope,
        actual_cost=params.actual_cost_basis,
        rate_applies=params.rate_applies,
        overage_mode=params.overage_mode,
        overage_attribution=params.overage_attr,
        free_usage_rated=params.free_usage_rated,
        incidental_allowed=params.incidental_allowed,
        incidental_exempts=params.incidental_exempts,
        cap=cap,
        cap_amount=cap_amount,
        tax_share=params.tax,
        minute_rounding=params.minute_rounding,
        fee_voice=params.fee_voice,
        fee_full=params.fee_full,
        percent=params.percent_of_base,
    )


def _cap(params: Params) -> tuple[VoiceCap, Decimal | None]:
    """Take the limit by its name, or the amount that stands in its place."""
    if isinstance(params.voice_rate_cap, VoiceCap):
        return params.voice_rate_cap, params.cap_amount
    return VoiceCap.AMOUNT, params.voice_rate_cap


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "voice": Calculation(Voice, VoiceAnswer, voice)
}
