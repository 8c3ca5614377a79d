"""Lines the employer pays for and nobody uses: candidates to give back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import case, func, or_, select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services.team.team_months import months_before, of_department

# ASSUMPTION: no policy says when a line is idle; three bills in a row is our reading.
IDLE_BILLS = 3
LOOK_BACK_MONTHS = 36
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class IdleLine:
    """A line with no call, message or data for some months, and what it costs."""

    number: str
    holder: str
    plan: str
    months: int
    monthly_cost: Decimal

    @property
    def yearly_cost(self) -> Decimal:
        """What the line costs in a year at this month's price."""
        return self.monthly_cost * MONTHS_A_YEAR


def find(session: Session, department_id: int, month: date) -> tuple[IdleLine, ...]:
    """List a month's lines idle for three bills or more, the dearest first.

    Only this department's own bills count: what a line did elsewhere is not its
    director's to see.
    """
    is_used = or_(
        col(Bill.voice_minutes) > 0,
        col(Bill.message_count) > 0,
        col(Bill.data_kilobytes) > 0,
    )
    used_since = func.sum(case((is_used, 1), else_=0)).over(
        partition_by=col(Bill.number), order_by=col(Bill.month).desc()
    )
    first = months_before(month, LOOK_BACK_MONTHS)
    bills = (
        select(
            col(Bill.number),
            col(Bill.month),
            col(Bill.cost),
            col(Bill.plan),
            col(Bill.holder_id),
            used_since.label("used_since"),
        )
        .where(of_department(department_id), col(Bill.month).between(first, month))
        .subquery()
    )
    this_month = bills.c.month == month
    unused = (
        select(
            bills.c.number,
            func.count(bills.c.month.distinct()).label("months"),
            func.sum(bills.c.cost).filter(this_month).label("cost"),
            func.max(bills.c.plan).filter(this_month).label("plan"),
            func.max(bills.c.holder_id).filter(this_month).label("holder_id"),
        )
        .where(bills.c.used_since == 0)
        .group_by(bills.c.number)
        .having(func.count() >= IDLE_BILLS, func.max(bills.c.month) == month)
        .subquery()
    )
    found = session.execute(
        select(unused, col(Person.name))
        .join(Person, col(Person.id) == unused.c.holder_id, isouter=True)
        .order_by(unused.c.cost.desc(), unused.c.number)
    )
    return tuple(
        IdleLine(row.number, row.name or "", row.plan, row.months, row.cost)
        for row in found
    )
