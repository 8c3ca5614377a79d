"""The doors to claims for business calls: one's own, to decide on, to pay, to read.

Nobody decides on, pays or looks through a claim of their own from the other side, and
who approved one does not pay it (POLICY.md 8, Lodi 2011 section 3.B.3).
"""

from datetime import date

from sqlmodel import Session, select

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimAnswer,
    ClaimDecision,
    ClaimSubmission,
)
from mobile_selfservice.services.access.phones import (
    colleague,
    decides_for,
    reads_of,
    works_for,
)
from mobile_selfservice.services.access.reach import READERS
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.refusals import NotPermitted

# Who may have a claim to read; which claim, its door decides.
CLAIM_READERS = (
    Role.EMPLOYEE,
    Role.DIRECTOR,
    Role.FINANCE,
    Role.DCM,
    Role.CITY_MANAGER,
    Role.AUDITOR,
)
CLAIM_REVIEWERS = CLAIM_READERS[1:]


def own_claim(
    session: Session, actor: Actor, claim_id: int, *, lock: bool = False
) -> BusinessClaim:
    """Return a claim to the employee whose it is."""
    claim = _claim(session, actor, claim_id, lock=lock)
    if claim.person_id != actor.person_id:
        raise NotPermitted
    return claim


def decided_claim(
    session: Session, actor: Actor, claim_id: int, *, on: date, lock: bool = False
) -> BusinessClaim:
    """Return a submitted claim to the one who decides on it, never the employee.

    A director's claim goes to the Deputy City Manager or the City Manager (AMB-46).
    """
    claim = _submitted(session, actor, claim_id, lock=lock)
    if not decides_on_claim(session, actor, claim, on=on):
        raise NotPermitted
    return claim


def paid_claim(
    session: Session, actor: Actor, claim_id: int, *, lock: bool = False
) -> BusinessClaim:
    """Return a claim to finance that pays it: never the payee, nor who approved it."""
    claim = _submitted(session, actor, claim_id, lock=lock)
    if not pays_claim(session, actor, claim):
        raise NotPermitted
    return claim


def seen_claim(
    session: Session, actor: Actor, claim_id: int, *, on: date
) -> BusinessClaim:
    """Return a claim to its employee; once it was submitted, to whoever may read it."""
    claim = _claim(session, actor, claim_id)
    if claim.person_id == actor.person_id:
        return claim
    if not _was_submitted(session, claim):
        raise NotPermitted
    person = colleague(session, actor, claim.person_id)
    reads = reads_of(session, actor, person, Role.FINANCE, *READERS)
    if not reads and not decides_for(session, actor, person, on=on):
        raise NotPermitted
    return claim


def decides_on_claim(
    session: Session, actor: Actor, claim: BusinessClaim, *, on: date
) -> bool:
    """Tell whether a person is the one to approve, return or refuse a claim."""
    person = colleague(session, actor, claim.person_id)
    return decides_for(session, actor, person, on=on)


def pays_claim(session: Session, actor: Actor, claim: BusinessClaim) -> bool:
    """Tell whether a person may pay a claim: finance, other than payee and approver."""
    person = colleague(session, actor, claim.person_id)
    if not works_for(session, actor, person, Role.FINANCE):
        return False
    approved = session.exec(
        select(ClaimDecision.id).where(
            ClaimDecision.claim_id == claim.id,
            ClaimDecision.answer == ClaimAnswer.APPROVED,
            ClaimDecision.decided_by == actor.person_id,
        )
    ).first()
    return approved is None


def _claim(
    session: Session, actor: Actor, claim_id: int, *, lock: bool = False
) -> BusinessClaim:
    found = session.get(BusinessClaim, claim_id, with_for_update=lock)
    if found is None or found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def _submitted(
    session: Session, actor: Actor, claim_id: int, *, lock: bool
) -> BusinessClaim:
    claim = _claim(session, actor, claim_id, lock=lock)
    if not _was_submitted(session, claim):
        raise NotPermitted
    return claim


def _was_submitted(session: Session, claim: BusinessClaim) -> bool:
    found = session.exec(
        select(ClaimSubmission.id).where(ClaimSubmission.claim_id == claim.id)
    ).first()
    return found is not None
