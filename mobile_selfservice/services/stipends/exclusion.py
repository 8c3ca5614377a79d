"""A City phone and a stipend never go together (Lodi 2011 section 3.B, AMB-21).

Whoever gives a phone to a person calls this in the same transaction, once the holding
is written: a stipend that is paid stops with the next month. A wish for one that is
still open ends with an issued phone. The person is locked first, so that finance
entering a stipend at the same moment is either seen here or sees the phone.
"""

from datetime import date, datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import (
    OPEN_STATES,
    ElectionState,
    ElectionStep,
    PauseCause,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.months import month_in_words, month_of
from mobile_selfservice.services.person_turn import take_turn
from mobile_selfservice.services.stipends import (
    election_decisions,
    ending,
    pauses,
    stipend_letters,
)
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.pauses import Stop

ISSUED = "A City phone was issued: a stipend and a City phone exclude each other."
ASSIGNED = (
    "A City phone's line was assigned: a stipend and a City phone exclude each other."
)


def device_issued(session: Session, person_id: int, on: date, now: datetime) -> bool:
    """Stop a person's stipend because a City phone was issued to them on a day.

    The month of the issue is paid whole, the next is not (AMB-26). Tell whether there
    was a stipend, or a wish for one, to stop. The same call again changes nothing.

    Clause: Lodi 2011 §3.B, §3.B.2.a. Reading: AMB-21, AMB-26.
    """
    take_turn(session, person_id)
    closed = _refuse_open(session, person_id, now)
    return _suspend(session, person_id, on, ISSUED, now) or closed


def line_assigned(session: Session, person_id: int, on: date, now: datetime) -> bool:
    """Stop a person's stipend because a City line turned out to be theirs from a day.

    The month of that day is paid whole, the next is not, also where it is over by now.
    An election that is still open goes on: its check asks for the phone's return.
    Tell whether there was a stipend to stop; the same call again changes nothing.

    Clause: Lodi 2011 §3.B, §3.B.2.a. Reading: AMB-21, AMB-26.
    """
    take_turn(session, person_id)
    return _suspend(session, person_id, on, ASSIGNED, now)


def _suspend(
    session: Session, person_id: int, on: date, why: str, now: datetime
) -> bool:
    stopped = [
        row
        for row in ending.held_from_now(session, person_id, month_of(on))
        if row.held_until is None
    ]
    first_without = pauses.next_month(on)
    stop = Stop(PauseCause.CITY_DEVICE, first_without, why)
    made = [pauses.pause(session, None, row, stop, now) for row in stopped]
    stops = [each.paused_from for each in made if each]
    if not stops:
        return False
    first_without = min(stops)  # the first month of a stipend that has not begun
    election = ending.election_held_by(session, person_id)
    note = f"Suspended from {month_in_words(first_without)}. {why}"
    if election is not None:
        decision = Decision(
            step=ElectionStep.SUSPENDED,
            note=note,
            reason=why,
            facts={"cause": PauseCause.CITY_DEVICE, "from": first_without.isoformat()},
        )
        election_decisions.decide(
            session, None, election, ElectionState.SUSPENDED, decision, now
        )
    person = session.get_one(Person, person_id)
    stipend_letters.tell_of_pause(session, person, first_without, why, now)
    return True


def _refuse_open(session: Session, person_id: int, now: datetime) -> bool:
    open_ones = session.exec(
        select(StipendElection)
        .where(
            StipendElection.person_id == person_id,
            col(StipendElection.state).in_(OPEN_STATES),
        )
        .order_by(col(StipendElection.id))
    ).all()
    for election in open_ones:
        decision = Decision(step=ElectionStep.REFUSED, note=ISSUED, reason=ISSUED)
        election_decisions.decide(
            session, None, election, ElectionState.REFUSED, decision, now
        )
    return bool(open_ones)
