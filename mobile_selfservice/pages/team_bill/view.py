"""A signed statement in words: what was signed, for how much, and how it came about."""

import re
from dataclasses import dataclass, field

from mobile_selfservice.components.form_words import (
    STATEMENTS,
    AmountRow,
    WorkedRow,
    worked_row,
)
from mobile_selfservice.components.wording import (
    amount_of_use,
    clock_time,
    counted,
    data_use,
    day_in_words,
    moment_in_words,
    month_in_words,
    phone,
)
from mobile_selfservice.policy.money import dollars, rate
from mobile_selfservice.services.bills.call_details import CallDetail, CallDetails
from mobile_selfservice.services.statements.reviewed_statement import (
    Answer,
    ReviewedStatement,
    Signed,
)

MARKS = {
    "": "Not marked",
    "business": "Business",
    "personal": "Personal",
    "incidental": "Incidental",
    "not_sure": "Not sure",
}
KINDS = {
    ("voice", "in"): "Call in",
    ("voice", "out"): "Call out",
    ("message", "in"): "Message in",
    ("message", "out"): "Message out",
}


@dataclass(frozen=True)
class StatementView:
    """The statement as the director reads it."""

    is_loaded: bool = False
    title: str = ""
    holder: str = ""
    line: str = ""
    department: str = ""
    plan: str = ""
    cost: str = ""
    badge: str = ""
    due: str = ""
    is_signed: bool = False
    statement: str = ""
    sentence: str = ""
    signed_by: str = ""
    lateness: str = ""
    is_late: bool = False
    owed: str = ""
    credit: str = ""
    form_lines: list[AmountRow] = field(default_factory=list)
    worked: list[WorkedRow] = field(default_factory=list)
    personal_items: str = ""
    incidental_items: str = ""
    alerts: list[str] = field(default_factory=list)
    free_minutes: str = ""
    paid: str = ""
    edition: str = ""
    fingerprint: str = ""
    answer: str = ""
    answer_reason: str = ""
    may_answer: bool = False
    may_open: bool = False
    outcome: str = ""
    history: str = ""
    record: str = ""
    team: str = "/team"


@dataclass(frozen=True)
class CallRow:
    """One item of the bill."""

    at: str = ""
    kind: str = ""
    party: str = ""
    place: str = ""
    quantity: str = ""
    charged: str = ""
    mark: str = ""
    reason: str = ""


@dataclass(frozen=True)
class CallsView:
    """A page of the bill's items, or nothing while they are closed."""

    is_open: bool = False
    rows: list[CallRow] = field(default_factory=list)
    caption: str = ""
    page: int = 1
    pages: int = 1


def statement_view(bill: ReviewedStatement) -> StatementView:
    """Put a bill's statement into words."""
    facts = {
        "is_loaded": True,
        "title": f"{bill.holder}, {month_in_words(bill.month)}",
        "holder": bill.holder,
        "line": phone(bill.number),
        "department": bill.department,
        "plan": bill.plan,
        "cost": dollars(bill.cost),
        "badge": "owed" if bill.state == "accepted" else bill.state,
        "due": day_in_words(bill.due_on),
        "paid": _paid(bill),
        "may_answer": bill.may_answer,
        "may_open": bill.may_open_details,
        "history": f"/bills/{bill.bill_id}/history",
        "record": str(bill.bill_id),
    }
    if bill.signed:
        facts |= _signed(bill.signed, bill)
    return StatementView(**facts)


def _signed(signed: Signed, bill: ReviewedStatement) -> dict:
    at = moment_in_words(signed.at, bill.time_zone)
    return {
        "is_signed": True,
        "statement": STATEMENTS[signed.statement],
        "sentence": signed.sentence,
        "signed_by": f"Signed by {signed.by} on {at}",
        "lateness": f"{counted(signed.days_late, 'day')} late"
        if signed.days_late
        else "In time",
        "is_late": signed.days_late > 0,
        "owed": dollars(signed.owed),
        "credit": dollars(signed.credit) if signed.credit else "",
        "form_lines": [
            AmountRow(label, dollars(amount)) for label, amount in signed.form_lines
        ],
        "worked": [
            worked_row(line.label, line.amount, line.steps) for line in signed.worked
        ],
        "personal_items": counted(signed.personal_items, "item"),
        "incidental_items": counted(signed.incidental_items, "item"),
        "alerts": list(signed.alerts),
        "free_minutes": signed.free_personal_minutes,
        "edition": signed.edition,
        "fingerprint": _grouped(signed.fingerprint),
        "outcome": _outcome(signed, bill),
        **_answered(signed.answer, bill),
    }


def _grouped(fingerprint: str) -> str:
    """Set a long row of signs in groups that can be compared and fit a phone."""
    return " ".join(re.findall(".{1,8}", fingerprint))


def _answered(answer: Answer | None, bill: ReviewedStatement) -> dict:
    if answer is None:
        return {}
    did = "Accepted" if answer.decision == "accepted" else "Returned"
    at = moment_in_words(answer.at, bill.time_zone)
    return {"answer": f"{did} by {answer.by} on {at}", "answer_reason": answer.reason}


def _outcome(signed: Signed, bill: ReviewedStatement) -> str:
    left = signed.owed - bill.paid
    if left > 0:
        return f"The bill stays open until the {dollars(left)} still owed is paid."
    return "The bill is then closed."


def _paid(bill: ReviewedStatement) -> str:
    waiting = bill.tendered - bill.paid
    if waiting > 0:
        return f"{dollars(bill.paid)}; {dollars(waiting)} handed in, not yet confirmed"
    return dollars(bill.paid)


def calls_view(calls: CallDetails) -> CallsView:
    """Put a page of items into words."""
    return CallsView(
        is_open=calls.is_open,
        rows=[_call_row(item) for item in calls.items],
        caption=f"Calls and messages: {counted(calls.count, 'item')}",
        page=calls.page,
        pages=calls.pages,
    )


def _quantity(item: CallDetail) -> str:
    if item.unit == "KB":
        return data_use(item.quantity)
    unit = "min" if item.unit == "minute" else ""
    return f"{amount_of_use(item.quantity)} {unit}".strip()


def _call_row(item: CallDetail) -> CallRow:
    party = phone(item.party)
    return CallRow(
        at=f"{item.started:%b} {item.started.day}, {clock_time(item.started)}",
        kind=KINDS.get((item.kind, item.direction), item.kind.capitalize()),
        party=f"Private, {item.party}" if item.is_masked else party,
        place=item.place,
        quantity=_quantity(item),
        charged=rate(item.charged) if item.charged else "",
        mark=MARKS.get(item.mark, item.mark),
        reason=item.reason,
    )
