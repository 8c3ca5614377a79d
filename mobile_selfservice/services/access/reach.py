"""What a role reaches: a department, an agency, or the whole employer."""

from sqlmodel import Session, col, select

from mobile_selfservice.models.organization import (
    Agency,
    Department,
    Employer,
)
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.refusals import NotPermitted

LEADERS = (Role.DCM, Role.CITY_MANAGER)
READERS = (Role.AUDITOR, *LEADERS)


def require(actor: Actor, *roles: Role) -> None:
    """Let only these roles pass."""
    if not actor.has(*roles):
        raise NotPermitted


def employer(session: Session, actor: Actor) -> Employer:
    """Return the employer the person works for."""
    found = session.get(Employer, actor.employer_id)
    if found is None:
        raise NotPermitted
    return found


def directed_departments(session: Session, actor: Actor) -> frozenset[int]:
    """Return the departments a person directs."""
    return frozenset(
        grant.department_id
        for grant in actor.grants
        if grant.role is Role.DIRECTOR and grant.department_id is not None
    )


def visible_departments(session: Session, actor: Actor) -> list[Department]:
    """List the departments whose team pages a person may open."""
    found = session.exec(
        select(Department)
        .join(Agency, col(Agency.id) == Department.agency_id)
        .where(Agency.employer_id == actor.employer_id)
        .order_by(Department.name, col(Department.id))
    ).all()
    mine = directed_departments(session, actor)
    fenced = agencies(actor, *READERS)
    return [
        department
        for department in found
        if department.id in mine or fence_allows(fenced, department.agency_id)
    ]


def team_department(session: Session, actor: Actor, department_id: int) -> Department:
    """Return a department to its director, or to one who reads every department."""
    for department in visible_departments(session, actor):
        if department.id == department_id:
            return department
    raise NotPermitted


def agencies(actor: Actor, *roles: Role) -> frozenset[int | None]:
    """Return the agencies these roles reach; None among them means every agency."""
    return frozenset(grant.agency_id for grant in actor.grants if grant.role in roles)


def fence_allows(fenced: frozenset[int | None], agency_id: int) -> bool:
    """Tell whether an agency is among those reached."""
    return None in fenced or agency_id in fenced
