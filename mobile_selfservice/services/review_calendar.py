"""The days by which a person must certify or pay, for the calendar they keep.

Whoever holds the link sees these days and nothing else: no number, no amount, no call.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, and_, col, or_, select

from mobile_selfservice.models.credential import Credential
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services.mail.signed_links import FeedLink
from mobile_selfservice.services.refusals import NotPermitted

TO_CERTIFY = (BillState.RELEASED, BillState.IN_REVIEW)
TO_PAY = (BillState.CERTIFIED, BillState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class ReviewDate:
    """One day in the calendar: the bill, its month, and since when it is known."""

    bill_id: int
    month: date
    due_on: date
    received_on: date
    is_certified: bool


def dates_for(session: Session, *, link: FeedLink, now: datetime) -> list[ReviewDate]:
    """List what the owner of a calendar link has to do, soonest first.

    Raises:
        NotPermitted: if the link was renewed since, or its owner's account is closed.
    """
    _refuse_ended(session, link, now)
    found = session.exec(
        select(Bill)
        .where(
            Bill.holder_id == link.person_id,
            col(Bill.due_on).is_not(None),
            or_(
                col(Bill.state).in_(TO_CERTIFY),
                and_(col(Bill.state).in_(TO_PAY), col(Bill.owed) > col(Bill.tendered)),
            ),
        )
        .order_by(col(Bill.due_on), col(Bill.id))
    )
    return [_date(bill, bill.due_on) for bill in found if bill.due_on]


def _refuse_ended(session: Session, link: FeedLink, now: datetime) -> None:
    person = session.get(Person, link.person_id)
    credential = session.get(Credential, link.person_id)
    if person is None or credential is None:
        raise NotPermitted
    if credential.feed_version != link.version:
        raise NotPermitted
    if credential.disabled_at is not None:
        raise NotPermitted
    if person.ended_on is not None and person.ended_on <= now.date():
        raise NotPermitted


def _date(bill: Bill, due_on: date) -> ReviewDate:
    return ReviewDate(
        bill_id=bill.id or 0,
        month=bill.month,
        due_on=due_on,
        received_on=bill.received_on or bill.month,
        is_certified=bill.state in TO_PAY,
    )
