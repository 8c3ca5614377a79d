"""What an employee is about to sign, worked out from the bill as it is now."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.policy import certification as policy
from mobile_selfservice.policy.certification import Occasion, Review, Statement
from mobile_selfservice.services import policy_in_force, review_clock
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.bills.rated_bill import RatedBill
from mobile_selfservice.services.statements import signed_record


@dataclass(frozen=True, slots=True)
class Signature:
    """What an employee was shown and puts their name to."""

    statement: Statement
    fingerprint: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement before it is signed.

    `why_not` is what must be settled first, empty when nothing. `record` holds all
    that is shown; `fingerprint` is its hash.
    """

    bill_id: int
    version: int
    due_on: date | None
    days_late: int
    statement: Statement
    rated: RatedBill
    record: dict[str, Any]
    fingerprint: str
    why_not: str

    @property
    def sentence(self) -> str:
        """The words to be signed."""
        return str(self.record["sentence"])

    @property
    def signature(self) -> Signature:
        """What signing this draft would say."""
        return Signature(self.statement, self.fingerprint, self.version)


def draft(session: Session, bill: Bill, now: datetime) -> Draft:
    """Work out the statement that is true of a bill. The caller checks access."""
    edition = policy_in_force.edition_of(session, bill.employer_id)
    rated = bill_rating.rate(session, bill)
    items = signed_record.marked_items(session, bill.id or 0)
    without_reason = items.incidental_without_reason
    review = replace(rated.review, incidental_without_reason=without_reason)
    offered = policy.statements_offered(edition, rated.statement_on)
    statement = policy.fitting_statement(review, offered)
    record = signed_record.record_of(session, bill, rated, items, edition)
    record["statement"] = statement.value
    record["sentence"] = policy.sentence(
        edition, rated.statement_on, statement, review, _occasion(bill, record)
    )
    return Draft(
        bill_id=bill.id or 0,
        version=bill.version,
        due_on=bill.due_on,
        days_late=_days_late(session, bill, now),
        statement=statement,
        rated=rated,
        record=record,
        fingerprint=signed_record.fingerprint(record),
        why_not=_why_not(rated, review, statement, offered),
    )


def _occasion(bill: Bill, record: dict[str, Any]) -> Occasion:
    return Occasion(
        line=record["bill"]["line"],
        period=record["bill"]["period"],
        due_on=bill.due_on or bill.month,
    )


def _why_not(
    rated: RatedBill,
    review: Review,
    statement: Statement,
    offered: frozenset[Statement],
) -> str:
    if rated.blockers:
        return " ".join(rated.blockers)
    for choice in policy.choices(review, offered):
        if choice.statement is statement:
            return choice.why_not
    return "The statement this bill needs is not in use. Tell Finance."


def _days_late(session: Session, bill: Bill, now: datetime) -> int:
    if bill.due_on is None:
        return 0
    today = review_clock.today(session, bill.employer_id, now)
    return max(0, (today - bill.due_on).days)
