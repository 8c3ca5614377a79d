"""What is still owed for a bill: what was certified, less every entry of money."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.reimbursement import Payment
from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.statement import Received, balance_working
from mobile_selfservice.policy.step_words import StepWords, all_step_words
from mobile_selfservice.services import printed
from mobile_selfservice.services.explain.explained_figure import Part, Working
from mobile_selfservice.services.explain.policy_behind import values_in_force
from mobile_selfservice.services.explain.subjects import SeenBill, moment
from mobile_selfservice.services.money import bill_money, correction_entries
from mobile_selfservice.services.money.money_entries import handed_in
from mobile_selfservice.services.policy_in_force import edition_of
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import certified

METHODS = "personal_use.payment_methods"
STILL_OWED, WAITING, CREDIT = "Still owed", "Waits for Finance", "Credit"


def still_owed(session: Session, seen: SeenBill, now: datetime) -> Working:
    """Tell what is still owed, with each entry of money.

    Raises:
        NotPermitted: if nothing is signed and the reader is not the bill's holder.
    """
    bill, at = seen.bill, moment(session, seen.employer_id, now)
    if certified.latest(session, bill.id or 0) is None and not seen.sees_draft:
        raise NotPermitted
    standing = bill_money.standing(session, bill)
    return Working(
        said=dollars(standing.still_owed),
        parts=balance_parts(session, bill),
        known=f"As it stands on {at.words}. What is owed is the amount of the newest "
        "signed statement, with the corrections accepted since.",
        on=at.today,
        values=values_in_force(at.edition, [METHODS], at.today),
    )


def balance_after_entry(
    session: Session, bill: Bill, certified_then: Decimal, payment: Payment
) -> tuple[StepWords, ...]:
    """Tell what was still owed right after one entry of money, for its receipt.

    The caller asks access.
    """
    received = [
        received
        for number, received in _entries(session, bill)
        if number <= (payment.id or 0)
    ]
    corrected = _corrections(session, bill, payment.recorded_at)
    owed = certified_then if corrected else max(ZERO, certified_then)
    return all_step_words(_worked(session, bill, owed, received, corrected).steps)


def balance_parts(session: Session, bill: Bill) -> tuple[Part, ...]:
    """Tell how what was certified came to what is owed now. The caller asks access."""
    tenders = handed_in(session, bill)
    standing = bill_money.standing(session, bill)
    received = [each for _, each in _entries(session, bill)]
    worked = _worked(
        session,
        bill,
        _certified(session, bill),
        received,
        _corrections(session, bill),
    )
    parts = [Part(STILL_OWED, all_step_words(worked.steps), dollars(worked.amount))]
    waiting = tuple(
        StepWords(
            f"handed in {printed.day(each.tendered_on)}: {dollars(each.waiting)}; it "
            "counts from that day, and Finance has still to confirm it",
            reading="AMB-33",
        )
        for each in tenders
        if each.waiting
    )
    if waiting:
        parts.append(Part(WAITING, waiting, dollars(standing.waiting)))
    signed = certified.latest(session, bill.id or 0)
    if signed and signed.credit and not _corrections(session, bill):
        step = StepWords(
            f"the signed statement has a credit of {dollars(signed.credit)}"
        )
        parts.append(Part(CREDIT, (step,), dollars(standing.credit)))
    return tuple(parts)


def _entries(session: Session, bill: Bill) -> list[tuple[int, Received]]:
    """List every entry of money with its number, in the order it was written."""
    return sorted(
        (
            (
                entry.payment_id,
                Received(
                    f"{'came back' if entry.is_reversal else 'received'}, {entry.by}, "
                    f"{entry.on}, receipt {entry.receipt_number}",
                    entry.amount,
                ),
            )
            for tender in handed_in(session, bill)
            for entry in tender.entries
        ),
        key=lambda each: each[0],
    )


def _certified(session: Session, bill: Bill) -> Decimal:
    """Give what the newest statement comes to; a credit is below zero.

    Without corrections the credit of a statement is told by itself.
    """
    signed = certified.latest(session, bill.id or 0)
    if signed is None:
        return ZERO
    if correction_entries.accepted_of(session, bill.id or 0):
        return signed.owed - signed.credit
    return signed.owed


def _corrections(
    session: Session, bill: Bill, until: datetime | None = None
) -> list[Received]:
    zone = session.get_one(Employer, bill.employer_id).time_zone
    return [
        Received(
            f"corrected after the carrier's new invoice, accepted by {each.by}, "
            f"{printed.moment(each.at, zone)}",
            each.amount,
        )
        for each in correction_entries.accepted_of(session, bill.id or 0)
        if until is None or each.at <= until
    ]


def _worked(
    session: Session,
    bill: Bill,
    owed: Decimal,
    received: list[Received],
    corrected: Sequence[Received],
) -> Explained:
    edition = edition_of(session, bill.employer_id)
    clause = edition.parameter("cert.deadline_days").clause
    return balance_working(owed, received, clause, corrected)
