"""A bill's calls, closed to everyone but its holder until opened for a stated reason.

Whoever reviews the bill, or audits, may open them for the rest of the day. The employee
sees in the bill's own history who did, when and why (SOD-15).
"""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill, BillState, UsageItem
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.review import DetailOpening, ItemMark, Mark
from mobile_selfservice.services import access, history, review_clock, stated_reason
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import NotPermitted

ITEMS_ON_A_PAGE = 50
# Before it is signed, an unmarked call may turn out to be personal.
SIGNED = {BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED}


@dataclass(frozen=True, slots=True)
class CallDetail:
    """One item as a reviewer sees it; a private party ends in two digits only."""

    started: datetime
    kind: str
    direction: str
    party: str
    is_masked: bool
    place: str
    quantity: Decimal
    unit: str
    charged: Decimal
    mark: str
    reason: str


@dataclass(frozen=True, slots=True)
class CallDetails:
    """One page of a bill's items; nothing of them while they are closed."""

    is_open: bool
    items: tuple[CallDetail, ...] = ()
    count: int = 0
    page: int = 1
    pages: int = 1


def open_details(
    session: Session, actor: Actor, *, bill_id: int, reason: str, now: datetime
) -> None:
    """Open a bill's calls to the one who asks, until midnight, and write down why.

    Asking again on the same day opens nothing twice.

    Raises:
        NotPermitted: if the actor neither reviews this bill nor audits.
        TextNeeded, NumberInReason: if the reason will not do.
    """
    bill = _openable(session, actor, bill_id)
    why = stated_reason.stated(reason)
    if _is_open(session, actor, bill, now):
        return
    session.add(
        DetailOpening(
            bill_id=bill_id, opened_by=actor.person_id, opened_at=now, reason=why
        )
    )
    event = Event("bill.details_opened", "bill", bill_id, f"Opened the calls: {why}")
    history.record(session, actor, event, now)


def read(
    session: Session, actor: Actor, *, bill_id: int, page: int, now: datetime
) -> CallDetails:
    """Show a page of the calls to someone who opened them today.

    Raises:
        NotPermitted: if the actor neither reviews this bill nor audits.
    """
    bill = _openable(session, actor, bill_id)
    if not _is_open(session, actor, bill, now):
        return CallDetails(is_open=False)
    pages = max(1, -(-bill.item_count // ITEMS_ON_A_PAGE))
    page = min(max(page, 1), pages)
    found = session.execute(
        select(UsageItem, ItemMark)
        .join(
            ItemMark,
            and_(
                col(ItemMark.item_id) == col(UsageItem.id),
                col(ItemMark.bill_id) == bill_id,
            ),
            isouter=True,
        )
        .where(col(UsageItem.bill_id) == bill_id)
        .order_by(col(UsageItem.started), col(UsageItem.id))
        .limit(ITEMS_ON_A_PAGE)
        .offset((page - 1) * ITEMS_ON_A_PAGE)
    )
    items = tuple(_detail(item, mark, bill) for item, mark in found)
    return CallDetails(True, items, bill.item_count, page, pages)


def masked(party: str) -> str:
    """Leave the last two digits of a number, and nothing of anything else."""
    digits = "".join(filter(str.isdigit, party))
    return f"ending in {digits[-2:]}" if len(digits) > 3 else "not shown"


def _openable(session: Session, actor: Actor, bill_id: int) -> Bill:
    bill = access.seen_bill(session, actor, bill_id)
    if bill.state in access.UNSEEN:
        raise NotPermitted
    if not access.may_open_details(session, actor, bill):
        raise NotPermitted
    return bill


def _is_open(session: Session, actor: Actor, bill: Bill, now: datetime) -> bool:
    zone = ZoneInfo(session.get_one(Employer, bill.employer_id).time_zone)
    today = review_clock.today(session, bill.employer_id, now)
    opened = session.execute(
        select(col(DetailOpening.id)).where(
            col(DetailOpening.bill_id) == bill.id,
            col(DetailOpening.opened_by) == actor.person_id,
            col(DetailOpening.opened_at) >= datetime.combine(today, time(), zone),
        )
    )
    return opened.first() is not None


def _detail(item: UsageItem, mark: ItemMark | None, bill: Bill) -> CallDetail:
    meant = mark.mark if mark else ""
    is_masked = not _is_business(meant, bill)
    return CallDetail(
        started=item.started,
        kind=item.kind,
        direction=item.direction,
        party=masked(item.party) if is_masked else item.party,
        is_masked=is_masked,
        place="" if is_masked else item.destination,
        quantity=item.quantity,
        unit=item.unit,
        charged=item.airtime + item.extra + item.tax,
        mark=meant,
        reason=mark.reason if mark else "",
    )


def _is_business(mark: str, bill: Bill) -> bool:
    if mark:
        return mark == Mark.BUSINESS
    return bill.state in SIGNED
