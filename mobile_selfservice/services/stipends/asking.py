"""Asking for a stipend in place of a City phone: the employee's own part.

One election at a time: what is typed is kept in a draft, and sending it twice sends it
once. What can never be granted, such as a stipend for a prepaid phone, is said at once
and not sent (Lodi 2011 section 3.B.2.d).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import (
    OPEN_STATES,
    ContractProof,
    ElectionState,
    ElectionStep,
    ProofState,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.policy.stipend import Standing, may_receive
from mobile_selfservice.policy.stipend_terms import stipend_terms
from mobile_selfservice.services import (
    access,
    free_text,
    policy_in_force,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.person_turn import take_turn
from mobile_selfservice.services.refusals import ChangedMeanwhile
from mobile_selfservice.services.stipends import class_change, election_decisions
from mobile_selfservice.services.stipends.contract_proofs import Contract, type_contract
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.refused_words import (
    AgainstPolicy,
    OpenAlready,
    ProofNeeded,
)

LONGEST_DUTIES = 800
LONGEST_MODEL = 80
CANNOT_ASK = "This stipend cannot be asked for."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an employee asks for, and for which phone.

    `duties` say why the work needs it; `needs_voice` that it needs calls, so that a
    smart phone that does not qualify leaves the smaller stipend (AMB-21).
    """

    stipend_class: StipendClass
    duties: str
    needs_voice: bool
    device_model: str
    device_synchronizes: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """The numbers of a draft and of the proof that its paper is handed in for."""

    election_id: int
    version: int
    proof_id: int


def save(
    session: Session,
    actor: Actor,
    *,
    wish: Wish,
    contract: Contract | None,
    now: datetime,
) -> Drafted:
    """Keep what is typed; nobody else sees it yet.

    `contract` is None where the paper handed in before still shows it. Who holds a
    stipend may ask for another class, which takes over once it is entered.

    Raises:
        HeldAlready: if the person holds that class of stipend or waits for one.
        HeldSuspended: if the one they hold is not paid at the moment.
        OpenAlready: if the election is with somebody else.
        TextNeeded, CardNumberTyped, NumberInReason: if a text is missing, too long or
            not to be kept.
    """
    today = review_clock.today(session, actor.employer_id, now)
    take_turn(session, actor.person_id)
    class_change.refuse_unless_other(
        session, actor.person_id, wish.stipend_class, today
    )
    draft = open_election(session, actor.person_id)
    if draft is None:
        draft = _begun(session, actor, wish, now)
    if draft.state != ElectionState.DRAFT:
        raise OpenAlready
    _fill(draft, wish)
    if contract is not None:
        draft.proof_id = type_contract(session, actor, contract=contract, now=now)
    elif draft.proof_id is None:
        kept = class_change.kept_proof(session, actor.person_id, today)
        draft.proof_id = kept.id if kept else None
    session.add(draft)
    session.flush()
    return Drafted(draft.id or 0, draft.version, draft.proof_id or 0)


def submit(
    session: Session, actor: Actor, *, election_id: int, version: int, now: datetime
) -> StipendElection:
    """Send the election to whoever approves it.

    Raises:
        NotPermitted: to anyone else.
        ChangedMeanwhile: if it is no longer as the person saw it.
        HeldAlready, HeldSuspended: as `save` does.
        ProofNeeded: if no paper was handed in.
        AgainstPolicy: if it could never be granted: a prepaid phone, no contract.
    """
    election = access.own_election(session, actor, election_id, lock=True)
    step = ElectionStep.ASKED
    if election_decisions.done_before(session, actor, election, version, step):
        return election
    if election.state != ElectionState.DRAFT or election.version != version:
        raise ChangedMeanwhile("This election")
    today = review_clock.today(session, actor.employer_id, now)
    class_change.refuse_unless_other(
        session, actor.person_id, election.stipend_class, today
    )
    proof = _proof(session, election)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    ruling = may_receive(
        Standing(
            has_active_contract=proof.is_active,
            is_prepaid=proof.is_prepaid,
            has_city_device=False,  # it is given back before Information Systems checks
        ),
        stipend_terms(edition, today),
    )
    if not ruling.is_allowed:
        raise AgainstPolicy(CANNOT_ASK, ruling)
    election.asked_on = today
    decision = Decision(
        step=step,
        note=f"Asked for the {election.stipend_class} stipend",
        facts=_said(election, proof),
        edition=edition.id,
    )
    election_decisions.decide(
        session, actor, election, ElectionState.ASKED, decision, now
    )
    return election


def withdraw(
    session: Session,
    actor: Actor,
    *,
    election_id: int,
    version: int,
    reason: str,
    now: datetime,
) -> None:
    """Take an election back before it is entered; another can be made at once.

    Raises:
        NotPermitted: to anyone else.
        ChangedMeanwhile: if it is no longer as the person saw it.
        CardNumberTyped, NumberInReason, TextNeeded: if the reason cannot be kept.
    """
    election = access.own_election(session, actor, election_id, lock=True)
    step = ElectionStep.WITHDRAWN
    if election_decisions.done_before(session, actor, election, version, step):
        return
    if election.state not in OPEN_STATES or election.version != version:
        raise ChangedMeanwhile("This election")
    said = stated_reason.stated_if_any(reason)
    note = f"Withdrawn by the employee. {said}".strip()
    decision = Decision(step=step, note=note, reason=said)
    election_decisions.decide(
        session, actor, election, ElectionState.WITHDRAWN, decision, now
    )


def open_election(session: Session, person_id: int) -> StipendElection | None:
    """Return the election of a person that is not decided yet; there is one at most."""
    asked = select(StipendElection).where(
        StipendElection.person_id == person_id,
        col(StipendElection.state).in_(OPEN_STATES),
    )
    return session.exec(asked).first()


def _begun(
    session: Session, actor: Actor, wish: Wish, now: datetime
) -> StipendElection:
    begun = StipendElection(
        employer_id=actor.employer_id,
        person_id=actor.person_id,
        department_id=session.get_one(Person, actor.person_id).department_id,
        stipend_class=wish.stipend_class,
        begun_at=now,
    )
    session.add(begun)
    session.flush()
    return begun


def _fill(draft: StipendElection, wish: Wish) -> None:
    draft.stipend_class = wish.stipend_class
    duties = free_text.needed(
        wish.duties, "What the work needs the phone for", LONGEST_DUTIES, 10
    )
    # Both go into the record of the act, which is kept for good.
    draft.duties = stated_reason.without_numbers(duties, "what the work needs")
    draft.needs_voice = wish.needs_voice
    model = free_text.needed(
        wish.device_model, "The model of your phone", LONGEST_MODEL, 2
    )
    draft.device_model = stated_reason.without_numbers(model, "the phone's model")
    draft.device_synchronizes = wish.device_synchronizes
    draft.version += 1


def _proof(session: Session, election: StipendElection) -> ContractProof:
    proof = session.get(ContractProof, election.proof_id) if election.proof_id else None
    if proof is None or proof.state not in (ProofState.WAITING, ProofState.ACCEPTED):
        raise ProofNeeded
    return proof


def _said(election: StipendElection, proof: ContractProof) -> dict[str, str]:
    return {
        "class": election.stipend_class,
        "duties": election.duties,
        "needs calls": "yes" if election.needs_voice else "no",
        "phone": election.device_model,
        "synchronizes": "yes" if election.device_synchronizes else "no",
        "proof": str(proof.id),
        "carrier": proof.carrier,
        "plan": proof.plan,
        "monthly cost": str(proof.monthly_cost),
    }
