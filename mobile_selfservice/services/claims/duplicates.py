"""The same call claimed twice: one person, one moment, one number, two claims."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimCall,
    ClaimState,
)

STANDING = (ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.PAID)


def claimed_elsewhere(
    session: Session, claim: BusinessClaim, calls: Collection[tuple[datetime, str]]
) -> Sequence[ClaimCall]:
    """Return the calls of other claims of the person that stand, among those given."""
    if not calls:
        return ()
    wanted = set(calls)
    found = session.exec(
        select(ClaimCall)
        .join(BusinessClaim, col(BusinessClaim.id) == ClaimCall.claim_id)
        .where(
            BusinessClaim.person_id == claim.person_id,
            BusinessClaim.id != claim.id,
            col(BusinessClaim.state).in_(STANDING),
            col(ClaimCall.is_claimed).is_(True),
            col(ClaimCall.started) >= min(started for started, _ in wanted),
            col(ClaimCall.started) <= max(started for started, _ in wanted),
        )
        .order_by(col(ClaimCall.claim_id), col(ClaimCall.started))
    )
    return [call for call in found if (call.started, call.number) in wanted]
