"""What another value would alter: open bills, and signed ones that stay as they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.parameters import Edition, NotSet, UnknownParameter
from mobile_selfservice.services import access, history, policy_in_force
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.bills.rated_bill import RatedBill
from mobile_selfservice.services.history import Event

OPEN = (BillState.RELEASED, BillState.IN_REVIEW)
SIGNED = (BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED)
# What the rating of a bill reads; other values alter no amount.
RATING = ("personal_use.", "rounding")
WITHOUT_MARKS = {"flat_monthly_fee", "percent_of_base"}
LARGEST = 5
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Sums:
    """What one bill comes to now and with the new value; None cannot be worked out."""

    bill_id: int
    holder_id: int | None
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """How much more would be owed."""
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True, slots=True)
class Named:
    """One of the largest differences, for someone who may see the bill."""

    holder: str
    month: date
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a value alters; the sums are of the bills it alters alone.

    `signed_count` are signed bills that would come out differently under the value;
    they stay as they were signed.
    """

    open_bills: tuple[Sums, ...] = ()
    largest: tuple[Named, ...] = ()
    signed_count: int = 0
    signed_difference: Decimal = ZERO

    @property
    def open_before(self) -> Decimal:
        """What the open bills come to now, as far as it can be worked out."""
        return sum((each.before or ZERO for each in self.open_bills), ZERO)

    @property
    def open_after(self) -> Decimal:
        """What they would come to."""
        return sum((each.after or ZERO for each in self.open_bills), ZERO)

    def is_of(self, person_id: int) -> bool:
        """Tell whether a bill of this person would change (SOD-8)."""
        return any(each.holder_id == person_id for each in self.open_bills)


def newest_statement(session: Session, employer_id: int) -> date | None:
    """Return the newest statement day among bills already released."""
    return session.exec(
        select(func.max(Invoice.bill_date))
        .join(Bill, col(Bill.invoice_id) == Invoice.id)
        .where(Bill.employer_id == employer_id, col(Bill.state).in_((*OPEN, *SIGNED)))
    ).one()


def impact(
    session: Session, actor: Actor, draft: Edition, key: str, since: date
) -> Impact:
    """Rate every bill the draft edition may alter, beside what it comes to now."""
    if not key.startswith(RATING):
        return Impact()
    edition = policy_in_force.edition_of(session, actor.employer_id)
    altered: dict[bool, list[Sums]] = {True: [], False: []}
    for bill, on in _bills(session, actor.employer_id, since):
        if _is_indifferent(bill, on, edition, draft):
            continue
        before = _sum(bill_rating.rate_under(session, bill, edition, on))
        after = _sum(bill_rating.rate_under(session, bill, draft, on))
        if before != after:
            sums = Sums(bill.id or 0, bill.holder_id, before, after)
            altered[bill.state in OPEN].append(sums)
    signed = altered[False]
    return Impact(
        open_bills=tuple(altered[True]),
        largest=_largest(session, actor, altered[True]),
        signed_count=len(signed),
        signed_difference=sum((each.difference for each in signed), ZERO),
    )


def rate_anew(
    session: Session, actor: Actor, since: date, because: str, now: datetime
) -> int:
    """Rate the open bills again under the policy now in force; return how many changed.

    Each is locked and asked once more whether it is open: what was signed meanwhile
    stays as it was signed (SOD-8).
    """
    ids = [
        bill.id
        for bill, _ in _bills(session, actor.employer_id, since)
        if bill.state in OPEN
    ]
    changed = 0
    for first in range(0, len(ids), AT_ONCE):
        for bill in _locked(session, ids[first : first + AT_ONCE]):
            changed += _rate_one(session, actor, bill, because, now)
        session.flush()
    return changed


def _rate_one(
    session: Session, actor: Actor, bill: Bill, because: str, now: datetime
) -> bool:
    before = bill.owed - bill.credit
    rated = bill_rating.refresh_summary(session, bill)
    after = rated.due - rated.credit
    if before == after:
        return False
    bill.version += 1
    note = f"Worked out anew: {dollars(before)} became {dollars(after)}. {because}"
    event = Event("bill.rated_anew", "bill", bill.id or 0, note)
    history.record(session, actor, event, now)
    return True


def _locked(session: Session, ids: list[int | None]) -> list[Bill]:
    return list(
        session.exec(
            select(Bill)
            .where(col(Bill.id).in_(ids), col(Bill.state).in_(OPEN))
            .order_by(col(Bill.id))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _bills(
    session: Session, employer_id: int, since: date
) -> Iterator[tuple[Bill, date]]:
    """List the released bills whose statement day the value reaches."""
    found = session.exec(
        select(Bill, col(Invoice.bill_date))
        .join(Invoice, col(Invoice.id) == Bill.invoice_id)
        .where(
            Bill.employer_id == employer_id,
            col(Bill.state).in_((*OPEN, *SIGNED)),
            Invoice.bill_date >= since,
        )
        .order_by(col(Bill.id))
    ).all()
    yield from ((bill, on) for bill, on in found)


def _is_indifferent(bill: Bill, on: date, *editions: Edition) -> bool:
    """Tell whether a bill without personal items owes nothing whatever the rates."""
    if bill.personal_count or bill.incidental_count:
        return False
    return not any(_method(edition, on) in WITHOUT_MARKS for edition in editions)


def _method(edition: Edition, on: date) -> str:
    try:
        return edition.text("personal_use.method", on)
    except (NotSet, UnknownParameter):
        return ""


def _sum(rated: RatedBill) -> Decimal | None:
    return rated.due - rated.credit if rated.is_complete else None


def _largest(session: Session, actor: Actor, altered: list[Sums]) -> tuple[Named, ...]:
    in_order = sorted(altered, key=lambda each: abs(each.difference), reverse=True)
    named = []
    for sums in in_order[:LARGEST]:
        bill = session.get_one(Bill, sums.bill_id)
        if not access.may_see(session, actor, bill):
            continue
        holder = session.get(Person, bill.holder_id) if bill.holder_id else None
        name = holder.name if holder else "No holder"
        named.append(Named(name, bill.month, sums.before, sums.after))
    return tuple(named)
