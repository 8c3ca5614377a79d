"""The items of one's own bill, a page at a time, as billed and as marked."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import UsageItem
from mobile_selfservice.models.review import ItemMark, RememberedNumber
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills.item_choice import Items, among

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One item; `is_free` for a call the carrier neither counts nor bills.

    `label` is what its holder calls the number, if they remember it.
    """

    item_id: int
    started: datetime
    is_late: bool
    kind: str
    direction: str
    party: str
    party_type: str
    place: str
    description: str
    quantity: Decimal
    unit: str
    is_free: bool
    charged: Decimal
    mark: str
    reason: str
    label: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of items, oldest first."""

    rows: tuple[ReviewItem, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """Count the pages; an empty list has one."""
        return pages_of(self.count)


def by_day(
    session: Session,
    actor: Actor,
    *,
    bill_id: int,
    items: Items,
    page: int,
    now: datetime,
) -> ItemPage:
    """List the chosen items of one's own bill, oldest first.

    Raises:
        NotPermitted: if it is not the actor's bill.
    """
    access.own_bill(session, actor, bill_id)
    chosen = among(bill_id, items)
    counted = select(func.count()).select_from(UsageItem).where(chosen)
    count = session.execute(counted).scalar_one()
    page = min(max(page, 1), pages_of(count))
    found = session.execute(
        select(
            UsageItem,
            col(ItemMark.mark),
            col(ItemMark.reason),
            col(RememberedNumber.label),
        )
        .join(ItemMark, col(ItemMark.item_id) == col(UsageItem.id), isouter=True)
        .join(
            RememberedNumber,
            and_(
                col(RememberedNumber.party) == col(UsageItem.party),
                col(RememberedNumber.person_id) == actor.person_id,
            ),
            isouter=True,
        )
        .where(chosen)
        .order_by(col(UsageItem.started), col(UsageItem.id))
        .limit(ON_A_PAGE)
        .offset((page - 1) * ON_A_PAGE)
    )
    return ItemPage(tuple(_item(*row) for row in found), count, page)


def pages_of(count: int) -> int:
    """Count the pages a list of this length fills."""
    return max(1, -(-count // ON_A_PAGE))


def _item(
    item: UsageItem, mark: str | None, reason: str | None, label: str | None
) -> ReviewItem:
    return ReviewItem(
        item_id=item.id or 0,
        started=item.started,
        is_late=item.is_late,
        kind=item.kind,
        direction=item.direction,
        party=item.party,
        party_type=item.party_type,
        place=item.destination or item.origin,
        description=item.description,
        quantity=item.quantity,
        unit=item.unit,
        is_free=item.kind == "voice" and item.counts is False and not item.airtime,
        charged=item.airtime + item.extra + item.tax,
        mark=mark or "",
        reason=reason or "",
        label=label or "",
    )
