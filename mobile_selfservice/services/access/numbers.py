"""Who may see the number of somebody's own phone, and who decides about it.

A number is known to its owner, to who decides for them, to the staff a director named,
and, of people expected at the Emergency Operations Center, to an Emergency Services
Coordinator. To everybody else it does not exist (Lodi 2011 sections 3.G and 3.H).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, false
from sqlmodel import Session, and_, col, or_, select

from mobile_selfservice.models.organization import Department, Person, RoleGrant
from mobile_selfservice.models.personal_number import (
    EmergencyDuty,
    NumberReader,
    NumberScope,
)
from mobile_selfservice.services.access.phones import colleague
from mobile_selfservice.services.access.reach import (
    LEADERS,
    agencies,
    directed_departments,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.refusals import NotPermitted


@dataclass(frozen=True, slots=True)
class NumberReach:
    """Whose numbers somebody sees today, as the database is asked for it.

    `decided` are the people the actor decides for, `named` those of departments the
    actor was named for, `emergency` those on the emergency list, where it is theirs.
    """

    decided: ColumnElement[bool]
    named: ColumnElement[bool]
    emergency: ColumnElement[bool]
    decides: bool
    is_named: bool
    is_coordinator: bool

    @property
    def seen(self) -> ColumnElement[bool]:
        """Pick everybody whose number the actor sees."""
        return or_(self.decided, self.named, self.emergency)

    @property
    def is_any(self) -> bool:
        """Tell whether the actor sees anybody's number at all."""
        return self.decides or self.is_named or self.is_coordinator


def number_reach(session: Session, actor: Actor, on: date) -> NumberReach:
    """Say whose numbers a person sees on a day.

    Raises:
        NotPermitted: to who sees none: the list looks as if it did not exist.

    Clause: Lodi 2011 §3.G, §3.H.
    """
    departments, is_coordinator = _named_for(session, actor, on)
    others = _others(actor, on)
    directs, leads = directed_departments(session, actor), agencies(actor, *LEADERS)
    reach = NumberReach(
        decided=decided_people(session, actor, on),
        named=and_(others, ~_directs(on), _in_departments(departments)),
        emergency=and_(others, _is_expected()) if is_coordinator else false(),
        decides=bool(directs or leads),
        is_named=bool(departments),
        is_coordinator=is_coordinator,
    )
    if not reach.is_any:
        raise NotPermitted
    return reach


def decided_people(session: Session, actor: Actor, on: date) -> ColumnElement[bool]:
    """Pick whom somebody decides for on a day, as `phones.decides_for` tells it."""
    directs, leads = directed_departments(session, actor), agencies(actor, *LEADERS)
    return and_(_others(actor, on), _decided(directs, leads, on))


def numbered_person(session: Session, actor: Actor, person_id: int, on: date) -> Person:
    """Return a person to who decides for them, to say what they are expected for.

    Raises:
        NotPermitted: to everybody else.
    """
    person = colleague(session, actor, person_id)
    reach = number_reach(session, actor, on)
    asked = select(Person.id).where(col(Person.id) == person.id, reach.decided)
    if session.exec(asked).first() is None:
        raise NotPermitted
    return person


def number_department(session: Session, actor: Actor, department_id: int) -> Department:
    """Return a department to its director, who names the readers of its numbers."""
    if department_id not in directed_departments(session, actor):
        raise NotPermitted
    return session.get_one(Department, department_id)


def _others(actor: Actor, on: date) -> ColumnElement[bool]:
    """Pick everybody else who works for the employer on a day."""
    return and_(
        col(Person.employer_id) == actor.employer_id,
        col(Person.id) != actor.person_id,
        or_(col(Person.ended_on).is_(None), col(Person.ended_on) > on),
    )


def _named_for(session: Session, actor: Actor, on: date) -> tuple[set[int], bool]:
    """Return the departments somebody was named for, and if the emergency list is."""
    found = session.exec(
        select(NumberReader.scope, NumberReader.department_id).where(
            NumberReader.employer_id == actor.employer_id,
            NumberReader.reader_id == actor.person_id,
            *reads_on(on),
        )
    ).all()
    departments = {department for _, department in found if department is not None}
    return departments, any(scope == NumberScope.EMERGENCY for scope, _ in found)


def reads_on(on: date) -> tuple[ColumnElement[bool], ...]:
    """Pick the readers who are named on a day."""
    return (
        col(NumberReader.reads_from) <= on,
        or_(
            col(NumberReader.reads_until).is_(None),
            col(NumberReader.reads_until) > on,
        ),
    )


def _decided(
    directs: Iterable[int], leads: frozenset[int | None], on: date
) -> ColumnElement[bool]:
    """Pick whom the actor decides for: a director their staff, leaders directors."""
    staff = and_(~_directs(on), _in_departments(directs))
    if not leads:
        return staff
    return or_(staff, and_(_directs(on), _in_agencies(leads)))


def _directs(on: date) -> ColumnElement[bool]:
    """Pick who directs a department on a day, as `phones.is_director` tells it."""
    return exists().where(
        col(RoleGrant.person_id) == col(Person.id),
        col(RoleGrant.role) == "director",
        col(RoleGrant.valid_from) <= on,
        or_(col(RoleGrant.valid_until).is_(None), col(RoleGrant.valid_until) > on),
    )


def _in_departments(departments: Iterable[int]) -> ColumnElement[bool]:
    return col(Person.department_id).in_(set(departments))


def _in_agencies(fenced: frozenset[int | None]) -> ColumnElement[bool]:
    departments = select(Department.id)
    if None not in fenced:
        departments = departments.where(col(Department.agency_id).in_(fenced))
    return col(Person.department_id).in_(departments)


def _is_expected() -> ColumnElement[bool]:
    return exists().where(
        col(EmergencyDuty.person_id) == col(Person.id),
        col(EmergencyDuty.ended_at).is_(None),
    )
