"""An employee's own stipend: the election that counts, the proofs, what may be done."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import (
    HELD_STATES,
    OPEN_STATES,
    ContractProof,
    ElectionState,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend, StipendClass
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.stipend import Standing, may_receive
from mobile_selfservice.policy.stipend_limits import scheduled
from mobile_selfservice.policy.stipend_terms import stipend_terms
from mobile_selfservice.policy.unsaid import if_said
from mobile_selfservice.services import policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.payroll.repayments import (
    RepaidSeen,
    seen_of_person,
)
from mobile_selfservice.services.phones.phone_standing import (
    HeldLine,
    standing_of,
    stipend_on,
)
from mobile_selfservice.services.stipends import class_change, pauses
from mobile_selfservice.services.stipends.election_seen import (
    ElectionSeen,
    HeldStipend,
    ProofSeen,
    ProofsSeen,
    held_stipend,
    of_election,
    proof_seen,
    proofs_seen,
)
from mobile_selfservice.services.stipends.proof_standing import proof_standing


@dataclass(frozen=True, slots=True)
class Offered:
    """A class of stipend and the amount set for it today; None where none is set."""

    stipend_class: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStipend:
    """The election that is open or held, else the last one, and what else there is.

    `held` is the stipend of today, also one from before the portal kept elections.
    `changes` tells that the open election, or one that may be asked for, is for another
    class than that; `may_change` that one may be asked for; `kept_proof` is the proof
    on record that is good for it, `repaid` what was paid back elsewhere. `against` is
    what the policy holds against the contract whose paper is not handed in yet.
    """

    election: ElectionSeen | None
    held: HeldStipend | None
    proofs: ProofsSeen
    lines: tuple[HeldLine, ...]
    offers: tuple[Offered, ...]
    today: date
    may_ask: bool
    may_change: bool = False
    changes: bool = False
    kept_proof: ProofSeen | None = None
    repaid: tuple[RepaidSeen, ...] = ()
    against: tuple[Step, ...] = ()


def own_stipend(session: Session, actor: Actor, *, now: datetime) -> OwnStipend:
    """Show somebody their own stipend, or what they may ask for."""
    today = review_clock.today(session, actor.employer_id, now)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    person = session.get_one(Person, actor.person_id)
    election = election_that_counts(session, actor.person_id)
    held = stipend_on(session, actor.person_id, today)
    found = proof_standing(session, actor.person_id, edition, today)
    is_over = election is None or election.state not in (*OPEN_STATES, *HELD_STATES)
    is_draft = election is not None and election.state == ElectionState.DRAFT
    going_on = class_change.held_now(session, actor.person_id, today)
    goes_on = going_on is not None
    is_open = election is not None and election.state in OPEN_STATES
    is_paid = _is_paid(session, going_on, today)
    may_change = is_paid and not is_open
    changes = may_change or (goes_on and is_open)
    kept = class_change.kept_proof(session, actor.person_id, today) if changes else None
    return OwnStipend(
        election=of_election(session, actor, election, today) if election else None,
        held=held_stipend(held),
        proofs=proofs_seen(session, actor, person, found, today),
        lines=standing_of(session, actor.person_id, today).lines,
        offers=tuple(
            _offer(edition, each, today)
            for each in StipendClass
            if not (changes and going_on and going_on.stipend_class == each)
        ),
        today=today,
        may_ask=is_draft or (is_over and not goes_on),
        may_change=may_change,
        changes=changes,
        repaid=seen_of_person(session, actor.person_id),
        kept_proof=proof_seen(session, actor, person, kept, today),
        against=_against(found.draft, edition, today),
    )


def _against(
    contract: ContractProof | None, edition: Edition, on: date
) -> tuple[Step, ...]:
    """Say at once what would refuse a contract later, before its paper is wanted.

    Clause: Lodi 2011 §3.B.2.d.
    """
    if contract is None:
        return ()
    told = Standing(
        has_active_contract=contract.is_active, is_prepaid=contract.is_prepaid
    )
    return if_said(lambda: may_receive(told, stipend_terms(edition, on)).refusals, ())


def election_that_counts(session: Session, person_id: int) -> StipendElection | None:
    """Return a person's open election, else the one they hold by, else the last."""
    found = session.exec(
        select(StipendElection)
        .where(StipendElection.person_id == person_id)
        .order_by(col(StipendElection.id).desc())
    ).all()
    for states in (OPEN_STATES, HELD_STATES):
        counting = [each for each in found if each.state in states]
        if counting:
            return counting[0]
    return found[0] if found else None


def _is_paid(session: Session, stipend: Stipend | None, today: date) -> bool:
    if stipend is None or pauses.open_pauses(session, stipend.id or 0):
        return False
    return class_change.is_begun(session, stipend, today)


def _offer(edition: Edition, stipend_class: StipendClass, on: date) -> Offered:
    try:
        return Offered(stipend_class, scheduled(edition, on, stipend_class))
    except NotSet:
        return Offered(stipend_class, None)
