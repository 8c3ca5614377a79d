"""The elections and stipends somebody works on or reads, by what waits for them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import (
    HELD_STATES,
    ContractProof,
    ElectionState,
    ProofState,
    StipendElection,
)
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.services import access, policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.stipends import approval, phone_back
from mobile_selfservice.services.stipends.proof_standing import proof_standing

PAGE_SIZE = 50
WAITING, UNDER_WAY, HELD, OVER = "waiting", "under_way", "held", "over"
SHOWN = (WAITING, UNDER_WAY, HELD, OVER)
STATES = {
    UNDER_WAY: (
        ElectionState.ASKED,
        ElectionState.APPROVED,
        ElectionState.WITH_PAYROLL,
    ),
    HELD: HELD_STATES,
    OVER: (ElectionState.ENDED, ElectionState.REFUSED, ElectionState.WITHDRAWN),
}
ALL_LISTED = tuple(state for states in STATES.values() for state in states)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedElection:
    """One election of the list; `my_part` says what waits for this person there."""

    election_id: int
    person: str
    department: str
    state: str
    stipend_class: str
    since: date | None
    amount: Decimal | None
    first_month: date | None
    proof_due: date | None
    is_overdue: bool
    my_part: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class ElectionsPage:
    """One page of a list, how many there are, and how many wait for this person."""

    rows: tuple[ListedElection, ...]
    count: int
    waiting: int
    page: int
    pages: int
    shown: str


def page_of(
    session: Session,
    actor: Actor,
    *,
    show: str = WAITING,
    page: int = 1,
    now: datetime,
) -> ElectionsPage:
    """List elections: what waits for this person, or all of a kind they may read.

    Raises:
        NotPermitted: to who has no part in elections.
    """
    access.require(actor, *access.ELECTION_READERS)
    today = review_clock.today(session, actor.employer_id, now)
    seen = _readable(session, actor, today)
    parts = {
        election.id: part
        for election, person, _ in seen
        if (part := _my_part(session, actor, election, person, today))
    }
    listed = [row for row in seen if _is_shown(row[0], show, parts)]
    pages = max(1, -(-len(listed) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    start = (page - 1) * PAGE_SIZE
    rows = tuple(
        _row(session, actor, found, parts.get(found[0].id, ""), today)
        for found in listed[start : start + PAGE_SIZE]
    )
    return ElectionsPage(rows, len(listed), len(parts), page, pages, show)


def _readable(
    session: Session, actor: Actor, today: date
) -> list[tuple[StipendElection, Person, Department]]:
    found = session.exec(
        select(StipendElection, Person, Department)
        .join(Person, col(Person.id) == StipendElection.person_id)
        .join(Department, col(Department.id) == StipendElection.department_id)
        .where(
            StipendElection.employer_id == actor.employer_id,
            col(StipendElection.state).in_(ALL_LISTED),
        )
        .order_by(col(StipendElection.asked_on), Person.name, col(StipendElection.id))
    )
    return [
        row
        for row in found
        if row[1].id == actor.person_id
        or (
            not access.was_never_sent(row[0])
            and access.reads_stipend_of(session, actor, row[1], today)
        )
    ]


def _is_shown(
    election: StipendElection, show: str, parts: dict[int | None, str]
) -> bool:
    if show == WAITING:
        return election.id in parts
    return election.state in STATES[show]


def _my_part(
    session: Session,
    actor: Actor,
    election: StipendElection,
    person: Person,
    today: date,
) -> str:
    """Say what waits for this person: an act, a word after a return, or a proof."""
    edition = policy_in_force.edition_of(session, actor.employer_id)
    if approval.turn_role(session, actor, election, person, edition, today):
        return {
            ElectionState.ASKED.value: "Approve or refuse",
            ElectionState.APPROVED.value: "Check the phone",
            ElectionState.WITH_PAYROLL.value: "Enter for payroll",
        }[election.state]
    if election.state not in HELD_STATES:
        return ""
    if phone_back.waits_for_word(session, actor, election, person, today):
        return "Say whether it is paid again"
    if not access.decides_on_proof(session, actor, person, today):
        return ""
    waiting = session.exec(
        select(ContractProof.id).where(
            ContractProof.person_id == person.id,
            ContractProof.state == ProofState.WAITING,
        )
    ).first()
    return "Look at the proof of contract" if waiting else ""


def _row(
    session: Session,
    actor: Actor,
    found: tuple[StipendElection, Person, Department],
    my_part: str,
    today: date,
) -> ListedElection:
    election, person, department = found
    due, is_overdue = None, False
    if election.state in HELD_STATES:
        edition = policy_in_force.edition_of(session, actor.employer_id)
        standing = proof_standing(session, person.id or 0, edition, today)
        due = standing.due.due if standing.due else None
        is_overdue = not standing.is_in_date
    stipend = session.get(Stipend, election.stipend_id) if election.stipend_id else None
    return ListedElection(
        election_id=election.id or 0,
        person=person.name,
        department=department.name,
        state=election.state,
        stipend_class=election.granted_class or election.stipend_class,
        since=election.asked_on,
        amount=stipend.monthly_amount if stipend else election.monthly_amount,
        first_month=election.first_month,
        proof_due=due,
        is_overdue=is_overdue,
        my_part=my_part,
        is_own=person.id == actor.person_id,
    )
