"""Accepting and declining proofs of contract, and what an accepted one changes.

Finance or whoever decides for the person looks at it, never the person. A holder's
accepted proof lets a suspended stipend go on, caps it anew at the own cost, and ends it
where the phone is prepaid by now (Lodi 2011 section 3.B.2.d, AMB-22, AMB-25).
"""

from datetime import date, datetime

from sqlmodel import Session

from mobile_selfservice.models.election import (
    ContractProof,
    ElectionState,
    ElectionStep,
    PauseCause,
    ProofState,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import month_in_words, month_of
from mobile_selfservice.policy.stipend import Standing, may_receive
from mobile_selfservice.policy.stipend_terms import StipendTerms, stipend_terms
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import ChangedMeanwhile
from mobile_selfservice.services.stipends import (
    election_decisions,
    ending,
    pauses,
    repricing,
    stipend_letters,
)
from mobile_selfservice.services.stipends.contract_proofs import SUBJECT
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.pauses import Stop

PUT_RIGHT = (PauseCause.PROOF, PauseCause.INACTIVE)
INACTIVE = "The proof shows that the phone account is not active."


def accept(
    session: Session, actor: Actor, *, proof_id: int, version: int, now: datetime
) -> str:
    """Accept a proof; say in a sentence what that changes for the person's stipend.

    Clause: Lodi 2011 §3.B.2.d. Reading: AMB-22, AMB-25, AMB-26.

    Raises:
        NotPermitted: to the person, and to anyone who does not check their proofs.
        ChangedMeanwhile: if it is no longer as it was seen.
    """
    today = review_clock.today(session, actor.employer_id, now)
    proof, person = access.proof_to_decide(session, actor, proof_id, today)
    if _done_before(actor, proof, version, ProofState.ACCEPTED):
        return proof.reason
    if proof.state != ProofState.WAITING or proof.version != version:
        raise ChangedMeanwhile("This proof")
    _decide(session, actor, proof, ProofState.ACCEPTED, now)
    outcome = _apply(session, actor, person, proof, today, now)
    proof.reason = outcome
    session.add(proof)
    _record(session, actor, proof, "proof.accepted", f"Accepted. {outcome}", now)
    stipend_letters.tell_of_proof(
        session, person, proof.id or 0, outcome, now, is_accepted=True
    )
    return outcome


def decline(
    session: Session,
    actor: Actor,
    *,
    proof_id: int,
    version: int,
    reason: str,
    now: datetime,
) -> None:
    """Decline a proof, with a reason that its person reads.

    Raises:
        NotPermitted: to the person, and to anyone who does not check their proofs.
        ChangedMeanwhile: if it is no longer as it was seen.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
    """
    today = review_clock.today(session, actor.employer_id, now)
    proof, person = access.proof_to_decide(session, actor, proof_id, today)
    told = stated_reason.stated_if_any(reason)
    is_done = _done_before(actor, proof, version, ProofState.DECLINED)
    if is_done and proof.reason == told:
        return
    if proof.state != ProofState.WAITING or proof.version != version:
        raise ChangedMeanwhile("This proof")
    proof.reason = stated_reason.stated(reason)
    _decide(session, actor, proof, ProofState.DECLINED, now)
    note = f"Declined. {proof.reason}"
    _record(session, actor, proof, "proof.declined", note, now)
    stipend_letters.tell_of_proof(
        session,
        person,
        proof.id or 0,
        f"The reason: {proof.reason}",
        now,
        is_accepted=False,
    )


def accept_with_approval(
    session: Session, actor: Actor, election: StipendElection, now: datetime
) -> None:
    """Accept the proof of an election together with it, where this person checks it.

    It counts for a stipend of another class that is held, as any accepted proof does.
    """
    proof = session.get(ContractProof, election.proof_id)
    if proof is None or proof.state != ProofState.WAITING:
        return
    today = review_clock.today(session, actor.employer_id, now)
    person = session.get_one(Person, election.person_id)
    if not access.decides_on_proof(session, actor, person, today):
        return
    _decide(session, actor, proof, ProofState.ACCEPTED, now)
    outcome = _apply(session, actor, person, proof, today, now)
    note = f"Accepted with the election. {outcome}"
    _record(session, actor, proof, "proof.accepted", note, now)


def _apply(
    session: Session,
    actor: Actor,
    person: Person,
    proof: ContractProof,
    today: date,
    now: datetime,
) -> str:
    """Carry out what an accepted proof means for a stipend that is held."""
    stipend = _held(session, person.id or 0, today)
    if stipend is None:
        return ""
    edition = policy_in_force.edition_of(session, person.employer_id)
    terms = stipend_terms(edition, today)
    if proof.is_prepaid and not terms.prepaid_allowed:
        return _end_prepaid(session, person, proof, terms, today, now)
    if not proof.is_active:
        return _stop_inactive(session, actor, person, stipend, today, now)
    paid_from = pauses.next_month(today)
    restored = pauses.lift(session, stipend.id or 0, PUT_RIGHT, paid_from)
    repriced = repricing.reprice(
        session, actor, stipend, repricing.by_proof(proof), paid_from, now
    )
    if restored is None:
        return repriced
    note = restore(session, actor, person, restored, now)
    return f"{note} {repriced}".strip()


def restore(
    session: Session,
    actor: Actor,
    person: Person,
    paid_from: date,
    now: datetime,
) -> str:
    """Let a suspended stipend go on, once nothing stops it; say from which month."""
    election = ending.election_held_by(session, person.id or 0)
    note = f"Paid again from {month_in_words(paid_from)}."
    if election is None or election.state != ElectionState.SUSPENDED:
        return note
    if pauses.open_pauses(session, election.stipend_id or 0):
        return "The stipend stays suspended for another reason."
    edition = policy_in_force.edition_of(session, person.employer_id)
    terms = stipend_terms(edition, paid_from)
    step = Step(
        f"whole months: what is put right in a month is paid from the next, "
        f"{month_in_words(paid_from)}",
        terms.contract_clause,
        None,
        "AMB-26",
    )
    decision = Decision(
        step=ElectionStep.RESTORED,
        note=note,
        facts={"paid from": paid_from.isoformat()},
        working=(step,),
        edition=edition.id,
    )
    has_begun = election.first_month is None or election.first_month <= now.date()
    state = ElectionState.ACTIVE if has_begun else ElectionState.DEFERRED
    election_decisions.decide(session, actor, election, state, decision, now)
    stipend_letters.tell_of_restoring(session, person, paid_from, now)
    return note


def _held(session: Session, person_id: int, today: date) -> Stipend | None:
    rows = ending.held_from_now(session, person_id, month_of(today))
    going_on = [row for row in rows if row.held_until is None]
    return going_on[-1] if going_on else None


def _end_prepaid(
    session: Session,
    person: Person,
    proof: ContractProof,
    terms: StipendTerms,
    today: date,
    now: datetime,
) -> str:
    ruling = may_receive(Standing(is_prepaid=proof.is_prepaid), terms)
    last = ending.end_stipend(session, None, person.id or 0, today, ruling.why_not, now)
    return f"{ruling.why_not} The stipend ends with {month_in_words(last)}."


def _stop_inactive(
    session: Session,
    actor: Actor,
    person: Person,
    stipend: Stipend,
    today: date,
    now: datetime,
) -> str:
    since = pauses.next_month(today)
    stop = Stop(PauseCause.INACTIVE, since, INACTIVE)
    made = pauses.pause(session, actor, stipend, stop, now)
    if made is not None:
        note_suspension(session, actor, person, made.paused_from, stop, now)
    return f"{INACTIVE} It is not paid from {month_in_words(since)}."


def note_suspension(
    session: Session,
    actor: Actor | None,
    person: Person,
    since: date,
    stop: Stop,
    now: datetime,
) -> None:
    """Write a suspension down with the election, and tell the person."""
    election = ending.election_held_by(session, person.id or 0)
    if election is not None:
        decision = Decision(
            step=ElectionStep.SUSPENDED,
            note=f"Suspended from {month_in_words(since)}. {stop.reason}",
            reason=stop.reason,
            facts={"cause": stop.cause.value, "from": since.isoformat()},
        )
        election_decisions.decide(
            session, actor, election, ElectionState.SUSPENDED, decision, now
        )
    stipend_letters.tell_of_pause(session, person, since, stop.reason, now)


def _decide(
    session: Session,
    actor: Actor,
    proof: ContractProof,
    state: ProofState,
    now: datetime,
) -> None:
    proof.state, proof.decided_by, proof.decided_at = state, actor.person_id, now
    proof.version += 1
    session.add(proof)
    session.flush()


def _done_before(
    actor: Actor, proof: ContractProof, version: int, state: ProofState
) -> bool:
    is_same = proof.state == state and proof.version in (version, version + 1)
    return is_same and proof.decided_by == actor.person_id


def _record(
    session: Session,
    actor: Actor,
    proof: ContractProof,
    act: str,
    note: str,
    now: datetime,
) -> None:
    facts = {"monthly_cost": dollars(proof.monthly_cost)}
    event = Event(act, SUBJECT, proof.id or 0, note.strip(), facts)
    history.record(session, actor, event, now)
