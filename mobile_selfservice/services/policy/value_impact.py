"""What another value would alter: open bills, and signed ones that stay as they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Select, select
from sqlmodel import Session, col, func

from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.parameters import Edition, NotSet, UnknownParameter
from mobile_selfservice.services import access, history, policy_in_force
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.replay.compared_bill import Outcome, Rules
from mobile_selfservice.services.replay.month_use import BATCH, BatchUse

OPEN = (BillState.RELEASED, BillState.IN_REVIEW)
SIGNED = (BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED)
# What the rating of a bill reads; other values alter no amount.
RATING = ("personal_use.", "rounding")
NO_AMOUNT = {
    "personal_use.incidental.alert_calls",
    "personal_use.incidental.alert_minutes",
    "personal_use.annual_share_limit_pct",
    "personal_use.payment_methods",
    "personal_use.payroll_deduction_needs_written_consent",
}
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


def newest_statement(session: Session, employer_id: int) -> date | None:
    """Return the newest statement day among bills already released."""
    newest: date | None = session.execute(
        select(func.max(Invoice.bill_date))
        .join(Bill, col(Bill.invoice_id) == col(Invoice.id))
        .where(
            col(Bill.employer_id) == employer_id,
            col(Bill.state).in_((*OPEN, *SIGNED)),
        )
    ).scalar_one()
    return newest


def impact(
    session: Session, actor: Actor, draft: Edition, key: str, since: date
) -> Impact:
    """Rate every bill the draft edition may alter, beside what it comes to now."""
    altered: dict[bool, list[Sums]] = {True: [], False: []}
    for bill, sums in _altered(session, actor, draft, key, _released(actor, since)):
        altered[bill.state in OPEN].append(sums)
    signed = altered[False]
    return Impact(
        open_bills=tuple(altered[True]),
        largest=_largest(session, actor, altered[True]),
        signed_count=len(signed),
        signed_difference=sum((each.difference for each in signed), ZERO),
    )


def reaches_own(session: Session, actor: Actor, key: str, since: date) -> bool:
    """Tell whether a value bears on an open bill of the actor's own (SOD-8).

    What is marked on it now does not count: its holder could take the marks off, set
    the value, and mark the items again.
    """
    if not key.startswith(RATING) or key in NO_AMOUNT:
        return False
    own = _released(actor, since).where(
        col(Bill.holder_id) == actor.person_id, col(Bill.state).in_(OPEN)
    )
    return session.execute(own.limit(1)).first() is not None


def rate_anew(
    session: Session, actor: Actor, since: date, because: str, now: datetime
) -> int:
    """Rate the open bills again under the policy now in force; return how many changed.

    Each is locked and asked once more whether it is open: what was signed meanwhile
    stays as it was signed (SOD-8).
    """
    asked = _released(actor, since).where(col(Bill.state).in_(OPEN))
    ids = sorted(bill.id or 0 for bill, _ in session.execute(asked))
    changed = 0
    for first in range(0, len(ids), AT_ONCE):
        for bill in _locked(session, ids[first : first + AT_ONCE]):
            changed += rate_one(session, actor, bill, because, now)
        session.flush()
    return changed


def rate_one(
    session: Session, actor: Actor, bill: Bill, because: str, now: datetime
) -> bool:
    """Work one locked bill out anew; return whether what it comes to changed."""
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


def _locked(session: Session, ids: list[int]) -> list[Bill]:
    return list(
        session.execute(
            select(Bill)
            .where(col(Bill.id).in_(ids), col(Bill.state).in_(OPEN))
            .order_by(col(Bill.id))
            .with_for_update()
            .execution_options(populate_existing=True)
        ).scalars()
    )


def _released(actor: Actor, since: date) -> Select[Bill, date]:
    """Ask for the released bills whose statement day a value reaches."""
    return (
        select(Bill, col(Invoice.bill_date))
        .join(Invoice, col(Invoice.id) == col(Bill.invoice_id))
        .where(
            col(Bill.employer_id) == actor.employer_id,
            col(Bill.state).in_((*OPEN, *SIGNED)),
            col(Invoice.bill_date) >= since,
        )
        .order_by(col(Invoice.bill_date), col(Bill.id))
    )


def _altered(
    session: Session,
    actor: Actor,
    draft: Edition,
    key: str,
    asked: Select[Bill, date],
) -> Iterator[tuple[Bill, Sums]]:
    """Find which of the bills come out differently, many of one day at once."""
    if not key.startswith(RATING):
        return
    edition = policy_in_force.edition_of(session, actor.employer_id)
    rules = Rules(edition), Rules(draft)
    for on, found in groupby(session.execute(asked), key=lambda row: row[1]):
        bills = [row[0] for row in found]
        bills = [bill for bill in bills if _may_owe(bill, on, edition, draft)]
        for first in range(0, len(bills), BATCH):
            batch = bills[first : first + BATCH]
            use = BatchUse(session, [bill.id or 0 for bill in batch])
            for bill in batch:
                before, after = (
                    _sum(each.outcome(session, use, bill, on)) for each in rules
                )
                if before != after:
                    yield bill, Sums(bill.id or 0, bill.holder_id, before, after)


def _may_owe(bill: Bill, on: date, *editions: Edition) -> bool:
    """Tell whether a bill may owe anything: it has marks, or owes without them."""
    if bill.personal_count or bill.incidental_count:
        return True
    return any(_method(edition, on) in WITHOUT_MARKS for edition in editions)


def _method(edition: Edition, on: date) -> str:
    try:
        return edition.text("personal_use.method", on)
    except (NotSet, UnknownParameter):
        return ""


def _sum(outcome: Outcome) -> Decimal | None:
    return None if outcome.obstacles else outcome.amount


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
