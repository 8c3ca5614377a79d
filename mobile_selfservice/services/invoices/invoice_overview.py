"""One invoice as those who work with invoices see it: figures, bills, what waits."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.invoice import (
    Bill,
    BillState,
    Invoice,
    InvoiceState,
)
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services import access, history, review_clock
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.codes import code_uses
from mobile_selfservice.services.codes.code_uses import UnmappedCalls
from mobile_selfservice.services.history import PastEvent
from mobile_selfservice.services.invoices import release
from mobile_selfservice.services.invoices.release import Lack
from mobile_selfservice.services.money import corrections

ROWS_A_PAGE = 50
KEPT_BACK = (Lack.HOLDER, Lack.DIRECTOR, Lack.COLLEAGUE)
CERTIFIED = (BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED)


class Only(StrEnum):
    """Which bills of an invoice a person wants to see."""

    ALL = ""
    OWNERLESS = "ownerless"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """Which invoice it is, and how far it has come.

    `has_total` is false where the carrier states none: nothing is known to add up.
    """

    invoice_id: int
    carrier: str
    account: str
    number: str
    revision: int
    month: date
    bill_date: date
    period_from: date | None
    period_through: date | None
    ties: bool
    has_total: bool
    untied_reason: str
    released_at: datetime | None
    released_by: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What an invoice says and what its bills come to.

    `own` bills are the reader's, which a colleague has to release.
    """

    total: Decimal
    lines_total: Decimal
    account_level: Decimal
    difference: Decimal
    bills: int
    released: int
    certified: int
    ownerless: int
    directorless: int
    ready: int
    own: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """One invoice: where it comes from, its figures, its history.

    `unmapped` are calls of bills yet to be released.
    """

    invoice: InvoiceFacts
    figures: Figures
    unmapped: UnmappedCalls
    time_zone: str
    newest_id: int
    due_if_released: date
    may_release: bool
    may_assign: bool
    corrections: int
    happenings: list[PastEvent]


@dataclass(frozen=True, slots=True)
class BillRow:
    """One bill of an invoice, as a line of its table."""

    bill_id: int
    number: str
    part_from: date | None
    part_through: date | None
    name_on_bill: str
    holder: str
    department: str
    cost: Decimal
    state: BillState
    due_on: date | None
    days_overdue: int


@dataclass(frozen=True, slots=True)
class BillsPage:
    """One page of an invoice's bills."""

    rows: list[BillRow]
    page: int
    pages: int
    total: int


def overview(
    session: Session, actor: Actor, *, invoice_id: int, now: datetime
) -> Overview:
    """Return one invoice with everything but its bills and its checks."""
    invoice = access.invoice(session, actor, invoice_id)
    figures = _figures(session, actor, invoice, now)
    is_current = invoice.state != InvoiceState.SUPERSEDED
    return Overview(
        invoice=_facts(session, invoice),
        figures=figures,
        unmapped=code_uses.unmapped_calls(session, invoice_id),
        time_zone=session.get_one(Employer, actor.employer_id).time_zone,
        newest_id=_newest(session, invoice),
        due_if_released=review_clock.start(session, actor.employer_id, now).due_on,
        may_release=is_current and figures.ready > 0 and actor.has(Role.FINANCE),
        may_assign=is_current and actor.has(Role.FINANCE, Role.IT),
        corrections=_corrections(session, actor, invoice),
        happenings=history.timeline(session, "invoice", invoice_id),
    )


def bills_page(
    session: Session,
    actor: Actor,
    *,
    invoice_id: int,
    only: Only = Only.ALL,
    page: int = 1,
    now: datetime,
) -> BillsPage:
    """Return one page of an invoice's bills: those without a holder first."""
    invoice = access.invoice(session, actor, invoice_id)
    wanted = [
        Bill.invoice_id == invoice.id,
        Bill.state != BillState.SUPERSEDED,
        *_only(only),
    ]
    total = session.exec(select(func.count()).select_from(Bill).where(*wanted)).one()
    pages = max(1, -(-total // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    found = session.exec(_with_names(wanted).offset((page - 1) * ROWS_A_PAGE))
    rows = [_row(bill, holder, unit, now.date()) for bill, holder, unit in found]
    return BillsPage(rows, page, pages, total)


def _with_names(wanted: list[Any]) -> Any:
    """Pick one page of bills with their holders' and departments' names."""
    return (
        select(Bill, Person.name, Department.name)
        .join(Person, col(Person.id) == Bill.holder_id, isouter=True)
        .join(Department, col(Department.id) == Bill.department_id, isouter=True)
        .where(*wanted)
        .order_by(col(Bill.holder_id).is_not(None), col(Bill.number), col(Bill.id))
        .limit(ROWS_A_PAGE)
    )


def _facts(session: Session, invoice: Invoice) -> InvoiceFacts:
    releaser = session.get(Person, invoice.released_by) if invoice.released_by else None
    return InvoiceFacts(
        invoice_id=invoice.id or 0,
        carrier=invoice.carrier,
        account=invoice.account,
        number=invoice.number,
        revision=invoice.revision,
        month=invoice.month,
        bill_date=invoice.bill_date,
        period_from=invoice.period_from,
        period_through=invoice.period_through,
        ties=invoice.ties,
        has_total=invoice.has_total,
        untied_reason=invoice.untied_reason,
        released_at=invoice.released_at,
        released_by=releaser.name if releaser else "",
    )


def _figures(
    session: Session, actor: Actor, invoice: Invoice, now: datetime
) -> Figures:
    found = session.exec(
        select(Bill.state, func.count(), func.sum(Bill.cost))
        .where(Bill.invoice_id == invoice.id, Bill.state != BillState.SUPERSEDED)
        .group_by(Bill.state)
    ).all()
    by_state = Counter({state: count for state, count, _ in found})
    lines_total = sum((cost for _, _, cost in found), ZERO)
    prepared = release.prepared_bills(session, invoice)
    held_back = release.held_back(session, actor, invoice, prepared, now)
    lacks = Counter(held_back.values())
    bills = by_state.total()
    return Figures(
        total=invoice.total_current,
        lines_total=lines_total,
        account_level=invoice.account_level,
        difference=invoice.total_current - lines_total - invoice.account_level,
        bills=bills,
        released=bills - by_state[BillState.PREPARED],
        certified=sum(by_state[state] for state in CERTIFIED),
        ownerless=lacks[Lack.HOLDER],
        directorless=lacks[Lack.DIRECTOR],
        ready=len(prepared) - sum(lacks[lack] for lack in KEPT_BACK),
        own=lacks[Lack.COLLEAGUE],
    )


def _corrections(session: Session, actor: Actor, invoice: Invoice) -> int:
    """Count the corrections of this revision that wait, to those who may read them."""
    if not actor.has(Role.FINANCE, Role.AUDITOR):
        return 0
    return corrections.waiting(session, actor, invoice.id)


def _newest(session: Session, invoice: Invoice) -> int:
    found = session.exec(
        select(Invoice.id)
        .where(
            Invoice.employer_id == invoice.employer_id,
            Invoice.carrier == invoice.carrier,
            Invoice.account == invoice.account,
            Invoice.number == invoice.number,
        )
        .order_by(col(Invoice.revision).desc())
    ).first()
    return found or 0


def _only(only: Only) -> list[Any]:
    if only is Only.OWNERLESS:
        return [col(Bill.holder_id).is_(None)]
    if only is Only.WAITING:
        return [Bill.state == BillState.PREPARED]
    return []


def _row(
    bill: Bill, holder: str | None, department: str | None, today: date
) -> BillRow:
    is_open = bill.state in (BillState.RELEASED, BillState.IN_REVIEW)
    late = (today - bill.due_on).days if is_open and bill.due_on else 0
    return BillRow(
        bill_id=bill.id or 0,
        number=bill.number,
        part_from=bill.part_from,
        part_through=bill.part_through,
        name_on_bill=bill.user_name,
        holder=holder or "",
        department=department or "",
        cost=bill.cost,
        state=BillState(bill.state),
        due_on=bill.due_on,
        days_overdue=max(0, late),
    )
