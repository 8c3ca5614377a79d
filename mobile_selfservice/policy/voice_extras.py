"""What comes beside the minutes of personal calls: extra charges and tax.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.features import tax_share
from mobile_selfservice.policy.money import ZERO, cents_of, dollars
from mobile_selfservice.policy.voice_calls import (
    NONE,
    Call,
    Use,
    VoiceBill,
    is_rated,
    pays_extras,
)
from mobile_selfservice.policy.voice_terms import TaxShare, VoiceTerms

SHOWN_CHARGES = 6


def extras_due(bill: VoiceBill, terms: VoiceTerms) -> tuple[Decimal, list[Step]]:
    """Charge roaming, long distance and the like of personal calls in full.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-06, AMB-08.
    """
    owing = [call for call in bill.calls if pays_extras(call, terms) and call.extra]
    extras = cents_of(sum((Fraction(call.extra) * call.times for call in owing), NONE))
    if not owing:
        return ZERO, []
    text = f"extra charges such as roaming: {_shown(owing)}{dollars(extras)}"
    incidental = any(call.use is Use.INCIDENTAL for call in owing)
    return extras, [
        Step(text, terms.clause, extras, "AMB-08" if incidental else "AMB-06")
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


def tax_due(
    bill: VoiceBill, terms: VoiceTerms, overage: Decimal, share: Decimal = ZERO
) -> tuple[Decimal, list[Step]]:
    """Charge the tax that comes with personal calls, as the employer reads it.

    `share` is the part of the base charge that the method puts on the employee; with
    the carrier's charges and the overage it decides the part of a bill's taxes.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-11.
    """
    if terms.tax_share is TaxShare.NONE:
        return ZERO, []
    owing = [call for call in bill.calls if pays_extras(call, terms)]
    if terms.tax_share is TaxShare.PROPORTIONAL:
        airtime = [call for call in owing if is_rated(call, terms)]
        personal = (
            _total(airtime, lambda call: call.airtime)
            + _total(owing, lambda call: call.extra)
            + overage
            + share
        )
        shared = tax_share(bill.taxes, bill.taxable, personal, terms.clause)
        return shared.amount, list(shared.steps)
    tax = cents_of(Fraction(_total(owing, lambda call: call.tax)))
    if not tax:
        return ZERO, []
    text = f"tax printed on those charges: {dollars(tax)}"
    return tax, [Step(text, terms.clause, tax, "AMB-11")]


def _total(calls: Sequence[Call], charge: Callable[[Call], Decimal]) -> Decimal:
    return sum((charge(call) * call.times for call in calls), ZERO)
