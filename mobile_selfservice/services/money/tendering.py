"""Handing money in: what an employee says they pay, and how.

It counts from this day, whenever finance confirms it (AMB-33). The portal moves no
money and takes no card numbers: cards are paid at the counter. See docs/money.md.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, select

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.reimbursement import Method, Tender
from mobile_selfservice.policy.money import CENT, ZERO, dollars
from mobile_selfservice.services import (
    access,
    free_text,
    history,
    policy_in_force,
    review_clock,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.money import bill_money, payroll_consent
from mobile_selfservice.services.money.payroll_consent import SignedConsent
from mobile_selfservice.services.refusals import NotPermitted, NotUnderstood, Refused

METHODS = {
    Method.CASH: "in cash",
    Method.CHECK: "by check",
    Method.CARD: "by card at the counter",
    Method.PAYROLL: "from the next pay",
}


class NothingToPay(Refused):
    """The bill asks for no money now."""


class AmountOutOfRange(Refused):
    """The amount is nothing, finer than a cent, or more than there is room for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an employee says they hand in, and how.

    `consent` is the written consent signed with it, needed once for payroll.
    """

    method: str
    amount: Decimal
    reference: str
    idempotency_key: str
    consent: SignedConsent | None = None


@dataclass(frozen=True, slots=True)
class Tendered:
    """A tender that waits for finance, and what may still be handed in after it."""

    tender_id: int
    amount: Decimal
    room: Decimal


def tender(
    session: Session, actor: Actor, *, bill_id: int, offer: Offer, now: datetime
) -> Tendered:
    """Record that an employee hands money in for their own bill.

    Raises:
        NothingToPay: if the bill is not certified or everything is handed in.
        AmountOutOfRange: if the amount is not above zero and at most what is left.
        NoConsent, NotSigned: if it is to come from the pay without written consent.
        CardNumberTyped: if the reference holds a card number.
    """
    bill = access.own_bill(session, actor, bill_id, lock=True)
    made = _made_before(session, actor, bill, offer.idempotency_key)
    if made is None:
        _check(session, bill, offer)
        made = _new(session, actor, bill, offer, now)
    room = bill_money.standing(session, bill).room
    return Tendered(made.id or 0, made.amount, room)


def methods_offered(session: Session, bill: Bill) -> list[str]:
    """List the ways to pay that the policy in force knows."""
    edition = policy_in_force.edition_of(session, bill.employer_id)
    on = bill.received_on or bill.month
    offered = edition.words("personal_use.payment_methods", on)
    return [method.value for method in Method if method.value in offered]


def check_amount(amount: Decimal, most: Decimal, what: str) -> None:
    """Refuse an amount that is nothing, finer than a cent or more than there is.

    Raises:
        AmountOutOfRange: with the most there is, in words.
    """
    if amount <= ZERO or amount != amount.quantize(CENT):
        raise AmountOutOfRange("Enter an amount above $0.00, in dollars and cents.")
    if amount > most:
        raise AmountOutOfRange(
            f"{dollars(amount)} is too much: {dollars(most)} is {what}. "
            "Nothing was recorded."
        )


def _made_before(session: Session, actor: Actor, bill: Bill, key: str) -> Tender | None:
    found = session.exec(select(Tender).where(Tender.idempotency_key == key)).first()
    if found is None:
        return None
    if found.bill_id != bill.id or found.tendered_by != actor.person_id:
        raise NotPermitted
    return found


def _check(session: Session, bill: Bill, offer: Offer) -> None:
    if not bill_money.is_signed(bill):
        raise NothingToPay("Certify the bill first; then you see what is owed.")
    room = bill_money.standing(session, bill).room
    if not room:
        raise NothingToPay("Everything owed for this bill is handed in already.")
    if offer.method not in methods_offered(session, bill):
        raise NotUnderstood("That is not one of the ways to pay.")
    check_amount(offer.amount, room, "still to be handed in")


def _new(
    session: Session, actor: Actor, bill: Bill, offer: Offer, now: datetime
) -> Tender:
    made = Tender(
        bill_id=bill.id or 0,
        method=offer.method,
        amount=offer.amount,
        reference=_reference(offer),
        consent_id=_consent(session, actor, offer, now),
        tendered_by=actor.person_id,
        tendered_at=now,
        tendered_on=review_clock.today(session, bill.employer_id, now),
        idempotency_key=offer.idempotency_key,
    )
    session.add(made)
    bill_money.refresh(session, bill)
    note = f"Handed in {dollars(made.amount)} {METHODS[Method(made.method)]}"
    event = Event("payment.tendered", "bill", made.bill_id, note, {"tender": made.id})
    history.record(session, actor, event, now)
    return made


def _reference(offer: Offer) -> str:
    longest = free_text.LONGEST_REFERENCE
    if offer.method == Method.CHECK:
        return free_text.needed(offer.reference, "The check number", longest)
    return free_text.tidy(offer.reference, "The reference", longest)


def _consent(session: Session, actor: Actor, offer: Offer, now: datetime) -> int | None:
    if offer.method != Method.PAYROLL:
        return None
    if offer.consent:
        payroll_consent.sign_consent(session, actor, consent=offer.consent, now=now)
    consent = payroll_consent.in_force(session, actor.person_id)
    if consent is None:
        raise payroll_consent.NoConsent
    return consent.id
