"""Naming who may see numbers, and saying who is expected in an emergency.

A director names staff for the own department; the City Manager or the Deputy City
Manager names the Emergency Services Coordinators. Nobody names themselves.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.models.personal_number import (
    EmergencyDuty,
    NumberReader,
    NumberScope,
)
from mobile_selfservice.services import access, history, printed, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.phones import number_letters, number_rows
from mobile_selfservice.services.refusals import NotPermitted, Refused

LISTED = 20


class OwnName(Refused):
    """Somebody named themselves."""

    def __init__(self) -> None:
        super().__init__(
            "You cannot name yourself. Somebody else has to, so that a second person "
            "knows who sees the numbers. Nothing was changed."
        )


class NamedAlready(Refused):
    """Somebody is named for the same already, through another day."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is named already, through another day. End that first, then name "
            "them anew. Nothing was changed."
        )


class WrongEnd(Refused):
    """The last day lies before the first."""

    def __init__(self) -> None:
        super().__init__(
            "The last day has passed already. Choose a day to come, or leave it empty. "
            "Nothing was changed."
        )


@dataclass(frozen=True, slots=True)
class Naming:
    """Whom to name, for which department, and through which day.

    `department_id` None names an Emergency Services Coordinator; `through` None holds
    until it is ended.
    """

    person_id: int
    department_id: int | None
    through: date | None = None


@dataclass(frozen=True, slots=True)
class NamedReader:
    """Somebody who may see numbers: for what, since when and through which day.

    `through` is None where it holds until it is ended.
    """

    reader_row: int
    name: str
    department: str
    is_coordinator: bool
    reads_for: str
    since: date
    through: date | None
    named_by: str


def name_reader(
    session: Session, actor: Actor, *, naming: Naming, now: datetime
) -> NamedReader:
    """Let somebody see numbers; naming them again for the same does nothing.

    Raises:
        OwnName: if the actor names themselves.
        NamedAlready: if they are named for the same, through another day.
        WrongEnd: if the last day has passed.
        NotPermitted: to who may not name readers of this scope.

    Clause: Lodi 2011 §3.G.
    """
    today = review_clock.today(session, actor.employer_id, now)
    _refuse_who_may_not(session, actor, naming.department_id)
    if naming.person_id == actor.person_id:
        raise OwnName
    if naming.through is not None and naming.through < today:
        raise WrongEnd
    person = access.colleague(session, actor, naming.person_id)
    if person.ended_on is not None and person.ended_on <= today:
        raise NotPermitted
    session.get(Person, person.id, with_for_update=True)
    known = _known(session, naming, today)
    if known is not None and known.reads_until != _day_after(naming.through):
        raise NamedAlready(person.name)
    if known is not None:
        return _named(session, known)
    row = NumberReader(
        employer_id=actor.employer_id,
        reader_id=naming.person_id,
        scope=_scope(naming.department_id),
        department_id=naming.department_id,
        reads_from=today,
        reads_until=_day_after(naming.through),
        named_by=actor.person_id,
        named_at=now,
    )
    session.add(row)
    session.flush()
    named = _named(session, row)
    note = f"Named to see the numbers of {named.reads_for}"
    if naming.through is not None:
        note += f" through {printed.day(naming.through)}"
    _record(session, actor, "number.reader_named", person, note, now)
    return named


def end_reader(
    session: Session, actor: Actor, *, reader_row: int, now: datetime
) -> None:
    """End that somebody sees numbers; ending it again does nothing.

    Raises:
        NotPermitted: to who may not name readers of this scope.

    Clause: Lodi 2011 §3.G.
    """
    row = session.get(NumberReader, reader_row, with_for_update=True)
    if row is None or row.employer_id != actor.employer_id:
        raise NotPermitted
    _refuse_who_may_not(session, actor, row.department_id)
    if row.ended_at is not None:
        return
    today = review_clock.today(session, actor.employer_id, now)
    row.reads_until = max(row.reads_from, min(row.reads_until or today, today))
    row.ended_by, row.ended_at = actor.person_id, now
    session.add(row)
    session.flush()
    person = session.get_one(Person, row.reader_id)
    note = f"Sees the numbers of {_named(session, row).reads_for} no longer"
    _record(session, actor, "number.reader_ended", person, note, now)


def expect(
    session: Session, actor: Actor, *, person_id: int, is_expected: bool, now: datetime
) -> None:
    """Say that somebody is expected at the Emergency Operations Center, or no longer.

    Raises:
        NotPermitted: to everybody but who decides for the person.

    Clause: Lodi 2011 §3.G.
    """
    today = review_clock.today(session, actor.employer_id, now)
    person = access.numbered_person(session, actor, person_id, today)
    session.get(Person, person.id, with_for_update=True)
    duty = number_rows.duty_of(session, person_id)
    if (duty is not None) == is_expected:
        return
    if duty is None:
        duty = EmergencyDuty(
            employer_id=actor.employer_id,
            person_id=person_id,
            marked_by=actor.person_id,
            marked_at=now,
        )
        act, note = "number.expected", "Expected at the Emergency Operations Center"
    else:
        duty.ended_by, duty.ended_at = actor.person_id, now
        act = "number.not_expected"
        note = "Expected at the Emergency Operations Center no longer"
    session.add(duty)
    session.flush()
    _record(session, actor, act, person, note, now)
    if is_expected:
        number_letters.tell_of_listing(session, actor, person, duty.id or 0, now)


def readers(
    session: Session, actor: Actor, *, now: datetime
) -> tuple[NamedReader, ...]:
    """List whom the actor, or who names beside them, has named, and who is named today.

    Clause: Lodi 2011 §3.G.
    """
    today = review_clock.today(session, actor.employer_id, now)
    found = session.exec(
        select(NumberReader)
        .where(NumberReader.employer_id == actor.employer_id, *access.reads_on(today))
        .order_by(col(NumberReader.scope), col(NumberReader.id))
    )
    return tuple(
        _named(session, row)
        for row in found
        if may_name(session, actor, row.department_id)
    )


def people_named(
    session: Session, actor: Actor, *, search: str, now: datetime
) -> tuple[tuple[int, str], ...]:
    """List people of a name who can be named, at most twenty; never oneself.

    Raises:
        NotPermitted: to who names nobody.
    """
    if not access.directed_departments(session, actor):
        access.require(actor, *access.LEADERS)
    today = review_clock.today(session, actor.employer_id, now)
    words = search.replace(",", " ").split()
    if not words:
        return ()
    found = session.exec(
        select(Person, Department.name)
        .join(Department, col(Department.id) == Person.department_id)
        .where(
            Person.employer_id == actor.employer_id,
            Person.id != actor.person_id,
            or_(col(Person.ended_on).is_(None), col(Person.ended_on) > today),
            *(col(Person.name).icontains(word, autoescape=True) for word in words),
        )
        .order_by(Person.name, col(Person.id))
        .limit(LISTED)
    )
    return tuple((each.id or 0, f"{each.name}, {unit}") for each, unit in found)


def may_name(session: Session, actor: Actor, department_id: int | None) -> bool:
    """Tell whether somebody names the readers of a department, or coordinators."""
    try:
        _refuse_who_may_not(session, actor, department_id)
    except NotPermitted:
        return False
    return True


def _refuse_who_may_not(
    session: Session, actor: Actor, department_id: int | None
) -> None:
    if department_id is None:
        access.require(actor, *access.LEADERS)
    else:
        access.number_department(session, actor, department_id)


def _scope(department_id: int | None) -> NumberScope:
    return NumberScope.EMERGENCY if department_id is None else NumberScope.DEPARTMENT


def _day_after(through: date | None) -> date | None:
    return None if through is None else date.fromordinal(through.toordinal() + 1)


def _day_before(until: date | None) -> date | None:
    return None if until is None else date.fromordinal(until.toordinal() - 1)


def _known(session: Session, naming: Naming, today: date) -> NumberReader | None:
    found = session.exec(
        select(NumberReader).where(
            NumberReader.reader_id == naming.person_id,
            NumberReader.scope == _scope(naming.department_id),
            *access.reads_on(today),
        )
    )
    return next(
        (row for row in found if row.department_id == naming.department_id), None
    )


def _named(session: Session, row: NumberReader) -> NamedReader:
    person = session.get_one(Person, row.reader_id)
    own = session.get_one(Department, person.department_id)
    is_coordinator = row.department_id is None
    reads_for = "people expected in an emergency"
    if row.department_id is not None:
        reads_for = session.get_one(Department, row.department_id).name
    return NamedReader(
        reader_row=row.id or 0,
        name=person.name,
        department=own.name,
        is_coordinator=is_coordinator,
        reads_for=reads_for,
        since=row.reads_from,
        through=_day_before(row.reads_until),
        named_by=session.get_one(Person, row.named_by).name,
    )


def _record(
    session: Session, actor: Actor, act: str, person: Person, note: str, now: datetime
) -> None:
    event = Event(act, "person", person.id or 0, f"{person.name}: {note}")
    history.record(session, actor, event, now)
