"""What a director decides on a claim, and finance paying it.

Nobody decides on or pays their own; who approved a claim does not pay it. What is
approved is what was worked out and signed when the claim was handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, select

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimAnswer,
    ClaimDecision,
    ClaimState,
    ClaimSubmission,
)
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.services import (
    access,
    history,
    payment_reference,
    policy_in_force,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.claims import claim_letters, readiness, submission
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.kept_record import RecordDiffers, refuse_altered
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted, Refused

BECOMES = {
    ClaimAnswer.APPROVED: ClaimState.APPROVED,
    ClaimAnswer.RETURNED: ClaimState.RETURNED,
    ClaimAnswer.REFUSED: ClaimState.REFUSED,
    ClaimAnswer.PAID: ClaimState.PAID,
}
NOTES = {
    ClaimAnswer.APPROVED: "Claim approved: {amount}. {reason}",
    ClaimAnswer.RETURNED: "Claim sent back: {reason}",
    ClaimAnswer.REFUSED: "Claim refused: {reason}",
    ClaimAnswer.PAID: "Claim paid: {amount}, {reference}",
}


class OutageNotConfirmed(Refused):
    """The director has not said that the employer's phone did not work."""

    def __init__(self) -> None:
        super().__init__(
            "This claim rests on days on which the City phone did not work. Confirm "
            "those days, or send the claim back. Nothing was decided."
        )


class StandsAgainst(Refused):
    """What was recorded since the claim was handed in speaks against its calls."""

    def __init__(self, reasons: Sequence[str], *, is_paying: bool = False) -> None:
        what = "paid" if is_paying else "approved"
        then = "Send it back to be corrected. Nothing was decided."
        if is_paying:
            then = "Ask the director to send it back. Nothing was recorded."
        super().__init__(
            f"By what is on record now, this claim cannot be {what}. "
            f"{' '.join(reasons)} {then}"
        )


class NothingToPay(Refused):
    """The claim comes to nothing."""

    def __init__(self) -> None:
        super().__init__("This claim comes to $0.00, so there is nothing to pay.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a director makes of a claim, as they saw it at this version."""

    answer: ClaimAnswer
    version: int
    reason: str = ""
    confirms_outage: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a claim, and whether this click did it."""

    state: str
    amount: Decimal
    is_new: bool = True


def decide(
    session: Session, actor: Actor, *, claim_id: int, verdict: Verdict, now: datetime
) -> Decided:
    """Approve a claim as it was worked out and signed, send it back, or refuse it.

    Where the claim rests on an outage of the City phone, whoever approves confirms its
    days. Sending back and refusing need a reason; the calls of a refused claim may
    stand in another one. An approved claim that is not paid yet may still be sent back.

    Clause: Lodi 2011 §3.B.3. Reading: AMB-17.

    Raises:
        NotPermitted: to the employee, and to anyone but their director.
        OutageNotConfirmed: if the outage is not confirmed.
        RecordDiffers: if the record is not what was signed.
        StandsAgainst: if a stipend or a City phone recorded since excludes a call.
        ChangedMeanwhile: if it is no longer as the person saw it.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
    """
    if verdict.answer is ClaimAnswer.PAID:
        raise NotPermitted
    today = review_clock.today(session, actor.employer_id, now)
    claim = access.decided_claim(session, actor, claim_id, on=today, lock=True)
    answer = verdict.answer
    told = stated_reason.stated_if_any(verdict.reason)
    if _done_before(session, actor, claim, verdict.version, answer, told):
        return _said(claim, is_new=False)
    is_unpaid = answer is ClaimAnswer.RETURNED and claim.state == ClaimState.APPROVED
    awaited = ClaimState.APPROVED if is_unpaid else ClaimState.SUBMITTED
    _refuse_if_changed(claim, verdict.version, awaited)
    signed = _signed(session, claim)
    decision = _decision(signed, actor, answer, now)
    if answer is ClaimAnswer.APPROVED:
        if claim.outage_from is not None and not verdict.confirms_outage:
            raise OutageNotConfirmed
        _refuse_altered(claim, signed)
        _refuse_what_stands_against(session, claim, signed)
        decision.amount = signed.amount
        decision.reason = stated_reason.stated_if_any(verdict.reason)
    else:
        decision.reason = stated_reason.stated(verdict.reason)
    return _decide(session, actor, claim, decision, now)


def pay(
    session: Session,
    actor: Actor,
    *,
    claim_id: int,
    version: int,
    reference: str,
    now: datetime,
) -> Decided:
    """Record that finance has paid an approved claim, and under which reference.

    Clause: Lodi 2011 §3.B.3.

    Raises:
        NotPermitted: to the payee, to who approved it, and to anyone but finance.
        ChangedMeanwhile: if it is no longer as the person saw it.
        NothingToPay: if it comes to nothing.
        StandsAgainst: if a stipend or a City phone recorded since excludes a call.
        RecordDiffers: if the record is not what was signed.
        TextNeeded, CardNumberTyped, NumberInReason: if the reference cannot be kept.
    """
    claim = access.paid_claim(session, actor, claim_id, lock=True)
    told = payment_reference.given(reference)
    if _done_before(session, actor, claim, version, ClaimAnswer.PAID, told):
        return _said(claim, is_new=False)
    _refuse_if_changed(claim, version, ClaimState.APPROVED)
    if not claim.amount:
        raise NothingToPay
    signed = _signed(session, claim)
    _refuse_altered(claim, signed)
    _refuse_what_stands_against(session, claim, signed, is_paying=True)
    decision = _decision(signed, actor, ClaimAnswer.PAID, now)
    decision.amount = signed.amount
    decision.reference = payment_reference.given(reference)
    return _decide(session, actor, claim, decision, now)


def _signed(session: Session, claim: BusinessClaim) -> ClaimSubmission:
    signed = submission.newest(session, claim.id or 0)
    if signed is None:
        raise NotPermitted
    return signed


def _refuse_altered(claim: BusinessClaim, signed: ClaimSubmission) -> None:
    amounts = {claim.amount, signed.amount, Decimal(signed.record["amount"])}
    if len(amounts) > 1:
        raise RecordDiffers("claim")
    refuse_altered(signed.record, signed.fingerprint, "claim")


def _refuse_what_stands_against(
    session: Session,
    claim: BusinessClaim,
    signed: ClaimSubmission,
    *,
    is_paying: bool = False,
) -> None:
    """Ask of each claimed day again: a stipend or a phone may be recorded later."""
    days = {
        datetime.fromisoformat(call["at"]).date() for call in signed.record["calls"]
    }
    edition = policy_in_force.edition_of(session, claim.employer_id)
    reasons = readiness.against_days(session, claim, days, edition)
    if reasons:
        raise StandsAgainst(reasons, is_paying=is_paying)


def _decision(
    signed: ClaimSubmission, actor: Actor, answer: ClaimAnswer, now: datetime
) -> ClaimDecision:
    return ClaimDecision(
        claim_id=signed.claim_id,
        submission_id=signed.id or 0,
        answer=answer,
        amount=ZERO,
        decided_by=actor.person_id,
        decided_at=now,
    )


def _decide(
    session: Session,
    actor: Actor,
    claim: BusinessClaim,
    decision: ClaimDecision,
    now: datetime,
) -> Decided:
    answer = ClaimAnswer(decision.answer)
    claim.state = BECOMES[answer]
    claim.version += 1
    session.add_all([claim, decision])
    session.flush()
    note = NOTES[answer].format(
        amount=dollars(decision.amount),
        reason=decision.reason,
        reference=decision.reference,
    )
    details = {"decision": decision.id, "submission": decision.submission_id}
    event = Event(f"claim.{answer}", "claim", claim.id or 0, note.strip(), details)
    history.record(session, actor, event, now)
    claim_letters.tell_employee(session, claim, decision, now)
    return _said(claim)


def _done_before(
    session: Session,
    actor: Actor,
    claim: BusinessClaim,
    version: int,
    answer: ClaimAnswer,
    told: str,
) -> bool:
    """Tell whether the same person has just decided the same: a second click.

    `told` is the reason, or the reference of a payment: with another it is another act.
    """
    # The first click may have told the tab the new version before the second came.
    if claim.state != BECOMES[answer] or claim.version not in (version, version + 1):
        return False
    signed = _signed(session, claim)
    found = session.exec(
        select(ClaimDecision).where(
            ClaimDecision.submission_id == signed.id, ClaimDecision.answer == answer
        )
    ).first()
    if found is None or found.decided_by != actor.person_id:
        return False
    return told == (found.reference if answer is ClaimAnswer.PAID else found.reason)


def _refuse_if_changed(claim: BusinessClaim, version: int, state: ClaimState) -> None:
    if claim.state != state or claim.version != version:
        raise ChangedMeanwhile("This claim")


def _said(claim: BusinessClaim, *, is_new: bool = True) -> Decided:
    return Decided(claim.state, claim.amount or ZERO, is_new)
