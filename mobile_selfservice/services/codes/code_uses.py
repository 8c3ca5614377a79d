"""How many items stand under each code, bill by bill: counted once, never on a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    case,
    func,
    insert,
    select,
    type_coerce,
    update,
)
from sqlmodel import Session, col

from mobile_selfservice.carriers.codes import Treatment
from mobile_selfservice.carriers.records import LegendLine
from mobile_selfservice.models.invoice import Bill, BillState, UsageItem
from mobile_selfservice.models.rate_code import CodeLegend, CodeUse
from mobile_selfservice.services.bills.billed_use import BEGUN

USES = CodeUse.__table__  # type: ignore[attr-defined]
ITEM = UsageItem.__table__.c  # type: ignore[attr-defined]
ALIKE = (ITEM.bill_id, ITEM.usage_code, ITEM.kind, ITEM.usage_class, ITEM.counts)
CHARGED = ITEM.airtime + ITEM.extra + ITEM.tax
COLUMNS = (
    *("bill_id", "code", "kind", "usage_class", "counts"),
    *("items", "minutes", "charged"),
)
BY_CODE = select(
    *ALIKE,
    func.count(),
    func.sum(case((ITEM.kind == "voice", BEGUN), else_=0)),
    func.sum(type_coerce(CHARGED, BigInteger)),
).group_by(*ALIKE)


@dataclass(frozen=True, slots=True)
class UnmappedCalls:
    """The calls of an invoice whose codes nobody has mapped."""

    codes: int = 0
    calls: int = 0
    minutes: int = 0


def keep_uses(session: Session, invoice_ids: Sequence[int]) -> None:
    """Count the items under each code on bills of invoices that were just published.

    A bill that came along from an earlier revision has been counted already.
    """
    counted = select(col(CodeUse.id)).where(col(CodeUse.bill_id) == col(Bill.id))
    bills = select(col(Bill.id)).where(
        col(Bill.invoice_id).in_(invoice_ids), ~counted.exists()
    )
    session.execute(
        insert(CodeUse).from_select(COLUMNS, BY_CODE.where(ITEM.bill_id.in_(bills)))
    )


def count_anew(session: Session, bill_ids: Sequence[int]) -> None:
    """Count the items of bills again, whatever was counted before."""
    session.execute(USES.delete().where(USES.c.bill_id.in_(bill_ids)))
    session.execute(insert(CodeUse).from_select(COLUMNS, counted_on(bill_ids)))


def counted_on(bill_ids: Sequence[int]) -> Select[Any]:
    """Give the question how many items stand under each code, in COLUMNS' order."""
    return BY_CODE.where(ITEM.bill_id.in_(bill_ids))


def treat(
    session: Session,
    bill_ids: Sequence[int],
    code: str,
    was: Treatment,
    wanted: Treatment,
) -> None:
    """Say that the items of bills under a code are treated otherwise from now on."""
    session.execute(
        update(USES)
        .where(
            USES.c.bill_id.in_(bill_ids),
            USES.c.code == code,
            USES.c.usage_class == was.usage_class,
            USES.c.counts.is_not_distinct_from(was.counts),
        )
        .values(usage_class=wanted.usage_class, counts=wanted.counts)
    )


def keep_legend(
    session: Session, invoice_id: int, carrier: str, legend: Iterable[LegendLine]
) -> None:
    """Keep what a carrier's file says of its codes, for the page that lists them."""
    session.add_all(
        CodeLegend(
            invoice_id=invoice_id,
            carrier=carrier,
            code=line.code,
            period=line.period,
            feature=line.feature,
            words=line.words,
            usage_class=line.usage_class,
            counts=line.counts,
        )
        for line in legend
    )


def unmapped_calls(session: Session, invoice_id: int) -> UnmappedCalls:
    """Count the calls of bills yet to be released whose codes nobody has mapped."""
    found = session.execute(
        select(
            func.count(func.distinct(CodeUse.code)),
            func.sum(CodeUse.items),
            func.sum(CodeUse.minutes),
        )
        .join(Bill, col(Bill.id) == col(CodeUse.bill_id))
        .where(
            col(Bill.invoice_id) == invoice_id,
            col(Bill.state) == BillState.PREPARED,
            col(CodeUse.kind) == "voice",
            col(CodeUse.counts).is_(None),
        )
    ).one()
    return UnmappedCalls(*(int(number or 0) for number in found))
