"""One's own bill as a whole: what it is, by when, and what it comes to."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mobile_selfservice.models.invoice import Invoice
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import bill_rating, bill_review
from mobile_selfservice.services.bills.bill_days import days_of
from mobile_selfservice.services.bills.rated_bill import RatedBill
from mobile_selfservice.services.bills.remembered_numbers import Suggestion, suggestions
from mobile_selfservice.services.statements import certified, director_review


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBill:
    """A bill its holder looks at; `is_open` while its marks may still change.

    `days_left` is negative once the last day has passed, None where there is none.
    `why_returned` is what the director wrote, while the bill is open again for it.
    """

    bill_id: int
    month: date
    number: str
    plan: str
    period_from: date | None
    period_through: date | None
    due_on: date | None
    days_left: int | None
    state: str
    is_open: bool
    rated: RatedBill
    reasons: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    why_returned: str = ""


def open_bill(
    session: Session, actor: Actor, *, bill_id: int, now: datetime
) -> OpenBill:
    """Show one's own bill as a whole.

    Raises:
        NotPermitted: if it is not the actor's bill, or not released yet.
    """
    bill = access.own_bill(session, actor, bill_id)
    invoice = session.get_one(Invoice, bill.invoice_id)
    today = review_clock.today(session, bill.employer_id, now)
    is_open = bill.state in bill_review.OPEN
    first, last = days_of(bill, invoice)
    return OpenBill(
        bill_id=bill_id,
        month=bill.month,
        number=bill.number,
        plan=bill.plan,
        period_from=first,
        period_through=last,
        due_on=bill.due_on,
        days_left=(bill.due_on - today).days if bill.due_on else None,
        state=bill.state,
        is_open=is_open,
        rated=bill_rating.rate(session, bill),
        reasons=bill_review.incidental_reasons(session, bill),
        suggestions=suggestions(session, actor, bill) if is_open else (),
        why_returned=_why_returned(session, bill_id) if is_open else "",
    )


def _why_returned(session: Session, bill_id: int) -> str:
    signed = certified.latest(session, bill_id)
    answer = director_review.decision_on(session, signed.id or 0) if signed else None
    return answer.reason if answer else ""
