"""The numbers on one's own bill, a page at a time: one decision for each."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    func,
    select,
    true,
    type_coerce,
)
from sqlmodel import Session, col

from mobile_selfservice.models.columns import FineDollars
from mobile_selfservice.models.invoice import UsageItem
from mobile_selfservice.models.review import ItemMark, RememberedNumber
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills.bill_items import ON_A_PAGE, pages_of
from mobile_selfservice.services.bills.billed_use import BEGUN, ITEM, MARK
from mobile_selfservice.services.bills.item_choice import SHOWN, UNMARKED, Items, among

MIXED = "mixed"
CHARGES = type_coerce(ITEM.airtime, BigInteger) + ITEM.extra + ITEM.tax


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberGroup:
    """All items with one other party; `mark` is empty, a mark, or mixed.

    `label` and `usually` are what its holder calls the number and keeps it as.
    """

    party: str
    party_type: str
    items: int
    calls: int
    messages: int
    minutes: int
    charged: Decimal
    mark: str
    label: str
    usually: str


@dataclass(frozen=True, slots=True)
class NumberPage:
    """One page of numbers, those with most items first."""

    rows: tuple[NumberGroup, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """Count the pages; an empty list has one."""
        return pages_of(self.count)


def by_number(
    session: Session,
    actor: Actor,
    *,
    bill_id: int,
    items: Items,
    page: int,
    now: datetime,
) -> NumberPage:
    """List the numbers of one's own bill, those with most items first.

    Where `items` asks for a mark, numbers without an item so marked are left out, and
    all items of the others are counted: a decision is for the whole number.

    Raises:
        NotPermitted: if it is not the actor's bill.
    """
    access.own_bill(session, actor, bill_id)
    whole = among(bill_id, replace(items, marked=""))
    asked = _grouped(actor, whole, items.marked)
    parties = asked.with_only_columns(ITEM.party).subquery()
    count = session.execute(select(func.count()).select_from(parties)).scalar_one()
    page = min(max(page, 1), pages_of(count))
    found = session.execute(
        asked.order_by(func.count().desc(), ITEM.party)
        .limit(ON_A_PAGE)
        .offset((page - 1) * ON_A_PAGE)
    )
    return NumberPage(tuple(_number(*row) for row in found), count, page)


def _grouped(actor: Actor, chosen: ColumnElement[bool], marked: str) -> Select[Any]:
    known = and_(
        col(RememberedNumber.party) == ITEM.party,
        col(RememberedNumber.person_id) == actor.person_id,
    )
    return (
        select(
            ITEM.party,
            func.min(ITEM.party_type),
            func.count(),
            func.count(case((ITEM.kind == "voice", 1))),
            func.count(case((ITEM.kind == "message", 1))),
            func.sum(case((ITEM.kind == "voice", BEGUN), else_=0)),
            type_coerce(func.sum(CHARGES), FineDollars),
            func.count(MARK.mark),
            func.min(MARK.mark),
            func.max(MARK.mark),
            func.min(RememberedNumber.label),
            func.min(RememberedNumber.mark),
        )
        .join_from(UsageItem, ItemMark, MARK.item_id == ITEM.id, isouter=True)
        .join(RememberedNumber, known, isouter=True)
        .where(chosen)
        .group_by(ITEM.party)
        .having(_with_any(marked))
    )


def _with_any(marked: str) -> ColumnElement[bool]:
    if marked not in SHOWN:
        return true()
    if marked == UNMARKED:
        return func.count(MARK.mark) < func.count()
    return func.count(case((MARK.mark == marked, 1))) > 0


def _number(*cells: Any) -> NumberGroup:
    party, party_type, items, calls, messages, minutes, charged, *said = cells
    marked, lowest, highest, label, usually = said
    is_one = marked == items and lowest == highest
    return NumberGroup(
        party=party,
        party_type=party_type,
        items=items,
        calls=calls,
        messages=messages,
        minutes=int(minutes),
        charged=charged,
        mark=lowest if is_one else MIXED if marked else "",
        label=label or "",
        usually=usually or "",
    )
