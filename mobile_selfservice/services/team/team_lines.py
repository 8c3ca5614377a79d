"""A department's bills line by line, each with its holder, its use and its state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.line import Line
from mobile_selfservice.models.organization import Person, Role, RoleGrant
from mobile_selfservice.services.team.team_filter import STATES, TeamFilter
from mobile_selfservice.services.team.team_months import (
    SIGNED,
    is_overdue,
    of_department,
)

LINES_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose lines are meant, as of which day, and which of them lie idle."""

    department_id: int
    month: date
    today: date
    idle: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One line's bill. What is personal counts once certified; before, it is None."""

    bill_id: int
    month: date
    number: str
    label: str
    holder_id: int
    holder: str
    plan: str
    cost: Decimal
    minutes: Decimal
    messages: int
    kilobytes: Decimal
    personal_minutes: Decimal | None
    owed: Decimal | None
    state: str
    due_on: date | None
    days_overdue: int
    is_idle: bool
    is_directors_own: bool


@dataclass(frozen=True, slots=True)
class LinePage:
    """Fifty lines at most, and how many there are in all."""

    lines: tuple[TeamLine, ...]
    count: int
    page: int
    pages: int


def page_of(session: Session, scope: Scope, wanted: TeamFilter) -> LinePage:
    """List one page of a department's lines; a page past the end is the last one."""
    chosen = _chosen(scope, wanted)
    count = session.execute(
        select(func.count())
        .select_from(Bill)
        .join(Person, col(Person.id) == Bill.holder_id)
        .where(*chosen)
    ).scalar_one()
    pages = max(1, -(-count // LINES_ON_A_PAGE))
    page = min(wanted.page, pages)
    listed = (
        _lines(scope, wanted)
        .limit(LINES_ON_A_PAGE)
        .offset((page - 1) * LINES_ON_A_PAGE)
    )
    lines = tuple(_line(row, scope) for row in session.execute(listed))
    return LinePage(lines, count, page, pages)


def all_of(session: Session, scope: Scope, wanted: TeamFilter) -> tuple[TeamLine, ...]:
    """List every line that is asked for, for a file."""
    found = session.execute(_lines(scope, wanted))
    return tuple(_line(row, scope) for row in found)


def is_directors_own() -> ColumnElement[bool]:
    """Take the bills held by a director of their own department.

    Says in SQL what access.reviews says of one bill; a test holds the two together.
    """
    return exists().where(
        col(RoleGrant.person_id) == col(Bill.holder_id),
        col(RoleGrant.role) == Role.DIRECTOR,
        col(RoleGrant.department_id) == col(Bill.department_id),
        or_(
            col(RoleGrant.valid_until).is_(None),
            col(RoleGrant.valid_until) > col(Bill.received_on),
        ),
    )


def _lines(scope: Scope, wanted: TeamFilter) -> Select[*tuple[Any, ...]]:
    sorted_by = _sorting(wanted.sort)
    return (
        select(
            Bill,
            col(Person.name),
            col(Line.label),
            is_directors_own().label("directors"),
            is_overdue(scope.today).label("overdue"),
        )
        .join(Person, col(Person.id) == Bill.holder_id)
        .join(Line, col(Line.id) == Bill.line_id, isouter=True)
        .where(*_chosen(scope, wanted))
        .order_by(sorted_by.desc() if wanted.descending else sorted_by, col(Bill.id))
    )


def _chosen(scope: Scope, wanted: TeamFilter) -> list[Any]:
    chosen: list[Any] = [of_department(scope.department_id)]
    if wanted.only == "overdue":
        chosen.append(is_overdue(scope.today))
    else:
        chosen.append(col(Bill.month) == scope.month)
    if wanted.only == "idle":
        chosen.append(col(Bill.number).in_(scope.idle))
    if wanted.state:
        chosen.append(col(Bill.state) == wanted.state)
    if wanted.search:
        chosen.append(_found_by(wanted.search))
    return chosen


def _found_by(words: str) -> ColumnElement[bool]:
    digits = "".join(filter(str.isdecimal, words))
    if digits and not any(map(str.isalpha, words)):
        return col(Bill.number).contains(digits, autoescape=True)
    return col(Person.name).icontains(words, autoescape=True)


def _sorting(key: str) -> Any:
    return {
        "line": col(Bill.number),
        "holder": col(Person.name),
        "personal": case((col(Bill.state).in_(SIGNED), col(Bill.owed)), else_=None),
        "state": case(
            {state: place for place, state in enumerate(STATES)}, value=col(Bill.state)
        ),
        "due": col(Bill.due_on),
    }.get(key, col(Bill.cost))


def _line(row: Any, scope: Scope) -> TeamLine:
    bill: Bill = row[0]
    is_signed = bill.state in SIGNED
    return TeamLine(
        bill_id=bill.id or 0,
        month=bill.month,
        number=bill.number,
        label=row.label or "",
        holder_id=bill.holder_id or 0,
        holder=row.name,
        plan=bill.plan,
        cost=bill.cost,
        minutes=bill.voice_minutes,
        messages=bill.message_count,
        kilobytes=bill.data_kilobytes,
        personal_minutes=bill.personal_minutes if is_signed else None,
        owed=bill.owed if is_signed else None,
        state=bill.state,
        due_on=bill.due_on,
        days_overdue=(scope.today - bill.due_on).days
        if bill.due_on and row.overdue
        else 0,
        is_idle=bill.month == scope.month and bill.number in scope.idle,
        is_directors_own=bool(row.directors),
    )
