"""The rate per minute and the actual cost, which the methods charge or compare.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import cents_of, dollars, quantity, rate
from mobile_selfservice.policy.voice_calls import (
    NONE,
    Call,
    Plan,
    PlanIncomplete,
    PlanKind,
    Use,
    VoiceBill,
    is_rated,
    minutes_of,
)
from mobile_selfservice.policy.voice_overage import Overage
from mobile_selfservice.policy.voice_terms import (
    ActualCost,
    MinuteRounding,
    OverageMode,
    RateApplies,
    RateBasis,
    VoiceTerms,
)


@dataclass(frozen=True, slots=True)
class MinuteRate:
    """What one minute costs, exactly and in words."""

    exact: Fraction
    words: str


@dataclass(frozen=True, slots=True)
class Charged:
    """An exact amount and the steps that lead to it."""

    exact: Fraction
    steps: tuple[Step, ...] = ()


def rated_calls(bill: VoiceBill, terms: VoiceTerms) -> list[Call]:
    """List the personal calls that the carrier counts or bills.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-05, AMB-07.
    """
    return [call for call in bill.calls if is_rated(call, terms)]


def rated_share(bill: VoiceBill, terms: VoiceTerms, overage: Overage) -> Fraction:
    """Tell what part of the counted personal minutes the rate applies to.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-03.
    """
    counted = _counted_personal(bill)
    if not counted:
        return Fraction(1)
    beyond = _beyond(counted, overage) / counted
    if terms.rate_applies is RateApplies.OVERAGE_MINUTES_ONLY:
        return beyond
    if terms.overage_mode is OverageMode.REPLACE:
        return 1 - beyond
    return Fraction(1)


def why_less_is_rated(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Step, ...]:
    """Say which minutes overage takes from the rate; no step where it takes none.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-03.
    """
    replaces = (
        terms.overage_mode is OverageMode.REPLACE
        and terms.rate_applies is not RateApplies.OVERAGE_MINUTES_ONLY
    )
    counted = _counted_personal(bill)
    beyond = _beyond(counted, overage)
    if not (replaces and beyond):
        return ()
    text = (
        f"{counted:,} personal min count toward the plan, {quantity(beyond)} of them "
        "beyond it, where overage is owed in place of the rate"
    )
    return (Step(text, terms.clause, reading="AMB-03"),)


def _counted_personal(bill: VoiceBill) -> int:
    return minutes_of(bill, lambda call: call.counts and call.use is Use.PERSONAL)


def _beyond(counted: int, overage: Overage) -> Fraction:
    return min(Fraction(counted), overage.personal)


def rated_minutes(call: Call, terms: VoiceTerms, share: Fraction) -> Fraction:
    """Count the minutes of a call that the rate applies to.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-03, AMB-12.
    """
    if not call.is_mapped:
        return NONE
    exact = terms.minute_rounding is MinuteRounding.EXACT
    minutes = call.measured if exact else Fraction(call.billed)
    if call.counts:
        return minutes * share
    if terms.rate_applies is RateApplies.OVERAGE_MINUTES_ONLY:
        return NONE
    return minutes


def minute_rate(
    call: Call, bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> MinuteRate:
    """Tell what a minute of a call costs: the set rate of its day, or the plan's.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-48.

    Raises:
        PlanIncomplete: if the plan does not say its rate.
    """
    if terms.rate_basis is RateBasis.SET_RATE:
        return MinuteRate(Fraction(call.rate), rate(call.rate))
    if terms.rate_basis is RateBasis.PLAN_OVERAGE_RATE:
        return _overage_rate(bill.plan, overage)
    return _plan_rate(bill.plan)


def _overage_rate(plan: Plan, overage: Overage) -> MinuteRate:
    if plan.overage_rate is not None:
        return MinuteRate(Fraction(plan.overage_rate), rate(plan.overage_rate))
    if overage.over and overage.charged:
        words = f"{dollars(cents_of(overage.charged))} ÷ {overage.over:,} min over"
        return MinuteRate(overage.charged / overage.over, words)
    raise PlanIncomplete("the plan's rate for minutes beyond it is not known")


def _plan_rate(plan: Plan) -> MinuteRate:
    if plan.base_charge is None or not plan.allowance:
        raise PlanIncomplete(
            "the plan's rate per minute needs its base charge and its allowance"
        )
    words = f"{dollars(plan.base_charge)} ÷ {plan.allowance:,} min"
    return MinuteRate(Fraction(plan.base_charge) / plan.allowance, words)


def at_the_rate(
    calls: Iterable[Call], bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> Charged:
    """Charge calls by the minute, one step for each rate that was in force.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-03, AMB-12, AMB-48.

    Raises:
        PlanIncomplete: if the rate is the plan's and the plan does not say it.
    """
    share = rated_share(bill, terms, overage)
    minutes_at: dict[MinuteRate, Fraction] = {}
    for call in calls:
        if not call.is_mapped:
            continue
        each = minute_rate(call, bill, terms, overage)
        minutes = rated_minutes(call, terms, share) * call.times
        minutes_at[each] = minutes_at.get(each, NONE) + minutes
    steps = [
        Step(
            f"{quantity(minutes)} min × {each.words} = "
            f"{dollars(cents_of(minutes * each.exact))}",
            terms.clause,
            cents_of(minutes * each.exact),
            "AMB-48" if len(minutes_at) > 1 else "",
        )
        for each, minutes in minutes_at.items()
    ]
    total = sum((minutes * each.exact for each, minutes in minutes_at.items()), NONE)
    return Charged(total, (*why_less_is_rated(bill, terms, overage), *steps))


def airtime_of(calls: Iterable[Call]) -> Fraction:
    """Add up what the carrier charged for the minutes themselves.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-02.
    """
    return sum((Fraction(call.airtime) * call.times for call in calls), NONE)


def actual_cost(rated: Sequence[Call], bill: VoiceBill, terms: VoiceTerms) -> Charged:
    """Add up what personal calls really cost: the carrier's charges on them.

    Where the employer reads it so, a share of the base charge is part of the cost: by
    the plan's minutes, never more than the whole, or by the minutes used.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-02.

    Raises:
        PlanIncomplete: if a share is asked for and the base charge is not known.
    """
    airtime = airtime_of(rated)
    if terms.actual_cost is ActualCost.ITEMISED:
        return Charged(airtime)
    minutes = sum(call.billed * call.times for call in rated if call.counts)
    each = base_per_minute(bill, terms)
    share = each * minutes
    if bill.plan.base_charge is not None:
        share = min(share, Fraction(bill.plan.base_charge))
    text = f"{minutes:,} min are worth {dollars(cents_of(share))} of the base charge"
    step = Step(text, terms.clause, cents_of(share), "AMB-02")
    return Charged(airtime + share, (step,))


def base_per_minute(bill: VoiceBill, terms: VoiceTerms) -> Fraction:
    """Tell which part of the base charge a counted minute stands for, if any.

    A plan without an allowance has no part by allowance.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-02.

    Raises:
        PlanIncomplete: if the base charge is not known.
    """
    if terms.actual_cost is ActualCost.ITEMISED:
        return NONE
    minutes = counted_minutes(bill)
    if terms.actual_cost is ActualCost.BASE_SHARE_BY_ALLOWANCE:
        has_one = bill.plan.kind in {PlanKind.ALLOWANCE, PlanKind.POOLED}
        minutes = bill.plan.allowance or 0 if has_one else 0
    if not minutes:
        return NONE
    return Fraction(base_charge(bill)) / minutes


def counted_minutes(bill: VoiceBill) -> int:
    """Add up all minutes that draw on the allowance.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-12.
    """
    return bill.business_minutes + minutes_of(bill, lambda call: call.counts)


def base_charge(bill: VoiceBill) -> Fraction:
    """Return the base charge of the plan.

    Clause: Lodi 2011 §3.B.1.

    Raises:
        PlanIncomplete: if it is not known.
    """
    if bill.plan.base_charge is None:
        raise PlanIncomplete("the plan's base charge is not known")
    return Fraction(bill.plan.base_charge)
