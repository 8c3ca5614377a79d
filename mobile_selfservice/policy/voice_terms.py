"""The choices that decide how personal calls are charged.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.parameters import Edition, NotSet, UnknownParameter

PERSONAL_USE = Clause("Lodi 2011", "3.B.1")


class Method(StrEnum):
    """How an employer charges personal calls. Lodi has the first."""

    HIGHER_OF_RATE_AND_ACTUAL = "higher_of_rate_and_actual"
    FLAT_RATE = "flat_rate"
    OVERAGE_ONLY = "overage_only"
    INCREMENTAL_COST_ONLY = "incremental_cost_only"
    RATE_INSIDE_ACTUAL_OUTSIDE = "rate_inside_actual_outside"
    PRO_RATA_BASE = "pro_rata_base"
    FLAT_MONTHLY_FEE = "flat_monthly_fee"
    PERCENT_OF_BASE = "percent_of_base"
    NONE = "none"


class RateBasis(StrEnum):
    """Where the rate per minute comes from."""

    SET_RATE = "set_rate"
    PLAN_OVERAGE_RATE = "plan_overage_rate"
    PLAN_RATE = "plan_rate"


class ActualCost(StrEnum):
    """What actual cost means inside an allowance (AMB-02)."""

    ITEMISED = "itemised"
    BASE_SHARE_BY_ALLOWANCE = "base_share_by_allowance"
    BASE_SHARE_BY_USE = "base_share_by_use"


class Scope(StrEnum):
    """Where the rate and the actual cost are compared (AMB-01)."""

    MONTH = "month"
    LINE = "line"


class RateApplies(StrEnum):
    """Which counted minutes the rate applies to."""

    ALL_MINUTES = "all_minutes"
    OVERAGE_MINUTES_ONLY = "overage_minutes_only"


class OverageMode(StrEnum):
    """Whether overage comes on top of the rate or in its place (AMB-03)."""

    ADD = "add"
    REPLACE = "replace"


class OverageAttribution(StrEnum):
    """Which part of an overage is due to personal use (AMB-04)."""

    INCREMENTAL = "incremental"
    PRO_RATA = "pro_rata"
    CHRONOLOGICAL = "chronological"


class IncidentalExempts(StrEnum):
    """What marking a call incidental frees the employee from (AMB-08)."""

    BASE_RATE_ONLY = "base_rate_only"
    ALL = "all"


class VoiceCap(StrEnum):
    """What limits the rate part of a voice charge (AMB-10)."""

    NONE = "none"
    BASE_CHARGE = "base_charge"
    AMOUNT = "amount"


class TaxShare(StrEnum):
    """Which taxes come with personal use (AMB-11)."""

    NONE = "none"
    ITEMISED = "itemised"
    PROPORTIONAL = "proportional"


class MinuteRounding(StrEnum):
    """Whether minutes are the carrier's or measured to the second (AMB-12)."""

    AS_BILLED = "as_billed"
    EXACT = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceTerms:
    """The readings one voice charge is worked out under, and the clause it cites.

    `fee_voice` and `fee_full` are a flat month of calls, and of calls with texts or
    data; `percent` is the employee's share of the base charge. They are None where the
    method needs none.
    """

    method: Method = Method.HIGHER_OF_RATE_AND_ACTUAL
    rate_basis: RateBasis = RateBasis.SET_RATE
    scope: Scope = Scope.MONTH
    actual_cost: ActualCost = ActualCost.ITEMISED
    rate_applies: RateApplies = RateApplies.ALL_MINUTES
    overage_mode: OverageMode = OverageMode.ADD
    overage_attribution: OverageAttribution = OverageAttribution.INCREMENTAL
    free_usage_rated: bool = False
    incidental_allowed: bool = True
    incidental_exempts: IncidentalExempts = IncidentalExempts.BASE_RATE_ONLY
    cap: VoiceCap = VoiceCap.NONE
    cap_amount: Decimal | None = None
    tax_share: TaxShare = TaxShare.ITEMISED
    minute_rounding: MinuteRounding = MinuteRounding.AS_BILLED
    fee_voice: Decimal | None = None
    fee_full: Decimal | None = None
    percent: Decimal | None = None
    clause: Clause = PERSONAL_USE


def voice_terms(edition: Edition, on: date) -> VoiceTerms:
    """Take the terms for a statement from the edition in force on its date.

    A choice that is not set stands at its default: an employer that charges nothing,
    or by another method, need not choose among readings it never uses. The method
    itself must be set; a figure that it needs and that is missing stays None, and the
    rule then says so.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-01 to AMB-04, AMB-08, AMB-10 to AMB-12.

    Raises:
        NotSet: if the method has no value in force.
    """
    usual = VoiceTerms()
    cap = VoiceCap(_choice(edition, "voice_cap", on, usual.cap))
    return VoiceTerms(
        method=Method(edition.text("personal_use.method", on)),
        rate_basis=RateBasis(
            _choice(edition, "voice_rate_basis", on, usual.rate_basis)
        ),
        scope=Scope(_choice(edition, "higher_of_scope", on, usual.scope)),
        actual_cost=ActualCost(
            _choice(edition, "actual_cost_basis", on, usual.actual_cost)
        ),
        rate_applies=RateApplies(
            _choice(edition, "rate_applies", on, usual.rate_applies)
        ),
        overage_mode=OverageMode(
            _choice(edition, "overage_mode", on, usual.overage_mode)
        ),
        overage_attribution=OverageAttribution(
            _choice(edition, "overage_attribution", on, usual.overage_attribution)
        ),
        free_usage_rated=_flag(edition, "free_usage_rated", on, usual.free_usage_rated),
        incidental_allowed=_flag(
            edition, "incidental.allowed", on, usual.incidental_allowed
        ),
        incidental_exempts=IncidentalExempts(
            _choice(edition, "incidental.exempts", on, usual.incidental_exempts)
        ),
        cap=cap,
        cap_amount=_amount(edition, "voice_cap_amount", on)
        if cap is VoiceCap.AMOUNT
        else None,
        tax_share=TaxShare(_choice(edition, "tax_share", on, usual.tax_share)),
        minute_rounding=MinuteRounding(
            _choice(edition, "minute_rounding", on, usual.minute_rounding)
        ),
        fee_voice=_amount(edition, "flat_fee", on, "voice"),
        fee_full=_amount(edition, "flat_fee", on, "full"),
        percent=_amount(edition, "percent_of_base", on),
        clause=edition.dated("personal_use.method", on).clause,
    )


def _choice(edition: Edition, name: str, on: date, usual: str) -> str:
    try:
        return edition.text(f"personal_use.{name}", on)
    except (NotSet, UnknownParameter):
        return usual


def _flag(edition: Edition, name: str, on: date, usual: bool) -> bool:
    try:
        return edition.flag(f"personal_use.{name}", on)
    except (NotSet, UnknownParameter):
        return usual


def _amount(edition: Edition, name: str, on: date, scope: str = "") -> Decimal | None:
    try:
        return edition.amount(f"personal_use.{name}", on, scope)
    except (NotSet, UnknownParameter):
        return None
