"""The choices that decide how business calls on a private phone are paid.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.3.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.unsaid import if_said

CLAIMS = Clause("Lodi 2011", "3.B.3")


class ClaimMethod(StrEnum):
    """How a claimed call is priced (AMB-14, AMB-15)."""

    BASE_DIV_ALLOWANCE = "base_div_allowance"
    ACTUAL_ONLY = "actual_only"
    FLAT = "flat"
    PERCENT_OF_BILL = "percent_of_bill"
    OWN_FRACTION = "own_fraction"
    SAME_AS_PERSONAL = "same_as_personal"


class UnlimitedRule(StrEnum):
    """What a claim on a plan without a limit of minutes is worth (AMB-16)."""

    NONE = "none"
    SHARE_OF_MINUTES = "share_of_minutes"
    PERCENT = "percent"
    FLAT = "flat"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTerms:
    """The readings a claim is worked out under.

    `flat_amount`, `percent`, `own_fraction` and `personal_rate` matter only to the
    method or rule that takes them. No `monthly_cap` means no limit; no `taxable_after`
    or `refuse_after` means a claim never grows too old.
    """

    is_enabled: bool = True
    method: ClaimMethod = ClaimMethod.BASE_DIV_ALLOWANCE
    unlimited_rule: UnlimitedRule = UnlimitedRule.NONE
    monthly_cap: Decimal | None = Decimal("10.00")
    cap_covers_actual: bool = True
    exclude_free_usage: bool = True
    requires_call_details: bool = True
    taxable_after: int | None = 60
    refuse_after: int | None = None
    flat_amount: Decimal | None = None
    percent: Decimal | None = None
    own_fraction: Fraction | None = None
    personal_rate: Decimal | None = None
    clause: Clause = CLAIMS


def claim_terms(edition: Edition, on: date) -> ClaimTerms:
    """Take the terms for calls of a day from the edition in force on it.

    Clause: Lodi 2011 §3.B.3. Reading: AMB-14, AMB-15, AMB-16.

    Raises:
        NotSet: if a choice that the method needs has no value in force.
    """
    if not if_said(lambda: edition.flag("claim.enabled", on), otherwise=False):
        where = edition.parameter("claim.enabled").clause
        return ClaimTerms(is_enabled=False, clause=where)
    method = ClaimMethod(edition.text("claim.rate_method", on))
    unlimited = UnlimitedRule(edition.text("claim.unlimited_rule", on))
    ages = if_said(lambda: edition.numbers("claim.submit_days", on), ())
    needs_flat = method is ClaimMethod.FLAT or unlimited is UnlimitedRule.FLAT
    needs_percent = (
        method is ClaimMethod.PERCENT_OF_BILL or unlimited is UnlimitedRule.PERCENT
    )
    return ClaimTerms(
        method=method,
        unlimited_rule=unlimited,
        monthly_cap=if_said(lambda: edition.amount("claim.monthly_cap", on), None),
        cap_covers_actual=edition.flag("claim.cap_covers_actual", on),
        exclude_free_usage=_flag(edition, "claim.exclude_free_usage", on),
        requires_call_details=_flag(edition, "claim.require_call_details", on),
        taxable_after=ages[0] if ages else None,
        refuse_after=ages[1] if len(ages) > 1 else None,
        flat_amount=edition.amount("claim.flat_amount", on) if needs_flat else None,
        percent=edition.amount("claim.percent", on) if needs_percent else None,
        own_fraction=_own_fraction(edition, on, method),
        personal_rate=_personal_rate(edition, on, method),
        clause=edition.parameter("claim.rate_method").clause,
    )


def _flag(edition: Edition, key: str, on: date) -> bool:
    return if_said(lambda: edition.flag(key, on), otherwise=False)


def _own_fraction(edition: Edition, on: date, method: ClaimMethod) -> Fraction | None:
    if method is not ClaimMethod.OWN_FRACTION:
        return None
    numerator, denominator = edition.numbers("claim.own_fraction", on)
    return Fraction(numerator, denominator)


def _personal_rate(edition: Edition, on: date, method: ClaimMethod) -> Decimal | None:
    if method is not ClaimMethod.SAME_AS_PERSONAL:
        return None
    return edition.amount("personal_use.voice_rate_per_min", on)
