"""The doors to what concerns a person's own phone: forms, stipends, proofs, claims.

Whose director decides is asked of the day itself: the one who directs the person's
department. For a director that is nobody of the department but the City Manager, or the
Deputy City Manager where the policy leaves it to either (AMB-45, AMB-46).
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.organization import Department, Person, RoleGrant
from mobile_selfservice.services.access.reach import (
    LEADERS,
    agencies,
    directed_departments,
    fence_allows,
)
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.refusals import NotPermitted


def colleague(session: Session, actor: Actor, person_id: int | None) -> Person:
    """Return a person of the same employer. The door that asks says who may have them.

    Raises:
        NotPermitted: if there is none.
    """
    found = session.get(Person, person_id) if person_id is not None else None
    if found is None or found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def decides_for(
    session: Session,
    actor: Actor,
    person: Person,
    *,
    on: date,
    leaders: Sequence[Role] = LEADERS,
) -> bool:
    """Tell whether somebody decides for a person: their director, never themselves.

    For a director it is one of `leaders` instead (SOD-2, SOD-5, SOD-7).
    """
    if person.id == actor.person_id:
        return False
    if is_director(session, person, on):
        return works_for(session, actor, person, *leaders)
    return person.department_id in directed_departments(session, actor)


def works_for(session: Session, actor: Actor, person: Person, *roles: Role) -> bool:
    """Tell whether one of these roles reaches a person, who is somebody else."""
    return person.id != actor.person_id and reads_of(session, actor, person, *roles)


def reads_of(session: Session, actor: Actor, person: Person, *roles: Role) -> bool:
    """Tell whether one of these roles reaches a person's agency."""
    if person.employer_id != actor.employer_id:
        return False
    department = session.get(Department, person.department_id)
    fenced = agencies(actor, *roles)
    return department is not None and fence_allows(fenced, department.agency_id)


def is_director(session: Session, person: Person, on: date) -> bool:
    """Tell whether a person directs a department on a day."""
    held = session.exec(
        select(RoleGrant.id).where(
            RoleGrant.person_id == person.id,
            RoleGrant.role == Role.DIRECTOR,
            col(RoleGrant.valid_from) <= on,
            or_(col(RoleGrant.valid_until).is_(None), col(RoleGrant.valid_until) > on),
        )
    ).first()
    return held is not None
