"""Lines that nobody is known to hold, and what about lines and bills does not fit.

What is looked at is the newest month and the few before it, never the whole history.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func
from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.lines.owner_hints import Suggestion, suggestions

ROWS_A_PAGE = 50
READERS = (Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
LOOKED_AT = timedelta(days=100)
ALIVE = Bill.state != BillState.SUPERSEDED


@dataclass(frozen=True, slots=True)
class Unowned:
    """A bill that waits because nobody is known to hold its line."""

    bill_id: int
    invoice_id: int
    number: str
    name_on_bill: str
    cost_center: str
    carrier: str
    account: str
    month: date
    part_from: date | None
    part_through: date | None
    cost: Decimal
    items: int
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Unbilled:
    """A line that somebody holds and that the newest month does not bill."""

    number: str
    holder: str
    last_billed: date | None


@dataclass(frozen=True, slots=True)
class BilledPart:
    """One of several bills of one line in one month."""

    invoice_id: int
    carrier: str
    account: str
    cost: Decimal
    items: int


@dataclass(frozen=True, slots=True)
class BilledTwice:
    """A line that several invoices bill in one month, as when it changes accounts."""

    number: str
    month: date
    bills: tuple[BilledPart, ...]

    @property
    def net(self) -> Decimal:
        """What the line costs in all: one account may refund the other."""
        return sum((bill.cost for bill in self.bills), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything about lines that waits for somebody."""

    month: date | None = None
    unowned: list[Unowned] = field(default_factory=list)
    unowned_total: int = 0
    page: int = 1
    pages: int = 1
    unbilled: list[Unbilled] = field(default_factory=list)
    unbilled_total: int = 0
    twice: list[BilledTwice] = field(default_factory=list)
    twice_total: int = 0
    may_assign: bool = False


def queue(session: Session, actor: Actor, *, page: int = 1, now: datetime) -> Queue:
    """Return what waits, one page of lines without a holder at a time."""
    access.require(actor, *READERS)
    employer_id = actor.employer_id
    month = _newest_month(session, employer_id)
    if month is None:
        return Queue()
    wanted = _unowned(employer_id)
    total = session.exec(_counted(wanted)).one()
    pages = max(1, -(-total // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    unbilled, twice = _unbilled(session, employer_id, month), _twice(session, actor)
    return Queue(
        month,
        _unowned_rows(session, wanted, page, employer_id),
        total,
        page,
        pages,
        unbilled[:ROWS_A_PAGE],
        len(unbilled),
        twice[:ROWS_A_PAGE],
        len(twice),
        actor.has(Role.FINANCE, Role.IT),
    )


def _newest_month(session: Session, employer_id: int) -> date | None:
    newest = func.max(col(Invoice.month))
    return session.exec(
        select(newest).where(Invoice.employer_id == employer_id)
    ).one_or_none()


def _unowned(employer_id: int) -> list[Any]:
    return [
        Bill.employer_id == employer_id,
        Bill.state == BillState.PREPARED,
        col(Bill.holder_id).is_(None),
    ]


def _counted(wanted: list[Any]) -> Any:
    return select(func.count()).select_from(Bill).where(*wanted)


def _unowned_rows(
    session: Session, wanted: list[Any], page: int, employer_id: int
) -> list[Unowned]:
    found = session.exec(
        select(Bill, Invoice)
        .join(Invoice, col(Invoice.id) == Bill.invoice_id)
        .where(*wanted)
        .order_by(col(Bill.month).desc(), col(Bill.number), col(Bill.id))
        .offset((page - 1) * ROWS_A_PAGE)
        .limit(ROWS_A_PAGE)
    ).all()
    hints = suggestions(session, employer_id, [bill for bill, _ in found])
    return [_unowned_row(bill, invoice, hints) for bill, invoice in found]


def _unowned_row(
    bill: Bill, invoice: Invoice, hints: Mapping[int, tuple[Suggestion, ...]]
) -> Unowned:
    return Unowned(
        bill_id=bill.id or 0,
        invoice_id=bill.invoice_id,
        number=bill.number,
        name_on_bill=bill.user_name,
        cost_center=bill.cost_center,
        carrier=invoice.carrier,
        account=invoice.account,
        month=bill.month,
        part_from=bill.part_from,
        part_through=bill.part_through,
        cost=bill.cost,
        items=bill.item_count,
        suggestions=hints.get(bill.id or 0, ()),
    )


def _unbilled(session: Session, employer_id: int, month: date) -> list[Unbilled]:
    """List lines held all through a month that nobody billed.

    A line whose account has no invoice for the month yet is left out: it may come.
    """
    last = _last_billed(employer_id, month)
    billed_accounts = select(Invoice.account).where(
        Invoice.employer_id == employer_id, Invoice.month == month
    )
    rows = session.exec(
        select(Line.number, Person.name, last.c.month)
        .join(LineHolding, col(LineHolding.line_id) == Line.id)
        .join(Person, col(Person.id) == LineHolding.person_id)
        .join(last, last.c.line_id == Line.id, isouter=True)
        .where(
            Line.employer_id == employer_id,
            LineHolding.held_from < month,
            or_(
                col(LineHolding.held_until).is_(None),
                col(LineHolding.held_until) > month,
            ),
            or_(
                last.c.month.is_(None),
                and_(last.c.month < month, last.c.account.in_(billed_accounts)),
            ),
        )
        .order_by(Person.name, Line.number)
    )
    return [Unbilled(*row) for row in rows]


def _last_billed(employer_id: int, month: date) -> Any:
    """Give each line's newest bill of the last months, with its account."""
    newest = (
        select(col(Bill.line_id), func.max(Bill.month).label("month"))
        .where(Bill.employer_id == employer_id, ALIVE, Bill.month >= month - LOOKED_AT)
        .group_by(col(Bill.line_id))
        .subquery()
    )
    return (
        select(
            newest.c.line_id, newest.c.month, func.max(Invoice.account).label("account")
        )
        .join(
            Bill,
            (col(Bill.line_id) == newest.c.line_id)
            & (col(Bill.month) == newest.c.month),
        )
        .join(Invoice, col(Invoice.id) == Bill.invoice_id)
        .group_by(newest.c.line_id, newest.c.month)
        .subquery()
    )


def _twice(session: Session, actor: Actor) -> list[BilledTwice]:
    """List the lines with several invoices in one of the last months."""
    newest = _newest_month(session, actor.employer_id) or date.min
    alike = (
        select(col(Bill.number), col(Bill.month))
        .where(
            Bill.employer_id == actor.employer_id,
            Bill.part == 1,
            ALIVE,
            Bill.month >= newest - LOOKED_AT,
        )
        .group_by(col(Bill.number), col(Bill.month))
        .having(func.count() > 1)
        .subquery()
    )
    rows = session.exec(
        select(Bill, Invoice)
        .join(Invoice, col(Invoice.id) == Bill.invoice_id)
        .join(
            alike,
            (alike.c.number == col(Bill.number)) & (alike.c.month == col(Bill.month)),
        )
        .where(Bill.employer_id == actor.employer_id, Bill.part == 1, ALIVE)
        .order_by(col(Bill.month).desc(), col(Bill.number), col(Bill.id))
    )
    return list(_gathered(rows))


def _gathered(rows: Iterable[tuple[Bill, Invoice]]) -> Iterable[BilledTwice]:
    of_line: dict[tuple[str, date], list[BilledPart]] = {}
    for bill, invoice in rows:
        part = BilledPart(
            bill.invoice_id,
            invoice.carrier,
            invoice.account,
            bill.cost,
            bill.item_count,
        )
        of_line.setdefault((bill.number, bill.month), []).append(part)
    for (number, month), bills in of_line.items():
        yield BilledTwice(number, month, tuple(bills))
