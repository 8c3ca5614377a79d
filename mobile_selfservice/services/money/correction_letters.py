"""What a bill's holder is told when finance has decided on a correction of it."""

from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.correction import Correction
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services import printed
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import Draft
from mobile_selfservice.services.mail.signed_links import letter_address

WHY = (
    "The carrier sent a corrected invoice after you certified your phone bill for "
    "{month} ({phone}). What you signed stays as it is."
)


def tell_of_acceptance(
    session: Session,
    found: Correction,
    bill: Bill,
    still_owed: Decimal,
    now: datetime,
) -> None:
    """Tell the holder what the correction adds to what they owe, or takes off it."""
    difference = found.difference or Decimal(0)
    if difference > 0:
        subject = f"A corrected phone bill: {dollars(difference)} more is owed"
    elif difference < 0:
        subject = f"A corrected phone bill: {dollars(-difference)} less is owed"
    else:
        subject = "A corrected phone bill: what you owe stays as it is"
    steps = "\n".join(f"- {step}" for step in found.working)
    body = (
        f"{_why(bill)}\n\nFinance has accepted the correction:\n\n{steps}\n\n"
        f"Still owed for this bill: {dollars(still_owed)}."
    )
    _write(session, found, bill, subject, body, now)


def tell_of_refusal(
    session: Session, found: Correction, bill: Bill, now: datetime
) -> None:
    """Tell the holder that what they owe stays as it was signed, and why."""
    body = (
        f"{_why(bill)}\n\nFinance has looked at the difference and leaves what you owe "
        f"as it is. The reason: {found.reason}"
    )
    subject = "A corrected phone bill: what you owe stays as it is"
    _write(session, found, bill, subject, body, now)


def _why(bill: Bill) -> str:
    return WHY.format(month=f"{bill.month:%B %Y}", phone=printed.phone(bill.number))


def _write(
    session: Session,
    found: Correction,
    bill: Bill,
    subject: str,
    body: str,
    now: datetime,
) -> None:
    if bill.holder_id is None:
        return
    page = letter_address(bill.holder_id, f"/bills/{bill.id}/pay", now)
    text = f"{body}\n\nSee how it stands: {page}\n\n{letters.CLOSING}"
    occasion = f"correction/{found.id}/{found.version}"
    letters.write(session, Draft(bill.holder_id, occasion, subject, text), now)
