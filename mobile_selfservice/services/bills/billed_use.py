"""The items of a bill in groups the policy cannot tell apart, read in two statements.

How many they are, and how many minutes draw on the plan, stands on the bill's own row.

Never one object per item: a bill can hold thousands, and every click asks again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill, UsageItem
from mobile_selfservice.models.review import ItemMark, Mark
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.voice_terms import (
    OverageAttribution,
    Scope,
    VoiceTerms,
)

# The tables, not the classes: what the classes would add costs more than the reading.
ITEMS = UsageItem.__table__  # type: ignore[attr-defined]
ITEM_MARKS = ItemMark.__table__  # type: ignore[attr-defined]
ITEM, MARK = ITEMS.c, ITEM_MARKS.c
BEGUN = (type_coerce(ITEM.quantity, BigInteger) + 999) // 1000
# Without bound values: PostgreSQL would take those in SELECT and GROUP BY for two.
IS_BILLED = ITEM.airtime != literal_column("0")
NAME = case(
    (ITEM.kind == literal_column("'extra'"), ITEM.description),
    else_=literal_column("''"),
)
CHARGES = (ITEM.quantity, ITEM.airtime, ITEM.extra, ITEM.tax)
THIS_BILL = MARK.bill_id == bindparam("bill")
DRAWS = and_(ITEM.kind == "voice", ITEM.counts.is_(True))
MARKS = (
    select(MARK.mark, func.count().label("times")).where(THIS_BILL).group_by(MARK.mark)
)
EVERY_CALL = (
    select(
        ITEM.kind,
        MARK.mark,
        ITEM.counts,
        NAME,
        ITEM.started,
        literal(1),
        BEGUN,
        *CHARGES,
    )
    .join_from(ITEMS, ITEM_MARKS, ITEM.id == MARK.item_id, isouter=True)
    .where(ITEM.bill_id == bindparam("bill"))
    .order_by(ITEM.started, ITEM.row_no)
)


class ItemGroup(NamedTuple):
    """Items of one bill that the policy cannot tell apart, and how many they are.

    `mark` is empty where there is none. `on` is the day of the first of them; all fall
    under the same rates. `name` tells add-ons apart. The rest is their sum: begun
    minutes (`minutes`), minutes, messages or kilobytes (`quantity`), and charges.
    """

    kind: str
    mark: str
    counts: bool | None
    name: str
    on: date
    times: int
    minutes: int
    quantity: Decimal
    airtime: Decimal
    extra: Decimal
    tax: Decimal

    @property
    def draws(self) -> bool:
        """Tell whether an item is known to draw on the allowance.

        One whose code nobody has mapped may or may not; it is never guessed.
        """
        return self.counts is True


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledUse:
    """The items of a bill: what is charged in groups, and how much there is in all.

    `marks` counts the items with each mark.

    `counted_minutes` are all minutes that draw on the allowance, marked or not.
    """

    groups: Sequence[ItemGroup]
    marks: Mapping[str, int]
    items: int
    counted_minutes: int


def billed_use(
    session: Session, bill: Bill, terms: VoiceTerms, turns: Sequence[date]
) -> BilledUse:
    """Read a bill's charged items in groups, and how much there is in all.

    `turns` are the days on which a rate changed: no group spans one. Groups are as
    fine as the terms ask for: sums of a month, calls alike, or every call in order.
    """
    if terms.overage_attribution is OverageAttribution.CHRONOLOGICAL:
        asked = EVERY_CALL
    else:
        asked = _groups_by(terms.scope, tuple(turns))
    this = {"bill": bill.id}
    return BilledUse(
        groups=[_group(*row) for row in session.execute(asked, this)],
        marks={row.mark: row.times for row in session.execute(MARKS, this)},
        items=bill.item_count,
        counted_minutes=bill.counted_minutes,
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


@cache
def _groups_by(scope: Scope, turns: tuple[date, ...]) -> Select[Any]:
    """Ask for the charged items, summed as far as the comparison of costs allows."""
    kept = (ITEM.kind, MARK.mark, ITEM.counts, NAME)
    apart: tuple[ColumnElement[Any], ...] = (IS_BILLED, ITEM.extra)
    if scope is Scope.LINE:
        apart = (*apart, ITEM.quantity, ITEM.airtime, ITEM.tax)
    since: tuple[ColumnElement[Any], ...] = tuple(map(_since, turns))
    sums: tuple[Any, ...] = (func.sum(BEGUN), *map(_sum, CHARGES))
    return (
        select(*kept, func.min(ITEM.started), func.count(), *sums)
        .join_from(ITEM_MARKS, ITEMS, ITEM.id == MARK.item_id)
        .where(THIS_BILL, MARK.mark.in_((Mark.PERSONAL, Mark.INCIDENTAL)))
        .group_by(*kept, *apart, *since)
        # Always in one order: the working is signed word for word.
        .order_by(*kept, *apart, *since)
    )


def _sum(column: ColumnElement[Decimal]) -> ColumnElement[Decimal]:
    """Add up whole small units; the sum is read like the column."""
    return type_coerce(func.sum(type_coerce(column, BigInteger)), column.type)


def _since(turn: date) -> ColumnElement[bool]:
    """Tell items apart that lie on different sides of a rate change."""
    return col(UsageItem.started) >= literal_column(f"'{turn}'")


def _group(*cells: Any) -> ItemGroup:
    kind, mark, counts, name, started, times, minutes, *sums = cells
    return ItemGroup(
        kind, mark or "", counts, name or "", started.date(), times, int(minutes), *sums
    )
