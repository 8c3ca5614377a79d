"""What time does to stipends: they begin, proofs fall due and lapse, approvals end.

Run every hour for each holder. What is due is worked out afresh each time and done
once, so a portal that stood still catches up (as services/mail/reminders does).
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.election import (
    HELD_STATES,
    ElectionState,
    ElectionStep,
    PauseCause,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.months import day_in_words, month_in_words, month_of
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.services import history, policy_in_force, review_clock
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.person_turn import take_turn
from mobile_selfservice.services.stipends import (
    election_decisions,
    ending,
    pauses,
    proof_decisions,
    repricing,
    stipend_letters,
)
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.pauses import Stop
from mobile_selfservice.services.stipends.proof_standing import (
    ProofStanding,
    proof_standing,
)
from mobile_selfservice.services.stipends.repricing import OwnCost

YEARLY = "Yearly amounts of the policy"
REMIND_BEFORE = (60, 30, 10)  # days, the project's own choice
RENEWAL_OVER = "The approval ended with the fiscal year and was not renewed."


@dataclass(frozen=True, slots=True)
class _Today:
    edition: Edition
    day: date
    now: datetime


def run_due(session: Session, employer_id: int, *, now: datetime) -> int:
    """Do what the day asks for of every holder; return how many letters that wrote.

    Clause: Lodi 2011 §3.B.2.c, §3.B.2.d. Reading: AMB-19, AMB-25, AMB-26.
    """
    return sum(
        run_for(session, person_id, now=now)
        for person_id in holders(session, employer_id)
    )


def holders(session: Session, employer_id: int) -> list[int]:
    """List who holds a stipend or waits for one; with or without an election."""
    elected = select(StipendElection.person_id).where(
        StipendElection.employer_id == employer_id,
        col(StipendElection.state).in_(HELD_STATES),
    )
    found = session.exec(
        select(Person.id)
        .where(
            Person.employer_id == employer_id,
            or_(
                col(Person.id).in_(elected),
                col(Person.id).in_(
                    select(Stipend.person_id).where(col(Stipend.held_until).is_(None))
                ),
            ),
        )
        .order_by(col(Person.id))
    )
    return [each or 0 for each in found]


def run_for(session: Session, person_id: int, *, now: datetime) -> int:
    """Do what the day asks for of one holder; return how many letters that wrote.

    Clause: Lodi 2011 §3.B.2.c, §3.B.2.d. Reading: AMB-19, AMB-25, AMB-26.
    """
    person = take_turn(session, person_id)
    today = _Today(
        policy_in_force.edition_of(session, person.employer_id),
        review_clock.today(session, person.employer_id, now),
        now,
    )
    _record_held(session, person, today)
    _begin(session, person_id, today)
    _end_approval(session, person_id, today)
    _follow_amounts(session, person_id, today)
    return sum(
        _prove(session, election, stipend, today)
        for election, stipend in _going_on(session, person_id)
    )


def record_held(session: Session, employer_id: int, *, now: datetime) -> int:
    """Give every stipend that is held and came before the portal's elections one.

    So that its proofs, pauses and end have a place; return how many were made.
    """
    today = _Today(
        policy_in_force.edition_of(session, employer_id),
        review_clock.today(session, employer_id, now),
        now,
    )
    return sum(
        _record_held(session, take_turn(session, person_id), today)
        for person_id in holders(session, employer_id)
    )


def _record_held(session: Session, person: Person, today: _Today) -> int:
    if ending.election_held_by(session, person.id or 0) is not None:
        return 0
    this_month = month_of(today.day)
    found = session.exec(
        select(Stipend)
        .where(Stipend.person_id == person.id, col(Stipend.held_until).is_(None))
        .order_by(col(Stipend.id))
    ).all()
    for stipend in found:
        has_begun = stipend.held_from <= this_month
        election = StipendElection(
            employer_id=person.employer_id,
            person_id=person.id or 0,
            department_id=person.department_id,
            stipend_class=stipend.stipend_class,
            begun_at=today.now,
            granted_class=stipend.stipend_class,
            monthly_amount=stipend.monthly_amount,
            first_month=month_of(stipend.held_from),
            stipend_id=stipend.id,
        )
        session.add(election)
        session.flush()
        state = ElectionState.ACTIVE if has_begun else ElectionState.DEFERRED
        note = f"Held since {month_in_words(stipend.held_from)}: {stipend.authority}"
        decision = Decision(step=ElectionStep.RECORDED, note=note)
        election_decisions.decide(session, None, election, state, decision, today.now)
    return len(found)


def _begin(session: Session, person_id: int, today: _Today) -> None:
    found = session.exec(
        select(StipendElection).where(
            StipendElection.person_id == person_id,
            StipendElection.state == ElectionState.DEFERRED,
            col(StipendElection.first_month) <= today.day,
        )
    ).all()
    for election in found:
        month = month_in_words(election.first_month or today.day)
        decision = Decision(step=ElectionStep.BEGUN, note=f"First month: {month}")
        election_decisions.decide(
            session, None, election, ElectionState.ACTIVE, decision, today.now
        )


def _end_approval(session: Session, person_id: int, today: _Today) -> None:
    """End the stipend whose approval ran to the end of a fiscal year."""
    found = session.exec(
        select(StipendElection).where(
            StipendElection.person_id == person_id,
            col(StipendElection.state).in_(HELD_STATES),
            col(StipendElection.granted_until) < today.day,
        )
    ).all()
    for election in found:
        last = election.granted_until or today.day
        ending.end_stipend(session, None, person_id, last, RENEWAL_OVER, today.now)


def _follow_amounts(session: Session, person_id: int, today: _Today) -> None:
    """Pay what the officials' figures leave from the next month on (AMB-19).

    A month that is under way, and every earlier one, stays as it was.
    """
    paid_from = pauses.next_month(today.day)
    for _, stipend in _going_on(session, person_id):
        if stipend.held_until is not None:
            continue
        cost = OwnCost(stipend.out_of_pocket, YEARLY)
        repricing.reprice(session, None, stipend, cost, paid_from, today.now)


def _going_on(
    session: Session, person_id: int
) -> list[tuple[StipendElection, Stipend]]:
    found = session.exec(
        select(StipendElection, Stipend)
        .join(Stipend, col(Stipend.id) == StipendElection.stipend_id)
        .where(
            StipendElection.person_id == person_id,
            col(StipendElection.state).in_(HELD_STATES),
            or_(
                col(Stipend.held_until).is_(None),
                col(Stipend.held_until) > col(Stipend.held_from),
            ),
        )
        .order_by(col(StipendElection.id))
    )
    return list(found)


def _prove(
    session: Session, election: StipendElection, stipend: Stipend, today: _Today
) -> int:
    """Remind of a proof that falls due, or suspend for one that lapsed."""
    try:
        standing = proof_standing(session, election.person_id, today.edition, today.day)
    except NotSet:  # one employer's missing figure must not stop all the others
        return 0
    if standing.due is None or standing.due.due is None:
        return 0
    person = session.get_one(Person, election.person_id)
    if not standing.is_in_date:
        return _lapse(session, person, stipend, standing, today)
    if standing.waiting is not None:
        return 0
    return _remind(session, election, person, standing.due.due, today)


def _lapse(
    session: Session,
    person: Person,
    stipend: Stipend,
    standing: ProofStanding,
    today: _Today,
) -> int:
    due = standing.due.due if standing.due else None
    if due is None:
        return 0
    since = pauses.next_month(due)
    reason = f"The proof of contract was due by {day_in_words(due)}."
    stop = Stop(PauseCause.PROOF, max(since, month_of(today.day)), reason)
    made = pauses.pause(session, None, stipend, stop, today.now)
    if made is None:
        return 0
    proof_decisions.note_suspension(
        session, None, person, made.paused_from, stop, today.now
    )
    return 1


def _remind(
    session: Session,
    election: StipendElection,
    person: Person,
    due: date,
    today: _Today,
) -> int:
    left = (due - today.day).days
    step = min((days for days in REMIND_BEFORE if left <= days), default=None)
    if step is None:
        return 0
    if not stipend_letters.remind_of_proof(session, person, due, step, today.now):
        return 0
    note = f"Reminder sent: proof of contract due by {day_in_words(due)}"
    facts = {"due_on": due.isoformat(), "step": step}
    event = Event(
        "election.proof_reminded",
        election_decisions.SUBJECT,
        election.id or 0,
        note,
        facts,
    )
    history.record_system(session, election.employer_id, event, today.now)
    return 1
