"""Who is away for long, for Information Systems and the auditor: days, never a kind."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import Session, and_, col, or_, select

from mobile_selfservice.models.leave import (
    LineService,
    LongLeave,
    LongLeaveState,
    ServiceOutcome,
)
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.organization import Department, Person, Role
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.leave import (
    joined_leaves,
    leave_rows,
    line_services,
)
from mobile_selfservice.services.leave.leave_rows import LeaveRules
from mobile_selfservice.services.leave.leave_seen import NOW, OVER, PAGE_SIZE
from mobile_selfservice.services.leave.line_services import LineAway


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLongLeave:
    """Somebody's long leave and their lines; it says nothing of the kind of leave.

    `days` and `steps` are empty where what was told since says that it was not long.
    """

    long_leave_id: int
    person: str
    department: str
    first: date
    last: date | None
    days: int
    limit: int
    steps: tuple[Step, ...]
    state: str
    found_on: date
    version: int
    lines: tuple[LineAway, ...]
    may_act: bool


@dataclass(frozen=True, slots=True)
class LongLeavesPage:
    """One page of long leave, and how many there are."""

    rows: tuple[SeenLongLeave, ...]
    count: int
    page: int
    pages: int
    shown: str


def page_of(
    session: Session, actor: Actor, *, show: str = NOW, page: int = 1, now: datetime
) -> LongLeavesPage:
    """List who carries a City phone and is away for long, or was.

    What stands, and what is over with a service still suspended, comes under "now".

    Raises:
        NotPermitted: to anyone but Information Systems and auditors.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    access.require(actor, *access.LONG_LEAVE_READERS)
    by = leave_rows.rules_of(session, actor.employer_id, now)
    shown = OVER if show == OVER else NOW
    goes_on = or_(col(LongLeave.state) == LongLeaveState.STANDING, _is_suspended())
    asked = and_(
        access.long_leave_read_by(actor),
        _concerns_a_line(by.today),
        goes_on if shown == NOW else ~goes_on,
        ~joined_leaves.is_joined(),
    )
    count = session.exec(
        select(func.count())
        .select_from(LongLeave)
        .join(Person, col(Person.id) == LongLeave.person_id)
        .join(Department, col(Department.id) == Person.department_id)
        .where(asked)
    ).one()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = session.exec(
        select(LongLeave, Person, Department)
        .join(Person, col(Person.id) == LongLeave.person_id)
        .join(Department, col(Department.id) == Person.department_id)
        .where(asked)
        .order_by(col(LongLeave.first_day).desc(), col(LongLeave.id).desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    rows = tuple(_seen(session, actor, each, by) for each in found)
    return LongLeavesPage(rows, count, page, pages, shown)


def _seen(
    session: Session,
    actor: Actor,
    found: tuple[LongLeave, Person, Department],
    by: LeaveRules,
) -> SeenLongLeave:
    row, person, unit = found
    leaves = leave_rows.current(session, [row.person_id])
    whole = leave_rows.interruptions(leaves, by)
    met = (each for each in whole if each.meets(row.first_day, row.last_day))
    left = next((each for each in met if each.is_long), None)
    return SeenLongLeave(
        long_leave_id=row.id or 0,
        person=person.name,
        department=unit.name,
        first=row.first_day,
        last=row.last_day,
        days=left.ruling.days if left else 0,
        limit=left.limit if left else 0,
        steps=left.steps if left else (),
        state=row.state,
        found_on=row.found_on,
        version=row.version,
        lines=line_services.lines_away(session, row, by.today),
        may_act=access.works_for(session, actor, person, Role.IT),
    )


def _concerns_a_line(on: date) -> ColumnElement[bool]:
    """Pick those who carry a line, and those for whose line something was done."""
    carries = exists().where(
        col(LineHolding.person_id) == LongLeave.person_id,
        col(LineHolding.is_custodian).is_(False),
        col(LineHolding.held_from) <= on,
        or_(col(LineHolding.held_until).is_(None), col(LineHolding.held_until) > on),
    )
    marked = exists().where(col(LineService.long_leave_id) == LongLeave.id)
    return or_(carries, marked)


def _is_suspended() -> ColumnElement[bool]:
    return exists().where(
        col(LineService.long_leave_id) == LongLeave.id,
        col(LineService.outcome) == ServiceOutcome.SUSPENDED,
        col(LineService.lifted_at).is_(None),
    )
