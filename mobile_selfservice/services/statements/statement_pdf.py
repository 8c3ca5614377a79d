"""The signed statement and the receipts as PDF, in the words of the form."""

from datetime import date
from typing import Any

from mobile_selfservice.policy.certification import STATEMENT_WORDS
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.step_words import StepWords, kept_step_words
from mobile_selfservice.services import printed
from mobile_selfservice.services.money.money_entries import Entry, HandedIn
from mobile_selfservice.services.money.receipts import Receipt
from mobile_selfservice.services.statements import typeset
from mobile_selfservice.services.statements.statement import TITLE, SignedStatement

HOW = {
    "cash": "Cash",
    "check": "Check",
    "card": "Card, at the counter",
    "payroll": "Payroll deduction",
}


def statement_pdf(statement: SignedStatement) -> bytes:
    """Print a signed statement."""
    return typeset.pdf("statement", statement_words(statement), statement.issued)


def receipt_pdf(receipt: Receipt) -> bytes:
    """Print a receipt."""
    return typeset.pdf("receipt", receipt_words(receipt), receipt.issued)


def statement_words(statement: SignedStatement) -> dict[str, Any]:
    """Put a statement into the words of its form."""
    record = statement.record
    return {
        "title": TITLE,
        "employer": record["employer"],
        "facts": _facts(statement),
        "sentence": statement.sentence,
        "signature": _signature(statement),
        "lines": [[label, dollars(amount)] for label, amount in statement.lines],
        "total": _total(statement),
        "working": [
            {
                "label": line.label,
                "amount": dollars(line.amount),
                "steps": [_step(step) for step in line.steps],
            }
            for line in statement.working
        ],
        "together": [_step(step) for step in record["sum"]],
        "due": [_said(step) for step in statement.due_worked],
        "notes": record["notes"],
        "payments": [_payment(each) for each in statement.payments],
        "no_payment": _no_payment(statement),
        "balance": _balance(statement),
        "director": _director(statement),
        "proof": _proof(statement),
        "footer": f"{record['bill']['line']} · {record['bill']['period']} · "
        f"fingerprint {statement.fingerprint[:16]}…",
    }


def _facts(statement: SignedStatement) -> list[list[str]]:
    record, bill = statement.record, statement.record["bill"]
    return [
        ["Employee", record["employee"]["name"]],
        ["Employee number", record["employee"]["number"]],
        ["Department", record["department"]],
        ["Phone number", bill["line"]],
        ["Invoice period", bill["period"]],
        ["Invoice", f"{bill['invoice']}, account {bill['account']}"],
        ["Received by the department", day(bill["received_on"])],
        ["Due", day(bill["due_on"])],
        ["Plan", bill["plan"] or "Not stated"],
        ["Statement", STATEMENT_WORDS[statement.statement]],
        ["Items marked personal", str(record["counts"]["personal"])],
        ["Items marked incidental", str(record["counts"]["incidental"])],
        ["Free personal minutes", str(record["minutes"]["free_personal"])],
        ["Statement number", str(statement.sequence)],
    ]


def day(written: str) -> str:
    """Write a date of the record in words."""
    return printed.day(date.fromisoformat(written)) if written else "Not stated"


def _signature(statement: SignedStatement) -> list[list[str]]:
    late = statement.days_late
    timing = "in time" if not late else f"{late} {'day' if late == 1 else 'days'} late"
    return [
        ["Signed electronically by", statement.signed_by],
        ["Signed on", f"{statement.signed_on}, {timing}"],
    ]


def _total(statement: SignedStatement) -> list[str]:
    if statement.credit:
        return ["Credit owed to the employee", dollars(statement.credit)]
    return ["Total owed", dollars(statement.owed)]


def _step(step: dict[str, str]) -> dict[str, str]:
    return _said(kept_step_words(step))


def _said(words: StepWords) -> dict[str, str]:
    return {"text": words.text, "source": words.source}


def _payment(each: HandedIn) -> list[str]:
    reference = f", {each.reference}" if each.reference else ""
    return [
        printed.day(each.tendered_on),
        f"{HOW[each.method]}{reference}",
        became_of(each),
        dollars(each.amount),
    ]


def became_of(each: HandedIn) -> str:
    """Say what finance made of one tender, with the receipt numbers."""
    said = [_entry(entry) for entry in each.entries]
    if each.state == "declined":
        rest = dollars(each.amount - each.confirmed)
        said.append(f"{rest} not received: {each.declined_reason}")
    if each.waiting:
        said.append(f"{dollars(each.waiting)} waits for Finance to confirm")
    return "; ".join(said)


def _entry(entry: Entry) -> str:
    what = "came back" if entry.is_reversal else "received"
    return (
        f"{dollars(abs(entry.amount))} {what}, {entry.by}, {entry.on}, "
        f"receipt {entry.receipt_number}"
    )


def _no_payment(statement: SignedStatement) -> str:
    if statement.owed:
        return f"Nothing has been handed in yet. Pay to: {statement.record['pay_to']}"
    return "Nothing is owed."


def _balance(statement: SignedStatement) -> list[list[str]]:
    standing = statement.standing
    balance = [
        ["Received by Finance", dollars(standing.paid)],
        ["Still owed", dollars(standing.still_owed)],
    ]
    if standing.credit:
        balance.append(["Credit", dollars(standing.credit)])
    return balance


def _director(statement: SignedStatement) -> str:
    answer = statement.answer
    if answer is None:
        return "Not reviewed yet."
    if answer.is_accepted:
        return f"Accepted by {answer.by} on {answer.on}."
    return f"Returned by {answer.by} on {answer.on}: {answer.reason}"


def _proof(statement: SignedStatement) -> str:
    policy = statement.record["policy"]
    return (
        f"Worked out under {policy['title']} (edition {policy['id']}). Fingerprint of "
        f"what was signed (SHA-256): {statement.fingerprint}"
    )


def receipt_words(receipt: Receipt) -> dict[str, Any]:
    """Put a receipt into words."""
    back = receipt.is_reversal
    title = "Payment returned" if back else "Receipt"
    who = "Recorded by" if back else "Received by"
    facts = [
        ["Paid by", receipt.payer],
        ["For", f"personal use of {receipt.line}, {receipt.period}"],
        ["How", HOW[receipt.method]],
        ["Handed in", printed.day(receipt.tendered_on)],
        ["Reference", receipt.reference],
        [who, f"{receipt.recorded_by}, {receipt.recorded_at}"],
    ]
    if receipt.reason:
        facts.append(["Reason", receipt.reason])
    line = "Returned" if back else "Received"
    return {
        "title": f"{title} {receipt.number}",
        "employer": receipt.employer,
        "facts": facts,
        "lines": [[line, dollars(receipt.amount)]],
        "total": ["Still owed for this bill", dollars(receipt.still_owed)],
        "worked": [_said(step) for step in receipt.worked],
        "closing": "Keep this receipt with your records.",
        "footer": f"Receipt {receipt.number}",
    }
