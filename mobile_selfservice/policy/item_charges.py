"""What comes beside the rate for personal texts, data and add-ons.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.features import tax_share
from mobile_selfservice.policy.money import ZERO, cents_of, dollars
from mobile_selfservice.policy.voice_calls import Use
from mobile_selfservice.policy.voice_terms import (
    IncidentalExempts,
    Method,
    TaxShare,
    VoiceTerms,
)

EXTRA_CHARGES = Clause("Lodi 2011", "3.B.1")


@dataclass(frozen=True, slots=True)
class SideCharge:
    """Extra charges and printed tax of items put to one use."""

    use: Use
    extra: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class SharedTax:
    """A bill's taxes and what they were put on, where personal use bears its part.

    `cost` is what the carrier charged for the personal items of one form line, extra
    charges apart.
    """

    taxes: Decimal
    taxable: Decimal
    cost: Decimal = ZERO


class ItemCharge(StrEnum):
    """What a method charges for personal texts, data and add-ons."""

    HIGHER = "the rate or the actual cost"
    RATE = "the rate alone"
    ACTUAL = "the actual cost alone"
    COVERED = "nothing beside the method's own charge"


# A rate per minute says nothing of texts or data, so methods that know no other rate
# leave what the carrier charged for them; a flat fee covers them, and so does "none".
ITEM_CHARGES = {
    Method.HIGHER_OF_RATE_AND_ACTUAL: ItemCharge.HIGHER,
    Method.FLAT_RATE: ItemCharge.RATE,
    Method.OVERAGE_ONLY: ItemCharge.ACTUAL,
    Method.INCREMENTAL_COST_ONLY: ItemCharge.ACTUAL,
    Method.RATE_INSIDE_ACTUAL_OUTSIDE: ItemCharge.ACTUAL,
    Method.PRO_RATA_BASE: ItemCharge.ACTUAL,
    Method.FLAT_MONTHLY_FEE: ItemCharge.COVERED,
    Method.PERCENT_OF_BASE: ItemCharge.ACTUAL,
    Method.NONE: ItemCharge.COVERED,
}


def charged_beside(
    charges: Iterable[SideCharge], terms: VoiceTerms, shared: SharedTax | None = None
) -> Explained:
    """Charge in full what personal texts, data or add-ons cost beside the rate.

    An incidental item is free of the rate, not of these charges. `shared` is needed
    where tax is shared proportionally.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-06, AMB-08, AMB-11.
    """
    owing = [charge for charge in charges if _is_owed(charge, terms)]
    extra = _in_all([charge.extra for charge in owing])
    reading = "AMB-06"
    if any(_use(charge, terms) is Use.INCIDENTAL for charge in owing):
        reading = "AMB-08"
    steps = []
    if extra:
        text = f"extra charges beside the rate: {dollars(extra)}"
        steps.append(Step(text, terms.clause, extra, reading))
    tax = _tax(owing, terms, shared)
    return Explained(extra + tax.amount, (*steps, *tax.steps))


def _tax(
    owing: Iterable[SideCharge], terms: VoiceTerms, shared: SharedTax | None
) -> Explained:
    if terms.tax_share is TaxShare.PROPORTIONAL and shared:
        personal = shared.cost + sum((charge.extra for charge in owing), ZERO)
        if not personal:
            return Explained(ZERO, ())
        return tax_share(shared.taxes, shared.taxable, personal, terms.clause)
    if terms.tax_share is not TaxShare.ITEMISED:
        return Explained(ZERO, ())
    tax = _in_all([charge.tax for charge in owing])
    if not tax:
        return Explained(ZERO, ())
    text = f"tax printed on those charges: {dollars(tax)}"
    return Explained(tax, (Step(text, terms.clause, tax, "AMB-11"),))


def _in_all(amounts: Sequence[Decimal]) -> Decimal:
    """Add amounts up and round once; most bills have none."""
    if not amounts:
        return ZERO
    return cents_of(sum(map(Fraction, amounts), Fraction(0)))


def _is_owed(charge: SideCharge, terms: VoiceTerms) -> bool:
    if not charge.extra and not charge.tax:
        return False
    if _use(charge, terms) is Use.INCIDENTAL:
        return terms.incidental_exempts is IncidentalExempts.BASE_RATE_ONLY
    return _use(charge, terms) is Use.PERSONAL


def _use(charge: SideCharge, terms: VoiceTerms) -> Use:
    return used_as(charge.use, terms)


def used_as(use: Use, terms: VoiceTerms) -> Use:
    """Take incidental use for personal where the employer knows no other.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-07.
    """
    if use is Use.INCIDENTAL and not terms.incidental_allowed:
        return Use.PERSONAL
    return use


def actual_alone(
    what: str, actual: Decimal, clause: Clause = EXTRA_CHARGES
) -> Explained:
    """Charge what the carrier billed, where the employer's method has no rate.

    Clause: Westlake OH 183.01.
    """
    charged = cents_of(Fraction(actual))
    text = f"{what}: no rate is charged; the carrier charged {dollars(charged)}"
    return Explained(charged, (Step(text, clause, charged),))


def at_least_actual(
    at_rate: Explained, actual: Decimal, clause: Clause = EXTRA_CHARGES
) -> Explained:
    """Charge what the carrier billed for the data itself where that is more.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-01.
    """
    charged = cents_of(Fraction(actual))
    if not charged:
        return at_rate
    higher = max(at_rate.amount, charged)
    text = f"the carrier charged {dollars(charged)}; the higher is {dollars(higher)}"
    step = Step(text, clause, higher, "AMB-01")
    return Explained(higher, (*at_rate.steps, step))


def together(parts: Iterable[Explained]) -> Explained:
    """Add up the parts of one form line, each already rounded to the cent.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-52.
    """
    given = tuple(parts)
    total = sum((part.amount for part in given), ZERO)
    return Explained(total, tuple(step for part in given for step in part.steps))
