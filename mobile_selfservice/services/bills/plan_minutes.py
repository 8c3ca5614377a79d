"""The minutes of a bill that draw on its plan, and the plan that several lines share.

Both stand in columns of the bill's row. What draws on the plan changes only when a rate
code is mapped, so a mark need not add up every item again; and what a colleague's marks
come to is read from the colleague's row, never from the calls.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select, update
from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.rate_code import CodeUse
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.pool import Pool, PoolLine
from mobile_selfservice.policy.voice_calls import PlanKind
from mobile_selfservice.policy.voice_terms import IncidentalExempts, VoiceTerms
from mobile_selfservice.services.bills.billed_use import BEGUN, DRAWS, ITEM

BILLS = Bill.__table__  # type: ignore[attr-defined]
BILL = BILLS.c
USE = CodeUse.__table__.c  # type: ignore[attr-defined]
SIGNED = (BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED)
SAME_POOL = (
    select(
        BILL.id,
        BILL.state,
        BILL.counted_minutes,
        BILL.counted_personal,
        BILL.counted_incidental,
        BILL.allowance_minutes,
        BILL.overage_charged,
        BILL.pool_share,
    )
    .where(
        BILL.invoice_id == bindparam("invoice"),
        BILL.plan_kind == PlanKind.POOLED,
        BILL.pool_minutes.is_not_distinct_from(bindparam("size")),
        BILL.pool_of.is_not_distinct_from(bindparam("line")),
        BILL.state != BillState.SUPERSEDED,
    )
    .order_by(BILL.id)
)


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """A plan several lines of an invoice share, and this bill's place in it.

    `open_lines` are the other bills whose marks may still change.
    """

    pool: Pool
    line: str
    open_lines: int


def counted_of(session: Session, bill_id: int) -> int:
    """Add up the begun minutes of a bill that draw on its plan, marked or not."""
    found = session.execute(
        select(func.sum(BEGUN)).where(ITEM.bill_id == bill_id, DRAWS)
    )
    return int(found.scalar() or 0)


def keep_counted(session: Session, invoice_ids: Sequence[int]) -> None:
    """Write those minutes on the bills of invoices that were just published.

    What the bills hold under each code has been counted before (`code_uses`). A signed
    bill that came along keeps what it was signed with.
    """
    _count(session, BILL.invoice_id.in_(invoice_ids), BILL.state.not_in(SIGNED))
    for known in session.identity_map.values():
        if isinstance(known, Bill) and known.invoice_id in invoice_ids:
            session.expire(known, ["counted_minutes"])


def count_anew(session: Session, bill_ids: Sequence[int]) -> None:
    """Write them again after some of the bills' calls are treated otherwise."""
    _count(session, BILL.id.in_(bill_ids))
    counted = set(bill_ids)
    for known in session.identity_map.values():
        if isinstance(known, Bill) and known.id in counted:
            session.expire(known, ["counted_minutes"])


def _count(session: Session, *which: ColumnElement[bool]) -> None:
    """Add them up from what is kept of each bill's codes, not from a million items."""
    drawn = (
        select(func.coalesce(func.sum(USE.minutes), 0))
        .where(USE.bill_id == BILL.id, USE.kind == "voice", USE.counts.is_(True))
        .scalar_subquery()
    )
    session.execute(update(BILLS).where(*which).values(counted_minutes=drawn))


def shared_plan(session: Session, bill: Bill, terms: VoiceTerms) -> SharedPlan | None:
    """Read the lines that share a bill's plan; None where it shares none.

    A bill that was signed keeps the share it was signed with. Without a size printed by
    the carrier the pool holds what the lines bring to it.
    """
    if bill.plan_kind != PlanKind.POOLED:
        return None
    asked = {
        "invoice": bill.invoice_id,
        "size": bill.pool_minutes,
        "line": bill.pool_of,
    }
    rows = session.execute(SAME_POOL, asked).all()
    brought = [row.allowance_minutes for row in rows]
    size = bill.pool_minutes
    if size is None:
        if None in brought:
            return None
        size = sum(brought)
    pool = Pool(
        allowance=size,
        lines=tuple(_line(row, terms) for row in rows),
        overage_charged=sum((row.overage_charged for row in rows), ZERO),
    )
    others = [row for row in rows if row.id != bill.id]
    open_lines = sum(1 for row in others if row.state not in SIGNED)
    return SharedPlan(pool, str(bill.id), open_lines)


def _line(row: Row[Any], terms: VoiceTerms) -> PoolLine:
    personal = row.counted_personal
    if paying_incidental(terms):
        personal += row.counted_incidental
    signed: Decimal | None = row.pool_share if row.state in SIGNED else None
    return PoolLine(str(row.id), row.counted_minutes - personal, personal, signed)


def paying_incidental(terms: VoiceTerms) -> bool:
    """Tell whether incidental minutes pay for minutes beyond the plan."""
    if not terms.incidental_allowed:
        return True
    return terms.incidental_exempts is IncidentalExempts.BASE_RATE_ONLY
