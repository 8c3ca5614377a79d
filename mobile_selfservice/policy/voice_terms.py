"""The choices that decide how personal calls are charged.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.parameters import Edition


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
    """The readings one voice charge is worked out under."""

    scope: Scope = Scope.MONTH
    rate_applies: RateApplies = RateApplies.ALL_MINUTES
    overage_mode: OverageMode = OverageMode.ADD
    overage_attribution: OverageAttribution = OverageAttribution.INCREMENTAL
    free_usage_rated: bool = False
    incidental_exempts: IncidentalExempts = IncidentalExempts.BASE_RATE_ONLY
    cap: VoiceCap = VoiceCap.NONE
    cap_amount: Decimal | None = None
    tax_share: TaxShare = TaxShare.ITEMISED
    minute_rounding: MinuteRounding = MinuteRounding.AS_BILLED


def voice_terms(edition: Edition, on: date) -> VoiceTerms:
    """Take the terms for a statement from the edition in force on its date.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-01, AMB-03, AMB-04, AMB-08, AMB-10 to AMB-12.

    Raises:
        NotSet: if a choice has no value in force.
    """
    cap = VoiceCap(edition.text("personal_use.voice_cap", on))
    limit = (
        edition.amount("personal_use.voice_cap_amount", on)
        if cap is VoiceCap.AMOUNT
        else None
    )
    attribution = edition.text("personal_use.overage_attribution", on)
    exempts = edition.text("personal_use.incidental.exempts", on)
    rounding = edition.text("personal_use.minute_rounding", on)
    return VoiceTerms(
        scope=Scope(edition.text("personal_use.higher_of_scope", on)),
        rate_applies=RateApplies(edition.text("personal_use.rate_applies", on)),
        overage_mode=OverageMode(edition.text("personal_use.overage_mode", on)),
        overage_attribution=OverageAttribution(attribution),
        free_usage_rated=edition.flag("personal_use.free_usage_rated", on),
        incidental_exempts=IncidentalExempts(exempts),
        cap=cap,
        cap_amount=limit,
        tax_share=TaxShare(edition.text("personal_use.tax_share", on)),
        minute_rounding=MinuteRounding(rounding),
    )
