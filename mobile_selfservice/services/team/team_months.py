"""What a department's lines cost month by month, from the bills' summaries alone."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.access import UNSEEN

MONTHS_SHOWN = 12
# An amount counts from the day it is certified; until then the marks are a draft.
SIGNED = (BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED)
UNSIGNED = (BillState.RELEASED, BillState.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class MonthCost:
    """One month of a department: what its lines cost, what people owe and have paid."""

    month: date
    bills: int = 0
    cost: Decimal = ZERO
    owed: Decimal = ZERO
    paid: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class LineMonth:
    """What one line cost in one month, and who held it."""

    number: str
    holder: str
    month: date
    cost: Decimal


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many of a month's bills stand at one point of their way."""

    state: str
    bills: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many bills are past their day, and for how long the oldest of them is."""

    bills: int = 0
    longest_days: int = 0


def of_department(department_id: int) -> ColumnElement[bool]:
    """Take the released bills of a department."""
    return and_(
        col(Bill.department_id) == department_id, col(Bill.state).not_in(UNSEEN)
    )


def is_overdue(today: date) -> ColumnElement[bool]:
    """Take the bills not certified, or not handed the money, by their last day."""
    unpaid = and_(
        col(Bill.state).in_(SIGNED),
        col(Bill.owed) > col(Bill.tendered),
        col(Bill.owed) > col(Bill.paid),
    )
    return and_(col(Bill.due_on) < today, or_(col(Bill.state).in_(UNSIGNED), unpaid))


def months_with_bills(session: Session, department_id: int) -> list[date]:
    """List the months a department has bills for, the newest first."""
    found = session.scalars(
        select(col(Bill.month))
        .where(of_department(department_id))
        .distinct()
        .order_by(col(Bill.month).desc())
    )
    return list(found)


def twelve_months(
    session: Session, department_id: int, last: date
) -> tuple[MonthCost, ...]:
    """Add up twelve months that end with `last`, oldest first; an empty month is 0."""
    shown = [months_before(last, back) for back in reversed(range(MONTHS_SHOWN))]
    is_signed = col(Bill.state).in_(SIGNED)
    found = session.execute(
        select(
            col(Bill.month),
            func.count(),
            func.sum(col(Bill.cost)),
            func.sum(col(Bill.owed)).filter(is_signed),
            func.sum(col(Bill.paid)),
        )
        .where(of_department(department_id), col(Bill.month).between(shown[0], last))
        .group_by(col(Bill.month))
    )
    by_month = {
        month: MonthCost(month, bills, cost, owed or ZERO, paid)
        for month, bills, cost, owed, paid in found
    }
    return tuple(by_month.get(month, MonthCost(month)) for month in shown)


def by_line(session: Session, department_id: int, last: date) -> tuple[LineMonth, ...]:
    """List what each line cost in each of the twelve months that end with `last`."""
    first = months_before(last, MONTHS_SHOWN - 1)
    found = session.execute(
        select(
            col(Bill.number),
            col(Person.name),
            col(Bill.month),
            func.sum(col(Bill.cost)),
        )
        .join(Person, col(Person.id) == col(Bill.holder_id))
        .where(of_department(department_id), col(Bill.month).between(first, last))
        .group_by(col(Bill.number), col(Person.name), col(Bill.month))
        .order_by(col(Bill.number), col(Person.name), col(Bill.month))
    )
    return tuple(LineMonth(*row) for row in found)


def count_by_state(
    session: Session, department_id: int, month: date
) -> tuple[StateCount, ...]:
    """Count a month's bills by where they stand, in the order of their way."""
    counted = session.execute(
        select(col(Bill.state), func.count())
        .where(of_department(department_id), col(Bill.month) == month)
        .group_by(col(Bill.state))
    )
    found = dict(counted.all())
    return tuple(
        StateCount(state, found.get(state, 0)) for state in (*UNSIGNED, *SIGNED)
    )


def count_overdue(session: Session, department_id: int, today: date) -> Overdue:
    """Count what is overdue in a department, whatever its month."""
    bills, oldest = session.execute(
        select(func.count(), func.min(col(Bill.due_on))).where(
            of_department(department_id), is_overdue(today)
        )
    ).one()
    return Overdue(bills, (today - oldest).days) if oldest else Overdue()


def months_before(month: date, back: int) -> date:
    """Return the first day of the month so many months earlier."""
    years, index = divmod(month.year * 12 + month.month - 1 - back, 12)
    return date(years, index + 1, 1)
