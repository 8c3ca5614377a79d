"""A claim for business calls as PDF: terms, calls, working, signature, answers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.step_words import kept_step_words
from mobile_selfservice.services import printed
from mobile_selfservice.services.claims.claim_paper import Answered, ClaimPaper
from mobile_selfservice.services.statements import typeset

TITLE = "Claim for business calls on a private phone"
ANSWERS = {
    "approved": "Approved",
    "returned": "Sent back",
    "refused": "Refused",
    "paid": "Paid",
}


def claim_pdf(paper: ClaimPaper) -> bytes:
    """Print a claim."""
    return typeset.pdf("claim", claim_words(paper), paper.issued)


def claim_words(paper: ClaimPaper) -> dict[str, Any]:
    """Put a claim into the words of its paper."""
    record = paper.record
    return {
        "title": TITLE,
        "employer": record["employer"],
        "facts": _facts(paper),
        "sentence": record["sentence"],
        "signature": [
            ["Signed electronically by", paper.signed_by],
            ["Signed on", paper.signed_on],
        ],
        "calls": [
            _call(call, number)
            for call, number in zip(record["calls"], paper.numbers, strict=True)
        ],
        "total": ["To be paid", dollars(Decimal(record["amount"]))],
        "months": [
            [f"{date.fromisoformat(month):%B %Y}", dollars(Decimal(amount))]
            for month, amount in sorted(record["by_month"].items())
        ],
        "working": [
            {"text": words.text, "source": words.source}
            for words in map(kept_step_words, record["working"])
        ],
        "notes": record["notes"],
        "answers": [_answer(each) for each in paper.answers]
        or ["Nobody has decided on it yet."],
        "proof": _proof(paper),
        "footer": f"Claim {paper.claim_id} · fingerprint {paper.fingerprint[:16]}…",
    }


def _facts(paper: ClaimPaper) -> list[list[str]]:
    record, contract = paper.record, paper.record["contract"]
    allowance = contract["allowance_minutes"]
    facts = [
        ["Claim", f"{paper.claim_id}, handed in {_times(paper.sequence)}"],
        ["Employee", record["employee"]["name"]],
        ["Employee number", record["employee"]["number"]],
        ["Department", record["department"]],
        ["Carrier", contract["carrier"]],
        ["Billing period", f"{_day(contract['from'])} to {_day(contract['through'])}"],
        ["Base charges", dollars(Decimal(contract["base_charges"]))],
        ["Taxes", dollars(Decimal(contract["taxes"]))],
        ["Minutes of the plan", f"{allowance:,}" if allowance else "No limit"],
    ]
    outage = record["outage"]
    if outage:
        days = f"{_day(outage['from'])} to {_day(outage['through'])}"
        facts.append(["City phone out of order", f"{outage['line']}, {days}"])
    return facts


def _times(sequence: int) -> str:
    return "once" if sequence == 1 else f"{sequence} times"


def _call(call: dict[str, Any], number: str) -> list[str]:
    at = datetime.fromisoformat(call["at"])
    counts = "Yes" if call["counts"] else "No"
    charge = dollars(Decimal(call["charge"]))
    time = f"{at.hour % 12 or 12}:{at:%M %p}"
    return [
        f"{printed.day(at.date())}, {time}",
        number,
        str(call["minutes"]),
        counts,
        charge,
    ]


def _answer(each: Answered) -> str:
    said = f"{ANSWERS[each.answer]} by {each.by} on {each.on}"
    if each.answer in ("approved", "paid"):
        said += f": {dollars(each.amount)}"
    added = [each.reason, f"reference {each.reference}" if each.reference else ""]
    return "; ".join([said, *filter(None, added)]) + "."


def _proof(paper: ClaimPaper) -> str:
    policy = paper.record["policy"]
    return (
        f"Worked out under {policy['title']} (edition {policy['id']}). Fingerprint of "
        f"what was signed (SHA-256): {paper.fingerprint}"
    )


def _day(written: str) -> str:
    return printed.day(date.fromisoformat(written))
