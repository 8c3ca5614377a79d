"""An election and the stipend it led to, as somebody who may read it sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.election import (
    HELD_STATES,
    OPEN_STATES,
    ContractProof,
    ElectionState,
    ProofState,
    StipendElection,
)
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.review_deadline import Calendar, local_date
from mobile_selfservice.policy.unsaid import if_said
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    review_clock,
)
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.authorizations import criteria
from mobile_selfservice.services.authorizations.criteria import ReasonList
from mobile_selfservice.services.choice.stipend_offer import Offer, offer
from mobile_selfservice.services.history import PastEvent
from mobile_selfservice.services.phones.phone_standing import HeldLine, standing_of
from mobile_selfservice.services.stipends import (
    approval,
    class_change,
    election_decisions,
    given_back,
    lifting,
    pauses,
    phone_back,
)
from mobile_selfservice.services.stipends.proof_standing import (
    ProofStanding,
    proof_standing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSeen:
    """One proof of contract; `may_open` its file, `may_decide` whether it proves."""

    proof_id: int
    version: int
    state: str
    carrier: str
    plan: str
    monthly_cost: Decimal
    is_prepaid: bool
    is_active: bool
    contract_end: date | None
    file_name: str
    handed_in_on: date | None
    reason: str
    may_open: bool = False
    may_decide: bool = False


@dataclass(frozen=True, slots=True)
class ProofsSeen:
    """A person's proofs, the day the next is due with its reasons, and a request."""

    draft: ProofSeen | None
    waiting: ProofSeen | None
    accepted: ProofSeen | None
    due: date | None
    due_steps: tuple[Step, ...]
    is_in_date: bool
    requested_on: date | None
    request_reason: str


@dataclass(frozen=True, slots=True)
class ActSeen:
    """One act on an election: its step, its day, the reason given and its working."""

    step: str
    on: date
    reason: str
    working: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class PauseSeen:
    """Months that are not paid, and why; no end while they go on."""

    paused_from: date
    paused_until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class HeldStipend:
    """A stipend that is held: its class, what it pays a month, and since when."""

    stipend_class: str
    monthly_amount: Decimal
    held_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionSeen:
    """An election with its proofs, its acts, and what this person may do with it.

    `my_role` is the role in which it waits for this person, `waits_for` whose act comes
    next, empty where none does. `lines` are the City phones the employee carries,
    `given_back_on` the day one came back for this stipend, until it is checked.
    `phone_back_on` is the day the City phone came back that a stipend is still stopped
    for. `takes_over` is the stipend of another class that it would take over from,
    while it is not decided yet. `likely` is what the class asked for would pay at most,
    while it waits for approval.
    """

    election_id: int
    version: int
    person_id: int
    person: str
    employee_number: str
    department: str
    time_zone: str
    state: str
    stipend_class: str
    duties: str
    needs_voice: bool
    device_model: str
    device_synchronizes: bool
    asked_on: date | None
    approved_on: date | None
    returned_on: date | None
    penalty: Decimal | None
    granted_class: str
    monthly_amount: Decimal | None
    months_waited: int | None
    first_month: date | None
    granted_until: date | None
    last_month: date | None
    paid_now: Decimal | None
    proof: ProofSeen | None
    proofs: ProofsSeen
    acts: tuple[ActSeen, ...]
    happenings: tuple[PastEvent, ...]
    pauses: tuple[PauseSeen, ...]
    lines: tuple[HeldLine, ...]
    given_back_on: date | None
    phone_back_on: date | None
    takes_over: HeldStipend | None
    waits_for: str
    my_role: Role | None
    form_id: int | None
    reasons: tuple[ReasonList, ...]
    likely: Offer | None
    is_directors: bool
    is_own: bool
    may_request: bool
    may_end: bool
    may_restore: bool


def election_seen(
    session: Session, actor: Actor, *, election_id: int, now: datetime
) -> ElectionSeen:
    """Show an election to whoever may read it.

    Raises:
        NotPermitted: to anyone else.
    """
    today = review_clock.today(session, actor.employer_id, now)
    election = access.seen_election(session, actor, election_id, today)
    return of_election(session, actor, election, today)


def of_election(
    session: Session, actor: Actor, election: StipendElection, today: date
) -> ElectionSeen:
    """Put an election together. The caller has asked its door."""
    person = session.get_one(Person, election.person_id)
    department = session.get_one(Department, election.department_id)
    employer = session.get_one(Employer, election.employer_id)
    edition = policy_in_force.edition_of(session, election.employer_id)
    role = approval.turn_role(session, actor, election, person, edition, today)
    turn = approval.turn_of(session, actor, election, person, edition, today)
    standing = proof_standing(session, person.id or 0, edition, today)
    proof = session.get(ContractProof, election.proof_id) if election.proof_id else None
    is_held = election.state in HELD_STATES
    is_own = person.id == actor.person_id
    stipend = session.get(Stipend, election.stipend_id) if election.stipend_id else None
    stipend_id = election.stipend_id or 0
    ends = is_held and access.ends_stipend(session, actor, person, today)
    return ElectionSeen(
        election_id=election.id or 0,
        version=election.version,
        person_id=person.id or 0,
        person=person.name,
        employee_number=person.employee_number,
        department=department.name,
        time_zone=employer.time_zone,
        state=election.state,
        stipend_class=election.stipend_class,
        duties=election.duties,
        needs_voice=election.needs_voice,
        device_model=election.device_model,
        device_synchronizes=election.device_synchronizes,
        asked_on=election.asked_on,
        approved_on=election.approved_on,
        returned_on=election.returned_on,
        penalty=election.penalty,
        granted_class=election.granted_class,
        monthly_amount=election.monthly_amount,
        months_waited=election.months_waited,
        first_month=election.first_month,
        granted_until=election.granted_until,
        last_month=election.last_month,
        paid_now=stipend.monthly_amount if stipend else None,
        proof=proof_seen(session, actor, person, proof, today),
        proofs=proofs_seen(session, actor, person, standing, today),
        acts=tuple(
            ActSeen(
                each.step,
                local_date(each.decided_at, Calendar(timezone=employer.time_zone)),
                each.reason,
                tuple(each.working),
            )
            for each in election_decisions.decisions_of(session, election.id or 0)
        ),
        happenings=tuple(
            history.timeline(session, election_decisions.SUBJECT, election.id or 0)
        ),
        pauses=tuple(
            PauseSeen(each.paused_from, each.paused_until, each.reason)
            for each in pauses.pauses_of(session, person.id or 0)
        ),
        lines=standing_of(session, person.id or 0, today).lines,
        given_back_on=given_back.given_back_on(session, election, today)
        if election.state == ElectionState.APPROVED
        else None,
        phone_back_on=phone_back.came_back_on(session, person.id or 0, today)
        if is_held
        else None,
        takes_over=held_stipend(class_change.held_now(session, person.id or 0, today))
        if election.state in OPEN_STATES
        else None,
        waits_for=_waits_for(election, turn.office if turn else ""),
        my_role=role,
        form_id=approval.form_behind(session, election, today),
        reasons=criteria.lists_asked(edition, today),
        likely=_likely(election, proof, edition, today),
        is_directors=access.is_director(session, person, today),
        is_own=is_own,
        may_request=is_held and access.requests_proof(session, actor, person, today),
        may_end=ends and not is_own,
        may_restore=ends
        and not is_own
        and bool(lifting.liftable(session, actor, person, stipend_id, today)),
    )


def held_stipend(stipend: Stipend | None) -> HeldStipend | None:
    """Tell what is held."""
    if stipend is None:
        return None
    return HeldStipend(stipend.stipend_class, stipend.monthly_amount, stipend.held_from)


def proofs_seen(
    session: Session, actor: Actor, person: Person, found: ProofStanding, on: date
) -> ProofsSeen:
    """Show how a person's proofs stand. The caller has asked a door."""
    return ProofsSeen(
        draft=proof_seen(session, actor, person, found.draft, on)
        if person.id == actor.person_id
        else None,
        waiting=proof_seen(session, actor, person, found.waiting, on),
        accepted=proof_seen(session, actor, person, found.accepted, on),
        due=found.due.due if found.due else None,
        due_steps=found.due.steps if found.due else (),
        is_in_date=found.is_in_date,
        requested_on=found.request.requested_on if found.request else None,
        request_reason=found.request.reason if found.request else "",
    )


def proof_seen(
    session: Session,
    actor: Actor,
    person: Person,
    proof: ContractProof | None,
    on: date,
) -> ProofSeen | None:
    """Show one proof; its file only to those who may open it."""
    if proof is None:
        return None
    decides = access.decides_on_proof(session, actor, person, on)
    is_own = person.id == actor.person_id
    return ProofSeen(
        proof_id=proof.id or 0,
        version=proof.version,
        state=proof.state,
        carrier=proof.carrier,
        plan=proof.plan,
        monthly_cost=proof.monthly_cost,
        is_prepaid=proof.is_prepaid,
        is_active=proof.is_active,
        contract_end=proof.contract_end,
        file_name=proof.file_name,
        handed_in_on=proof.handed_in_on,
        reason=proof.reason,
        may_open=bool(proof.file_sha256)
        and (is_own or access.reads_proofs_of(session, actor, person, on)),
        may_decide=decides and proof.state == ProofState.WAITING,
    )


def _likely(
    election: StipendElection,
    proof: ContractProof | None,
    edition: Edition,
    on: date,
) -> Offer | None:
    """Find what the class asked for would pay at most; None where no amount is set."""
    if election.state != ElectionState.ASKED:
        return None
    own = proof.monthly_cost if proof else None
    return if_said(lambda: offer(edition, on, election.stipend_class, own), None)


def _waits_for(election: StipendElection, office: str) -> str:
    if election.state == ElectionState.ASKED:
        return office.replace("_", " ")
    return {
        ElectionState.APPROVED.value: "Information Systems",
        ElectionState.WITH_PAYROLL.value: "finance",
    }.get(election.state, "")
