"""Who may hold a line that nobody is known to hold. A hint is never acted on alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.services.invoices.line_matching import name_key, people_named

MOST = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who may hold a line, and why the portal thinks so."""

    person_id: int
    name: str
    department: str
    why: str


def suggestions(
    session: Session, employer_id: int, bills: Sequence[Bill]
) -> dict[int, tuple[Suggestion, ...]]:
    """Suggest holders for bills (by id): the name on the bill, history, cost center."""
    if not bills:
        return {}
    named = people_named(session, employer_id)
    before = _held_before(session, bills)
    sharing = _sharing_a_cost_center(session, employer_id, bills)
    found: dict[int, list[tuple[int, str]]] = {}
    for bill in bills:
        mine = found.setdefault(bill.id or 0, [])
        by_name = named.get(name_key(bill.user_name)) if bill.user_name else None
        if by_name:
            mine.append((by_name[0], "The bill prints this name."))
        for person_id, until in before.get(bill.line_id or 0, ()):
            day = f"{until:%B} {until.day}, {until.year}"
            mine.append((person_id, f"Held the line until {day}."))
        for person_id in sharing.get(bill.cost_center, ()):
            words = (
                f"The only other line with cost center {bill.cost_center} is theirs."
            )
            mine.append((person_id, words))
    return _told(session, found)


def _held_before(
    session: Session, bills: Sequence[Bill]
) -> dict[int, list[tuple[int, date]]]:
    """Give the last person who held each line and does no more."""
    asked = [bill.line_id for bill in bills if bill.line_id]
    found: dict[int, list[tuple[int, date]]] = {}
    for held in session.exec(
        select(LineHolding)
        .where(
            col(LineHolding.line_id).in_(asked),
            col(LineHolding.held_until).is_not(None),
        )
        .order_by(col(LineHolding.held_until))
    ):
        if held.held_until:
            found[held.line_id] = [(held.person_id, held.held_until)]
    return found


def _sharing_a_cost_center(
    session: Session, employer_id: int, bills: Sequence[Bill]
) -> dict[str, list[int]]:
    """Give the one person who has the lines of a cost center in the bills' months."""
    centers = {bill.cost_center for bill in bills if bill.cost_center}
    rows = session.exec(
        select(Bill.cost_center, func.min(Bill.holder_id))
        .where(
            Bill.employer_id == employer_id,
            col(Bill.month).in_({bill.month for bill in bills}),
            col(Bill.cost_center).in_(centers),
            col(Bill.holder_id).is_not(None),
        )
        .group_by(col(Bill.cost_center))
        .having(func.count(func.distinct(col(Bill.holder_id))) == 1)
    )
    return {center: [person_id] for center, person_id in rows if person_id}


def _told(
    session: Session, found: Mapping[int, Iterable[tuple[int, str]]]
) -> dict[int, tuple[Suggestion, ...]]:
    """Name the people, each once a bill; who left can hold nothing any more."""
    asked = {person_id for hints in found.values() for person_id, _ in hints}
    people = {
        person.id: (person.name, department)
        for person, department in session.exec(
            select(Person, Department.name)
            .join(Department, col(Department.id) == Person.department_id)
            .where(col(Person.id).in_(asked), col(Person.ended_on).is_(None))
        )
    }
    told: dict[int, tuple[Suggestion, ...]] = {}
    for bill_id, hints in found.items():
        mine: dict[int, Suggestion] = {}
        for person_id, why in hints:
            if person_id not in people:
                continue
            known = mine.get(person_id)
            words = f"{known.why} {why}" if known else why
            mine[person_id] = Suggestion(person_id, *people[person_id], words)
        told[bill_id] = tuple(mine.values())[:MOST]
    return told
