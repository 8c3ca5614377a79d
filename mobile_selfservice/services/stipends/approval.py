"""Approving an election, or refusing it: the director, and whoever the policy adds.

A director's own goes to the City Manager; nobody approves their own (SOD-7). The need
is the one an approved authorization form states, or what the approver ticks here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.election import (
    ElectionState,
    ElectionStep,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.eligibility import (
    DIRECTOR,
    Need,
    eligibility,
    eligibility_terms,
)
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.stipend_grant import grant_terms, granted_until
from mobile_selfservice.services import (
    access,
    policy_in_force,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.authorizations import needs
from mobile_selfservice.services.authorizations.needs import ApprovedNeed
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotPermitted,
    Refused,
)
from mobile_selfservice.services.stipends import (
    approvers,
    election_decisions,
    proof_decisions,
    stipend_letters,
)
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.refused_words import AgainstPolicy

NO_NEED = "The need for a phone is not shown yet."


class SecondPersonNeeded(Refused):
    """Who approved in one office holds the next one as well; two people are wanted."""

    def __init__(self, office: str) -> None:
        super().__init__(
            f"You have approved this already. The policy wants the {office} as a "
            "second person: somebody else who holds that office approves it next. "
            "Nothing was changed."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNeed:
    """The reasons an approver ticks, by the name of their list, and the two shares."""

    grounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixed_share: Decimal | None = None
    field_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose act an election waits for, and whether it is this person's."""

    office: str
    role: Role
    is_mine: bool


def approve(
    session: Session,
    actor: Actor,
    *,
    election_id: int,
    version: int,
    need: StatedNeed,
    now: datetime,
) -> StipendElection:
    """Approve an election; once everybody asked has, Information Systems checks it.

    The first approval rests on the need of an approved form, else on the `need` given.
    A proof of contract that waits is accepted with it by whoever checks proofs.

    Clause: Lodi 2011 §3.A, §4.A.2, §4.B.1. Reading: AMB-28.

    Raises:
        NotPermitted: to the payee, and to anyone whose turn it is not.
        ChangedMeanwhile: if it is no longer as the person saw it.
        SecondPersonNeeded: to who approved it in another office already.
        AgainstPolicy: if the need is not shown.
    """
    election, person = access.worked_election(session, actor, election_id)
    step = ElectionStep.APPROVED
    if election_decisions.done_before(session, actor, election, version, step):
        if election.version == version:
            _refuse_second_office(session, actor, election, person, now)
        return election
    today = review_clock.today(session, actor.employer_id, now)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    turn = _my_turn(session, actor, election, person, edition, today)
    if election.version != version:
        raise ChangedMeanwhile("This election")
    before = _approved(session, election)
    facts: dict[str, object] = {"office": turn.office}
    working: tuple[Step, ...] = ()
    if not before:
        working = _need_shown(session, election, need, edition, today, facts)
    proof_decisions.accept_with_approval(session, actor, election, now)
    terms = grant_terms(edition, today)
    is_last = approvers.next_office([*before, turn.office], terms) is None
    if is_last:
        election.approved_on = today
        election.granted_until = granted_until(today, terms)
    decision = Decision(
        step=step,
        note=f"Approved by the {turn.office.replace('_', ' ')}",
        as_role=turn.role,
        facts=facts,
        working=working,
        edition=edition.id,
    )
    state = ElectionState.APPROVED if is_last else ElectionState.ASKED
    election_decisions.decide(session, actor, election, state, decision, now)
    return election


def refuse(
    session: Session,
    actor: Actor,
    *,
    election_id: int,
    version: int,
    reason: str,
    now: datetime,
) -> StipendElection:
    """Refuse an election whose turn is this person's, with a reason the employee reads.

    Raises:
        NotPermitted: to the payee, and to anyone whose turn it is not.
        ChangedMeanwhile: if it is no longer as the person saw it.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
    """
    election, person = access.worked_election(session, actor, election_id)
    step, told = ElectionStep.REFUSED, stated_reason.stated_if_any(reason)
    if election_decisions.done_before(session, actor, election, version, step, told):
        return election
    if election.version != version:
        raise ChangedMeanwhile("This election")
    today = review_clock.today(session, actor.employer_id, now)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    role = turn_role(session, actor, election, person, edition, today)
    if role is None:
        raise NotPermitted
    said = stated_reason.stated(reason)
    decision = Decision(
        step=step,
        note=f"Refused. {said}",
        as_role=role,
        reason=said,
        edition=edition.id,
    )
    election_decisions.decide(
        session, actor, election, ElectionState.REFUSED, decision, now
    )
    stipend_letters.tell_of_refusal(session, election, said, now)
    return election


def _my_turn(
    session: Session,
    actor: Actor,
    election: StipendElection,
    person: Person,
    edition: Edition,
    on: date,
) -> Turn:
    turn = turn_of(session, actor, election, person, edition, on)
    if turn is None:
        raise ChangedMeanwhile("This election")
    if not turn.is_mine:
        raise NotPermitted
    return turn


def _refuse_second_office(
    session: Session,
    actor: Actor,
    election: StipendElection,
    person: Person,
    now: datetime,
) -> None:
    """Refuse a second approval where the turn is an office the same person holds."""
    on = review_clock.today(session, actor.employer_id, now)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    turn = turn_of(session, actor, election, person, edition, on)
    if turn is not None and access.approves_as(session, actor, person, turn.role, on):
        raise SecondPersonNeeded(turn.office.replace("_", " "))


def turn_of(
    session: Session,
    actor: Actor,
    election: StipendElection,
    person: Person,
    edition: Edition,
    on: date,
) -> Turn | None:
    """Say whose approval an election waits for; None where it waits for none."""
    if election.state != ElectionState.ASKED:
        return None
    terms = grant_terms(edition, on)
    office = approvers.next_office(_approved(session, election), terms)
    if office is None:
        return None
    role = approvers.role_of(edition, office)
    is_mine = (
        person.id != actor.person_id
        and actor.person_id not in _approvers(session, election)
        and access.approves_as(session, actor, person, role, on)
    )
    return Turn(office, role, is_mine)


def turn_role(
    session: Session,
    actor: Actor,
    election: StipendElection,
    person: Person,
    edition: Edition,
    on: date,
) -> Role | None:
    """Return the role in which an election waits for this person; None if it is not."""
    if person.id == actor.person_id:
        return None
    if election.state == ElectionState.APPROVED:
        return Role.IT if access.checks_phone(session, actor, person) else None
    if election.state == ElectionState.WITH_PAYROLL:
        return Role.FINANCE if access.pays_stipend(session, actor, person) else None
    turn = turn_of(session, actor, election, person, edition, on)
    return turn.role if turn is not None and turn.is_mine else None


def form_behind(session: Session, election: StipendElection, on: date) -> int | None:
    """Return the approved authorization form that already states the need, if any."""
    form = _form_covering(session, election, on)
    return form.form_id if form is not None else None


def _form_covering(
    session: Session, election: StipendElection, on: date
) -> ApprovedNeed | None:
    """Return the form whose need covers the class asked for (section 3.B.2.b)."""
    form = needs.approved_need(session, election.person_id, on)
    return form if form is not None and form.covers(election.stipend_class) else None


def _approved(session: Session, election: StipendElection) -> list[str]:
    return approvers.approved_by(
        election_decisions.decisions_of(session, election.id or 0)
    )


def _approvers(session: Session, election: StipendElection) -> set[int | None]:
    """Return who has approved since the employee last asked."""
    return approvers.people_approving(
        election_decisions.decisions_of(session, election.id or 0)
    )


def _need_shown(
    session: Session,
    election: StipendElection,
    stated: StatedNeed,
    edition: Edition,
    on: date,
    facts: dict[str, object],
) -> tuple[Step, ...]:
    """Return the sentences of the need, and write into `facts` what it rests on."""
    form = _form_covering(session, election, on)
    person = session.get_one(Person, election.person_id)
    if form is not None:
        facts["authorization form"] = form.form_id
        need = form.need
    else:
        facts["reasons"] = {name: list(each) for name, each in stated.grounds.items()}
        need = Need(
            grounds=stated.grounds,
            fixed_share=stated.fixed_share,
            field_share=stated.field_share,
            for_role=_role_needing(session, person, on),
        )
    for name, share in (("fixed", need.fixed_share), ("field", need.field_share)):
        if share is not None:
            facts[f"{name} share"] = str(share)
    found = eligibility(need, eligibility_terms(edition, on))
    if not found.is_eligible:
        raise AgainstPolicy(NO_NEED, found.ruling)
    return found.ruling.notes


def _role_needing(session: Session, person: Person, on: date) -> str:
    return DIRECTOR if access.is_director(session, person, on) else "employee"
