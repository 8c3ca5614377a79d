"""What finance does with money: confirm it, decline it, take a payment back.

Whoever handed it in never confirms it (SOD-3). Every act names the tender by the
version the clerk saw, and carries a key made when its form was opened, so that a double
click, a retry or a second clerk records one payment. See docs/money.md.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, select

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.models.reimbursement import (
    Method,
    Payment,
    PayrollConsent,
    Tender,
    TenderState,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services import access, free_text, history, printed
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.money import bill_money, receipts
from mobile_selfservice.services.money.payroll_consent import NoConsent
from mobile_selfservice.services.money.tendering import check_amount
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotPermitted,
    Refused,
)
from mobile_selfservice.services.statements import certified, closing

LEAST_REASON = 10


class AlreadyHandled(ChangedMeanwhile):
    """Another clerk was first; the message says who, and what they did."""

    def __init__(self, who: str, did: str, on: str) -> None:
        Refused.__init__(
            self,
            f"{who} {did} on {on}, after you opened this page, so nothing was done "
            "now. Look at it as it is, then try again.",
        )


class NotReversible(Refused):
    """The entry is itself a reversal, or was taken back before."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a clerk says finance received, of the tender as they saw it."""

    amount: Decimal
    reference: str
    version: int
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of money and what is still owed after it."""

    payment_id: int
    receipt_number: str
    amount: Decimal
    still_owed: Decimal


def confirm(
    session: Session, actor: Actor, *, tender_id: int, arrival: Arrival, now: datetime
) -> Recorded:
    """Record that finance received a tender, in full or in part.

    The part not received stays waiting, to be confirmed later or declined.

    Raises:
        NotPermitted: to the payer, to whoever signed the bill, and outside one's reach.
        AlreadyHandled: if another clerk confirmed or declined it meanwhile.
        AmountOutOfRange: if it is more than was handed in or is still owed.
    """
    found, bill = _tender_of_others(session, actor, tender_id)
    earlier = _made_before(session, bill, arrival.idempotency_key)
    if earlier:
        return _recorded(session, earlier, bill)
    _refuse_if_handled(session, found, bill, arrival.version)
    _refuse_without_consent(session, found)
    check_amount(arrival.amount, _most(session, found, bill), "still to be confirmed")
    payment = Payment(
        bill_id=found.bill_id,
        tender_id=tender_id,
        amount=arrival.amount,
        reference=_reference(arrival.reference),
        receipt_number=receipts.next_number(session, bill.employer_id, now),
        recorded_by=actor.person_id,
        recorded_at=now,
        idempotency_key=arrival.idempotency_key,
    )
    found.confirmed += arrival.amount
    if found.confirmed == found.amount:
        found.state = TenderState.CONFIRMED
    _enter(session, found, bill, payment)
    note = f"Received {dollars(payment.amount)}, receipt {payment.receipt_number}"
    _record(session, actor, "payment.confirmed", payment, note, now)
    closing.close_if_settled(session, bill, now)
    return _recorded(session, payment, bill)


def decline(
    session: Session,
    actor: Actor,
    *,
    tender_id: int,
    reason: str,
    version: int,
    now: datetime,
) -> None:
    """Record that what is left of a tender did not arrive, and tell the employee.

    Raises:
        NotPermitted: to the payer, to whoever signed the bill, and outside one's reach.
        AlreadyHandled: if another clerk confirmed or declined it meanwhile.
    """
    found, bill = _tender_of_others(session, actor, tender_id)
    if _declined_before(actor, found, version, reason):
        return
    _refuse_if_handled(session, found, bill, version)
    found.declined_reason = _reason(reason)
    found.state = TenderState.DECLINED
    found.version += 1
    found.handled_by, found.handled_at = actor.person_id, now
    bill_money.refresh(session, bill)
    note = f"Not received: {dollars(found.amount - found.confirmed)}. "
    note += found.declined_reason
    details = {"tender": tender_id}
    event = Event("payment.declined", "bill", found.bill_id, note, details)
    history.record(session, actor, event, now)
    receipts.tell_of_refusal(session, found, bill, now)


def reverse(
    session: Session,
    actor: Actor,
    *,
    payment_id: int,
    reason: str,
    idempotency_key: str,
    now: datetime,
) -> Recorded:
    """Take a payment back that was returned, by a new entry; the old one stays.

    Raises:
        NotPermitted: to the payer, to whoever signed the bill, and outside one's reach.
        NotReversible: if it was taken back before, or is a reversal itself.
    """
    payment, bill = access.payment(session, actor, payment_id)
    found, _ = _tender_of_others(session, actor, payment.tender_id)
    earlier = _made_before(session, bill, idempotency_key)
    if earlier:
        return _recorded(session, earlier, bill)
    _refuse_if_reversed(session, payment)
    reversal = Payment(
        bill_id=payment.bill_id,
        tender_id=payment.tender_id,
        amount=-payment.amount,
        reference=payment.receipt_number,
        receipt_number=receipts.next_number(session, bill.employer_id, now),
        reverses_id=payment_id,
        reason=_reason(reason),
        recorded_by=actor.person_id,
        recorded_at=now,
        idempotency_key=idempotency_key,
    )
    _enter(session, found, bill, reversal)
    note = f"Came back: {dollars(payment.amount)}. {reversal.reason}"
    _record(session, actor, "payment.reversed", reversal, note, now)
    closing.open_if_unsettled(session, bill, now)
    return _recorded(session, reversal, bill)


def _tender_of_others(
    session: Session, actor: Actor, tender_id: int
) -> tuple[Tender, Bill]:
    found, bill = access.tender(session, actor, tender_id)
    access.seen_bill(session, actor, found.bill_id)  # the fence of their agency
    if certified.has_signed(session, found.bill_id, actor.person_id):
        raise NotPermitted
    return found, bill


def _made_before(session: Session, bill: Bill, key: str) -> Payment | None:
    found = session.exec(select(Payment).where(Payment.idempotency_key == key)).first()
    if found is not None and found.bill_id != bill.id:
        raise NotPermitted
    return found


def _refuse_if_handled(
    session: Session, found: Tender, bill: Bill, version: int
) -> None:
    if found.version == version and found.state == TenderState.WAITING:
        return
    handler = session.get(Person, found.handled_by) if found.handled_by else None
    if handler is None or found.handled_at is None:
        raise ChangedMeanwhile("This payment")
    zone = session.get_one(Employer, bill.employer_id).time_zone
    on = printed.moment(found.handled_at, zone)
    raise AlreadyHandled(handler.name, _did(found), on)


def _declined_before(actor: Actor, found: Tender, version: int, reason: str) -> bool:
    """Tell whether the same clerk has just declined the same tender: a second click.

    With another reason it is another answer.
    """
    # The first click may have told the tab the new version before the second came.
    if found.version not in (version, version + 1):
        return False
    if found.state != TenderState.DECLINED:
        return False
    return found.handled_by == actor.person_id and found.declined_reason == _reason(
        reason
    )


def _did(found: Tender) -> str:
    if found.state == TenderState.DECLINED:
        return "declined this payment"
    return f"recorded {dollars(found.confirmed)} of this payment"


def _refuse_without_consent(session: Session, found: Tender) -> None:
    if found.method != Method.PAYROLL:
        return
    consent = session.get(PayrollConsent, found.consent_id or 0)
    if consent is None or consent.withdrawn_at is not None:
        raise NoConsent


def _most(session: Session, found: Tender, bill: Bill) -> Decimal:
    """Return what can still arrive of a tender without paying more than is owed."""
    still_owed = bill_money.standing(session, bill).still_owed
    return min(found.amount - found.confirmed, still_owed)


def _refuse_if_reversed(session: Session, payment: Payment) -> None:
    if payment.reverses_id is not None:
        raise NotReversible("This entry already takes a payment back.")
    before = session.exec(
        select(Person.name)
        .join(Payment, Payment.recorded_by == Person.id)  # type: ignore[arg-type]
        .where(Payment.reverses_id == payment.id)
    ).first()
    if before is not None:
        raise NotReversible(
            f"{before} took this payment back already. Nothing was done now."
        )


def _reason(reason: str) -> str:
    longest = free_text.LONGEST_REASON
    return free_text.needed(reason, "The reason", longest, LEAST_REASON)


def _reference(reference: str) -> str:
    longest = free_text.LONGEST_REFERENCE
    return free_text.needed(reference, "The reference", longest)


def _enter(session: Session, found: Tender, bill: Bill, payment: Payment) -> None:
    found.version += 1
    found.handled_by, found.handled_at = payment.recorded_by, payment.recorded_at
    session.add(payment)
    bill_money.refresh(session, bill)
    receipts.tell_of_payment(session, payment, bill, payment.recorded_at)


def _record(
    session: Session, actor: Actor, act: str, payment: Payment, note: str, now: datetime
) -> None:
    details = {"payment": payment.id, "receipt": payment.receipt_number}
    event = Event(act, "bill", payment.bill_id, note, details)
    history.record(session, actor, event, now)


def _recorded(session: Session, payment: Payment, bill: Bill) -> Recorded:
    return Recorded(
        payment_id=payment.id or 0,
        receipt_number=payment.receipt_number,
        amount=payment.amount,
        still_owed=bill_money.standing(session, bill).still_owed,
    )
