"""Leave to give somebody's cell number out for everyday business (Lodi 2011 3.H).

The policy forbids it unless an exception is justified. Whoever decides for a person
records that, with the reason, and ends it; the person and everybody who sees the number
read it beside the number. It opens the list of numbers to nobody else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.personal_number import NumberException
from mobile_selfservice.services import access, history, review_clock, stated_reason
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.phones import number_letters
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted

WHAT = "The exception for this number"


@dataclass(frozen=True, slots=True)
class Allowed:
    """Leave to give a number out: why, by whom and since when."""

    exception_id: int
    reason: str
    by: str
    since: datetime


def allow_out(
    session: Session, actor: Actor, *, person_id: int, reason: str, now: datetime
) -> None:
    """Record that a person's number may be given out; a second click does nothing.

    Clause: Lodi 2011 §3.H.

    Raises:
        NotPermitted: to everybody but who decides for the person, never oneself.
        ChangedMeanwhile: if somebody recorded one meanwhile, or for another reason.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
    """
    person = _decided(session, actor, person_id, now)
    said = stated_reason.stated(reason)
    before = _open(session, person_id)
    if before is not None:
        if (before.allowed_by, before.reason) == (actor.person_id, said):
            return
        raise ChangedMeanwhile(WHAT)
    row = NumberException(
        employer_id=actor.employer_id,
        person_id=person_id,
        reason=said,
        allowed_by=actor.person_id,
        allowed_at=now,
    )
    session.add(row)
    session.flush()
    note = f"{person.name}: the number may be given out for everyday business. {said}"
    _record(session, actor, "number.allowed_out", person_id, note, now)
    number_letters.tell_of_exception(session, actor, person_id, row.id or 0, said, now)


def end(
    session: Session, actor: Actor, *, person_id: int, exception_id: int, now: datetime
) -> None:
    """Record that a person's number is given out no longer; twice does nothing more.

    `exception_id` is the one that was seen: a newer one does not end with it.

    Clause: Lodi 2011 §3.H.

    Raises:
        NotPermitted: to everybody but who decides for the person, never oneself.
        ChangedMeanwhile: if it was ended by somebody else meanwhile.
    """
    person = _decided(session, actor, person_id, now)
    row = session.get(NumberException, exception_id)
    if row is None or row.person_id != person_id:
        raise NotPermitted
    if row.ended_at is not None:
        if row.ended_by == actor.person_id:
            return
        raise ChangedMeanwhile(WHAT)
    row.ended_by, row.ended_at = actor.person_id, now
    session.add(row)
    session.flush()
    note = f"{person.name}: the number is not given out for everyday business any more"
    _record(session, actor, "number.not_allowed_out", person_id, note, now)


def allowed_of(session: Session, people: Collection[int]) -> dict[int, Allowed]:
    """Return the leave that holds, by person. The caller checks access."""
    found = session.exec(
        select(NumberException, Person.name)
        .join(Person, col(Person.id) == NumberException.allowed_by)
        .where(
            col(NumberException.person_id).in_(people),
            col(NumberException.ended_at).is_(None),
        )
        .order_by(col(NumberException.id))
    )
    return {
        row.person_id: Allowed(row.id or 0, row.reason, name, row.allowed_at)
        for row, name in found
    }


def _decided(session: Session, actor: Actor, person_id: int, now: datetime) -> Person:
    today = review_clock.today(session, actor.employer_id, now)
    person = access.numbered_person(session, actor, person_id, today)
    # Two clicks at once take turns, so that none adds a second row.
    session.get(Person, person.id, with_for_update=True)
    return person


def _open(session: Session, person_id: int) -> NumberException | None:
    return session.exec(
        select(NumberException).where(
            NumberException.person_id == person_id,
            col(NumberException.ended_at).is_(None),
        )
    ).first()


def _record(
    session: Session, actor: Actor, act: str, person_id: int, note: str, now: datetime
) -> None:
    history.record(session, actor, Event(act, "person", person_id, note), now)
