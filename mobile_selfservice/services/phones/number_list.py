"""The list of numbers, for who may see it, and the emergency list as rows of a file.

Whose numbers stand on it the doors say (services/access/numbers.py); to everybody else
there is no list (Lodi 2011 sections 3.G and 3.H).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.models.personal_number import PersonalNumber
from mobile_selfservice.services import access, history, review_clock
from mobile_selfservice.services.access import NumberReach
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.phones import number_rows
from mobile_selfservice.services.phones.number_exceptions import Allowed, allowed_of
from mobile_selfservice.services.refusals import NotPermitted

PAGE_SIZE = 50
MOST_IN_FILE = 20_000


class Shown(StrEnum):
    """Which people of the list are shown."""

    NUMBERS = "numbers"
    MISSING = "missing"
    EMERGENCY = "emergency"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A person of the list. `number` is empty where none is on record.

    `is_asked_for`: they hold a stipend or claim calls. `may_mark`: the reader decides
    for them, and may say that they are expected in an emergency, or that their number
    may be given out. `allowed`: it may be, and why (section 3.H).
    """

    person_id: int
    name: str
    department: str
    number: str
    told_at: datetime | None
    is_late: bool
    is_asked_for: bool
    is_expected: bool
    may_mark: bool
    allowed: Allowed | None = None


@dataclass(frozen=True, slots=True)
class NumberList:
    """One page of the list, by name, and what its reader may do."""

    rows: tuple[Numbered, ...]
    count: int
    missing: int
    page: int
    pages: int
    shown: Shown
    decides: bool
    is_coordinator: bool
    names_coordinators: bool
    departments: tuple[tuple[int, str], ...]
    today: date
    time_zone: str


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """One line of the emergency list's file."""

    name: str
    department: str
    number: str
    told_at: datetime | None


def page_of(
    session: Session,
    actor: Actor,
    *,
    shown: str = Shown.NUMBERS,
    search: str = "",
    page: int = 1,
    now: datetime,
) -> NumberList:
    """List the people whose numbers somebody may see, fifty at a time.

    Raises:
        NotPermitted: to who may see nobody's.

    Clause: Lodi 2011 §3.G, §3.H.
    """
    today = review_clock.today(session, actor.employer_id, now)
    reach = access.number_reach(session, actor, today)
    wanted = and_(reach.seen, _shown(Shown(shown), today), *_searched(search))
    count = _count(session, wanted)
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    missing = and_(reach.seen, _shown(Shown.MISSING, today))
    return NumberList(
        rows=_rows(session, reach, wanted, page, today),
        count=count,
        missing=_count(session, missing),
        page=page,
        pages=pages,
        shown=Shown(shown),
        decides=reach.decides,
        is_coordinator=reach.is_coordinator,
        names_coordinators=actor.has(*access.LEADERS),
        departments=_own_departments(session, actor),
        today=today,
        time_zone=access.employer(session, actor).time_zone,
    )


def sees_numbers(session: Session, actor: Actor, *, now: datetime) -> bool:
    """Tell whether there is a list for somebody."""
    today = review_clock.today(session, actor.employer_id, now)
    try:
        access.number_reach(session, actor, today)
    except NotPermitted:
        return False
    return True


def emergency_list(
    session: Session, actor: Actor, *, now: datetime
) -> tuple[EmergencyRow, ...]:
    """Return the emergency list as a coordinator takes it along, and write that down.

    Raises:
        NotPermitted: to everybody but an Emergency Services Coordinator.

    Clause: Lodi 2011 §3.G.
    """
    today = review_clock.today(session, actor.employer_id, now)
    reach = access.number_reach(session, actor, today)
    if not reach.is_coordinator:
        raise NotPermitted
    found = session.exec(
        select(Person, Department.name)
        .join(Department, col(Department.id) == Person.department_id)
        .where(reach.emergency)
        .order_by(Person.name, col(Person.id))
        .limit(MOST_IN_FILE)
    ).all()
    numbers = number_rows.newest_of(session, [person.id or 0 for person, _ in found])
    rows = tuple(
        _emergency_row(person, name, numbers.get(person.id or 0))
        for person, name in found
    )
    note = f"Took the emergency list as a file: {len(rows)} people"
    event = Event("number.list_taken", "employer", actor.employer_id, note)
    history.record(session, actor, event, now)
    return rows


def _emergency_row(
    person: Person, department: str, row: PersonalNumber | None
) -> EmergencyRow:
    number = (row.number or "") if row else ""
    told_at = row.reported_at if row and row.number else None
    return EmergencyRow(person.name, department, number, told_at)


def _shown(shown: Shown, today: date) -> Any:
    asked = number_rows.must_have_number(today)
    expected = number_rows.is_expected()
    has = number_rows.has_number()
    return {
        Shown.NUMBERS: or_(has, asked, expected),
        Shown.MISSING: and_(~has, or_(asked, expected)),
        Shown.EMERGENCY: expected,
        Shown.EVERYBODY: col(Person.id).is_not(None),
    }[shown]


def _searched(search: str) -> list[Any]:
    """Ask for every word of a search in the name, so that "AMES, ALDER" finds both."""
    words = search[:60].replace(",", " ").split()
    return [col(Person.name).icontains(word, autoescape=True) for word in words]


def _count(session: Session, wanted: Any) -> int:
    return session.exec(select(func.count()).select_from(Person).where(wanted)).one()


def _rows(
    session: Session, reach: NumberReach, wanted: Any, page: int, today: date
) -> tuple[Numbered, ...]:
    found = session.exec(
        select(Person, Department.name)
        .join(Department, col(Department.id) == Person.department_id)
        .where(wanted)
        .order_by(Person.name, col(Person.id))
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    people = [person.id or 0 for person, _ in found]
    numbers = number_rows.newest_of(session, people)
    asked = _those(session, people, number_rows.must_have_number(today))
    expected = _those(session, people, number_rows.is_expected())
    decided = _those(session, people, reach.decided)
    allowed = allowed_of(session, people)
    return tuple(
        replace(
            _row(person, name, numbers.get(person.id or 0), asked, expected, decided),
            allowed=allowed.get(person.id or 0),
        )
        for person, name in found
    )


def _row(
    person: Person,
    department: str,
    row: PersonalNumber | None,
    asked: set[int],
    expected: set[int],
    decided: set[int],
) -> Numbered:
    person_id = person.id or 0
    has_number = row is not None and row.number is not None
    return Numbered(
        person_id=person_id,
        name=person.name,
        department=department,
        number=(row.number or "") if row else "",
        told_at=row.reported_at if row and has_number else None,
        is_late=bool(row and has_number and row.is_late),
        is_asked_for=person_id in asked,
        is_expected=person_id in expected,
        may_mark=person_id in decided,
    )


def _those(session: Session, people: list[int], condition: Any) -> set[int]:
    found = session.exec(select(Person.id).where(col(Person.id).in_(people), condition))
    return {each for each in found if each is not None}


def _own_departments(session: Session, actor: Actor) -> tuple[tuple[int, str], ...]:
    """List the departments whose readers the actor names."""
    directed = access.directed_departments(session, actor)
    found = session.exec(
        select(Department)
        .where(col(Department.id).in_(directed))
        .order_by(Department.name, col(Department.id))
    )
    return tuple((each.id or 0, each.name) for each in found)
