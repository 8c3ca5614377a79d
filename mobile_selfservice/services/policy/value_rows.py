"""The kept values of one employer: locking them, and what was decided on each."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.policy_value import (
    PolicyValue,
    PolicyValueDecision,
    ValueDecision,
)


@dataclass(frozen=True, slots=True)
class KeptValue:
    """A value and the answers given to it, oldest first."""

    row: PolicyValue
    decisions: tuple[PolicyValueDecision, ...] = ()

    @property
    def words(self) -> set[str]:
        """Which answers it was given."""
        return {each.decision for each in self.decisions}

    @property
    def is_waiting(self) -> bool:
        """Tell whether it waits for a second person."""
        return self.row.needs_approval and not self.decisions

    @property
    def counts(self) -> bool:
        """Tell whether it counts, or will from its day on."""
        if self.words & {ValueDecision.DECLINED, ValueDecision.WITHDRAWN}:
            return False
        return not self.row.needs_approval or ValueDecision.APPROVED in self.words


def lock(session: Session, employer_id: int) -> Employer:
    """Take the employer's policy for this transaction: one change after another."""
    return session.exec(
        select(Employer)
        .where(Employer.id == employer_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def stamp(session: Session, employer: Employer) -> None:
    """Say that another set of values is in force from here on."""
    employer.policy_stamp = secrets.token_hex(8)
    session.add(employer)
    session.flush()


def kept(session: Session, employer_id: int, *keys: str) -> list[KeptValue]:
    """List what was entered, oldest first; of these parameters where any is named."""
    listed = select(PolicyValue).where(PolicyValue.employer_id == employer_id)
    if keys:
        listed = listed.where(col(PolicyValue.key).in_(keys))
    rows = session.exec(listed.order_by(col(PolicyValue.id))).all()
    answers: dict[int, list[PolicyValueDecision]] = {}
    for each in _decisions(session, [row.id or 0 for row in rows]):
        answers.setdefault(each.value_id, []).append(each)
    return [KeptValue(row, tuple(answers.get(row.id or 0, ()))) for row in rows]


def seen(session: Session, employer_id: int, key: str) -> str:
    """Return what tells whether anything about a parameter changed since."""
    newest, rows = session.exec(
        select(func.max(PolicyValue.id), func.count()).where(
            PolicyValue.employer_id == employer_id, PolicyValue.key == key
        )
    ).one()
    answered = session.exec(
        select(func.count())
        .select_from(PolicyValueDecision)
        .join(PolicyValue, col(PolicyValue.id) == PolicyValueDecision.value_id)
        .where(PolicyValue.employer_id == employer_id, PolicyValue.key == key)
    ).one()
    return f"{newest or 0}.{rows}.{answered}"


def _decisions(session: Session, ids: Sequence[int]) -> list[PolicyValueDecision]:
    return list(
        session.exec(
            select(PolicyValueDecision)
            .where(col(PolicyValueDecision.value_id).in_(ids))
            .order_by(col(PolicyValueDecision.id))
        )
    )
