"""Who accepts or returns the statements of a department, looked up for many at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.organization import Person, Role, RoleGrant


def directors_of(
    session: Session, department_ids: Iterable[int], now: datetime
) -> dict[int, list[int]]:
    """Return the directors of each department, by person, oldest grant first."""
    found = session.exec(
        select(RoleGrant.department_id, RoleGrant.person_id)
        .join(Person, col(Person.id) == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.DIRECTOR,
            col(RoleGrant.department_id).in_(set(department_ids)),
            *_in_force(now),
        )
        .order_by(col(RoleGrant.id))
    )
    directors: dict[int, list[int]] = {}
    for department_id, person_id in found:
        if department_id is not None:
            directors.setdefault(department_id, []).append(person_id)
    return directors


def holders_of(
    session: Session,
    employer_id: int,
    roles: Iterable[Role],
    now: datetime,
    *,
    agency_id: int | None = None,
) -> list[int]:
    """Return who holds one of these roles today, by person.

    With an agency, those alone whose role reaches it.
    """
    asked = (
        select(RoleGrant.person_id)
        .join(Person, col(Person.id) == RoleGrant.person_id)
        .where(
            Person.employer_id == employer_id,
            col(RoleGrant.role).in_([role.value for role in roles]),
            *_in_force(now),
        )
    )
    if agency_id is not None:
        fence = col(RoleGrant.agency_id)
        asked = asked.where(or_(fence.is_(None), fence == agency_id))
    return list(session.exec(asked.distinct().order_by(col(RoleGrant.person_id))))


def _in_force(now: datetime) -> tuple[Any, ...]:
    today = now.date()
    return (
        RoleGrant.valid_from <= today,
        or_(col(RoleGrant.valid_until).is_(None), col(RoleGrant.valid_until) > today),
        or_(col(Person.ended_on).is_(None), col(Person.ended_on) > today),
    )
