"""A submitted claim as it is printed: what was signed, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from mobile_selfservice.models.business_claim import ClaimDecision
from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.services import access, printed, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.claims import signed_claim, submission
from mobile_selfservice.services.refusals import NotPermitted


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to the claim, in words for paper."""

    answer: str
    by: str
    on: str
    reason: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ClaimPaper:
    """What was signed last, who signed when, and the answers to it.

    `issued` is the second of the newest act: the paper is the same each time until
    something happens. The numbers called are masked for who does not decide.
    """

    claim_id: int
    sequence: int
    record: Mapping[str, Any]
    numbers: tuple[str, ...]
    fingerprint: str
    signed_by: str
    signed_on: str
    answers: tuple[Answered, ...]
    issued: int


def paper(
    session: Session, actor: Actor, *, claim_id: int, now: datetime
) -> ClaimPaper:
    """Return what was handed in last, for whoever may read the claim.

    Raises:
        NotPermitted: to anyone else, and while nothing was handed in.
    """
    today = review_clock.today(session, actor.employer_id, now)
    claim = access.seen_claim(session, actor, claim_id, on=today)
    signed = submission.newest(session, claim_id)
    if signed is None:
        raise NotPermitted
    zone = session.get_one(Employer, claim.employer_id).time_zone
    decisions = session.exec(
        select(ClaimDecision)
        .where(ClaimDecision.submission_id == signed.id)
        .order_by(col(ClaimDecision.id))
    ).all()
    is_shown = claim.person_id == actor.person_id or access.decides_on_claim(
        session, actor, claim, on=today
    )
    record = signed.record if is_shown else signed_claim.masked(signed.record)
    moments = [signed.submitted_at, *(each.decided_at for each in decisions)]
    return ClaimPaper(
        claim_id=claim_id,
        sequence=signed.sequence,
        record=record,
        numbers=tuple(printed.phone(call["number"]) for call in record["calls"]),
        fingerprint=signed.fingerprint,
        signed_by=session.get_one(Person, signed.submitted_by).name,
        signed_on=printed.moment(signed.submitted_at, zone),
        answers=tuple(_answered(session, each, zone) for each in decisions),
        issued=int(max(moments).timestamp()),
    )


def _answered(session: Session, found: ClaimDecision, zone: str) -> Answered:
    return Answered(
        answer=found.answer,
        by=session.get_one(Person, found.decided_by).name,
        on=printed.moment(found.decided_at, zone),
        reason=found.reason,
        reference=found.reference,
        amount=found.amount,
    )
