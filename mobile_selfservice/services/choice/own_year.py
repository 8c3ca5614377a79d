"""One's own last year of bills, as far as the advisor needs it: summaries, no calls.

Nobody's year but one's own is ever read, so there is no record to ask access for.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.line import Line, LineKind
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.months import (
    MONTHS_A_YEAR,
    month_in_words,
    month_of,
    months_later,
)
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.choice.own_contract import Use
from mobile_selfservice.services.phones.phone_standing import standing_of

# A person carries few phones; a year of them is what one look may cost.
MOST_BILLS = 5 * MONTHS_A_YEAR
SIGNED = (BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledMonth:
    """A month of one's own bills, all phones one carries added up.

    `personal_minutes` are those of `minutes` marked as personal, `personal` what that
    came to, `cost` what the carrier charged the City. Until every bill of the month is
    signed its marks are a draft.
    """

    month: date
    minutes: Decimal
    personal_minutes: Decimal
    texts: int
    kilobytes: Decimal
    personal: Decimal
    cost: Decimal
    is_signed: bool = True

    @property
    def use(self) -> Use:
        """What another contract would be charged for."""
        name = month_in_words(self.month)
        return Use(name, self.minutes, self.texts, self.kilobytes)


@dataclass(frozen=True, slots=True)
class HeldStipend:
    """The stipend somebody has: its class, its amount, what their contract costs."""

    stipend_class: str
    amount: Decimal
    out_of_pocket: Decimal


@dataclass(frozen=True, slots=True)
class OwnYear:
    """The bills of one's last twelve months, oldest first, and what one has today."""

    today: date
    months: tuple[BilledMonth, ...]
    has_phone: bool
    stipend: HeldStipend | None

    @property
    def is_whole(self) -> bool:
        """Tell whether there is a bill for every month of a year."""
        return len(self.months) >= MONTHS_A_YEAR


def own_year(session: Session, actor: Actor, *, now: datetime) -> OwnYear:
    """Read one's own last twelve months, and what one has."""
    today = review_clock.today(session, actor.employer_id, now)
    standing = standing_of(session, actor.person_id, today)
    held = standing.stipend
    return OwnYear(
        today=today,
        months=_by_month(_bills(session, actor, today)),
        has_phone=standing.has_device,
        stipend=None if held is None else _held(held),
    )


def _held(stipend: Stipend) -> HeldStipend:
    return HeldStipend(
        stipend.stipend_class, stipend.monthly_amount, stipend.out_of_pocket
    )


def _bills(session: Session, actor: Actor, today: date) -> Iterable[Bill]:
    """List released bills of phones one carries; a pool's or a vehicle's is not."""
    since = months_later(month_of(today), -MONTHS_A_YEAR)
    return session.exec(
        select(Bill)
        .join(Line, col(Line.id) == Bill.line_id)
        .where(
            Bill.employer_id == actor.employer_id,
            Bill.holder_id == actor.person_id,
            col(Bill.state).not_in(access.UNSEEN),
            Bill.month >= since,
            Line.kind == LineKind.PERSONAL,
        )
        .order_by(col(Bill.month).desc(), col(Bill.id))
        .limit(MOST_BILLS)
    )


def _by_month(bills: Iterable[Bill]) -> tuple[BilledMonth, ...]:
    months: dict[date, list[Bill]] = defaultdict(list)
    for bill in bills:
        months[bill.month].append(bill)
    newest = sorted(months)[-MONTHS_A_YEAR:]
    return tuple(_added_up(month, months[month]) for month in newest)


def _added_up(month: date, bills: list[Bill]) -> BilledMonth:
    return BilledMonth(
        month=month,
        minutes=sum((bill.voice_minutes for bill in bills), Decimal(0)),
        personal_minutes=sum((bill.personal_minutes for bill in bills), Decimal(0)),
        texts=sum(bill.message_count for bill in bills),
        kilobytes=sum((bill.data_kilobytes for bill in bills), Decimal(0)),
        personal=sum((bill.owed for bill in bills), ZERO),
        cost=sum((bill.cost for bill in bills), ZERO),
        is_signed=all(bill.state in SIGNED for bill in bills),
    )
