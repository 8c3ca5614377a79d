"""The items of a bill in groups the policy cannot tell apart, read in two statements.

Never one object per item: a bill can hold thousands, and every click asks again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Label,
    case,
    func,
    literal,
    select,
    type_coerce,
)
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill, BillCharge, UsageItem
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.personal_use import Plan, PlanKind
from mobile_selfservice.policy.voice_terms import (
    OverageAttribution,
    TaxShare,
    VoiceTerms,
)

NOT_TAXABLE = ("tax", "payment", "credit", "surcharge")
# All that the policy looks at in an item, but its day and its mark.
KEPT = tuple(
    col(column)
    for column in (
        UsageItem.kind,
        UsageItem.counts,
        UsageItem.description,
        UsageItem.quantity,
        UsageItem.airtime,
        UsageItem.extra,
        UsageItem.tax,
    )
)


class ItemGroup(NamedTuple):
    """Items of one bill that the policy cannot tell apart, and how many they are.

    `mark` is empty where there is none. `on` is the day of the first of them; all fall
    under the same rates. `name` tells add-ons apart. Quantity and charges are of one.
    """

    kind: str
    mark: str
    counts: bool | None
    name: str
    quantity: Decimal
    airtime: Decimal
    extra: Decimal
    tax: Decimal
    on: date
    times: int

    @property
    def billed_minutes(self) -> int:
        """Begun minutes of one call."""
        return ceil(self.quantity)

    @property
    def draws(self) -> bool:
        """Tell whether a call draws on the allowance.

        ASSUMPTION: one whose usage type nobody has mapped does. The policy exempts
        only calls known to be outside the allowance.
        """
        return self.counts is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledUse:
    """All items of a bill: marked ones in groups, and how much there is in all.

    `counted_minutes` are all minutes that draw on the allowance, marked or not.
    """

    groups: Sequence[ItemGroup]
    items: int
    counted_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPlan:
    """The plan behind the bill and what is billed for the line as a whole."""

    plan: Plan
    overage_charged: Decimal = ZERO
    taxes: Decimal = ZERO
    taxable: Decimal = ZERO


def billed_use(
    session: Session, bill: Bill, terms: VoiceTerms, turns: Sequence[date]
) -> BilledUse:
    """Read a bill's marked items in groups, and how much there is in all.

    `turns` are the days on which a rate changed: no group spans one.
    """
    items, counted = _totals(session, bill)
    in_order = terms.overage_attribution is OverageAttribution.CHRONOLOGICAL
    groups = _one_by_one(session, bill) if in_order else _grouped(session, bill, turns)
    return BilledUse(groups=groups, items=items, counted_minutes=counted)


def plan_of(session: Session, bill: Bill, terms: VoiceTerms) -> BillPlan:
    """Describe a line's plan the way the policy asks for it."""
    plan = Plan(
        kind=PlanKind(bill.plan_kind),
        allowance=bill.allowance_minutes,
        base_charge=bill.base_charge,
    )
    if terms.tax_share is not TaxShare.PROPORTIONAL:
        return BillPlan(plan=plan, overage_charged=bill.overage_charged)
    taxes, taxable = _taxes(session, bill)
    return BillPlan(
        plan=plan, overage_charged=bill.overage_charged, taxes=taxes, taxable=taxable
    )


def rate_turns(edition: Edition, keys: Sequence[str], until: date) -> list[date]:
    """List the days up to `until` on which one of these rates took a new value."""
    return sorted(
        {
            value.valid_from
            for key in keys
            for value in edition.parameter(key).values
            if value.valid_from <= until
        }
    )


def _totals(session: Session, bill: Bill) -> tuple[int, int]:
    begun = (type_coerce(col(UsageItem.quantity), BigInteger) + 999) // 1000
    parts = (col(UsageItem.kind), col(UsageItem.counts))
    found = session.execute(
        select(*parts, func.count(), func.sum(begun))
        .where(col(UsageItem.bill_id) == bill.id)
        .group_by(*parts)
    ).all()
    items = sum(times for _, _, times, _ in found)
    counted = sum(
        int(minutes)
        for kind, counts, _, minutes in found
        if kind == "voice" and counts is not False
    )
    return items, counted


def _grouped(session: Session, bill: Bill, turns: Sequence[date]) -> list[ItemGroup]:
    found = session.execute(
        select(
            col(ItemMark.mark),
            *KEPT,
            func.min(UsageItem.started),
            func.count(),
            _turn(turns),
        )
        .join(UsageItem, col(UsageItem.id) == col(ItemMark.item_id))
        .where(col(ItemMark.bill_id) == bill.id)
        .group_by(col(ItemMark.mark), *KEPT, "turn")
    )
    return [_group(*row[:-1]) for row in found]


def _turn(turns: Sequence[date]) -> Label[int]:
    """Number the stretch between two rate changes in which an item falls."""
    # By its name in GROUP BY: PostgreSQL takes two bound values for different ones.
    begun = [
        (col(UsageItem.started) >= datetime.combine(day, time.min), number)
        for number, day in reversed(list(enumerate(turns, start=1)))
    ]
    return (case(*begun, else_=0) if begun else literal(0)).label("turn")


def _one_by_one(session: Session, bill: Bill) -> list[ItemGroup]:
    found = session.execute(
        select(col(ItemMark.mark), *KEPT, col(UsageItem.started), literal(1))
        .select_from(UsageItem)
        .join(ItemMark, col(ItemMark.item_id) == col(UsageItem.id), isouter=True)
        .where(col(UsageItem.bill_id) == bill.id)
        .order_by(col(UsageItem.started), col(UsageItem.row_no))
    )
    return [_group(*row) for row in found]


def _group(mark: str | None, *cells: Any) -> ItemGroup:
    kind, counts, name, quantity, airtime, extra, tax, started, times = cells
    return ItemGroup(
        kind=kind,
        mark=mark or "",
        counts=counts,
        name=name,
        quantity=quantity,
        airtime=airtime,
        extra=extra,
        tax=tax,
        on=started.date(),
        times=times,
    )


def _taxes(session: Session, bill: Bill) -> tuple[Decimal, Decimal]:
    charges = session.execute(
        select(col(BillCharge.category), col(BillCharge.amount)).where(
            col(BillCharge.bill_id) == bill.id
        )
    ).all()
    taxes = sum((amount for kind, amount in charges if kind == "tax"), ZERO)
    taxable = [amount for kind, amount in charges if kind not in NOT_TAXABLE]
    return taxes, sum(taxable, ZERO)
