"""Whether the lines of an invoice and the account's own charges come to its total."""

from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.invoice import (
    Bill,
    BillCharge,
    BillState,
    Invoice,
)
from mobile_selfservice.policy.money import ZERO, dollars, sum_in_words, to_cent
from mobile_selfservice.policy.step_words import StepWords
from mobile_selfservice.services.explain.explained_figure import Part, Working
from mobile_selfservice.services.explain.subjects import moment

MOST_LINES = 25


def its_tie(session: Session, invoice: Invoice, now: datetime) -> Working:
    """Tell how an invoice adds up: its lines, its own charges, and what is left."""
    at = moment(session, invoice.employer_id, now)
    bills, lines = session.exec(
        select(func.count(), func.coalesce(func.sum(Bill.cost), 0)).where(
            Bill.invoice_id == invoice.id, Bill.state != BillState.SUPERSEDED
        )
    ).one()
    lines_total = Decimal(lines) if bills else ZERO
    found = lines_total + invoice.account_level
    left = invoice.total_current - found
    told = (
        StepWords(
            f"{bills:,} {'line' if bills == 1 else 'lines'}: {dollars(lines_total)}"
        ),
        StepWords(f"charges of the account itself: {dollars(invoice.account_level)}"),
        StepWords(sum_in_words([lines_total, invoice.account_level], found)),
        StepWords(_asked_for(invoice, left)),
    )
    own = _own_charges(session, invoice)
    why = invoice.untied_reason
    return Working(
        said=_said(invoice, left),
        parts=(
            Part("How it adds up", told, dollars(found)),
            *([Part("Charges of the account itself", own)] if own else []),
        ),
        known=f"From the carrier's files as they were published; revision "
        f"{invoice.revision}. Added up on {at.words}.",
        on=invoice.bill_date,
        notes=(f"Released all the same, for this reason: {why}",) if why else (),
    )


def _said(invoice: Invoice, left: Decimal) -> str:
    if not invoice.has_total:
        return "Not known: no total is stated"
    if left:
        return f"{dollars(left)} left over"
    return "Adds up to the cent" if invoice.ties else "A check failed"


def _asked_for(invoice: Invoice, left: Decimal) -> str:
    if not invoice.has_total:
        return "the carrier's files state no total to hold this against"
    asked = dollars(invoice.total_current)
    return f"the invoice asks for {asked}: {dollars(left)} is left over"


def _own_charges(session: Session, invoice: Invoice) -> tuple[StepWords, ...]:
    """List what no line bears, the largest first, where that is all of it."""
    found = session.exec(
        select(BillCharge)
        .where(
            BillCharge.invoice_id == invoice.id,
            col(BillCharge.bill_id).is_(None),
            col(BillCharge.amount) != 0,
        )
        .order_by(func.abs(BillCharge.amount).desc(), col(BillCharge.id))
    ).all()
    if to_cent(sum((each.amount for each in found), ZERO)) != invoice.account_level:
        return ()
    told = [
        StepWords(f"{each.description}: {dollars(each.amount)}")
        for each in found[:MOST_LINES]
    ]
    rest = found[MOST_LINES:]
    if rest:
        amount = sum((each.amount for each in rest), ZERO)
        told.append(StepWords(f"{len(rest):,} smaller ones: {dollars(amount)}"))
    return tuple(told)
