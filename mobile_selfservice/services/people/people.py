"""The people of the employer, for the administrator who looks after their accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from mobile_selfservice.models.credential import Credential
from mobile_selfservice.models.organization import Department, Person, RoleGrant
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor, Role

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person: who they are, what they may do, and whether they can sign in."""

    person_id: int
    name: str
    user_name: str
    employee_number: str
    department: str
    roles: tuple[Role, ...]
    has_account: bool
    is_closed: bool
    must_change_password: bool
    ended_on: date | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of people."""

    rows: list[PersonRow]
    page: int
    pages: int
    total: int


def list_people(
    session: Session, actor: Actor, *, search: str = "", page: int = 1, now: datetime
) -> PeoplePage:
    """Return one page of the people whose name, user name or number contains words."""
    access.require(actor, Role.ADMINISTRATOR)
    wanted = [Person.employer_id == actor.employer_id, *_matching(search.strip())]
    total = session.exec(select(func.count()).select_from(Person).where(*wanted)).one()
    pages = max(1, -(-total // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    found = session.exec(
        select(Person, Department.name, Credential)
        .join(Department, col(Department.id) == Person.department_id)
        .join(Credential, col(Credential.person_id) == Person.id, isouter=True)
        .where(*wanted)
        .order_by(Person.name, col(Person.id))
        .offset((page - 1) * ROWS_A_PAGE)
        .limit(ROWS_A_PAGE)
    ).all()
    roles = _roles_of(session, [person.id or 0 for person, _, _ in found], now)
    rows = [
        _row(person, department, credential, roles, actor)
        for person, department, credential in found
    ]
    return PeoplePage(rows, page, pages, total)


def _matching(search: str) -> list[Any]:
    if not search:
        return []
    return [
        or_(
            *(
                col(column).icontains(search, autoescape=True)
                for column in (Person.name, Person.user_name, Person.employee_number)
            )
        )
    ]


def _roles_of(
    session: Session, ids: Iterable[int], now: datetime
) -> dict[int, set[Role]]:
    today = now.date()
    found = session.exec(
        select(RoleGrant.person_id, RoleGrant.role).where(
            col(RoleGrant.person_id).in_(list(ids)),
            RoleGrant.valid_from <= today,
            or_(
                col(RoleGrant.valid_until).is_(None),
                col(RoleGrant.valid_until) > today,
            ),
        )
    )
    roles: dict[int, set[Role]] = {}
    for person_id, role in found:
        roles.setdefault(person_id, set()).add(Role(role))
    return roles


def _row(
    person: Person,
    department: str,
    credential: Credential | None,
    roles: dict[int, set[Role]],
    actor: Actor,
) -> PersonRow:
    held = roles.get(person.id or 0, set())
    return PersonRow(
        person_id=person.id or 0,
        name=person.name,
        user_name=person.user_name,
        employee_number=person.employee_number,
        department=department,
        roles=tuple(role for role in Role if role in held),
        has_account=credential is not None,
        is_closed=credential is not None and credential.disabled_at is not None,
        must_change_password=credential is not None and credential.must_change,
        ended_on=person.ended_on,
        is_own=person.id == actor.person_id,
    )
