"""Which stipends pay in a month, and how much: what payroll goes by.

A month begun is paid whole (AMB-26). A stipend that waits for its first month, is
paused or was called off pays nothing. Where the last part of a penalty counts (AMB-23,
partial), the first month pays less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.election import (
    ElectionState,
    StipendElection,
    StipendPause,
)
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.months import (
    month_of,
    months_in_words,
    months_later,
)

NEVER_PAID = (ElectionState.REFUSED, ElectionState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """What one person is paid for a month; `note` says what is special about it.

    `department` is the person's, whose account it is booked to. `is_first` tells that
    no month was paid before without a gap.
    """

    stipend: Stipend
    person: Person
    department: Department
    amount: Decimal
    is_first: bool
    note: str = ""


def stipends_of_month(
    session: Session, employer_id: int, month: date
) -> list[PaidMonth]:
    """List the stipends that pay for a month, by department and name.

    `month` is any day of it. Of two rows of one person the newer one pays. The caller
    checks access.

    Clause: Lodi 2011 §3.B.2.a, §3.B.2.c. Reading: AMB-23, AMB-26.
    """
    first = month_of(month)
    held = _held(session, employer_id, first)
    paused = _paused(session, [stipend.id or 0 for stipend, *_ in held], first)
    around = _Around(
        before=_holders(session, employer_id, months_later(first, -1)),
        after=_holders(session, employer_id, months_later(first, 1)),
        begun_by=_elections(session, employer_id, first),
    )
    return [
        _paid(stipend, person, department, around)
        for stipend, person, department in held
        if stipend.id not in paused
    ]


@dataclass(frozen=True, slots=True)
class _Around:
    """Who held a stipend before and after a month, and whose election begins in it."""

    before: set[int]
    after: set[int]
    begun_by: dict[int, StipendElection]


def _paid(
    stipend: Stipend, person: Person, department: Department, around: _Around
) -> PaidMonth:
    election = around.begun_by.get(stipend.person_id)
    amount, notes = stipend.monthly_amount, []
    is_first = stipend.person_id not in around.before
    if election is not None:
        if election.months_waited:
            waited = months_in_words(election.months_waited)
            notes.append(f"First month, after {waited} without a stipend")
        if election.first_amount is not None:
            amount = min(amount, election.first_amount)
    if stipend.person_id not in around.after:
        notes.append("Last month")
    return PaidMonth(stipend, person, department, amount, is_first, "; ".join(notes))


def _held(
    session: Session, employer_id: int, month: date
) -> Sequence[tuple[Stipend, Person, Department]]:
    """Find who holds a stipend for a day of the month at least, one row a person."""
    found = session.exec(
        select(Stipend, Person, Department)
        .join(Person, col(Person.id) == Stipend.person_id)
        .join(Department, col(Department.id) == Person.department_id)
        .where(
            Person.employer_id == employer_id,
            col(Stipend.held_from) < months_later(month, 1),
            or_(
                col(Stipend.held_until).is_(None),
                (col(Stipend.held_until) > month)
                & (col(Stipend.held_until) > col(Stipend.held_from)),
            ),
        )
        .order_by(
            Department.name, Person.name, col(Person.id), col(Stipend.held_from).desc()
        )
    )
    newest: dict[int, tuple[Stipend, Person, Department]] = {}
    for row in found:
        newest.setdefault(row[0].person_id, row)
    return list(newest.values())


def _paused(session: Session, stipend_ids: Sequence[int], month: date) -> set[int]:
    found = session.exec(
        select(StipendPause.stipend_id).where(
            col(StipendPause.stipend_id).in_(stipend_ids),
            col(StipendPause.paused_from) <= month,
            or_(
                col(StipendPause.paused_until).is_(None),
                col(StipendPause.paused_until) > month,
            ),
        )
    )
    return set(found)


def _holders(session: Session, employer_id: int, month: date) -> set[int]:
    """Say who holds a stipend in a month, paused or not."""
    return {stipend.person_id for stipend, *_ in _held(session, employer_id, month)}


def _elections(
    session: Session, employer_id: int, month: date
) -> dict[int, StipendElection]:
    """Find the elections whose first month this is."""
    found = session.exec(
        select(StipendElection).where(
            StipendElection.employer_id == employer_id,
            StipendElection.first_month == month,
            col(StipendElection.stipend_id).is_not(None),
            col(StipendElection.state).not_in(NEVER_PAID),
        )
    )
    return {election.person_id: election for election in found}
