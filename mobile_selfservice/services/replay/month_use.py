"""What many bills used, in groups: one statement a batch, never one a bill.

The groups are those `billed_use` makes for one bill; a test holds the two together. One
statement cannot serve both: a bill that is being marked is read by its own index.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.review import Mark
from mobile_selfservice.policy.voice_terms import OverageAttribution, Scope, VoiceTerms
from mobile_selfservice.services.bills.billed_use import (
    BEGUN,
    CHARGES,
    IS_BILLED,
    ITEM,
    ITEM_MARKS,
    ITEMS,
    MARK,
    NAME,
    BilledUse,
    ItemGroup,
)

# How many bills are read at once; what they used is forgotten before the next.
BATCH = 500
OF_BILLS: BindParameter[Any] = bindparam("bills", expanding=True)
KEPT = (ITEM.kind, MARK.mark, ITEM.counts, NAME)
EVERY_CALL = (
    select(ITEM.bill_id, *KEPT, ITEM.started, literal(1), BEGUN, *CHARGES)
    .join_from(ITEMS, ITEM_MARKS, ITEM.id == MARK.item_id, isouter=True)
    .where(ITEM.bill_id.in_(OF_BILLS))
    .order_by(ITEM.bill_id, ITEM.started, ITEM.row_no)
)


class BatchUse:
    """What a batch of bills used; each way of grouping is asked for once."""

    def __init__(self, session: Session, bill_ids: Sequence[int]) -> None:
        self._session = session
        self._bills = {"bills": list(bill_ids)}
        self._grouped: dict[Select[Any], dict[int, list[ItemGroup]]] = {}

    def of(self, bill: Bill, terms: VoiceTerms, turns: Sequence[date]) -> BilledUse:
        """Return what one bill of the batch used, as fine as the terms ask for."""
        return BilledUse(
            groups=self._groups(terms, turns).get(bill.id or 0, []),
            marks=_marks(bill),
            items=bill.item_count,
            counted_minutes=bill.counted_minutes,
        )

    def _groups(
        self, terms: VoiceTerms, turns: Sequence[date]
    ) -> Mapping[int, Sequence[ItemGroup]]:
        if terms.overage_attribution is OverageAttribution.CHRONOLOGICAL:
            asked = EVERY_CALL
        else:
            asked = _groups_by(terms.scope, tuple(turns))
        if asked not in self._grouped:
            groups: dict[int, list[ItemGroup]] = {}
            for bill, *cells in self._session.execute(asked, self._bills):
                groups.setdefault(bill, []).append(_group(*cells))
            self._grouped[asked] = groups
        return self._grouped[asked]


@cache
def _groups_by(scope: Scope, turns: tuple[date, ...]) -> Select[Any]:
    """Ask for the charged items of many bills, summed bill by bill."""
    apart: tuple[ColumnElement[Any], ...] = (IS_BILLED, ITEM.extra)
    if scope is Scope.LINE:
        apart = (*apart, ITEM.quantity, ITEM.airtime, ITEM.tax)
    since = tuple(ITEM.started >= literal_column(f"'{turn}'") for turn in turns)
    sums = (func.sum(BEGUN), *map(_sum, CHARGES))
    order = (MARK.bill_id, *KEPT, *apart, *since)
    return (
        select(MARK.bill_id, *KEPT, func.min(ITEM.started), func.count(), *sums)
        .join_from(ITEM_MARKS, ITEMS, ITEM.id == MARK.item_id)
        .where(
            MARK.bill_id.in_(OF_BILLS),
            MARK.mark.in_((Mark.PERSONAL, Mark.INCIDENTAL)),
        )
        .group_by(*order)
        .order_by(*order)
    )


def _marks(bill: Bill) -> Mapping[str, int]:
    """Count marks by the summary on the bill, which every mark is kept in step with."""
    charged = bill.personal_count + bill.incidental_count
    return {
        Mark.PERSONAL: bill.personal_count,
        Mark.INCIDENTAL: bill.incidental_count,
        Mark.NOT_SURE: bill.not_sure_count,
        Mark.BUSINESS: bill.marked_count - charged - bill.not_sure_count,
    }


def _sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Add up whole small units; the sum is read like the column."""
    return type_coerce(func.sum(type_coerce(column, BigInteger)), column.type)


def _group(*cells: Any) -> ItemGroup:
    kind, mark, counts, name, started, times, minutes, *sums = cells
    return ItemGroup(
        kind, mark or "", counts, name or "", started.date(), times, int(minutes), *sums
    )
