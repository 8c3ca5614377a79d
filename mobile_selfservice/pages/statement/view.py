"""The signed form in words."""

from dataclasses import dataclass, field
from datetime import date

from mobile_selfservice.components.form_words import (
    STATEMENTS,
    AmountRow,
    WorkedRow,
    worked_row,
)
from mobile_selfservice.components.payments import PaymentRow, payment_rows
from mobile_selfservice.components.wording import counted, day_in_words
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.statements.statement import SignedStatement


@dataclass(frozen=True)
class StatementView:
    """The form as a screen shows it."""

    is_loaded: bool = False
    is_signed: bool = False
    notice: str = ""
    bill_href: str = ""
    record: str = ""
    pay_href: str = ""
    pdf_href: str = ""
    certify_href: str = ""
    history_href: str = ""
    employer: str = ""
    employee: str = ""
    department: str = ""
    line: str = ""
    invoice: str = ""
    period: str = ""
    received: str = ""
    due: str = ""
    plan: str = ""
    statement: str = ""
    sentence: str = ""
    signed: str = ""
    timing: str = ""
    is_late: bool = False
    lines: list[AmountRow] = field(default_factory=list)
    worked: list[WorkedRow] = field(default_factory=list)
    total: str = ""
    personal: str = ""
    incidental: str = ""
    free_minutes: str = ""
    director: str = ""
    payments: list[PaymentRow] = field(default_factory=list)
    no_payment: str = ""
    paid: str = ""
    still_owed: str = ""
    credit: str = ""
    sequence: str = ""
    policy: str = ""
    fingerprint: str = ""
    step: int = 0
    is_own: bool = False
    is_sent_back: bool = False
    next_step: str = ""
    to_pay: str = ""


def statement_view(found: SignedStatement, notice: str = "") -> StatementView:
    """Put a signed statement into words."""
    standing = found.standing
    room = dollars(standing.room) if standing.room and not found.is_sent_back else ""
    return StatementView(
        is_loaded=True,
        is_signed=True,
        notice=notice,
        **_addresses(found.bill_id),
        **_facts(found),
        **_signature(found),
        lines=[AmountRow(label, dollars(amount)) for label, amount in found.lines],
        worked=[
            worked_row(line.label, line.amount, line.steps)
            for line in found.working
            if line.steps
        ],
        total=_total(found),
        director=_director(found),
        payments=payment_rows(found.payments),
        no_payment="Nothing has been handed in yet."
        if found.owed
        else "Nothing is owed.",
        paid=dollars(standing.paid),
        still_owed=dollars(standing.still_owed),
        credit=dollars(standing.credit) if standing.credit else "",
        step=2 if standing.still_owed else 4,
        is_own=found.is_own,
        is_sent_back=found.is_sent_back,
        next_step=_next_step(found),
        to_pay=room if found.is_own else "",
    )


def unsigned_view(bill_id: int) -> StatementView:
    """Say that there is nothing signed yet."""
    return StatementView(is_loaded=True, **_addresses(bill_id))


def _addresses(bill_id: int) -> dict[str, str]:
    bill = f"/bills/{bill_id}"
    return {
        "bill_href": bill,
        "record": str(bill_id),
        "pay_href": f"{bill}/pay",
        "certify_href": f"{bill}/certify",
        "history_href": f"{bill}/history",
        "pdf_href": f"/files/statements/{bill_id}.pdf",
    }


def _facts(found: SignedStatement) -> dict[str, str]:
    record, bill = found.record, found.record["bill"]
    person = record["employee"]
    return {
        "employer": record["employer"],
        "employee": f"{person['name']}, number {person['number']}",
        "department": record["department"],
        "line": bill["line"],
        "invoice": f"{bill['invoice']}, account {bill['account']}",
        "period": bill["period"],
        "received": _day(bill["received_on"]),
        "due": _day(bill["due_on"]),
        "plan": bill["plan"] or "Not stated",
        "personal": counted(record["counts"]["personal"], "item"),
        "incidental": counted(record["counts"]["incidental"], "item"),
        "free_minutes": str(record["minutes"]["free_personal"]),
        "policy": f"{record['policy']['title']} ({record['policy']['id']})",
    }


def _signature(found: SignedStatement) -> dict:
    late = found.days_late
    return {
        "statement": STATEMENTS[found.statement],
        "sentence": found.sentence,
        "signed": f"Signed electronically by {found.signed_by} on {found.signed_on}",
        "timing": f"{counted(late, 'day')} late" if late else "In time",
        "is_late": late > 0,
        "sequence": str(found.sequence),
        "fingerprint": found.fingerprint,
    }


def _total(found: SignedStatement) -> str:
    if found.credit:
        return f"{dollars(found.credit)} credit"
    return dollars(found.owed)


def _director(found: SignedStatement) -> str:
    answer = found.answer
    if answer is None:
        return "Not reviewed yet"
    if answer.is_accepted:
        return f"Accepted by {answer.by} on {answer.on}"
    return f"Returned by {answer.by} on {answer.on}: {answer.reason}"


def _next_step(found: SignedStatement) -> str:
    standing = found.standing
    if found.is_sent_back:
        return "The director sent this statement back. Look at the bill again and sign."
    if standing.room:
        return f"Next: hand in {dollars(standing.room)}."
    if standing.waiting:
        return f"Finance has still to confirm {dollars(standing.waiting)}."
    if found.state == "closed":
        return "Everything is done. This bill is closed."
    return "Nothing is left for you to do. The department director reviews it next."


def _day(written: str) -> str:
    return day_in_words(date.fromisoformat(written)) if written else "Not stated"
