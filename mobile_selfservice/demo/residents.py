"""Settling the city: its employer, departments, people and phones become records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, select

from mobile_selfservice.demo.calendar import TIME_ZONE, holidays
from mobile_selfservice.demo.city import City
from mobile_selfservice.demo.lines import LONG_AGO, DemoLine
from mobile_selfservice.demo.people import DEPARTMENTS, DemoPerson
from mobile_selfservice.demo.stipends import DemoStipend, every_stipend
from mobile_selfservice.models.credential import Credential
from mobile_selfservice.models.line import Line, LineHolding, LineKind
from mobile_selfservice.models.organization import (
    Agency,
    Department,
    Employer,
    Holiday,
    Person,
    Role,
    RoleGrant,
)
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.people import sign_in
from mobile_selfservice.services.refusals import Refused

EDITION = "alder_creek"
FOUNDED = datetime(2019, 7, 1, tzinfo=UTC)


class Inhabited(Refused):
    """The database already has an employer; a demo never goes on top of one."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"This database already belongs to {name}, so no demo city was built. Set "
            "DATABASE_URL to an empty database to build one."
        )


@dataclass(frozen=True, slots=True)
class Residents:
    """Everybody of the demo as they act in the portal, by name.

    `rows` only keeps the records alive: a session forgets what nobody holds, and would
    ask the database for the same few people ten thousand times.
    """

    employer_id: int
    actors: dict[str, Actor]
    rows: tuple[object, ...]

    def __getitem__(self, person: DemoPerson) -> Actor:
        return self.actors[person.name]

    def by_id(self, person_id: int) -> Actor:
        """Return who a person is."""
        found = (one for one in self.actors.values() if one.person_id == person_id)
        return next(found)


def settle(session: Session, city: City, password_hash: str) -> Residents:
    """Write the city into an empty database; everyone signs in with one password.

    Raises:
        Inhabited: if the database is not empty.
    """
    refuse_inhabited(session)
    employer = _employer(session, city)
    departments = _departments(session, employer)
    people = {
        person.name: _person(session, employer, person, departments)
        for person in city.people
    }
    session.flush()
    for person in city.people:
        row = people[person.name]
        session.add_all(_grants(row, person))
        if person.ended_on is None:
            session.add(_credential(row, password_hash))
    for line in city.lines:
        _keep_line(session, employer, line, people)
    session.add_all(
        _stipend(people[one.person.name], one) for one in every_stipend(city)
    )
    session.flush()
    actors = {
        name: sign_in.actor_of(session, row, FOUNDED) for name, row in people.items()
    }
    rows = (employer, *departments.values(), *people.values())
    return Residents(employer.id or 0, actors, rows)


def refuse_inhabited(session: Session) -> None:
    """Let nothing be built where an employer is already."""
    found = session.exec(select(Employer)).first()
    if found is not None:
        raise Inhabited(found.name)


def _employer(session: Session, city: City) -> Employer:
    employer = Employer(
        name=city.name,
        time_zone=str(TIME_ZONE),
        policy_edition=EDITION,
        remit_to="Finance Division, 1 Alder Street, Alder Creek",
        is_demo=True,
    )
    session.add(employer)
    session.flush()
    years = {month.first.year for month in city.months}
    for year in range(min(years), max(years) + 2):
        for day, name in holidays(year):
            session.add(Holiday(employer_id=employer.id or 0, day=day, name=name))
    return employer


def _departments(session: Session, employer: Employer) -> dict[str, Department]:
    agency = Agency(employer_id=employer.id or 0, name=employer.name)
    session.add(agency)
    session.flush()
    made = {
        one.code: Department(agency_id=agency.id or 0, code=one.code, name=one.name)
        for one in DEPARTMENTS
    }
    session.add_all(made.values())
    session.flush()
    return made


def _person(
    session: Session,
    employer: Employer,
    person: DemoPerson,
    departments: dict[str, Department],
) -> Person:
    row = Person(
        employer_id=employer.id or 0,
        department_id=departments[person.department].id or 0,
        user_name=person.user_name,
        employee_number=f"E{person.number:04}",
        name=person.name,
        email=f"{person.user_name}@aldercreek.example",
        ended_on=person.ended_on,
    )
    session.add(row)
    return row


def _grants(row: Person, person: DemoPerson) -> Iterator[RoleGrant]:
    for role in person.roles:
        scope = row.department_id if role is Role.DIRECTOR else None
        yield RoleGrant(
            person_id=row.id or 0, role=role, department_id=scope, valid_from=LONG_AGO
        )


def _credential(row: Person, password_hash: str) -> Credential:
    return Credential(
        person_id=row.id or 0, password_hash=password_hash, must_change=False
    )


def _keep_line(
    session: Session, employer: Employer, line: DemoLine, people: dict[str, Person]
) -> None:
    """Keep a line with its holders; nobody has told the city of one without."""
    if not line.holdings:
        return
    row = Line(
        employer_id=employer.id or 0,
        number=line.number.certain,
        label=line.label,
        kind=line.kind,
    )
    session.add(row)
    session.flush()
    for held in line.holdings:
        person = people[held.person.name]
        session.add(
            LineHolding(
                line_id=row.id or 0,
                person_id=person.id or 0,
                department_id=person.department_id,
                held_from=held.held_from,
                held_until=held.held_until,
                is_custodian=line.kind != LineKind.PERSONAL,
            )
        )


def _stipend(person: Person, held: DemoStipend) -> Stipend:
    return Stipend(
        person_id=person.id or 0,
        stipend_class=held.stipend_class,
        monthly_amount=held.monthly_amount,
        out_of_pocket=held.out_of_pocket,
        held_from=held.held_from,
        held_until=held.held_until,
        authority=held.authority,
    )


def is_inhabited(session: Session) -> bool:
    """Tell whether an employer is there already."""
    return session.exec(select(Employer.id)).first() is not None
