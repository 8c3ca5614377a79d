"""What comes beside the rate for personal texts, data and add-ons.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, cents_of, dollars
from mobile_selfservice.policy.voice_calls import Use
from mobile_selfservice.policy.voice_terms import (
    IncidentalExempts,
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


def charged_beside(charges: Iterable[SideCharge], terms: VoiceTerms) -> Explained:
    """Charge in full what personal texts, data or add-ons cost beside the rate.

    An incidental item is free of the rate, not of these charges.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-06, AMB-08, AMB-11.
    """
    owing = [charge for charge in charges if _is_owed(charge, terms)]
    taxed = terms.tax_share is TaxShare.ITEMISED
    extra = cents_of(sum((Fraction(c.extra) for c in owing), Fraction(0)))
    tax = cents_of(sum((Fraction(c.tax) * taxed for c in owing), Fraction(0)))
    reading = "AMB-08" if any(c.use is Use.INCIDENTAL for c in owing) else "AMB-06"
    steps = []
    if extra:
        text = f"extra charges beside the rate: {dollars(extra)}"
        steps.append(Step(text, EXTRA_CHARGES, extra, reading))
    if tax:
        text = f"tax printed on those charges: {dollars(tax)}"
        steps.append(Step(text, EXTRA_CHARGES, tax, "AMB-11"))
    return Explained(extra + tax, tuple(steps))


def _is_owed(charge: SideCharge, terms: VoiceTerms) -> bool:
    if not charge.extra and not charge.tax:
        return False
    if charge.use is Use.INCIDENTAL:
        return terms.incidental_exempts is IncidentalExempts.BASE_RATE_ONLY
    return charge.use is Use.PERSONAL


def at_least_actual(at_rate: Explained, actual: Decimal) -> Explained:
    """Charge what the carrier billed for the data itself where that is more.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-01.
    """
    charged = cents_of(Fraction(actual))
    if not charged:
        return at_rate
    higher = max(at_rate.amount, charged)
    text = f"the carrier charged {dollars(charged)}; the higher is {dollars(higher)}"
    step = Step(text, EXTRA_CHARGES, higher, "AMB-01")
    return Explained(higher, (*at_rate.steps, step))


def together(parts: Iterable[Explained]) -> Explained:
    """Add up the parts of one form line, each already rounded to the cent."""
    given = tuple(parts)
    total = sum((part.amount for part in given), ZERO)
    return Explained(total, tuple(step for part in given for step in part.steps))
