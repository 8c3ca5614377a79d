"""Who may tell, read and act on somebody's leave.

A leave is its person's and whose decides for them: their director, for a director the
Deputy City Manager or the City Manager (AMB-45, AMB-46). Information Systems reads the
days of long leave only, and acts on the lines of others; an auditor reads the same.
"""

from datetime import date

from sqlalchemy import ColumnElement, false
from sqlmodel import Session, and_, col, or_

from mobile_selfservice.models.leave import Leave, LongLeave
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.services.access.numbers import decided_people
from mobile_selfservice.services.access.phones import (
    colleague,
    decides_for,
    works_for,
)
from mobile_selfservice.services.access.reach import LEADERS, agencies
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.refusals import NotPermitted

LEAVE_DECIDERS = (Role.DIRECTOR, *LEADERS)
LONG_LEAVE_READERS = (Role.IT, Role.AUDITOR)
LEAVE_READERS = (*LEAVE_DECIDERS, *LONG_LEAVE_READERS)


def leave_subject(
    session: Session, actor: Actor, person_id: int | None, on: date
) -> Person:
    """Return a person to themselves and to who decides for them, to tell their leave.

    Raises:
        NotPermitted: to everybody else.
    """
    person = colleague(session, actor, person_id)
    if person.id == actor.person_id or decides_for(session, actor, person, on=on):
        return person
    raise NotPermitted


def told_leave(session: Session, actor: Actor, leave_id: int, on: date) -> Leave:
    """Return a leave to its person and to who decides for them.

    Raises:
        NotPermitted: to everybody else.
    """
    found = session.get(Leave, leave_id)
    if found is None or found.employer_id != actor.employer_id:
        raise NotPermitted
    leave_subject(session, actor, found.person_id, on)
    return found


def long_leave_to_act_on(
    session: Session, actor: Actor, long_leave_id: int
) -> LongLeave:
    """Return a long leave, locked, to Information Systems; never one's own (SOD-7).

    Raises:
        NotPermitted: to everybody else.
    """
    found = session.get(
        LongLeave, long_leave_id, with_for_update=True, populate_existing=True
    )
    if found is None or found.employer_id != actor.employer_id:
        raise NotPermitted
    if not works_for(
        session, actor, colleague(session, actor, found.person_id), Role.IT
    ):
        raise NotPermitted
    return found


def leave_decided_by(session: Session, actor: Actor, on: date) -> ColumnElement[bool]:
    """Pick the people whose leave somebody tells and reads; never oneself."""
    return decided_people(session, actor, on)


def long_leave_read_by(actor: Actor) -> ColumnElement[bool]:
    """Pick the people whose long leave Information Systems or an auditor reads.

    Joined with their `Department`. Nobody reads their own here.
    """
    return or_(false(), *(_reached(actor, role) for role in LONG_LEAVE_READERS))


def _reached(actor: Actor, role: Role) -> ColumnElement[bool]:
    fenced = agencies(actor, role)
    others = and_(
        col(Person.employer_id) == actor.employer_id,
        col(Person.id) != actor.person_id,
    )
    if None in fenced:
        return others
    return and_(others, col(Department.agency_id).in_(fenced))
