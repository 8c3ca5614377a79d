"""A stipend of another class takes over from the one that is held.

The holder makes a new election, which is approved, checked and entered as the first one
was. The month before it begins is the last one of the old class, so that no month pays
both. A penalty was made up before the first stipend began and is not asked for again
(Lodi 2011 section 3.B.2.c); the proof of contract on record stays good.
"""

from datetime import date, datetime

from sqlmodel import Session

from mobile_selfservice.models.election import (
    ContractProof,
    ElectionState,
    ElectionStep,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.months import month_in_words, month_of, months_later
from mobile_selfservice.services import policy_in_force
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.phones.phone_standing import stipend_on
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.services.stipends import (
    election_decisions,
    ending,
    pauses,
)
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.proof_standing import proof_standing
from mobile_selfservice.services.stipends.refused_words import HeldAlready


class HeldSuspended(Refused):
    """The stipend that would be taken over from is not paid at the moment."""

    def __init__(self) -> None:
        super().__init__(
            "The stipend that is held is suspended. Put right first what stopped it; "
            "its class can change after that. Nothing was changed."
        )


class NothingChanges(Refused):
    """What a check leaves is the class that is held already."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This comes to the class of stipend that is held already. {why} Check "
            "again if something was left out; else refuse the election with that "
            "reason. Nothing was changed."
        )


class PenaltyAskedBefore(Refused):
    """A City phone is named, though the election only changes a class."""

    def __init__(self) -> None:
        super().__init__(
            "The employee holds a stipend already, so no City phone is given up for "
            "this one and no penalty is asked for again. Leave the day of the return, "
            "the quote and the contract empty. Nothing was changed."
        )


def held_now(session: Session, person_id: int, today: date) -> Stipend | None:
    """Return the stipend a person holds, or waits for, that has no end yet."""
    rows = ending.held_from_now(session, person_id, month_of(today))
    going_on = [row for row in rows if row.held_until is None]
    return going_on[-1] if going_on else None


def refuse_unless_other(
    session: Session, person_id: int, stipend_class: str, today: date
) -> None:
    """Refuse an election of somebody who holds the class asked for already.

    Raises:
        HeldAlready: if it is the same class, or its first month is still to come.
        HeldSuspended: if the stipend is not paid at the moment.
    """
    held = held_now(session, person_id, today)
    if held is None:
        return
    if held.stipend_class == stipend_class or not is_begun(session, held, today):
        raise HeldAlready
    refuse_suspended(session, held)


def is_begun(session: Session, held: Stipend, today: date) -> bool:
    """Tell whether the class of a stipend is held today, at whatever amount.

    A new amount may begin next month; a new class that does has not begun.
    """
    now = stipend_on(session, held.person_id, today)
    return now is not None and now.stipend_class == held.stipend_class


def refuse_suspended(session: Session, held: Stipend | None) -> None:
    """Refuse to go on while the stipend that is held is not paid.

    Raises:
        HeldSuspended: if it is so.
    """
    if held is not None and pauses.open_pauses(session, held.id or 0):
        raise HeldSuspended


def kept_proof(session: Session, person_id: int, today: date) -> ContractProof | None:
    """Return the proof on record that shows the own contract for any class.

    None where there is none, where its time is over, or where it shows a contract that
    no stipend is paid for; then a paper is asked for.

    Clause: Lodi 2011 §3.B.2.d. Reading: AMB-25.
    """
    person = session.get_one(Person, person_id)
    edition = policy_in_force.edition_of(session, person.employer_id)
    standing = proof_standing(session, person_id, edition, today)
    proof = standing.waiting or standing.accepted
    if proof is None or not standing.is_in_date:
        return None
    return proof if proof.is_active and not proof.is_prepaid else None


def take_over(
    session: Session,
    actor: Actor,
    election: StipendElection,
    today: date,
    now: datetime,
) -> Stipend | None:
    """End the stipend that is held with the month before an election's first month.

    The first month moves on where it is under way or over by now, or where a stipend
    that was ended reaches into it. Return what was taken over from, if anything.

    Reading: AMB-21, AMB-26.

    Raises:
        HeldSuspended: if the stipend that is held is not paid at the moment.
    """
    rows = ending.held_from_now(session, election.person_id, month_of(today))
    going_on = [row for row in rows if row.held_until is None]
    begins = max(
        [
            election.first_month or today,
            *(row.held_until for row in rows if row.held_until),
            *(pauses.next_month(today) for _ in going_on),
        ]
    )
    election.first_month = begins
    for row in going_on:
        refuse_suspended(session, row)
        row.held_until = max(row.held_from, begins)
        session.add(row)
    session.flush()
    if not going_on:
        return None
    _end_before(session, actor, election, begins, now)
    return going_on[0]


def _end_before(
    session: Session,
    actor: Actor,
    election: StipendElection,
    begins: date,
    now: datetime,
) -> None:
    before = ending.election_held_by(session, election.person_id)
    if before is None:
        return
    before.last_month = months_later(begins, -1)
    reason = f"The {election.granted_class} phone stipend takes over."
    decision = Decision(
        step=ElectionStep.ENDED,
        note=f"Stipend ended with {month_in_words(before.last_month)}. {reason}",
        reason=reason,
        facts={"last_month": before.last_month.isoformat(), "by": election.id},
    )
    election_decisions.decide(
        session, actor, before, ElectionState.ENDED, decision, now
    )
