"""How people pay what they owe, and what Finance makes of it."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlmodel import select

from mobile_selfservice.demo import people
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.reimbursement import Method, Payment, Tender
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.money import (
    bill_money,
    payroll_consent,
    reimbursement,
    tendering,
)
from mobile_selfservice.services.money.payroll_consent import SignedConsent
from mobile_selfservice.services.money.reimbursement import Arrival
from mobile_selfservice.services.money.tendering import Offer

METHODS = (Method.CASH, Method.CHECK, Method.CARD, Method.PAYROLL)
METHOD_WEIGHTS = (3, 4, 2, 3)
FORGETS, IS_DECLINED, COMES_BACK = 0.3, 0.02, 0.03
LATELY = 2  # months in which payments may still be open


def plan_payment(telling: Telling, bill: Bill, now: datetime) -> None:
    """Decide when the holder hands in what is owed; lately some have forgotten."""
    if bill.owed <= bill.tendered:
        return
    dice = telling.dice(f"payment/{bill.number}/{bill.month}/{bill.version}")
    is_lately = telling.months_ago(bill.month) < LATELY
    if is_lately and dice.random() < FORGETS:
        return
    days = dice.uniform(0.01, 0.1) + dice.choice((0, 0, 0, 1, 3))
    telling.agenda.after(now, days, partial(hand_in, telling, bill, dice))


def hand_in(telling: Telling, bill: Bill, dice: Random, now: datetime) -> None:
    """Hand in everything that is owed, unless the bill was sent back meanwhile."""
    room = bill_money.standing(telling.session, bill).room
    if not bill_money.is_signed(bill) or not room:
        return
    holder = telling.holder_of(bill)
    method = dice.choices(METHODS, METHOD_WEIGHTS)[0]
    if method is Method.PAYROLL:
        _consent(telling, holder, now)
    reference = f"Check {dice.randint(1001, 4999)}" if method is Method.CHECK else ""
    key = f"demo/{bill.id}/{bill.version}/{now:%Y%m%d%H%M%S}"
    made = tendering.tender(
        telling.session,
        holder,
        bill_id=bill.id or 0,
        offer=Offer(method, room, reference, key),
        now=now,
    )
    days = dice.randint(1, 5) + dice.random() / 8
    if telling.months_ago(bill.month) < LATELY:
        days = days * 2 + 6  # Finance is behind
    handle = partial(_handle, telling, bill, made.tender_id, dice)
    telling.agenda.after(now, days, handle)


def _consent(telling: Telling, holder: Actor, now: datetime) -> None:
    """Consent to a deduction from the pay, once."""
    wording = payroll_consent.wording_for(telling.session, holder)
    payroll_consent.sign_consent(
        telling.session,
        holder,
        consent=SignedConsent(wording, is_agreed=True, typed_name=holder.name),
        now=now - timedelta(minutes=2),
    )


def _handle(
    telling: Telling, bill: Bill, tender_id: int, dice: Random, now: datetime
) -> None:
    """Confirm a tender, or say that it did not arrive."""
    tender = telling.session.get_one(Tender, tender_id)
    clerk = _clerk(telling, bill, dice)
    is_old = telling.months_ago(bill.month) >= LATELY
    if is_old and tender.method == Method.CASH and dice.random() < IS_DECLINED:
        reimbursement.decline(
            telling.session,
            clerk,
            tender_id=tender_id,
            reason="No cash was handed in at the counter that day.",
            version=tender.version,
            now=now,
        )
        telling.agenda.after(now, 2.05, partial(hand_in, telling, bill, dice))
        return
    _confirm(telling, clerk, tender, now)
    if is_old and tender.method == Method.CHECK and dice.random() < COMES_BACK:
        telling.agenda.after(
            now, 4.1, partial(_check_comes_back, telling, bill, tender_id, dice)
        )


def _confirm(telling: Telling, clerk: Actor, tender: Tender, now: datetime) -> None:
    key = f"demo/{tender.id}/confirmed"
    reference = tender.reference or f"{Method(tender.method).value.title()} {now:%m%d}"
    reimbursement.confirm(
        telling.session,
        clerk,
        tender_id=tender.id or 0,
        arrival=Arrival(tender.amount, reference, tender.version, key),
        now=now,
    )


def _check_comes_back(
    telling: Telling, bill: Bill, tender_id: int, dice: Random, now: datetime
) -> None:
    """Take a returned check back; the employee pays again two days later."""
    payment = telling.session.exec(
        select(Payment).where(Payment.tender_id == tender_id)
    ).one()
    reimbursement.reverse(
        telling.session,
        _clerk(telling, bill, dice),
        payment_id=payment.id or 0,
        reason="The bank returned the check for lack of funds.",
        idempotency_key=f"demo/{tender_id}/reversed",
        now=now,
    )
    telling.agenda.after(now, 2.05, partial(hand_in, telling, bill, dice))


def _clerk(telling: Telling, bill: Bill, dice: Random) -> Actor:
    """Choose who of Finance handles it; never the one whose bill it is."""
    clerks = [telling.residents[one] for one in (people.FINANCE, people.SECOND_FINANCE)]
    others = [clerk for clerk in clerks if clerk.person_id != bill.holder_id]
    return dice.choice(others)
