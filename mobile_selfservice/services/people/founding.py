"""The first day of a new install: one employer, one department, one administrator."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import Session, select

from mobile_selfservice.models.credential import Credential
from mobile_selfservice.models.organization import (
    Agency,
    Department,
    Employer,
    Person,
    Role,
    RoleGrant,
)
from mobile_selfservice.services import history
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.policy_in_force import packaged
from mobile_selfservice.services.refusals import Refused

Row = TypeVar("Row", Employer, Agency, Department, Person)


class AlreadyFounded(Refused):
    """The database has its employer; an install has one."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"This database is {name}'s already. Nothing was changed. Set DATABASE_URL "
            "to an empty database for another employer."
        )


class NoSuchZone(Refused):
    """The time zone is not one that the zone database knows."""

    def __init__(self, zone: str) -> None:
        super().__init__(
            f"There is no time zone “{zone}”. Name it as America/Los_Angeles is named."
        )


@dataclass(frozen=True, slots=True)
class Charter:
    """Who the employer is and which policy it follows."""

    name: str
    time_zone: str
    edition: str


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """Who looks after accounts from the first day."""

    name: str
    user_name: str
    email: str
    password_hash: str


def found(
    session: Session, charter: Charter, first: FirstAdministrator, *, now: datetime
) -> None:
    """Enter the employer and its first administrator, who must change the password.

    Raises:
        AlreadyFounded: if there is an employer.
        NoSuchZone: if the time zone is unknown.
        NoSuchEdition: if no policy edition of that name is packaged.
    """
    before = session.exec(select(Employer)).first()
    if before is not None:
        raise AlreadyFounded(before.name)
    _check(charter)
    employer = Employer(
        name=charter.name,
        time_zone=charter.time_zone,
        policy_edition=charter.edition,
    )
    _add(session, employer)
    person = _administrator(session, employer, first, now)
    note = f"Set up {charter.name}"
    event = Event("employer.founded", "employer", employer.id or 0, note)
    history.record_system(session, employer.id or 0, event, now)
    session.add(Credential(person_id=person.id or 0, password_hash=first.password_hash))


def _check(charter: Charter) -> None:
    packaged(charter.edition)
    try:
        ZoneInfo(charter.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise NoSuchZone(charter.time_zone) from unknown


def _administrator(
    session: Session, employer: Employer, first: FirstAdministrator, now: datetime
) -> Person:
    agency = _add(session, Agency(employer_id=employer.id or 0, name=employer.name))
    office = _add(
        session,
        Department(agency_id=agency.id or 0, code="ADM", name="Administration"),
    )
    person = Person(
        employer_id=employer.id or 0,
        department_id=office.id or 0,
        user_name=first.user_name,
        employee_number="0001",
        name=first.name,
        email=first.email,
    )
    _add(session, person)
    grant = RoleGrant(
        person_id=person.id or 0,
        role=Role.ADMINISTRATOR,
        valid_from=now.date(),
    )
    session.add(grant)
    return person


def _add(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
