"""Numbers an employee knows: what they suggest, and nothing they do by themselves.

A remembered number is its owner's alone. No other person, report or history holds it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill, UsageItem
from mobile_selfservice.models.review import ItemMark, Mark, RememberedNumber
from mobile_selfservice.services import access, free_text
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.refusals import NotPermitted, Refused

LONGEST_LABEL = 40
TO_REMEMBER = {Mark.BUSINESS, Mark.PERSONAL}


class NotRemembered(Refused):
    """Only business and personal numbers are worth remembering."""

    def __init__(self) -> None:
        super().__init__(
            "A number can be remembered as business or as personal. Incidental use is "
            "decided call by call; nothing was saved."
        )


@dataclass(frozen=True, slots=True)
class Remembered:
    """A number of one's own list: what one calls it, and what it usually is."""

    party: str
    label: str
    mark: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A remembered number on this bill with items that are not marked yet."""

    party: str
    label: str
    mark: str
    items: int


def remember(
    session: Session,
    actor: Actor,
    *,
    bill_id: int,
    number: Remembered,
    now: datetime,
) -> Remembered:
    """Keep a number of one's own bill, to be suggested on this bill and later ones.

    Raises:
        NotPermitted: if the number is not on a bill of the actor's own.
        NotRemembered: if the mark is neither business nor personal.
        TextNeeded, CardNumberTyped: if the label will not do.
    """
    _require_on_bill(session, access.own_bill(session, actor, bill_id), number.party)
    if number.mark not in TO_REMEMBER:
        raise NotRemembered
    words = free_text.tidy(number.label, "The name", LONGEST_LABEL)
    session.merge(
        RememberedNumber(
            person_id=actor.person_id,
            party=number.party,
            label=words,
            mark=number.mark,
            remembered_at=now,
        )
    )
    return Remembered(number.party, words, number.mark)


def forget(session: Session, actor: Actor, *, party: str, now: datetime) -> None:
    """Take a number off one's own list; marks it once suggested stay."""
    found = session.get(RememberedNumber, (actor.person_id, party))
    if found is not None:
        session.delete(found)


def suggestions(session: Session, actor: Actor, bill: Bill) -> tuple[Suggestion, ...]:
    """List remembered numbers with unmarked items on a bill. Nothing is marked."""
    found = session.execute(
        select(
            col(RememberedNumber.party),
            col(RememberedNumber.label),
            col(RememberedNumber.mark),
            func.count(),
        )
        .join_from(
            RememberedNumber,
            UsageItem,
            col(UsageItem.party) == col(RememberedNumber.party),
        )
        .join(ItemMark, col(ItemMark.item_id) == col(UsageItem.id), isouter=True)
        .where(
            col(RememberedNumber.person_id) == actor.person_id,
            col(UsageItem.bill_id) == bill.id,
            col(ItemMark.item_id).is_(None),
        )
        .group_by(
            col(RememberedNumber.party),
            col(RememberedNumber.label),
            col(RememberedNumber.mark),
        )
        .order_by(func.count().desc(), col(RememberedNumber.party))
    )
    return tuple(Suggestion(*row) for row in found)


def _require_on_bill(session: Session, bill: Bill, party: str) -> None:
    found = session.execute(
        select(col(UsageItem.id))
        .where(col(UsageItem.bill_id) == bill.id, col(UsageItem.party) == party)
        .limit(1)
    )
    if found.first() is None:
        raise NotPermitted
