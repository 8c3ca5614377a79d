"""Minutes beyond a line's allowance, and the part that personal use caused.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1: additional charges due
to personal use are owed in addition to the rate per minute.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import ZERO, cents_of, dollars, quantity
from mobile_selfservice.policy.voice_calls import (
    NONE,
    PlanIncomplete,
    PlanKind,
    PoolShare,
    VoiceBill,
    minutes_of,
    pays_extras,
)
from mobile_selfservice.policy.voice_terms import (
    OverageAttribution,
    RateApplies,
    VoiceTerms,
)


@dataclass(frozen=True, slots=True)
class Overage:
    """Minutes beyond the allowance, and how many of them are due to personal use."""

    used: int
    allowance: int
    over: int
    personal: Fraction
    charged: Fraction


NO_OVERAGE = Overage(0, 0, 0, NONE, NONE)


def measure_overage(bill: VoiceBill, terms: VoiceTerms) -> Overage:
    """Count the minutes over the allowance and those that personal use caused.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-04.

    Raises:
        PlanIncomplete: if the plan lacks its allowance or its overage rate.
    """
    if bill.pool:
        return Overage(0, 0, 0, bill.pool.minutes, NONE)
    if bill.plan.kind is not PlanKind.ALLOWANCE:
        return NO_OVERAGE
    if bill.plan.allowance is None:
        raise PlanIncomplete("the plan's allowance of minutes is not known")
    used = bill.business_minutes + minutes_of(bill, lambda call: call.counts)
    over = max(0, used - bill.plan.allowance)
    attribute = {
        OverageAttribution.INCREMENTAL: _incremental,
        OverageAttribution.PRO_RATA: _pro_rata,
        OverageAttribution.CHRONOLOGICAL: _chronological,
    }[terms.overage_attribution]
    measured = Overage(used, bill.plan.allowance, over, NONE, NONE)
    if not over:
        return measured
    personal = attribute(bill, terms, measured)
    at_the_rate = terms.rate_applies is RateApplies.OVERAGE_MINUTES_ONLY
    charged = NONE if at_the_rate else _charged(bill, over)
    return Overage(used, bill.plan.allowance, over, personal, charged)


def _charged(bill: VoiceBill, over: int) -> Fraction:
    if bill.overage_charged is not None:
        return Fraction(bill.overage_charged)
    if bill.plan.overage_rate is None:
        raise PlanIncomplete("neither the overage charged nor its rate is known")
    return Fraction(bill.plan.overage_rate) * over


def _counted_personal(bill: VoiceBill, terms: VoiceTerms) -> int:
    return minutes_of(bill, lambda call: call.counts and pays_extras(call, terms))


def _incremental(bill: VoiceBill, terms: VoiceTerms, overage: Overage) -> Fraction:
    return Fraction(min(_counted_personal(bill, terms), overage.over))


def _pro_rata(bill: VoiceBill, terms: VoiceTerms, overage: Overage) -> Fraction:
    return Fraction(overage.over * _counted_personal(bill, terms), overage.used)


def _chronological(bill: VoiceBill, terms: VoiceTerms, overage: Overage) -> Fraction:
    used, beyond = bill.business_minutes, 0
    for call in bill.calls:
        if not call.counts:
            continue
        before, used = used, used + call.billed * call.times
        if pays_extras(call, terms):
            beyond += max(0, used - max(before, overage.allowance))
    return Fraction(beyond)


def overage_due(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Decimal, list[Step]]:
    """Work out the overage charge that falls on the employee, with its steps.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-03, AMB-04.
    """
    if bill.pool:
        return _shared(bill.pool, terms)
    if bill.plan.kind is not PlanKind.ALLOWANCE:
        return ZERO, []
    used = f"{overage.used:,} min used, {overage.allowance:,} in the plan"
    if not overage.over:
        return ZERO, _no_overage(bill, terms, used)
    if terms.rate_applies is RateApplies.OVERAGE_MINUTES_ONLY:
        text = f"{used}: {overage.over:,} min over, charged at the rate above"
        return ZERO, [Step(text, terms.clause, ZERO)]

    owed = cents_of(overage.charged * overage.personal / overage.over)
    charged = dollars(cents_of(overage.charged))
    return owed, [
        Step(
            f"{used}: {overage.over:,} min over, for which the carrier charged "
            f"{charged}",
            terms.clause,
        ),
        Step(_cause(bill, terms, overage), terms.clause, None, "AMB-04"),
        Step(
            f"{charged} × {quantity(overage.personal)} ÷ {overage.over:,} min "
            f"= {dollars(owed)}",
            terms.clause,
            owed,
            "AMB-03",
        ),
    ]


def _shared(pool: PoolShare, terms: VoiceTerms) -> tuple[Decimal, list[Step]]:
    if terms.rate_applies is RateApplies.OVERAGE_MINUTES_ONLY:
        text = "minutes beyond the shared plan are charged at the rate above"
        return ZERO, [Step(text, terms.clause, ZERO)]
    return pool.amount, list(pool.steps)


def _no_overage(bill: VoiceBill, terms: VoiceTerms, used: str) -> list[Step]:
    if bill.overage_charged:
        text = (
            f"{used}: the carrier charged {dollars(bill.overage_charged)} for overage "
            "the listed calls do not explain; none of it is put on you"
        )
        return [Step(text, terms.clause, ZERO, "AMB-04")]
    return [Step(f"{used}: no overage", terms.clause, ZERO)]


def _cause(bill: VoiceBill, terms: VoiceTerms, overage: Overage) -> str:
    personal = _counted_personal(bill, terms)
    due = f"due to personal calls: {quantity(overage.personal)} min"
    if terms.overage_attribution is OverageAttribution.PRO_RATA:
        return f"{personal:,} of {overage.used:,} min were personal; {due}"
    if terms.overage_attribution is OverageAttribution.CHRONOLOGICAL:
        return f"in the order of the calls, {due}"
    without = max(0, overage.over - personal)
    return f"without personal calls it would be {without:,} min over; {due}"
