"""Proving one's own phone contract: typing what it says, and handing in the paper.

Only the employee's own line counts, with taxes (AMB-22). What was handed in stays as it
is; another paper is another proof and takes the place of one nobody has looked at.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.election import (
    ContractProof,
    ElectionState,
    ElectionStep,
    ProofState,
    StipendElection,
)
from mobile_selfservice.services import (
    access,
    free_text,
    history,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted, Refused
from mobile_selfservice.services.stipends import election_decisions
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.proof_files import KeptProof
from mobile_selfservice.services.stipends.proof_standing import newest_proof

SUBJECT = "contract_proof"
LONGEST = 80
MOST_A_DAY = 20  # papers of one person: enough for every mistake, and no more disk
TAKING = (
    ElectionState.DRAFT,
    ElectionState.ASKED,
    ElectionState.APPROVED,
    ElectionState.WITH_PAYROLL,
)


class TooManyToday(Refused):
    """The person handed in as many papers today as a day takes."""

    def __init__(self) -> None:
        super().__init__(
            f"You handed in {MOST_A_DAY} papers today: a day takes no more. "
            "Hand this one in tomorrow."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What an employee says of the own contract; no end where it runs on."""

    carrier: str
    plan: str
    monthly_cost: Decimal
    is_prepaid: bool
    is_active: bool
    contract_end: date | None


def type_contract(
    session: Session, actor: Actor, *, contract: Contract, now: datetime
) -> int:
    """Keep what the own contract says until its paper is handed in; return its number.

    Raises:
        TextNeeded, CardNumberTyped, NumberInReason: if the carrier or the plan cannot
            be kept.
    """
    carrier = free_text.needed(contract.carrier, "The carrier", LONGEST, 2)
    plan = free_text.needed(contract.plan, "The plan", LONGEST, 2)
    stated_reason.without_numbers(carrier, "the carrier's name")
    stated_reason.without_numbers(plan, "the plan's name")
    draft = newest_proof(session, actor.person_id, ProofState.DRAFT)
    if draft is None:
        draft = ContractProof(
            employer_id=actor.employer_id,
            person_id=actor.person_id,
            carrier=carrier,
            plan=plan,
            monthly_cost=contract.monthly_cost,
            is_prepaid=contract.is_prepaid,
            is_active=contract.is_active,
            typed_at=now,
        )
    draft.carrier, draft.plan = carrier, plan
    draft.monthly_cost = contract.monthly_cost
    draft.is_prepaid, draft.is_active = contract.is_prepaid, contract.is_active
    draft.contract_end, draft.typed_at = contract.contract_end, now
    draft.version += 1
    session.add(draft)
    session.flush()
    return draft.id or 0


def draft_of(
    session: Session, actor: Actor, *, proof_id: int, now: datetime
) -> ContractProof:
    """Return a proof whose paper its employee may hand in, before anything is kept.

    Raises:
        NotPermitted: to anyone else.
        ChangedMeanwhile: if it was looked at or withdrawn.
        TooManyToday: if it would be one too many.
    """
    proof = access.own_proof(session, actor, proof_id)
    if proof.state not in (ProofState.DRAFT, ProofState.WAITING):
        raise ChangedMeanwhile("This proof")
    if proof.state == ProofState.DRAFT:
        _refuse_too_many(
            session, actor, review_clock.today(session, actor.employer_id, now)
        )
    return proof


def is_kept_for(session: Session, actor: Actor, *, sha256: str, now: datetime) -> bool:
    """Tell whether any proof rests on a kept file, so that it has to stay."""
    found = select(ContractProof.id).where(ContractProof.file_sha256 == sha256)
    return session.exec(found).first() is not None


def open_paper(
    session: Session, actor: Actor, *, proof_id: int, now: datetime
) -> KeptProof:
    """Open a proof's paper; that somebody else did is written down.

    Raises:
        NotPermitted: to anyone but the employee, who checks it, and an auditor.
    """
    today = review_clock.today(session, actor.employer_id, now)
    proof = access.seen_proof(session, actor, proof_id, today)
    if not proof.file_sha256:
        raise NotPermitted
    if proof.person_id != actor.person_id:
        event = Event(
            "proof.opened", SUBJECT, proof.id or 0, "Proof of contract opened"
        )
        history.record(session, actor, event, now)
    return KeptProof(
        proof.file_name, proof.file_kind, proof.file_sha256, proof.file_size
    )


def hand_in(
    session: Session,
    actor: Actor,
    *,
    proof_id: int,
    file: KeptProof,
    now: datetime,
) -> ContractProof:
    """Hand in the paper that shows what was typed.

    An older proof that nobody has looked at is withdrawn. An election that is not
    decided yet rests on the new one from now on.

    Raises:
        NotPermitted: to anyone else.
        ChangedMeanwhile: if another paper was handed in for it.
        TooManyToday: if it would be one too many.
    """
    proof = access.own_proof(session, actor, proof_id, lock=True)
    if proof.state == ProofState.WAITING and proof.file_sha256 == file.sha256:
        return proof
    if proof.state != ProofState.DRAFT:
        raise ChangedMeanwhile("This proof")
    today = review_clock.today(session, actor.employer_id, now)
    _refuse_too_many(session, actor, today)
    _withdraw_waiting(session, actor, now)
    proof.file_name, proof.file_kind = file.name, file.kind
    proof.file_sha256, proof.file_size = file.sha256, file.size
    proof.state = ProofState.WAITING
    proof.handed_in_on = today
    proof.version += 1
    session.add(proof)
    session.flush()
    note = f"Proof of contract handed in: {proof.carrier}, {proof.plan}"
    event = Event("proof.handed_in", SUBJECT, proof.id or 0, note)
    history.record(session, actor, event, now)
    _rest_on(session, actor, proof, now)
    return proof


def _refuse_too_many(session: Session, actor: Actor, today: date) -> None:
    handed_in = session.exec(
        select(func.count())
        .select_from(ContractProof)
        .where(
            ContractProof.person_id == actor.person_id,
            ContractProof.handed_in_on == today,
        )
    ).one()
    if handed_in >= MOST_A_DAY:
        raise TooManyToday


def _withdraw_waiting(session: Session, actor: Actor, now: datetime) -> None:
    older = newest_proof(session, actor.person_id, ProofState.WAITING)
    if older is None:
        return
    older.state = ProofState.WITHDRAWN
    older.version += 1
    session.add(older)
    session.flush()
    note = "Withdrawn: the employee handed in a newer proof"
    event = Event("proof.withdrawn", SUBJECT, older.id or 0, note)
    history.record(session, actor, event, now)


def _rest_on(
    session: Session, actor: Actor, proof: ContractProof, now: datetime
) -> None:
    """Let the open election rest on a new proof; what was worked out is done again."""
    election = session.exec(
        select(StipendElection).where(
            StipendElection.person_id == actor.person_id,
            col(StipendElection.state).in_(TAKING),
        )
    ).first()
    if election is None:
        return
    election.proof_id = proof.id
    session.add(election)
    if election.state == ElectionState.WITH_PAYROLL:
        note = "A new proof of contract came in: the stipend is worked out again"
        decision = Decision(step=ElectionStep.REOPENED, note=note)
        election_decisions.decide(
            session, actor, election, ElectionState.APPROVED, decision, now
        )
    else:
        election.version += 1
    session.flush()
