"""One bill's money in words, with what may be done about each part."""

from dataclasses import dataclass, field

from mobile_selfservice.components.corrections import CorrectionRow, correction_rows
from mobile_selfservice.components.payments import PaymentRow, payment_rows
from mobile_selfservice.components.wording import day_in_words, month_in_words, phone
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.money.corrections import Decided
from mobile_selfservice.services.money.money_entries import Entry, HandedIn
from mobile_selfservice.services.money.payments_of_bill import BillPayments


@dataclass(frozen=True)
class Answerable:
    """A tender that waits for an answer."""

    tender_id: int = 0
    label: str = ""
    waiting: str = ""
    waiting_typed: str = ""


@dataclass(frozen=True)
class Reversible:
    """A payment that can be taken back."""

    payment_id: int = 0
    label: str = ""


@dataclass(frozen=True)
class PaymentView:
    """One bill's money."""

    is_loaded: bool = False
    title: str = ""
    lead: str = ""
    statement_href: str = ""
    record: str = ""
    department: str = ""
    line: str = ""
    due: str = ""
    state: str = ""
    owed: str = ""
    waiting: str = ""
    paid: str = ""
    still_owed: str = ""
    credit: str = ""
    payments: list[PaymentRow] = field(default_factory=list)
    corrections: list[CorrectionRow] = field(default_factory=list)
    to_answer: list[Answerable] = field(default_factory=list)
    to_reverse: list[Reversible] = field(default_factory=list)
    may_act: bool = False
    is_sent_back: bool = False


def payment_view(bill: BillPayments) -> PaymentView:
    """Put a bill's money into words."""
    standing = bill.standing
    entries = [entry for each in bill.handed_in for entry in each.entries]
    return PaymentView(
        is_loaded=True,
        title=f"{bill.holder}, {month_in_words(bill.month)}",
        lead=f"{bill.department}, {phone(bill.number)}",
        statement_href=f"/bills/{bill.bill_id}/statement",
        record=str(bill.bill_id),
        department=bill.department,
        line=phone(bill.number),
        due=day_in_words(bill.due_on),
        state=_badge(bill),
        owed=dollars(standing.owed),
        waiting=dollars(standing.waiting),
        paid=dollars(standing.paid),
        still_owed=dollars(standing.still_owed),
        credit=dollars(standing.credit) if standing.credit else "",
        payments=payment_rows(bill.handed_in),
        corrections=correction_rows(bill.corrections),
        to_answer=[_answerable(each) for each in bill.handed_in if each.waiting],
        to_reverse=[_reversible(each) for each in entries if _can_come_back(each)],
        may_act=bill.may_act,
        is_sent_back=bill.is_sent_back,
    )


def accepted_in_words(done: Decided) -> str:
    """Say what became of a correction that was accepted."""
    if done.is_anew:
        return (
            "The bill was signed again since, so the correction was worked out anew. "
            "Look at it once more; nothing was entered."
        )
    words = f"Accepted: {dollars(done.difference)} to what is owed. "
    if done.credit:
        words += f"The employee has a credit of {dollars(done.credit)}. "
    return (
        words + f"Still owed: {dollars(done.still_owed)}. The employee gets a letter."
    )


def _badge(bill: BillPayments) -> str:
    if bill.state in ("certified", "accepted") and bill.standing.still_owed:
        return "owed"
    return bill.state


def _by(each: HandedIn) -> str:
    """Say by what means, as part of a sentence."""
    if each.method == "check":
        number = each.reference.removeprefix("Check").strip()
        return f"by check {number}".strip()
    means = {"cash": "in cash", "card": "by card at the counter"}
    said = means.get(each.method, "from the next pay")
    return f"{said} ({each.reference})" if each.reference else said


def _answerable(each: HandedIn) -> Answerable:
    waiting = dollars(each.waiting)
    return Answerable(
        tender_id=each.tender_id,
        label=f"{waiting} {_by(each)}, handed in by {each.tendered_by} on "
        f"{day_in_words(each.tendered_on)}",
        waiting=waiting,
        waiting_typed=f"{each.waiting:.2f}",
    )


def _can_come_back(entry: Entry) -> bool:
    return not entry.is_reversal and not entry.came_back


def _reversible(entry: Entry) -> Reversible:
    return Reversible(
        entry.payment_id,
        f"Receipt {entry.receipt_number}: {dollars(entry.amount)}, {entry.on}",
    )
