"""What an employee owes for personal calls on one line and one bill.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Explained, Step
from mobile_selfservice.policy.features import tax_share
from mobile_selfservice.policy.money import (
    ZERO,
    cents_of,
    dollars,
    quantity,
    rate,
    sum_in_words,
)
from mobile_selfservice.policy.statement import FormLine, credit_step
from mobile_selfservice.policy.voice_calls import (
    NONE,
    REIMBURSEMENT,
    Call,
    PlanIncomplete,
    Use,
    VoiceBill,
    is_free,
    is_rated,
    minutes_of,
    pays_extras,
)
from mobile_selfservice.policy.voice_overage import (
    Overage,
    measure_overage,
    overage_due,
)
from mobile_selfservice.policy.voice_terms import (
    MinuteRounding,
    OverageMode,
    RateApplies,
    Scope,
    TaxShare,
    VoiceCap,
    VoiceTerms,
)

SHOWN_CHARGES = 6


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

    @property
    def form_lines(self) -> tuple[FormLine, ...]:
        """The lines of the form, for the statement to add up with the others."""
        return (
            FormLine("Personal calls", self.base),
            FormLine("Overage due to personal calls", self.overage),
            FormLine("Extra charges on personal calls", self.extras),
            FormLine("Tax on personal calls", self.tax),
        )


def voice_due(bill: VoiceBill, terms: VoiceTerms) -> VoiceDue:
    """Work out what the personal calls of one line cost the employee for one bill.

    The higher of the rate per minute and the carrier's charge; with it the overage,
    extra charges and printed taxes that personal use caused. Calls the carrier gives
    free cost nothing; incidental calls are free of the rate, not of extra charges.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-01 to AMB-12, AMB-47, AMB-48, AMB-52.

    Raises:
        PlanIncomplete: if the plan lacks its allowance, its overage rate or the base
            charge a limit needs.
    """
    overage = measure_overage(bill, terms)
    base, base_steps = _base(bill, terms, overage)
    over, over_steps = overage_due(bill, terms, overage)
    extras, extra_steps = _extras(bill, terms)
    tax, tax_steps = _tax(bill, terms, over)

    parts = (base, over, extras, tax)
    total = sum(parts, ZERO)
    summing = Step(
        sum_in_words([part for part in parts if part], total), REIMBURSEMENT, total
    )
    credit = max(ZERO, -total)
    closing = [summing, credit_step(credit)] if credit else [summing]
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
        explained=Explained(
            due,
            (*base_steps, *over_steps, *extra_steps, *tax_steps, *closing),
        ),
    )


# --- the rate or the actual cost, whichever is higher


def _base(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Decimal, list[Step]]:
    rated = [call for call in bill.calls if is_rated(call, terms)]
    if terms.scope is Scope.LINE:
        exact, steps = _call_by_call(rated, terms, _rated_share(bill, terms, overage))
    else:
        exact, steps = _for_the_month(rated, terms, _rated_share(bill, terms, overage))
    base = cents_of(exact)
    limit = _limit(bill, terms)
    if limit is not None and limit < base:
        text = f"limited to {dollars(limit)}, {_limit_name(terms)}"
        steps.append(Step(text, REIMBURSEMENT, limit, "AMB-10"))
        base = limit
    return base, [*steps, *_unrated(bill, terms)]


def _rated_share(bill: VoiceBill, terms: VoiceTerms, overage: Overage) -> Fraction:
    """Tell what part of the counted personal minutes the rate applies to."""
    counted = minutes_of(bill, lambda call: call.counts and call.use is Use.PERSONAL)
    if not counted:
        return Fraction(1)
    beyond = min(Fraction(counted), overage.personal) / counted
    if terms.rate_applies is RateApplies.OVERAGE_MINUTES_ONLY:
        return beyond
    if terms.overage_mode is OverageMode.REPLACE:
        return 1 - beyond
    return Fraction(1)


def _rated_minutes(call: Call, terms: VoiceTerms, share: Fraction) -> Fraction:
    exact = terms.minute_rounding is MinuteRounding.EXACT
    minutes = call.measured if exact else Fraction(call.billed)
    if call.counts:
        return minutes * share
    if terms.rate_applies is RateApplies.OVERAGE_MINUTES_ONLY:
        return NONE
    return minutes


def _for_the_month(
    rated: Sequence[Call], terms: VoiceTerms, share: Fraction
) -> tuple[Fraction, list[Step]]:
    minutes_at: dict[Decimal, Fraction] = {}
    for call in rated:
        minutes = _rated_minutes(call, terms, share) * call.times
        minutes_at[call.rate] = minutes_at.get(call.rate, NONE) + minutes
    steps = [
        Step(
            f"{quantity(minutes)} min × {rate(each)} = "
            f"{dollars(cents_of(minutes * Fraction(each)))}",
            REIMBURSEMENT,
            cents_of(minutes * Fraction(each)),
            "AMB-48" if len(minutes_at) > 1 else "",
        )
        for each, minutes in minutes_at.items()
    ]
    at_rate = sum(
        (minutes * Fraction(each) for each, minutes in minutes_at.items()), NONE
    )
    actual = sum((Fraction(call.airtime) * call.times for call in rated), NONE)
    higher = max(at_rate, actual)
    if rated:
        text = (
            f"the carrier charged {dollars(cents_of(actual))} for these calls; "
            f"the higher of {dollars(cents_of(at_rate))} and "
            f"{dollars(cents_of(actual))} is {dollars(cents_of(higher))}"
        )
        steps.append(Step(text, REIMBURSEMENT, cents_of(higher), "AMB-01"))
    return higher, steps


def _call_by_call(
    rated: Sequence[Call], terms: VoiceTerms, share: Fraction
) -> tuple[Fraction, list[Step]]:
    total, steps = NONE, []
    for call in rated:
        minutes = _rated_minutes(call, terms, share)
        at_rate = minutes * Fraction(call.rate)
        higher = max(at_rate, Fraction(call.airtime))
        total += higher * call.times
        alike = "" if call.times == 1 else f", {call.times:,} calls alike"
        text = (
            f"{quantity(minutes)} min × {rate(call.rate)} = "
            f"{dollars(cents_of(at_rate))}; the carrier charged "
            f"{dollars(call.airtime)}; the higher is {dollars(cents_of(higher))}{alike}"
        )
        owed = cents_of(higher * call.times)
        steps.append(Step(text, REIMBURSEMENT, owed, "AMB-01"))
    if len(steps) > 1:
        text = f"together {dollars(cents_of(total))}"
        steps.append(Step(text, REIMBURSEMENT, cents_of(total), "AMB-52"))
    return total, steps


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
    incidental = minutes_of(bill, lambda call: call.use is Use.INCIDENTAL)
    steps = []
    if free:
        text = f"{free:,} min outside the allowance and not billed: free of the rate"
        steps.append(Step(text, REIMBURSEMENT, ZERO, "AMB-05"))
    if incidental:
        text = f"{incidental:,} min of incidental calls: free of the rate"
        steps.append(Step(text, REIMBURSEMENT, ZERO, "AMB-07"))
    return steps


# --- extra charges and tax


def _extras(bill: VoiceBill, terms: VoiceTerms) -> tuple[Decimal, list[Step]]:
    owing = [call for call in bill.calls if pays_extras(call, terms) and call.extra]
    extras = cents_of(sum((Fraction(call.extra) * call.times for call in owing), NONE))
    if not owing:
        return ZERO, []
    text = f"extra charges such as roaming: {_shown(owing)}{dollars(extras)}"
    incidental = any(call.use is Use.INCIDENTAL for call in owing)
    return extras, [
        Step(text, REIMBURSEMENT, extras, "AMB-08" if incidental else "AMB-06")
    ]


def _shown(owing: Sequence[Call]) -> str:
    if len(owing) == 1 and owing[0].times == 1:
        return ""
    shown = [dollars(call.extra) + _times(call) for call in owing[:SHOWN_CHARGES]]
    if len(owing) > SHOWN_CHARGES:
        shown.append("…")
    return f"{' + '.join(shown)} = "


def _times(call: Call) -> str:
    return "" if call.times == 1 else f" × {call.times:,}"


def _tax(
    bill: VoiceBill, terms: VoiceTerms, overage: Decimal
) -> tuple[Decimal, list[Step]]:
    if terms.tax_share is TaxShare.NONE:
        return ZERO, []
    owing = [call for call in bill.calls if pays_extras(call, terms)]
    if terms.tax_share is TaxShare.PROPORTIONAL:
        airtime = [call for call in owing if is_rated(call, terms)]
        personal = (
            _total(airtime, lambda call: call.airtime)
            + _total(owing, lambda call: call.extra)
            + overage
        )
        shared = tax_share(bill.taxes, bill.taxable, personal)
        return shared.amount, list(shared.steps)
    tax = cents_of(Fraction(_total(owing, lambda call: call.tax)))
    if not tax:
        return ZERO, []
    text = f"tax printed on those charges: {dollars(tax)}"
    return tax, [Step(text, REIMBURSEMENT, tax, "AMB-11")]


def _total(calls: Sequence[Call], charge: Callable[[Call], Decimal]) -> Decimal:
    return sum((charge(call) * call.times for call in calls), ZERO)
