"""The same call claimed twice: one person, one minute, one number."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimCall,
    ClaimState,
)

ONE_MINUTE = timedelta(minutes=1)
STANDING = (ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.PAID)


def minute_of(started: datetime) -> datetime:
    """Return the minute in which a call began: no bill tells calls apart within one."""
    return started.replace(second=0, microsecond=0)


def claimed_elsewhere(
    session: Session, claim: BusinessClaim, calls: Collection[tuple[datetime, str]]
) -> Sequence[ClaimCall]:
    """Return the calls of other claims of the person that stand, among those given."""
    if not calls:
        return ()
    wanted = {(minute_of(started), number) for started, number in calls}
    found = session.exec(
        select(ClaimCall)
        .join(BusinessClaim, col(BusinessClaim.id) == ClaimCall.claim_id)
        .where(
            BusinessClaim.person_id == claim.person_id,
            BusinessClaim.id != claim.id,
            col(BusinessClaim.state).in_(STANDING),
            col(ClaimCall.is_claimed).is_(True),
            col(ClaimCall.started) >= min(started for started, _ in wanted),
            col(ClaimCall.started) < max(at for at, _ in wanted) + ONE_MINUTE,
        )
        .order_by(col(ClaimCall.claim_id), col(ClaimCall.started))
    )
    return [call for call in found if (minute_of(call.started), call.number) in wanted]
