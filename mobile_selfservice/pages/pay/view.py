"""What is owed for a bill and how it can be handed in, in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.corrections import CorrectionRow, correction_rows
from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.payments import PaymentRow, payment_rows
from mobile_selfservice.components.wording import day_in_words, month_in_words, phone
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.money.payments_of_bill import BillPayments, PayForm

METHODS = {
    "cash": ("Cash", "Hand it in at the counter."),
    "check": ("Check", "Bring it to the counter or mail it."),
    "card": ("Card", "Paid at the counter. Never type a card number here."),
    "payroll": ("From my next pay", "Only with your written consent."),
}


@dataclass(frozen=True)
class PayView:
    """The screen on which money is handed in."""

    is_loaded: bool = False
    title: str = ""
    bill_href: str = ""
    record: str = ""
    statement_href: str = ""
    certify_href: str = ""
    line: str = ""
    due: str = ""
    pay_to: str = ""
    owed: str = ""
    waiting: str = ""
    paid: str = ""
    room: str = ""
    room_typed: str = ""
    credit: str = ""
    methods: list[Option] = field(default_factory=list)
    first_method: str = ""
    payments: list[PaymentRow] = field(default_factory=list)
    corrections: list[CorrectionRow] = field(default_factory=list)
    can_pay: bool = False
    is_certified: bool = False
    closing: str = ""
    step: int = 2
    consent: str = ""
    has_consent: bool = False


def pay_view(form: PayForm) -> PayView:
    """Put a bill's money into words."""
    bill = form.payments
    standing = bill.standing
    return PayView(
        is_loaded=True,
        title=f"Pay for {month_in_words(bill.month)}",
        bill_href=f"/bills/{bill.bill_id}",
        record=str(bill.bill_id),
        statement_href=f"/bills/{bill.bill_id}/statement",
        certify_href=f"/bills/{bill.bill_id}/certify",
        line=phone(bill.number),
        due=day_in_words(bill.due_on) or "No date set",
        pay_to=bill.pay_to or "the Finance Division",
        owed=dollars(standing.owed),
        waiting=dollars(standing.waiting),
        paid=dollars(standing.paid),
        room=dollars(standing.room),
        room_typed=f"{standing.room:.2f}",
        credit=dollars(standing.credit) if standing.credit else "",
        methods=[Option(method, *METHODS[method]) for method in form.methods],
        first_method=next(iter(form.methods), ""),
        payments=payment_rows(bill.handed_in),
        corrections=correction_rows(bill.corrections),
        can_pay=bill.is_signed and standing.room > 0,
        is_certified=bill.is_signed,
        closing=_closing(bill),
        step=2 if standing.still_owed else 4,
        consent=form.consent.wording,
        has_consent=form.consent.signed_at is not None,
    )


def _closing(bill: BillPayments) -> str:
    standing = bill.standing
    if bill.is_sent_back:
        return "The director sent your statement back. Certify the bill again first."
    if not bill.is_signed:
        return "Certify the bill first; then you see what is owed."
    if not standing.owed:
        return "Nothing is owed for this bill."
    if standing.waiting:
        return (
            f"Everything owed is handed in. Finance has still to confirm "
            f"{dollars(standing.waiting)}; you get a receipt by e-mail."
        )
    return "Everything owed is paid. Thank you."
