"""Receipts: a number for every entry of money, the letter that tells of it, the paper.

Numbers run on within a year without gaps: the employer's row is locked while the next
one is taken, and an act that fails gives its number back.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.invoice import Bill, Invoice
from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.models.reimbursement import Payment, Tender
from mobile_selfservice.models.review import Certification
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.step_words import StepWords
from mobile_selfservice.services import access, printed, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.explain import balance_figure, letter_working
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.money import correction_entries
from mobile_selfservice.services.refusals import NotPermitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One entry of money, as its receipt prints it."""

    payment_id: int
    number: str
    employer: str
    payer: str
    line: str
    period: str
    amount: Decimal
    method: str
    reference: str
    reason: str
    tendered_on: date
    recorded_at: str
    recorded_by: str
    still_owed: Decimal
    worked: tuple[StepWords, ...]
    issued: int

    @property
    def is_reversal(self) -> bool:
        """Tell whether the entry takes an earlier one back."""
        return self.amount < 0


def next_number(session: Session, employer_id: int, now: datetime) -> str:
    """Take the next receipt number of the year: 2026-000123."""
    session.get_one(Employer, employer_id, with_for_update=True)
    year = review_clock.today(session, employer_id, now).year
    last = session.exec(
        select(func.max(Payment.receipt_number))
        .join(Bill, col(Bill.id) == Payment.bill_id)
        .where(Bill.employer_id == employer_id)
        .where(col(Payment.receipt_number).startswith(f"{year}-"))
    ).one()
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:06}"


def receipt(
    session: Session, actor: Actor, *, payment_id: int, now: datetime
) -> Receipt:
    """Return a receipt to whoever may read the bill it was paid for."""
    found = session.get(Payment, payment_id)
    if found is None:
        raise NotPermitted
    bill = access.seen_bill(session, actor, found.bill_id)
    return _receipt(session, found, bill)


def _receipt(session: Session, payment: Payment, bill: Bill) -> Receipt:
    tender = session.get_one(Tender, payment.tender_id)
    invoice = session.get_one(Invoice, bill.invoice_id)
    employer = session.get_one(Employer, bill.employer_id)
    signed = _certified_then(session, payment)
    worked = balance_figure.balance_after_entry(session, bill, signed, payment)
    return Receipt(
        payment_id=payment.id or 0,
        number=payment.receipt_number,
        employer=employer.name,
        payer=session.get_one(Person, tender.tendered_by).name,
        line=printed.phone(bill.number),
        period=printed.period(invoice.period_from, invoice.period_through, bill.month),
        amount=payment.amount,
        method=tender.method,
        reference=payment.reference,
        reason=payment.reason,
        tendered_on=tender.tendered_on,
        recorded_at=printed.moment(payment.recorded_at, employer.time_zone),
        recorded_by=session.get_one(Person, payment.recorded_by).name,
        still_owed=_owed_after(session, payment, signed),
        worked=worked,
        issued=int(payment.recorded_at.timestamp()),
    )


def _certified_then(session: Session, payment: Payment) -> Decimal:
    """Return what was certified when this entry was written; below zero, a credit."""
    signed = session.exec(
        select(Certification)
        .where(Certification.bill_id == payment.bill_id)
        .where(col(Certification.certified_at) <= payment.recorded_at)
        .order_by(col(Certification.sequence).desc())
        .limit(1)
    ).first()
    return signed.owed - signed.credit if signed else ZERO


def _owed_after(session: Session, payment: Payment, signed: Decimal) -> Decimal:
    """Work out what was still owed right after this entry, so reprints never change."""
    bill_id, then = payment.bill_id, payment.recorded_at
    owed = signed + correction_entries.corrected_by(session, bill_id, then)
    received = session.exec(
        select(func.sum(Payment.amount))
        .where(Payment.bill_id == payment.bill_id)
        .where(col(Payment.id) <= payment.id)
    ).one()
    return max(ZERO, max(ZERO, owed) - (received or ZERO))


def tell_of_payment(
    session: Session, payment: Payment, bill: Bill, now: datetime
) -> None:
    """Write the receipt, or the news of a returned payment, to the employee."""
    paper = _receipt(session, payment, bill)
    amount = dollars(abs(paper.amount))
    if paper.is_reversal:
        subject = f"Your payment of {amount} came back"
        first = f"{amount} for {paper.line}, {paper.period}, came back: {paper.reason}."
    else:
        subject = f"Receipt {paper.number}: {amount} received"
        first = f"Finance received {amount} for {paper.line}, {paper.period}."
    worked = "\n".join(f"- {step.line}" for step in paper.worked)
    body = (
        f"{first}\n\n- Receipt number: {paper.number}\n"
        f"- Still owed for this bill: {dollars(paper.still_owed)}\n\n"
        f"{letter_working.BALANCE}:\n\n{worked}\n\n"
        f"The receipt is here: {_page(bill, now)}"
    )
    draft = Draft(bill.holder_id or 0, f"receipt/{payment.id}", subject, body)
    letters.write(session, draft, now)


def tell_of_refusal(
    session: Session, tender: Tender, bill: Bill, now: datetime
) -> None:
    """Tell an employee that finance could not confirm what they handed in."""
    amount = dollars(tender.amount - tender.confirmed)
    body = (
        f"Finance could not confirm {amount} that you entered for "
        f"{printed.phone(bill.number)} on {printed.day(tender.tendered_on)}: "
        f"{tender.declined_reason}.\n\n"
        f"It no longer counts as paid. You can enter it again here: {_page(bill, now)}"
    )
    subject = f"{amount} was not confirmed"
    occasion = f"tender-declined/{tender.id}"
    letters.write(session, Draft(bill.holder_id or 0, occasion, subject, body), now)


def _page(bill: Bill, now: datetime) -> str:
    return letter_address(bill.holder_id or 0, f"/bills/{bill.id}/pay", now)
