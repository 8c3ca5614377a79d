"""When the proof of a phone contract is due again, and the allowance for a phone.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.d. An allowance for the
phone itself is other employers' (Monroe County, Sonoma State).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mobile_selfservice.policy.explained import Ruling, Step
from mobile_selfservice.policy.kinds import Row
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.months import day_in_words, months_in_words, months_later
from mobile_selfservice.policy.stipend_terms import StipendTerms


@dataclass(frozen=True, slots=True)
class ProofDue:
    """The last day for a new proof, None where there is none, and why."""

    due: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class EquipmentRuling:
    """Whether an allowance for a phone is due, and how much it would pay."""

    allowance: Decimal
    ruling: Ruling

    @property
    def amount(self) -> Decimal:
        """What is paid: nothing where it is not due."""
        return self.allowance if self.ruling.is_allowed else ZERO


def proof_due(
    proved_on: date,
    contract_end: date | None,
    terms: StipendTerms,
    requested_on: date | None = None,
) -> ProofDue:
    """Find when the contract must be proved again: the earliest of its reasons.

    Twelve months after the last proof, the end of the contract, or ten days after an
    official asked for it.

    Clause: Lodi 2011 §3.B.2.d. Reading: AMB-25.
    """
    reasons: list[tuple[date, str]] = []
    if terms.proof_months is not None:
        months = months_in_words(terms.proof_months)
        reasons.append(
            (
                months_later(proved_on, terms.proof_months),
                f"{months} after the proof of {day_in_words(proved_on)}",
            )
        )
    if contract_end is not None:
        reasons.append((contract_end, "the contract ends"))
    if requested_on is not None and requested_on >= proved_on:
        days = terms.proof_request_days
        reasons.append(
            (
                requested_on + timedelta(days=days),
                f"{days} days after the request of {day_in_words(requested_on)}",
            )
        )
    steps = tuple(
        Step(f"{day_in_words(day)}: {why}", terms.contract_clause, None, "AMB-25")
        for day, why in sorted(reasons)
    )
    return ProofDue(min((day for day, _ in reasons), default=None), steps)


def is_proof_in_date(proof: ProofDue, on: date) -> bool:
    """Tell whether a proof still holds on a day; it does on the due day itself.

    Clause: Lodi 2011 §3.B.2.d. Reading: AMB-25.
    """
    return proof.due is None or on <= proof.due


def equipment_allowance(
    listed: Sequence[Row],
    device_class: str,
    bought_on: date,
    last_paid_on: date | None,
    terms: StipendTerms,
) -> EquipmentRuling:
    """Rule whether the allowance for buying a phone is due again.

    `listed` has class, amount and every_months, which is empty where it is paid once.

    Clause: Monroe County FL 2012 item O5.
    """
    row = next((each for each in listed if each["class"] == device_class), None)
    if row is None:
        text = (
            f"The policy has no allowance for buying a phone of class {device_class}."
        )
        return EquipmentRuling(ZERO, Ruling((Step(text, terms.clause),)))
    amount = Decimal(row["amount"])
    if last_paid_on is None:
        return EquipmentRuling(amount, Ruling())
    paid = f"{dollars(amount)} was paid on {day_in_words(last_paid_on)}"
    if not row["every_months"]:
        text = f"{paid}; it is paid once."
        return EquipmentRuling(amount, Ruling((Step(text, terms.clause),)))
    again = months_later(last_paid_on, int(row["every_months"]))
    if bought_on >= again:
        return EquipmentRuling(amount, Ruling())
    text = f"{paid}; it is due again from {day_in_words(again)}."
    return EquipmentRuling(amount, Ruling((Step(text, terms.clause),)))
