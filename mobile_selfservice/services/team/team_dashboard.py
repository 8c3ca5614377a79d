"""What a director sees of the department: its cost, its reviews, its idle lines.

All of it comes from the bills' summaries, in a constant number of queries; nobody's
calls are read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import and_, or_, select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Department, Person, Role
from mobile_selfservice.policy.money import ZERO, to_cent
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.team import idle_lines, team_lines, team_months
from mobile_selfservice.services.team.idle_lines import IdleLine
from mobile_selfservice.services.team.team_filter import TeamFilter
from mobile_selfservice.services.team.team_lines import LinePage, Scope, TeamLine
from mobile_selfservice.services.team.team_months import (
    LineMonth,
    MonthCost,
    Overdue,
    StateCount,
)

WAITING_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A department to choose, by its number."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A certified statement that waits for this person's answer."""

    bill_id: int
    holder: str
    number: str
    month: date
    owed: Decimal


@dataclass(frozen=True, slots=True)
class TeamDashboard:
    """One department in one month, the twelve months that led to it, and its lines."""

    departments: tuple[Named, ...]
    department: Named
    wanted: TeamFilter
    months: tuple[date, ...]
    trend: tuple[MonthCost, ...]
    states: tuple[StateCount, ...]
    overdue: Overdue
    idle: tuple[IdleLine, ...]
    lines: LinePage
    waiting: tuple[Waiting, ...]
    waiting_count: int
    readable: frozenset[int]

    @property
    def this_month(self) -> MonthCost:
        """The month that was asked for."""
        return self.trend[-1]

    @property
    def last_month(self) -> MonthCost:
        """The month before it."""
        return self.trend[-2]

    @property
    def months_with_bills(self) -> int:
        """How many of the twelve months have bills: what the average is made of."""
        return sum(1 for month in self.trend if month.bills)

    @property
    def average_cost(self) -> Decimal:
        """What the months with bills cost on average."""
        total = sum((month.cost for month in self.trend), ZERO)
        return to_cent(total / self.months_with_bills) if total else ZERO

    @property
    def idle_yearly_cost(self) -> Decimal:
        """What all idle lines cost in a year at this month's prices."""
        return sum((line.yearly_cost for line in self.idle), ZERO)


def open_team(
    session: Session, actor: Actor, *, wanted: TeamFilter, now: datetime
) -> TeamDashboard:
    """Show a department in a month; without either, the first and the newest.

    Raises:
        NotPermitted: if the department is not one this person may look at.
    """
    departments = access.visible_departments(session, actor)
    department = _department(session, actor, wanted, departments)
    months = team_months.months_with_bills(session, department.id)
    today = review_clock.today(session, actor.employer_id, now)
    month = wanted.month or next(iter(months), today.replace(day=1))
    idle = idle_lines.find(session, department.id, month)
    scope = Scope(department.id, month, today, [line.number for line in idle])
    lines = team_lines.page_of(session, scope, wanted)
    waiting = waiting_for(session, actor)
    wanted = replace(wanted, department_id=department.id, month=month, page=lines.page)
    return TeamDashboard(
        departments=tuple(Named(each.id or 0, each.name) for each in departments),
        department=department,
        wanted=wanted,
        months=tuple(months),
        trend=team_months.twelve_months(session, department.id, month),
        states=team_months.count_by_state(session, department.id, month),
        overdue=team_months.count_overdue(session, department.id, today),
        idle=idle,
        lines=lines,
        waiting=waiting[:WAITING_SHOWN],
        waiting_count=len(waiting),
        readable=_readable(session, actor, lines.lines, department.id),
    )


def all_lines(
    session: Session, actor: Actor, *, wanted: TeamFilter, now: datetime
) -> tuple[TeamLine, ...]:
    """List every line of a department and month that the filters leave, for a file.

    Raises:
        NotPermitted: if the department is not one this person may look at.
    """
    scope = _scope(session, actor, wanted, now)
    return team_lines.all_of(session, scope, wanted)


def twelve_months_by_line(
    session: Session, actor: Actor, *, wanted: TeamFilter, now: datetime
) -> tuple[LineMonth, ...]:
    """List what each line of a department cost month by month, for a file.

    Raises:
        NotPermitted: if the department is not one this person may look at.
    """
    scope = _scope(session, actor, wanted, now)
    return team_months.by_line(session, scope.department_id, scope.month)


def _scope(session: Session, actor: Actor, wanted: TeamFilter, now: datetime) -> Scope:
    department = access.team_department(session, actor, wanted.department_id or 0)
    department_id = department.id or 0
    today = review_clock.today(session, actor.employer_id, now)
    month = wanted.month or today.replace(day=1)
    idle = idle_lines.find(session, department_id, month)
    return Scope(department_id, month, today, [line.number for line in idle])


def waiting_for(session: Session, actor: Actor) -> tuple[Waiting, ...]:
    """List the statements that wait for this person's answer, the oldest first."""
    directed = access.directed_departments(session, actor)
    directors_own = team_lines.is_directors_own()
    mine = and_(col(Bill.department_id).in_(directed), ~directors_own)
    if actor.has(Role.DCM, Role.CITY_MANAGER):
        mine = or_(mine, directors_own)
    found = session.execute(
        select(
            col(Bill.id),
            col(Person.name),
            col(Bill.number),
            col(Bill.month),
            col(Bill.owed),
        )
        .join(Person, col(Person.id) == Bill.holder_id)
        .where(
            col(Bill.employer_id) == actor.employer_id,
            col(Bill.state) == BillState.CERTIFIED,
            col(Bill.holder_id) != actor.person_id,
            mine,
        )
        .order_by(col(Bill.due_on), col(Bill.id))
    )
    return tuple(Waiting(*row) for row in found)


def _department(
    session: Session,
    actor: Actor,
    wanted: TeamFilter,
    visible: Sequence[Department],
) -> Named:
    if wanted.department_id:
        found = access.team_department(session, actor, wanted.department_id)
        return Named(found.id or 0, found.name)
    if not visible:
        raise NotPermitted
    directed = access.directed_departments(session, actor)
    first = next((each for each in visible if each.id in directed), visible[0])
    return Named(first.id or 0, first.name)


def _readable(
    session: Session, actor: Actor, lines: Sequence[TeamLine], department_id: int
) -> frozenset[int]:
    """Take the bills of a page whose statement this person may open."""
    if actor.has(*access.READERS):
        return frozenset(line.bill_id for line in lines)
    directs = department_id in access.directed_departments(session, actor)
    return frozenset(
        line.bill_id
        for line in lines
        if directs and line.holder_id != actor.person_id and not line.is_directors_own
    )
