"""Entering an approved stipend for payroll: finance's part, never the payee's.

The stipend is kept from its first month on, for the amount that was worked out. Until
that month comes the election is deferred (Lodi 2011 section 3.B.2.c).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.election import (
    ContractProof,
    ElectionState,
    ElectionStep,
    ProofState,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import month_in_words, month_of
from mobile_selfservice.policy.stipend import Standing, may_receive
from mobile_selfservice.policy.stipend_terms import stipend_terms
from mobile_selfservice.services import access, policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.phones.phone_standing import standing_of
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.stipends import (
    class_change,
    election_decisions,
    proof_decisions,
    stipend_letters,
)
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.refused_words import (
    AgainstPolicy,
    ProofDeclined,
)

CANNOT = "This stipend cannot be entered."
EXCLUSIVE = Clause("Lodi 2011", "3.B.2.b")


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered: the stipend's number, its amount and its first month."""

    stipend_id: int
    monthly_amount: Decimal
    held_from: date


def enter(
    session: Session, actor: Actor, *, election_id: int, version: int, now: datetime
) -> Entered:
    """Enter a stipend for payroll; it is paid from its first month on.

    The proof of contract is accepted with it where nobody has looked at it yet. A
    stipend of another class that is held ends with the month before.

    Clause: Lodi 2011 §3.B.2.a, §4.A.2. Reading: AMB-21.

    Raises:
        NotPermitted: to anyone but finance, and to the payee.
        ChangedMeanwhile: if it is no longer as the person saw it.
        ProofDeclined, AgainstPolicy, HeldSuspended: if something stands against it
            by now.
    """
    election, person = access.worked_election(session, actor, election_id)
    if not access.pays_stipend(session, actor, person):
        raise NotPermitted
    step = ElectionStep.ENTERED
    if election_decisions.done_before(session, actor, election, version, step):
        return _entered(session.get_one(Stipend, election.stipend_id))
    if election.state != ElectionState.WITH_PAYROLL or election.version != version:
        raise ChangedMeanwhile("This election")
    today = review_clock.today(session, actor.employer_id, now)
    proof = session.get_one(ContractProof, election.proof_id)
    _refuse_unready(session, election, person, proof, today)
    proof_decisions.accept_with_approval(session, actor, election, now)
    before = class_change.take_over(session, actor, election, today, now)
    stipend = _kept(session, election, proof)
    is_waiting = stipend.held_from > month_of(today)
    state = ElectionState.DEFERRED if is_waiting else ElectionState.ACTIVE
    note = (
        f"Entered for payroll: {dollars(stipend.monthly_amount)} a month from "
        f"{month_in_words(stipend.held_from)}"
    )
    facts: dict[str, object] = {"stipend": stipend.id, "authority": stipend.authority}
    if before is not None:
        note = f"{note}, in place of the {before.stipend_class} phone stipend"
        facts["takes over from"] = before.id
    decision = Decision(step=step, note=note, as_role=Role.FINANCE, facts=facts)
    election_decisions.decide(session, actor, election, state, decision, now)
    stipend_letters.tell_of_entry(
        session, election, stipend.monthly_amount, stipend.held_from, before, now
    )
    return _entered(stipend)


def _entered(stipend: Stipend) -> Entered:
    return Entered(stipend.id or 0, stipend.monthly_amount, stipend.held_from)


def authority_of(election: StipendElection) -> str:
    """Name the form that sets a stipend, as payroll files it."""
    year = (election.asked_on or election.begun_at.date()).year
    return f"Personnel Action Form S-{year}-{election.id:05}"


def _refuse_unready(
    session: Session,
    election: StipendElection,
    person: Person,
    proof: ContractProof,
    today: date,
) -> None:
    if proof.state not in (ProofState.WAITING, ProofState.ACCEPTED):
        raise ProofDeclined
    edition = policy_in_force.edition_of(session, election.employer_id)
    has_device = standing_of(session, person.id or 0, today).has_device
    ruling = may_receive(
        Standing(
            has_active_contract=proof.is_active,
            is_prepaid=proof.is_prepaid,
            has_city_device=has_device,
        ),
        stipend_terms(edition, today),
    )
    held = class_change.held_now(session, person.id or 0, today)
    if held is not None and held.stipend_class == election.granted_class:
        text = "Another stipend of this class and employee goes on."
        ruling = Ruling((*ruling.refusals, Step(text, EXCLUSIVE)))
    if not ruling.is_allowed:
        raise AgainstPolicy(CANNOT, ruling)


def _kept(session: Session, election: StipendElection, proof: ContractProof) -> Stipend:
    if election.first_month is None or election.monthly_amount is None:
        raise ChangedMeanwhile("This election")
    stipend = Stipend(
        person_id=election.person_id,
        stipend_class=election.granted_class,
        monthly_amount=election.monthly_amount or Decimal(0),
        out_of_pocket=proof.monthly_cost,
        held_from=election.first_month,
        authority=authority_of(election),
    )
    session.add(stipend)
    session.flush()
    election.stipend_id = stipend.id
    return stipend
