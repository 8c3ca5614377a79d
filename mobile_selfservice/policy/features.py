"""What personal texts, add-ons and data cost.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, cents_of, dollars, quantity, rate

FEATURES = Clause("Lodi 2011", "3.B.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureUse:
    """Personal use of one feature counted in uses: texts, or an add-on.

    `rate` is None where the official has not set one: then only the actual cost is
    owed. `business_uses`, `allowance` and `overage_rate`, or `overage_charged`, what
    the carrier charged for the uses beyond, matter where the plan holds a number of
    uses; leave that charge out of `actual`. `is_compared` is False where an employer
    charges its rate whatever the carrier charged, and `why_no_rate` says why there is
    none.
    """

    uses: int
    rate: Decimal | None
    actual: Decimal = ZERO
    unit: str = "use"
    business_uses: int = 0
    allowance: int | None = None
    overage_rate: Decimal = ZERO
    overage_charged: Decimal | None = None
    is_compared: bool = True
    why_no_rate: str = "no rate is set"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataUse:
    """Personal data as the employee declares it, in the unit of the plan.

    `rate` is None where the official has not set one: then only extra blocks are owed.
    """

    personal: Decimal
    business: Decimal = ZERO
    rate: Decimal | None
    plan: Decimal | None = None
    block: Decimal = Decimal(1)
    block_price: Decimal = ZERO
    unit: str = "GB"


def feature_due(use: FeatureUse, clause: Clause = FEATURES) -> Explained:
    """Charge the higher of the set rate and the actual cost, and what went beyond.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-01, AMB-04.
    """
    base, steps = _base(use, clause)
    beyond = beyond_allowance(use, clause)
    return Explained(base + beyond.amount, (*steps, *beyond.steps))


def _base(use: FeatureUse, clause: Clause) -> tuple[Decimal, list[Step]]:
    uses = f"{use.uses:,} {use.unit}{'' if use.uses == 1 else 's'}"
    if use.rate is None:
        base = cents_of(Fraction(use.actual))
        text = f"{uses}: {use.why_no_rate}, so the actual cost is owed, {dollars(base)}"
        return base, [Step(text, clause, base)]
    at_rate = use.rate * use.uses
    text = f"{uses} × {rate(use.rate)} = {dollars(at_rate)}"
    if not use.is_compared:
        base = cents_of(Fraction(at_rate))
        return base, [Step(text, clause, base)]
    base = cents_of(Fraction(max(at_rate, use.actual)))
    compared = (
        f"the carrier charged {dollars(use.actual)}; "
        f"the higher of the two is {dollars(base)}"
    )
    return base, [
        Step(text, clause, None),
        Step(compared, clause, base, "AMB-01"),
    ]


def beyond_allowance(use: FeatureUse, clause: Clause = FEATURES) -> Explained:
    """Charge the uses beyond a plan's number that personal use caused.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-04.
    """
    if use.allowance is None:
        return Explained(ZERO, ())
    over = max(0, use.business_uses + use.uses - use.allowance)
    caused = min(use.uses, over)
    beyond = f"{caused:,} beyond the {use.allowance:,} in the plan"
    if use.overage_charged is None:
        owed = cents_of(Fraction(use.overage_rate) * caused)
        text = f"{beyond} × {rate(use.overage_rate)} = {dollars(owed)}"
    else:
        owed = cents_of(Fraction(use.overage_charged) * caused / (over or 1))
        charged = dollars(use.overage_charged)
        text = f"{beyond}: {charged} × {caused:,} ÷ {over:,} over = {dollars(owed)}"
    return Explained(owed, (Step(text, clause, owed, "AMB-04"),))


def data_due(use: DataUse, clause: Clause = FEATURES) -> Explained:
    """Charge declared personal data at the set rate, and the blocks it made necessary.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-04, AMB-13.
    """
    personal = f"{quantity(Fraction(use.personal))} {use.unit}"
    if use.rate is None:
        base = ZERO
        text = f"{personal} of personal data: no rate is set, so none is owed at a rate"
    else:
        base = cents_of(Fraction(use.rate) * Fraction(use.personal))
        text = f"{personal} × {rate(use.rate)} = {dollars(base)}"
    steps = [Step(text, clause, base, "AMB-13")]
    if use.plan is None:
        return Explained(base, tuple(steps))

    with_personal = blocks_bought(use, use.business + use.personal)
    without = blocks_bought(use, use.business)
    caused = with_personal - without
    extra = cents_of(Fraction(use.block_price) * caused)
    steps.append(
        Step(
            f"extra blocks bought: {with_personal}; without personal data: {without}; "
            f"{caused} × {dollars(use.block_price)} = {dollars(extra)}",
            clause,
            extra,
            "AMB-04",
        )
    )
    return Explained(base + extra, tuple(steps))


def blocks_bought(use: DataUse, used: Decimal) -> int:
    """Count the extra blocks a carrier sells for a quantity beyond the plan.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-13.
    """
    beyond = max(ZERO, used - (use.plan or ZERO))
    return -int(-Fraction(beyond) // Fraction(use.block))


def tax_share(
    taxes: Decimal,
    taxable: Decimal,
    personal: Decimal,
    clause: Clause = FEATURES,
) -> Explained:
    """Share a bill's taxes by the personal part of its taxable charges.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-11, proportional.
    """
    if not taxable:
        none = Step("nothing taxable on the bill: no tax is shared", clause, ZERO)
        return Explained(ZERO, (none,))
    share = cents_of(Fraction(taxes) * Fraction(personal) / Fraction(taxable))
    text = (
        f"tax {dollars(taxes)} × {dollars(personal)} ÷ {dollars(taxable)} "
        f"= {dollars(share)}"
    )
    return Explained(share, (Step(text, clause, share, "AMB-11"),))
