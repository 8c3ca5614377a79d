"""Handing a claim in: what would be signed, and signing exactly that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimState,
    ClaimSubmission,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    review_clock,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.claims import (
    call_list,
    claim_letters,
    readiness,
    signed_claim,
    worked_claim,
)
from mobile_selfservice.services.claims.drafts import OPEN
from mobile_selfservice.services.claims.worked_claim import WorkedClaim
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused
from mobile_selfservice.services.statements.signed_record import fingerprint


class NotReady(Refused):
    """Something on the claim must be settled before it can be handed in."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This claim cannot be handed in yet. {why}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would be signed now; `why_not` says what must be settled before."""

    record: dict[str, Any]
    fingerprint: str
    worked: WorkedClaim
    why_not: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A claim that is handed in, and whether this click did it."""

    claim_id: int
    submission: ClaimSubmission
    is_new: bool = True


def prepare(session: Session, claim: BusinessClaim, now: datetime) -> Prepared:
    """Work out what the employee would sign. The caller checks access."""
    edition = policy_in_force.edition_of(session, claim.employer_id)
    today = review_clock.today(session, claim.employer_id, now)
    calls = call_list.claimed_calls(session, claim.id or 0)
    worked = worked_claim.work_out(session, claim, calls, edition, today)
    found = readiness.readiness(session, claim, calls, edition, today)
    why_not = found.why_not
    if worked.problem and worked.problem not in why_not:
        why_not = (*why_not, worked.problem)
    record = signed_claim.record_of(session, claim, calls, worked, edition, today)
    record["notes"] = list(found.notes)
    return Prepared(record, fingerprint(record), worked, why_not, found.notes)


def submit(
    session: Session,
    actor: Actor,
    *,
    claim_id: int,
    version: int,
    signed: str,
    now: datetime,
) -> Submitted:
    """Sign a claim and hand it in, if it is still exactly what was shown.

    `signed` is the fingerprint of what was shown. Handing the same in twice, as a
    double click does, answers with the first.

    Clause: Lodi 2011 §3.B.3.

    Raises:
        NotPermitted: to anyone but the employee.
        NotReady: if something must be settled before.
        ChangedMeanwhile: if terms, calls, figures or words differ from what was shown.
    """
    # The person's row first: two claims of one person share a month's limit.
    session.get_one(Person, actor.person_id, with_for_update=True)
    claim = access.own_claim(session, actor, claim_id, lock=True)
    if claim.state not in OPEN:
        return _before(session, claim, signed)
    if claim.version != version:
        raise ChangedMeanwhile("This claim")
    drafted = prepare(session, claim, now)
    if drafted.why_not:
        raise NotReady(" ".join(drafted.why_not))
    if drafted.fingerprint != signed:
        raise ChangedMeanwhile("What you are about to sign")
    return _sign(session, actor, claim, drafted, now)


def newest(session: Session, claim_id: int) -> ClaimSubmission | None:
    """Return what was handed in last, if anything. The caller checks access."""
    return session.exec(
        select(ClaimSubmission)
        .where(ClaimSubmission.claim_id == claim_id)
        .order_by(col(ClaimSubmission.sequence).desc())
    ).first()


def _before(session: Session, claim: BusinessClaim, signed: str) -> Submitted:
    found = newest(session, claim.id or 0)
    if (
        found is None
        or found.fingerprint != signed
        or claim.state != ClaimState.SUBMITTED
    ):
        raise ChangedMeanwhile("This claim")
    return Submitted(claim.id or 0, found, is_new=False)


def _sign(
    session: Session,
    actor: Actor,
    claim: BusinessClaim,
    drafted: Prepared,
    now: datetime,
) -> Submitted:
    before = newest(session, claim.id or 0)
    worked = drafted.worked
    submission = ClaimSubmission(
        claim_id=claim.id or 0,
        sequence=before.sequence + 1 if before else 1,
        amount=worked.amount,
        taxable=worked.taxable,
        by_month=drafted.record["by_month"],
        is_unlimited=worked.is_unlimited,
        edition=drafted.record["policy"]["id"],
        fingerprint=drafted.fingerprint,
        record=drafted.record,
        submitted_by=actor.person_id,
        submitted_at=now,
        submitted_on=review_clock.today(session, claim.employer_id, now),
    )
    call_list.forget_unclaimed(session, claim.id or 0)
    claim.state, claim.amount = ClaimState.SUBMITTED, worked.amount
    claim.version += 1
    session.add_all([submission, claim])
    session.flush()
    note = f"Claim handed in: {dollars(worked.amount)}"
    details = {"submission": submission.id, "fingerprint": drafted.fingerprint}
    event = Event("claim.submitted", "claim", claim.id or 0, note, details)
    history.record(session, actor, event, now)
    if worked.is_unlimited:
        note = "The plan has no limit of minutes, so its calls have no price (AMB-16)"
        event = Event("claim.unlimited", "claim", claim.id or 0, note)
        history.record_system(session, claim.employer_id, event, now)
    claim_letters.tell_deciders(session, claim, submission, now)
    return Submitted(claim.id or 0, submission)
