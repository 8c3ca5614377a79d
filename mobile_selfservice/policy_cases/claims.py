"""Cases about business calls on a private phone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mobile_selfservice.policy import business_claim, claim_rulings
from mobile_selfservice.policy.business_claim import ClaimedCall, PhoneBill
from mobile_selfservice.policy.claim_rulings import Claimant, ClaimOutcome, Outage
from mobile_selfservice.policy.claim_terms import ClaimMethod, ClaimTerms, UnlimitedRule
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy_cases.calculation import (
    Allowed,
    Amount,
    Answered,
    Calculation,
    guard,
    ruled,
)
from mobile_selfservice.policy_cases.records import Month, called

LODI = ClaimTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCall:
    """One claimed call; `charge` is what the carrier billed for it alone."""

    min: int = field(metadata=called("min", "minutes"))
    counts: bool = True
    charge: Decimal = field(default=ZERO, metadata=called("charge", "actual"))
    day: date | None = field(default=None, metadata=called("date", "day"))
    month: Month | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimParams:
    """The choices; what is not said is the Lodi reading. A null limit is none."""

    rate_method: ClaimMethod = field(
        default=LODI.method, metadata=called("rate_method", "method")
    )
    unlimited_rule: UnlimitedRule = LODI.unlimited_rule
    monthly_cap: Decimal | None = field(
        default=LODI.monthly_cap, metadata=called("monthly_cap", "cap")
    )
    cap_covers_actual: bool = LODI.cap_covers_actual
    exclude_free_usage: bool = LODI.exclude_free_usage
    total_minutes: int | None = None
    flat_amount: Decimal | None = field(
        default=None, metadata=called("flat_amount", "flat")
    )
    percent: Decimal | None = field(default=None, metadata=called("percent", "pct"))
    personal_rate: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The employee's bill and the calls claimed. A null allowance is without limit.

    `paid_before` is what was paid already for calls of the same month.
    """

    base: Decimal
    tax: Decimal = ZERO
    allowance_min: int | None = field(metadata=called("allowance_min", "allowance"))
    calls: tuple[GivenCall, ...]
    total_minutes: int | None = None
    employer_plan: Decimal | None = None
    paid_before: Decimal = ZERO
    params: ClaimParams = ClaimParams()


@dataclass(frozen=True, slots=True)
class Claimed(Amount):
    """What the claim pays, and the price of a minute to four places."""

    rate: Decimal | None = None


def claim(given: Claim) -> Answered:
    """Work out the claim."""
    params = given.params
    bill = PhoneBill(
        base=given.base,
        tax=given.tax,
        allowance=given.allowance_min,
        calls=tuple(_call(call) for call in given.calls),
        total_minutes=given.total_minutes or params.total_minutes,
        employer_plan=given.employer_plan,
    )
    fraction = None
    if params.numerator is not None and params.denominator is not None:
        fraction = Fraction(params.numerator, params.denominator)
    terms = ClaimTerms(
        method=params.rate_method,
        unlimited_rule=params.unlimited_rule,
        monthly_cap=params.monthly_cap,
        cap_covers_actual=params.cap_covers_actual,
        exclude_free_usage=params.exclude_free_usage,
        flat_amount=params.flat_amount,
        percent=params.percent,
        own_fraction=fraction,
        personal_rate=params.personal_rate,
    )
    paid = {_first_day(call): given.paid_before for call in given.calls}
    due = business_claim.claim_due([bill], terms, paid)
    answers = {"amount": due.amount, "rate": due.rates[0]}
    return Answered(answers, due.explained.steps)


def _call(call: GivenCall) -> ClaimedCall:
    return ClaimedCall(
        minutes=call.min,
        counts=call.counts,
        charge=call.charge,
        day=call.day or call.month,
    )


def _first_day(call: GivenCall) -> date | None:
    day = call.day or call.month
    return day.replace(day=1) if day else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days from one to another, both included; no end is still so."""

    first: date = field(metadata=called("from"))
    last: date | None = field(default=None, metadata=called("to"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claiming:
    """Who claims, and for calls of which days. What is not said is in order."""

    has_stipend: bool = False
    has_city_device: bool = False
    eligible_for_city_device: bool = field(
        default=True, metadata=called("eligible_for_city_device", "eligible")
    )
    declined_city_device: bool = field(
        default=True, metadata=called("declined_city_device", "declined")
    )
    call_details: bool = True
    inoperable: Days | tuple[Days, ...] | None = None
    call_dates: tuple[date, ...] = ()
    claims_enabled: bool = field(
        default=True, metadata=called("claims_enabled", "enabled")
    )
    require_call_details: bool = LODI.requires_call_details


@dataclass(frozen=True, slots=True)
class MayClaim(Allowed):
    """Whether the claim may be made, and the days whose calls it may hold."""

    calls_accepted: tuple[date, ...] | None = None


def submit_claim(given: Claiming) -> Answered:
    """Decide about the claim."""
    outages = given.inoperable or ()
    listed = (outages,) if isinstance(outages, Days) else outages
    claimant = Claimant(
        has_stipend=given.has_stipend,
        has_city_device=given.has_city_device,
        is_eligible_for_device=given.eligible_for_city_device,
        has_declined_device=given.declined_city_device,
        has_call_details=given.call_details,
        outages=tuple(Outage(days.first, days.last) for days in listed),
        call_dates=given.call_dates,
    )
    terms = ClaimTerms(
        is_enabled=given.claims_enabled,
        requires_call_details=given.require_call_details,
    )
    found = claim_rulings.may_claim(claimant, terms)
    return ruled(found.ruling, calls_accepted=found.calls_accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """When a cost arose and when it was claimed. A null limit is none."""

    incurred: date
    submitted: date
    taxable_after: int | None = LODI.taxable_after
    refuse_after: int | None = LODI.refuse_after


@dataclass(frozen=True, slots=True)
class AgeAnswer:
    """How old the claim is, and what follows."""

    days: int | None = None
    outcome: ClaimOutcome | None = None


def claim_age(given: Age) -> Answered:
    """Tell the age of the claim."""
    terms = ClaimTerms(
        taxable_after=given.taxable_after, refuse_after=given.refuse_after
    )
    age = claim_rulings.claim_age(given.incurred, given.submitted, terms)
    return Answered({"days": age.days, "outcome": age.outcome}, age.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The employer's plan, and the fraction of it that is paid."""

    base: Decimal
    numerator: int
    denominator: int


def fraction(given: Part) -> Answered:
    """Take the fraction."""
    share = Fraction(given.numerator, given.denominator)
    due = business_claim.fraction_of_plan(given.base, share, LODI)
    return Answered({"amount": due.amount}, due.steps)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "claim": Calculation(Claim, Claimed, claim),
    "claim_age": Calculation(Age, AgeAnswer, claim_age),
    "fraction": Calculation(Part, Amount, fraction),
}
GUARDS: Mapping[str, Calculation[Any]] = {
    "submit_claim": guard(Claiming, submit_claim, MayClaim)
}
