"""Certifying a bill: the employee's word on it, signed once, for exactly what they saw.

`prepare` shows what would be signed; `certify` works everything out again under the
bill's lock and refuses if a single word or cent differs. See docs/money.md.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.review import Certification
from mobile_selfservice.policy.certification import Statement
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services import access, history, printed, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused
from mobile_selfservice.services.statements import certified, statement_draft
from mobile_selfservice.services.statements.statement_draft import Draft, Signature

OPEN = {BillState.RELEASED, BillState.IN_REVIEW}
NAMES = {
    Statement.NONE: "no personal use",
    Statement.INCIDENTAL_ONLY: "incidental use only",
    Statement.REIMBURSABLE: "personal use to reimburse",
}


class AlreadyCertified(Refused):
    """The bill has a signed statement; another click signs nothing."""

    def __init__(self, on: str) -> None:
        super().__init__(
            f"You already certified this bill on {on}. Nothing was signed again."
        )


class NotReady(Refused):
    """Something on the bill must be settled before it can be signed."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This bill cannot be certified yet. {why}")


class BillChanged(ChangedMeanwhile):
    """What would be signed is no longer what the employee was shown."""

    def __init__(self) -> None:
        super().__init__("What you are about to sign")


@dataclass(frozen=True, slots=True)
class Signed:
    """A certification that stands: when it was signed, in words, and if it was new."""

    certification_id: int
    sequence: int
    on: str
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Prepared:
    """What may be signed now, or the statement that stands already.

    `is_again` tells that a statement signed before was sent back.
    """

    draft: Draft
    signed: Signed | None
    is_again: bool


def prepare(session: Session, actor: Actor, *, bill_id: int, now: datetime) -> Prepared:
    """Show the person who answers for a bill what they would sign."""
    bill = access.own_bill(session, actor, bill_id)
    drafted = statement_draft.draft(session, bill, now)
    before = certified.latest(session, bill_id)
    if before is None or bill.state in OPEN:
        return Prepared(drafted, None, is_again=before is not None)
    return Prepared(drafted, _signed(session, bill, before, is_new=False), False)


def certify(
    session: Session, actor: Actor, *, bill_id: int, signature: Signature, now: datetime
) -> Signed:
    """Sign a bill's statement, if it is still exactly the one that was shown.

    Signing the same draft twice, as a double click does, answers with the first.

    Raises:
        AlreadyCertified: if another statement of this bill was signed meanwhile.
        BillChanged: if marks, amounts, figures or words differ from what was shown.
        NotReady: if items are not settled or an amount cannot be worked out.
    """
    bill = access.own_bill(session, actor, bill_id, lock=True)
    if bill.state not in OPEN:
        return _signed_before(session, bill, signature)
    if bill.version != signature.version:
        raise BillChanged
    drafted = statement_draft.draft(session, bill, now)
    if drafted.why_not:
        raise NotReady(drafted.why_not)
    if drafted.signature != signature:
        raise BillChanged
    return _sign(session, actor, bill, drafted, now)


def _signed_before(session: Session, bill: Bill, signature: Signature) -> Signed:
    found = certified.latest(session, bill.id or 0)
    if found is None:
        raise NotReady("It is closed without a statement. Ask Finance.")
    signed = _signed(session, bill, found, is_new=False)
    if found.fingerprint != signature.fingerprint:
        raise AlreadyCertified(signed.on)
    return signed


def _signed(
    session: Session, bill: Bill, found: Certification, *, is_new: bool
) -> Signed:
    zone = session.get_one(Employer, bill.employer_id).time_zone
    on = printed.moment(found.certified_at, zone)
    return Signed(found.id or 0, found.sequence, on, is_new)


def _sign(
    session: Session, actor: Actor, bill: Bill, drafted: Draft, now: datetime
) -> Signed:
    before = certified.latest(session, drafted.bill_id)
    certification = Certification(
        bill_id=drafted.bill_id,
        sequence=before.sequence + 1 if before else 1,
        statement=drafted.statement,
        sentence=drafted.sentence,
        owed=drafted.rated.due,
        credit=drafted.rated.credit,
        edition=drafted.rated.edition,
        fingerprint=drafted.fingerprint,
        record=drafted.record,
        certified_by=actor.person_id,
        certified_at=now,
        certified_on=review_clock.today(session, bill.employer_id, now),
    )
    session.add(certification)
    bill_rating.refresh_summary(session, bill)
    bill.state = BillState.CERTIFIED
    bill.version += 1
    session.flush()
    history.record(session, actor, _event(drafted, certification), now)
    return _signed(session, bill, certification, is_new=True)


def _event(drafted: Draft, certification: Certification) -> Event:
    note = f"Certified: {NAMES[drafted.statement]}, {dollars(drafted.rated.due)} owed"
    if drafted.days_late:
        days = "1 day" if drafted.days_late == 1 else f"{drafted.days_late} days"
        note += f", {days} late"
    details = {
        "certification": certification.id,
        "sequence": certification.sequence,
        "fingerprint": drafted.fingerprint,
    }
    return Event("bill.certified", "bill", drafted.bill_id, note, details)
