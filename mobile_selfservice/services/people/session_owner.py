"""Whose session it is and which roles they hold today, read in one statement.

Every event of every tab asks it, so it is built once and nothing of its answer is kept:
a session that is ended, or a role that is taken away, is gone at the next event.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import Session

from mobile_selfservice.models.credential import Credential, SignInSession
from mobile_selfservice.models.organization import Department, Person, Role, RoleGrant
from mobile_selfservice.services.actors import Actor, Grant

OPENED = SignInSession.__table__  # type: ignore[attr-defined]
PERSON = Person.__table__  # type: ignore[attr-defined]
CREDENTIAL = Credential.__table__  # type: ignore[attr-defined]
DEPARTMENT = Department.__table__  # type: ignore[attr-defined]
GRANT = RoleGrant.__table__  # type: ignore[attr-defined]
HELD_TODAY = and_(
    GRANT.c.person_id == PERSON.c.id,
    GRANT.c.valid_from <= bindparam("today"),
    or_(GRANT.c.valid_until.is_(None), GRANT.c.valid_until > bindparam("today")),
)
WHOSE = (
    select(
        OPENED.c.opened_at,
        OPENED.c.seen_at,
        OPENED.c.ended_at,
        CREDENTIAL.c.must_change,
        CREDENTIAL.c.disabled_at,
        PERSON.c.id,
        PERSON.c.employer_id,
        PERSON.c.department_id,
        PERSON.c.name,
        PERSON.c.ended_on,
        DEPARTMENT.c.agency_id,
        GRANT.c.role,
        GRANT.c.agency_id.label("granted_agency"),
        GRANT.c.department_id.label("granted_department"),
    )
    .join_from(OPENED, PERSON, PERSON.c.id == OPENED.c.person_id)
    .join(CREDENTIAL, CREDENTIAL.c.person_id == PERSON.c.id)
    .join(DEPARTMENT, DEPARTMENT.c.id == PERSON.c.department_id)
    .join(GRANT, HELD_TODAY, isouter=True)
    .where(OPENED.c.id_hash == bindparam("session"))
)


def owner_and_roles(
    session: Session, session_hash: str, today: date
) -> tuple[Any, Actor] | None:
    """Return the session with its person and credential, and who they act as today."""
    asked = {"session": session_hash, "today": today}
    rows = session.connection().execute(WHOSE, asked).all()
    return (rows[0], _actor(rows)) if rows else None


def _actor(rows: Sequence[Any]) -> Actor:
    owner = rows[0]
    return Actor(
        person_id=owner.id,
        employer_id=owner.employer_id,
        department_id=owner.department_id,
        agency_id=owner.agency_id,
        name=owner.name,
        grants=frozenset(
            Grant(Role(row.role), row.granted_agency, row.granted_department)
            for row in rows
            if row.role
        ),
    )
