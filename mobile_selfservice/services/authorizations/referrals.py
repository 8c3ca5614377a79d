"""Forms that were referred back: why, by whom, until they are signed again.

A form is a draft again only because somebody referred it back, so its last decision
tells. There is no state of its own for it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationDecision,
    AuthorizationForm,
    AuthorizationState,
)
from mobile_selfservice.models.organization import Person


@dataclass(frozen=True, slots=True)
class Referral:
    """What is to be corrected, who said so, and when."""

    reason: str
    by: str
    at: datetime


def referral_of(session: Session, form: AuthorizationForm) -> Referral | None:
    """Return why a form stands referred back; None for any other form."""
    if form.state != AuthorizationState.DRAFT:
        return None
    found = session.exec(
        select(AuthorizationDecision, Person.name)
        .join(Person, col(Person.id) == AuthorizationDecision.decided_by, isouter=True)
        .where(AuthorizationDecision.form_id == form.id)
        .order_by(col(AuthorizationDecision.id).desc())
        .limit(1)
    ).first()
    if found is None or found[0].act != AuthorizationAct.REFER_BACK:
        return None
    decision, name = found
    return Referral(decision.reason, name or "The portal", decision.decided_at)


def referred_among(session: Session, form_ids: Collection[int]) -> frozenset[int]:
    """Pick the forms of one page that stand referred back."""
    found = session.exec(
        select(AuthorizationDecision.form_id)
        .join(
            AuthorizationForm,
            col(AuthorizationForm.id) == AuthorizationDecision.form_id,
        )
        .where(
            col(AuthorizationDecision.form_id).in_(form_ids),
            AuthorizationDecision.act == AuthorizationAct.REFER_BACK,
            AuthorizationForm.state == AuthorizationState.DRAFT,
        )
    )
    return frozenset(found)
