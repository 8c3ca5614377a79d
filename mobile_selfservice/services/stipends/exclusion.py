"""A City phone and a stipend never go together (Lodi 2011 section 3.B, AMB-21).

Whoever issues a phone calls this in the same transaction: a stipend that is paid stops
with the next month, and a wish for one that is still open ends.
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
from mobile_selfservice.services.stipends import (
    election_decisions,
    ending,
    pauses,
    stipend_letters,
)
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.pauses import Stop

ISSUED = "A City phone was issued: a stipend and a City phone exclude each other."


def device_issued(session: Session, person_id: int, on: date, now: datetime) -> bool:
    """Stop a person's stipend because a City phone was issued to them on a day.

    The month of the issue is paid whole, the next is not (AMB-26). Tell whether there
    was a stipend, or a wish for one, to stop. The same call again changes nothing.

    Clause: Lodi 2011 §3.B, §3.B.2.a. Reading: AMB-21, AMB-26.
    """
    closed = _refuse_open(session, person_id, now)
    stopped = [
        row
        for row in ending.held_from_now(session, person_id, month_of(on))
        if row.held_until is None
    ]
    first_without = pauses.next_month(on)
    stop = Stop(PauseCause.CITY_DEVICE, first_without, ISSUED)
    made = [pauses.pause(session, None, row, stop, now) for row in stopped]
    if not any(made):
        return closed
    election = ending.election_held_by(session, person_id)
    note = f"Suspended from {month_in_words(first_without)}. {ISSUED}"
    if election is not None:
        decision = Decision(
            step=ElectionStep.SUSPENDED,
            note=note,
            reason=ISSUED,
            facts={"cause": PauseCause.CITY_DEVICE, "from": first_without.isoformat()},
        )
        election_decisions.decide(
            session, None, election, ElectionState.SUSPENDED, decision, now
        )
    person = session.get_one(Person, person_id)
    stipend_letters.tell_of_pause(session, person, first_without, ISSUED, now)
    return True


def _refuse_open(session: Session, person_id: int, now: datetime) -> bool:
    open_one = session.exec(
        select(StipendElection).where(
            StipendElection.person_id == person_id,
            col(StipendElection.state).in_(OPEN_STATES),
        )
    ).first()
    if open_one is None:
        return False
    decision = Decision(step=ElectionStep.REFUSED, note=ISSUED, reason=ISSUED)
    election_decisions.decide(
        session, None, open_one, ElectionState.REFUSED, decision, now
    )
    return True
