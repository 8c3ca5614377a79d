"""Ending a stipend with a month: by a form, or because its time is over.

What was paid stays as it is. A stipend that has not begun is called off.
"""

from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.election import (
    HELD_STATES,
    ElectionState,
    ElectionStep,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.months import (
    MONTHS_A_YEAR,
    month_in_words,
    month_of,
    months_later,
)
from mobile_selfservice.services import access, review_clock, stated_reason
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.person_turn import take_turn
from mobile_selfservice.services.refusals import NotPermitted, Refused
from mobile_selfservice.services.stipends import election_decisions, stipend_letters
from mobile_selfservice.services.stipends.election_decisions import Decision

FURTHEST_END = 10 * MONTHS_A_YEAR


class NothingToEnd(Refused):
    """The person holds no stipend that could end."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} holds no stipend that could end, so nothing was changed."
        )


class EndInThePast(Refused):
    """The last month lies before the one that is under way."""

    def __init__(self, month: date) -> None:
        super().__init__(
            f"A stipend cannot end before {month_in_words(month)}: earlier months are "
            "paid whole. Choose this month or a later one; nothing was changed."
        )


class EndTooFarAhead(Refused):
    """The last month lies further ahead than anybody can mean."""

    def __init__(self) -> None:
        super().__init__(
            "The last month lies more than ten years ahead, so nothing was changed. "
            "Look at the year and choose the month again."
        )


def end_stipend(
    session: Session,
    actor: Actor | None,
    person_id: int,
    last_month: date,
    reason: str,
    now: datetime,
) -> date:
    """End a person's stipend with a month, and return that month.

    `last_month` is any day of the last month that is paid. A stipend that would begin
    later is called off. With no actor it is the portal's own act. Doing it again for
    the same month changes nothing.

    Clause: Lodi 2011 §4.H. Reading: AMB-26.

    Raises:
        NotPermitted: to anyone who neither holds the stipend nor ends it (4.H).
        NothingToEnd: if the person holds none.
        EndInThePast: if the month is over already.
        EndTooFarAhead: if it is more than ten years away.
    """
    person = _person(session, actor, person_id, now)
    take_turn(session, person_id)
    last = month_of(last_month)
    this_month = month_of(review_clock.today(session, person.employer_id, now))
    if last > months_later(this_month, FURTHEST_END):
        raise EndTooFarAhead
    rows = held_from_now(session, person_id, this_month)
    if rows and rows[-1].held_until == _until(rows[-1], last):
        return last
    if not rows or rows[-1].held_until is not None:
        raise NothingToEnd(person.name)
    if actor and last < this_month and any(row.held_from < this_month for row in rows):
        raise EndInThePast(this_month)
    for row in rows:
        if row.held_until is None:
            row.held_until = _until(row, last)
            session.add(row)
    session.flush()
    election = election_held_by(session, person_id)
    if election is not None:
        _end_election(session, actor, election, last, reason, now)
    stipend_letters.tell_of_end(session, person, last, reason, now)
    return last


def end_by_hand(
    session: Session,
    actor: Actor,
    *,
    person_id: int,
    last_month: date,
    reason: str,
    now: datetime,
) -> date:
    """End a stipend for a stated reason; see `end_stipend`.

    Raises:
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
    """
    said = stated_reason.stated(reason)
    return end_stipend(session, actor, person_id, last_month, said, now)


def held_from_now(session: Session, person_id: int, month: date) -> list[Stipend]:
    """List a person's rows that reach into a month or lie ahead of it."""
    found = session.exec(
        select(Stipend)
        .where(
            Stipend.person_id == person_id,
            or_(
                col(Stipend.held_until).is_(None),
                (col(Stipend.held_until) > month)
                & (col(Stipend.held_until) > col(Stipend.held_from)),
            ),
        )
        .order_by(col(Stipend.held_from))
    )
    return list(found)


def election_held_by(session: Session, person_id: int) -> StipendElection | None:
    """Return the election behind the stipend a person holds or waits for."""
    return session.exec(
        select(StipendElection)
        .where(
            StipendElection.person_id == person_id,
            col(StipendElection.state).in_(HELD_STATES),
        )
        .order_by(col(StipendElection.id).desc())
    ).first()


def _person(
    session: Session, actor: Actor | None, person_id: int, now: datetime
) -> Person:
    if actor is None:
        return session.get_one(Person, person_id)
    person = access.colleague(session, actor, person_id)
    today = review_clock.today(session, actor.employer_id, now)
    if person.id != actor.person_id and not access.ends_stipend(
        session, actor, person, today
    ):
        raise NotPermitted
    return person


def _until(row: Stipend, last: date) -> date:
    return max(row.held_from, months_later(last, 1))


def _end_election(
    session: Session,
    actor: Actor | None,
    election: StipendElection,
    last: date,
    reason: str,
    now: datetime,
) -> None:
    election.last_month = last
    never_began = election.first_month is not None and last < election.first_month
    note = f"Stipend ended with {month_in_words(last)}"
    if never_began:
        note = "Stipend called off before its first month"
    decision = Decision(
        step=ElectionStep.ENDED,
        note=f"{note}. {reason}".strip(),
        reason=reason,
        facts={"last_month": last.isoformat()},
    )
    election_decisions.decide(
        session, actor, election, ElectionState.ENDED, decision, now
    )
