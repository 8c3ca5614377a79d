"""Ways of charging personal calls that other employers use in place of Lodi's.

Each takes a bill, the terms and the measured overage, and says what the minutes cost;
overage, extra charges and tax come beside it in `personal_use`, where the method has
them. POLICY section 5 says who uses which.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, cents_of, dollars
from mobile_selfservice.policy.voice_calls import (
    PlanIncomplete,
    PlanKind,
    Use,
    VoiceBill,
    minutes_of,
)
from mobile_selfservice.policy.voice_overage import Overage
from mobile_selfservice.policy.voice_rate import (
    airtime_of,
    at_the_rate,
    base_charge,
    counted_minutes,
    rated_calls,
)
from mobile_selfservice.policy.voice_terms import VoiceTerms

INGHAM = Clause("Ingham County MI", "352")
GRAPEVINE = Clause("Grapevine TX", "F16.0")
JOSEPH = Clause("Joseph OR", "city code")
NO_PERSONAL_USE = "no_personal_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTerms:
    """The flat monthly fee: for calls, and for calls with texts or data."""

    voice: Decimal | None = None
    full: Decimal | None = None
    clause: Clause = INGHAM


def flat_rate(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    """Charge the rate for every personal minute, inside the plan and beyond it.

    Never compared with the actual cost, and no overage comes on top; roaming, long
    distance and the like are still owed.

    Clause: Sioux Falls schools SD EGA; San Diego County CA, until July 2012.

    Raises:
        PlanIncomplete: if the rate is the plan's and the plan does not say it.
    """
    charged = at_the_rate(rated_calls(bill, terms), bill, terms, overage)
    return charged.exact, list(charged.steps)


def incremental_cost_only(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    """Charge no rate, only what the carrier charged for the calls themselves.

    Clause: Westlake OH 183.01.
    """
    del overage  # comes beside it
    rated = rated_calls(bill, terms)
    charged = airtime_of(rated)
    if not rated:
        return charged, []
    amount = cents_of(charged)
    text = f"no rate is charged; the carrier charged {dollars(amount)} for these calls"
    return charged, [Step(text, terms.clause, amount)]


def rate_inside_actual_outside(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    """Charge the rate inside the plan, and the carrier's charges beyond it.

    Minutes beyond the allowance are no longer inside; their overage comes beside it. A
    plan billed by the minute has no inside.

    Clause: Fort Hays State University KS, handbook chapter 6.

    Raises:
        PlanIncomplete: if the rate is the plan's and the plan does not say it.
    """
    rated = rated_calls(bill, terms)
    has_inside = bill.plan.kind is not PlanKind.CONSUMPTION
    inside = [
        call for call in rated if has_inside and (call.counts or not call.airtime)
    ]
    at_rate = at_the_rate(inside, bill, terms, overage)
    outside = airtime_of(rated)
    steps = list(at_rate.steps)
    if outside:
        amount = cents_of(outside)
        text = f"the carrier charged {dollars(amount)} for minutes beyond the plan"
        steps.append(Step(text, terms.clause, amount))
    return at_rate.exact + outside, steps


def pro_rata_base(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    """Charge the base charge by personal minutes, and what the calls cost themselves.

    Clause: Joseph OR, pro rata share of the monthly charge.

    Raises:
        PlanIncomplete: if the base charge is not known.
    """
    del overage  # comes beside it
    personal = minutes_of(bill, lambda call: call.counts and call.use is Use.PERSONAL)
    total = counted_minutes(bill)
    charged = airtime_of(rated_calls(bill, terms))
    steps: list[Step] = []
    exact = charged
    if personal:
        base = base_charge(bill)
        exact += base * personal / total
        share = share_of_base(cents_of(base), personal, total, terms.clause)
        steps += share.steps
    if charged:
        amount = cents_of(charged)
        text = f"the carrier charged {dollars(amount)} for these calls"
        steps.append(Step(text, terms.clause, amount))
    return exact, steps


def flat_monthly_fee(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    """Charge a flat fee for the month, whatever was called.

    Clause: Ingham County MI 352.

    Raises:
        PlanIncomplete: if no fee is set.
    """
    del overage
    fees = FeeTerms(voice=terms.fee_voice, full=terms.fee_full, clause=terms.clause)
    fee = flat_fee(bill.option, fees, has_text_or_data=bill.has_text_or_data)
    return Fraction(fee.amount), list(fee.steps)


def percent_of_base(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    """Charge a percentage of the base charge, whatever was called.

    Clause: Grapevine TX F16.0, plan 1.

    Raises:
        PlanIncomplete: if the base charge is not known or no percentage is set.
    """
    del overage  # comes beside it
    if terms.percent is None:
        raise PlanIncomplete("the share of the base charge is not set")
    share = percent_of(cents_of(base_charge(bill)), terms.percent, terms.clause)
    return Fraction(share.amount), list(share.steps)


def nothing(
    bill: VoiceBill, terms: VoiceTerms, overage: Overage
) -> tuple[Fraction, list[Step]]:
    """Charge nothing for personal use.

    Clause: NY ITS-P18-007 §4.0.
    """
    del bill, overage
    step = Step("personal use is not charged", terms.clause, ZERO)
    return Fraction(0), [step]


def flat_fee(option: str, fees: FeeTerms, *, has_text_or_data: bool) -> Explained:
    """Charge the flat fee of a month, by what the line is used for.

    Who chose `no_personal_use` pays none and certifies every bill instead.

    Clause: Ingham County MI 352.

    Raises:
        PlanIncomplete: if no fee is set.
    """
    if option == NO_PERSONAL_USE:
        text = "no personal use was chosen: no fee, and every bill must be certified"
        return Explained(ZERO, (Step(text, fees.clause, ZERO),))
    fee = fees.full if has_text_or_data else fees.voice
    if fee is None:
        raise PlanIncomplete("the flat monthly fee is not set")
    used = "calls with texts or data" if has_text_or_data else "calls"
    amount = cents_of(Fraction(fee))
    text = f"flat monthly fee for {used}: {dollars(amount)}"
    return Explained(amount, (Step(text, fees.clause, amount),))


def percent_of(
    base: Decimal, percent: Decimal, clause: Clause = GRAPEVINE
) -> Explained:
    """Take a percentage of the base charge, half a cent up.

    Clause: Grapevine TX F16.0, plan 1. Reading: AMB-52.
    """
    share = cents_of(Fraction(base) * Fraction(percent) / 100)
    text = f"{percent.normalize():f} % of {dollars(base)} = {dollars(share)}"
    return Explained(share, (Step(text, clause, share, "AMB-52"),))


def share_of_base(
    base: Decimal, personal: int, total: int, clause: Clause = JOSEPH
) -> Explained:
    """Share the base charge by minutes: the personal ones of all that were used.

    Clause: Joseph OR, pro rata share of the monthly charge. Reading: AMB-52.
    """
    if not total:
        none = Step("no minutes were used: no share is owed", clause, ZERO)
        return Explained(ZERO, (none,))
    share = cents_of(Fraction(base) * personal / total)
    text = f"{dollars(base)} × {personal:,} ÷ {total:,} min = {dollars(share)}"
    return Explained(share, (Step(text, clause, share, "AMB-52"),))
