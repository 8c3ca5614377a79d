"""What an employee owes for personal calls on one line and one bill.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1. The other ways an
employer may choose stand in `other_methods`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Explained, Step
from mobile_selfservice.policy.money import (
    ZERO,
    cents_of,
    dollars,
    quantity,
    sum_in_words,
)
from mobile_selfservice.policy.other_methods import (
    flat_monthly_fee,
    flat_rate,
    incremental_cost_only,
    nothing,
    percent_of_base,
    pro_rata_base,
    rate_inside_actual_outside,
)
from mobile_selfservice.policy.statement import FormLine, credit_step
from mobile_selfservice.policy.voice_calls import (
    NONE,
    Call,
    PlanIncomplete,
    Use,
    VoiceBill,
    is_free,
    minutes_of,
)
from mobile_selfservice.policy.voice_extras import extras_due, tax_due
from mobile_selfservice.policy.voice_overage import (
    NO_OVERAGE,
    Overage,
    measure_overage,
    overage_due,
)
from mobile_selfservice.policy.voice_rate import (
    actual_cost,
    airtime_of,
    at_the_rate,
    base_per_minute,
    minute_rate,
    rated_calls,
    rated_minutes,
    rated_share,
    why_less_is_rated,
)
from mobile_selfservice.policy.voice_terms import (
    ActualCost,
    Method,
    OverageMode,
    RateApplies,
    RateBasis,
    Scope,
    VoiceCap,
    VoiceTerms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceDue:
    """What the calls of one bill come to, line by line of the form, with the working.

    `free_personal_minutes` cost nothing and are shown to the director all the same.
    """

    base: Decimal
    overage: Decimal
    extras: Decimal
    tax: Decimal
    total: Decimal
    credit: Decimal
    free_personal_minutes: int
    incidental_minutes: int
    explained: Explained
    label: str = "Personal calls"

    @property
    def form_lines(self) -> tuple[FormLine, ...]:
        """The lines of the form, for the statement to add up with the others."""
        return (
            FormLine(self.label, self.base),
            FormLine("Overage due to personal calls", self.overage),
            FormLine("Extra charges on personal calls", self.extras),
            FormLine("Tax on personal calls", self.tax),
        )


def voice_due(bill: VoiceBill, terms: VoiceTerms) -> VoiceDue:
    """Work out what the personal calls of one line cost the employee for one bill.

    The higher of the rate per minute and the carrier's charge; with it the overage,
    extra charges and printed taxes that personal use caused. Calls the carrier gives
    free cost nothing; incidental calls are free of the rate, not of extra charges.
    Another employer's method takes the place of the first part.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-01 to AMB-12, AMB-47, AMB-48, AMB-52.

    Raises:
        PlanIncomplete: if the plan lacks its allowance, its overage rate or the base
            charge, or the terms a fee, that the method needs.
    """
    way, terms, bill = WAYS[terms.method], _settled(terms), _as_used(bill, terms)
    overage = measure_overage(bill, terms) if _is_measured(way, terms) else NO_OVERAGE
    base, base_steps = _base(way, bill, terms, overage)
    over, extras, tax = ZERO, ZERO, ZERO
    steps = base_steps
    if way.has_extras:
        over_steps: list[Step] = []
        if way.has_overage:
            over, over_steps = overage_due(bill, terms, overage)
        extras, extra_steps = extras_due(bill, terms)
        share = base if way.is_share else ZERO
        tax, tax_steps = tax_due(bill, terms, over, share)
        steps = [*base_steps, *over_steps, *extra_steps, *tax_steps]

    parts = (base, over, extras, tax)
    total = sum(parts, ZERO)
    words = sum_in_words([part for part in parts if part], total)
    credit = max(ZERO, -total)
    closing = [Step(words, terms.clause, total)]
    if credit:
        closing.append(credit_step(credit, terms.clause))
    due = max(ZERO, total)
    return VoiceDue(
        base=base,
        overage=over,
        extras=extras,
        tax=tax,
        total=due,
        credit=credit,
        free_personal_minutes=minutes_of(bill, lambda call: is_free(call, terms)),
        incidental_minutes=minutes_of(bill, lambda call: call.use is Use.INCIDENTAL),
        explained=Explained(due, (*steps, *closing)),
        label=way.label,
    )


def _is_measured(way: "Way", terms: VoiceTerms) -> bool:
    """Tell whether the minutes beyond the plan matter: owed, or to the rate."""
    if not way.has_extras:
        return False
    return (
        way.has_overage
        or terms.rate_applies is RateApplies.OVERAGE_MINUTES_ONLY
        or terms.rate_basis is RateBasis.PLAN_OVERAGE_RATE
    )


def _settled(terms: VoiceTerms) -> VoiceTerms:
    """Let a method decide what it leaves no choice about."""
    if terms.method is Method.OVERAGE_ONLY:
        return replace(terms, rate_applies=RateApplies.OVERAGE_MINUTES_ONLY)
    if terms.method is Method.RATE_INSIDE_ACTUAL_OUTSIDE:
        return replace(terms, overage_mode=OverageMode.REPLACE)
    if terms.method is Method.FLAT_RATE:
        return replace(terms, overage_mode=OverageMode.ADD)
    return terms


def _as_used(bill: VoiceBill, terms: VoiceTerms) -> VoiceBill:
    """Take incidental calls for personal ones where the employer knows no others."""
    if terms.incidental_allowed:
        return bill
    calls = tuple(
        replace(call, use=Use.PERSONAL) if call.use is Use.INCIDENTAL else call
        for call in bill.calls
    )
    return replace(bill, calls=calls)


# --- the rate or the actual cost, whichever is higher


def higher_of_rate_and_actual(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    """Charge the rate per minute or the actual cost, whichever is higher.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-01, AMB-02, AMB-48, AMB-52.

    Raises:
        PlanIncomplete: if the plan lacks a figure the readings need.
    """
    rated = rated_calls(bill, terms)
    mapped = [call for call in rated if call.is_mapped]
    compare = _call_by_call if terms.scope is Scope.LINE else _for_the_month
    owed, steps = compare(mapped, bill, terms, overage)
    charged = airtime_of(call for call in rated if not call.is_mapped)
    if charged:
        steps.append(_charged_alone(cents_of(charged), terms))
    return owed + charged, steps


def _for_the_month(
    rated: Sequence[Call], bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    if not rated:
        return NONE, []
    at_rate = at_the_rate(rated, bill, terms, overage)
    actual = actual_cost(rated, bill, terms)
    higher = max(at_rate.exact, actual.exact)
    charged = dollars(cents_of(actual.exact))
    named = f"the carrier charged {charged} for these calls"
    if terms.actual_cost is not ActualCost.ITEMISED:
        named = f"the actual cost of these calls is {charged}"
    text = (
        f"{named}; the higher of {dollars(cents_of(at_rate.exact))} and "
        f"{charged} is {dollars(cents_of(higher))}"
    )
    compared = Step(text, terms.clause, cents_of(higher), "AMB-01")
    return higher, [*at_rate.steps, *actual.steps, compared]


def _call_by_call(
    rated: Sequence[Call], bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    share = rated_share(bill, terms, overage)
    total, steps = NONE, []
    for call in rated:
        each = minute_rate(call, bill, terms, overage)
        minutes = rated_minutes(call, terms, share)
        at_rate, actual = minutes * each.exact, Fraction(call.airtime)
        if call.counts:
            actual += base_per_minute(bill, terms) * call.billed
        higher = max(at_rate, actual)
        total += higher * call.times
        alike = "" if call.times == 1 else f", {call.times:,} calls alike"
        named = "the carrier charged"
        if terms.actual_cost is not ActualCost.ITEMISED:
            named = "the actual cost is"
        text = (
            f"{quantity(minutes)} min × {each.words} = "
            f"{dollars(cents_of(at_rate))}; {named} "
            f"{dollars(cents_of(actual))}; the higher is "
            f"{dollars(cents_of(higher))}{alike}"
        )
        owed = cents_of(higher * call.times)
        steps.append(Step(text, terms.clause, owed, "AMB-01"))
    if len(steps) > 1:
        text = f"together {dollars(cents_of(total))}"
        steps.append(Step(text, terms.clause, cents_of(total), "AMB-52"))
    return total, [*why_less_is_rated(bill, terms, overage), *steps]


def _charged_alone(charged: Decimal, terms: VoiceTerms) -> Step:
    text = f"the carrier charged {dollars(charged)} for calls whose code is not mapped"
    return Step(text, terms.clause, charged, "AMB-05")


# --- what limits it, and what is free of it


def _base(
    way: "Way", bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Decimal, list[Step]]:
    exact, steps = way.minutes(bill, terms, overage)
    base = cents_of(exact)
    if not way.has_rate:
        return base, steps
    limit = _limit(bill, terms)
    if limit is not None and limit < base:
        text = f"limited to {dollars(limit)}, {_limit_name(terms)}"
        steps.append(Step(text, terms.clause, limit, "AMB-10"))
        base = limit
    return base, [*steps, *_unrated(bill, terms)]


def _limit(bill: VoiceBill, terms: VoiceTerms) -> Decimal | None:
    if terms.cap is VoiceCap.NONE:
        return None
    limit = terms.cap_amount
    if terms.cap is VoiceCap.BASE_CHARGE:
        limit = bill.plan.base_charge
    if limit is None:
        raise PlanIncomplete(f"{_limit_name(terms)}, is not known")
    return limit


def _limit_name(terms: VoiceTerms) -> str:
    if terms.cap is VoiceCap.BASE_CHARGE:
        return "the plan's base charge"
    return "the limit set for a line and month"


def _unrated(bill: VoiceBill, terms: VoiceTerms) -> list[Step]:
    free = minutes_of(bill, lambda call: is_free(call, terms))
    unmapped = minutes_of(
        bill, lambda call: call.use is Use.PERSONAL and not call.is_mapped
    )
    incidental = minutes_of(bill, lambda call: call.use is Use.INCIDENTAL)
    steps = []
    if free:
        text = f"{free:,} min outside the allowance and not billed: free of the rate"
        steps.append(Step(text, terms.clause, ZERO, "AMB-05"))
    if unmapped:
        text = f"{unmapped:,} min under codes that are not mapped: no rate is charged"
        steps.append(Step(text, terms.clause, ZERO, "AMB-05"))
    if incidental:
        text = f"{incidental:,} min of incidental calls: free of the rate"
        steps.append(Step(text, terms.clause, ZERO, "AMB-07"))
    return steps


# --- the ways an employer may choose from


@dataclass(frozen=True, slots=True)
class Way:
    """How one method charges the minutes, and whether anything comes beside them.

    `has_rate`: a rate per minute is charged, so its limit and exemptions apply.
    `has_extras`: extra charges and tax are owed beside it, and overage too unless
    `has_overage` is False. `is_share`: it is a part of the base charge, which bears its
    part of proportional tax.
    """

    minutes: Callable[[VoiceBill, VoiceTerms, Overage], tuple[Fraction, list[Step]]]
    label: str = "Personal calls"
    has_rate: bool = False
    has_extras: bool = True
    has_overage: bool = True
    is_share: bool = False


BASE_SHARE = "Share of the base charge"
WAYS = {
    Method.HIGHER_OF_RATE_AND_ACTUAL: Way(higher_of_rate_and_actual, has_rate=True),
    Method.FLAT_RATE: Way(flat_rate, has_rate=True, has_overage=False),
    Method.OVERAGE_ONLY: Way(higher_of_rate_and_actual, has_rate=True),
    Method.INCREMENTAL_COST_ONLY: Way(incremental_cost_only),
    Method.RATE_INSIDE_ACTUAL_OUTSIDE: Way(rate_inside_actual_outside, has_rate=True),
    Method.PRO_RATA_BASE: Way(pro_rata_base, is_share=True),
    Method.FLAT_MONTHLY_FEE: Way(
        flat_monthly_fee,
        "Monthly fee for personal use",
        has_extras=False,
        has_overage=False,
    ),
    Method.PERCENT_OF_BASE: Way(percent_of_base, BASE_SHARE, is_share=True),
    Method.NONE: Way(nothing, has_extras=False, has_overage=False),
}
