"""Accepted corrections of a signed bill: entries of money beside its statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.correction import CorrectionEntry
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.money import ZERO


@dataclass(frozen=True, slots=True)
class CorrectionAccepted:
    """One accepted correction: what it adds to what is owed, or takes off it."""

    correction_id: int
    amount: Decimal
    reason: str
    by: str
    at: datetime


def accepted_of(session: Session, bill_id: int) -> tuple[CorrectionAccepted, ...]:
    """List a bill's accepted corrections, oldest first. The caller checks access."""
    found = session.exec(
        select(CorrectionEntry, Person.name)
        .join(Person, col(Person.id) == CorrectionEntry.entered_by)
        .where(CorrectionEntry.bill_id == bill_id)
        .order_by(col(CorrectionEntry.id))
    )
    return tuple(
        CorrectionAccepted(
            entry.correction_id, entry.amount, entry.reason, name, entry.entered_at
        )
        for entry, name in found
    )


def corrected_of(session: Session, bill_ids: Sequence[int]) -> dict[int, Decimal]:
    """Add up the corrections of several bills; one without any is left out."""
    found = session.exec(
        select(CorrectionEntry).where(col(CorrectionEntry.bill_id).in_(bill_ids))
    )
    sums: dict[int, Decimal] = {}
    for entry in found:
        sums[entry.bill_id] = sums.get(entry.bill_id, ZERO) + entry.amount
    return sums


def corrected_by(
    session: Session, bill_id: int, until: datetime | None = None
) -> Decimal:
    """Add up what corrections changed of what a statement says is owed, by a moment."""
    return sum(
        (
            each.amount
            for each in accepted_of(session, bill_id)
            if until is None or each.at <= until
        ),
        ZERO,
    )
