"""What employees handed in, for finance to work through: oldest first, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.models.reimbursement import Method, Tender, TenderState
from mobile_selfservice.services import access, address
from mobile_selfservice.services.actors import Actor

PAGE_SIZE = 50
SHORTEST_NUMBER = 4  # fewer digits are part of a name or a reference


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which part of the queue the address asks for."""

    show: str = TenderState.WAITING.value
    method: str = ""
    search: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One tender in the queue."""

    tender_id: int
    bill_id: int
    holder: str
    department: str
    number: str
    month: date
    method: str
    reference: str
    amount: Decimal
    confirmed: Decimal
    tendered_on: date
    state: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, and how much there is in all."""

    rows: tuple[Waiting, ...]
    count: int
    total: Decimal
    page: int
    pages: int


def read_filter(query: Mapping[str, str]) -> QueueFilter:
    """Read which part of the queue an address asks for.

    Raises:
        NotUnderstood: if it says what no page of ours says.
    """
    shown = address.one_of(query, "show", [state.value for state in TenderState])
    return QueueFilter(
        show=shown or TenderState.WAITING.value,
        method=address.one_of(query, "method", [way.value for way in Method]),
        search=address.search(query, "q"),
        page=address.whole_number(query, "page") or 1,
    )


def write_filter(wanted: QueueFilter) -> str:
    """Write a filter as the end of an address."""
    parts = {
        "show": "" if wanted.show == TenderState.WAITING else wanted.show,
        "method": wanted.method,
        "q": wanted.search,
        "page": str(wanted.page) if wanted.page > 1 else "",
    }
    return urlencode({name: part for name, part in parts.items() if part})


def read(
    session: Session, actor: Actor, *, wanted: QueueFilter, now: datetime
) -> Queue:
    """List one page of the tenders that finance works with.

    Raises:
        NotPermitted: to anyone but finance and an auditor.
    """
    chosen = _chosen(select(col(Tender.id)), actor, wanted).subquery()
    count, total = session.exec(
        select(func.count(), func.sum(Tender.amount)).where(
            col(Tender.id).in_(select(chosen.c.id))
        )
    ).one()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(wanted.page, pages)
    return Queue(
        _rows(session, actor, wanted, page), count, total or Decimal(0), page, pages
    )


def _chosen(
    found: SelectOfScalar[int | None], actor: Actor, wanted: QueueFilter
) -> SelectOfScalar[int | None]:
    found = (
        found.join(Bill, col(Bill.id) == Tender.bill_id)
        .join(Person, col(Person.id) == Bill.holder_id)
        .join(Department, col(Department.id) == Bill.department_id)
        .where(Bill.employer_id == actor.employer_id, Tender.state == wanted.show)
    )
    fenced = access.money_reach(actor)
    if None not in fenced:
        found = found.where(col(Department.agency_id).in_(fenced))
    if wanted.method:
        found = found.where(Tender.method == wanted.method)
    if wanted.search:
        found = found.where(_matches(wanted.search))
    return found


def _matches(search: str) -> ColumnElement[bool]:
    digits = "".join(sign for sign in search if sign.isdigit())
    alike = [
        func.lower(Person.name).contains(search.lower(), autoescape=True),
        func.lower(Tender.reference).contains(search.lower(), autoescape=True),
    ]
    if len(digits) >= SHORTEST_NUMBER:
        alike.append(col(Bill.number).contains(digits, autoescape=True))
    return or_(*alike)


def _rows(
    session: Session, actor: Actor, wanted: QueueFilter, page: int
) -> tuple[Waiting, ...]:
    newest_first = wanted.show != TenderState.WAITING
    key = col(Tender.id).desc() if newest_first else col(Tender.id)
    ids = session.exec(
        _chosen(select(col(Tender.id)), actor, wanted)
        .order_by(key)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    found = session.exec(
        select(Tender, Bill, Person, Department)
        .join(Bill, col(Bill.id) == Tender.bill_id)
        .join(Person, col(Person.id) == Bill.holder_id)
        .join(Department, col(Department.id) == Bill.department_id)
        .where(col(Tender.id).in_(ids))
        .order_by(key)
    )
    return tuple(_waiting(actor, *row) for row in found)


def _waiting(
    actor: Actor, tender: Tender, bill: Bill, holder: Person, department: Department
) -> Waiting:
    return Waiting(
        tender_id=tender.id or 0,
        bill_id=tender.bill_id,
        holder=holder.name,
        department=department.name,
        number=bill.number,
        month=bill.month,
        method=tender.method,
        reference=tender.reference,
        amount=tender.amount,
        confirmed=tender.confirmed,
        tendered_on=tender.tendered_on,
        state=tender.state,
        is_own=actor.person_id in (bill.holder_id, tender.tendered_by),
    )
