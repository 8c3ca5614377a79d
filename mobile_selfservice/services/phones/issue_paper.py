"""The signed receipt for a phone as PDF, in the words that were signed."""

from typing import Any

from mobile_selfservice.services import printed
from mobile_selfservice.services.phones.issue_receipt import Receipt
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import typeset

CLASSES = {"cell": "Cell phone", "smart": "Smart phone"}
TITLE = "Receipt for a phone"


def phone_receipt_pdf(receipt: Receipt) -> bytes:
    """Print a signed receipt.

    Raises:
        NotPermitted: if nobody has signed it yet.
    """
    if receipt.signed_at is None:
        raise NotPermitted
    issued = int(receipt.signed_at.timestamp())
    return typeset.pdf("phone_receipt", phone_receipt_words(receipt), issued)


def phone_receipt_words(receipt: Receipt) -> dict[str, Any]:
    """Put a signed receipt into the words of its paper."""
    record, phone = receipt.record, receipt.record["phone"]
    signed = receipt.signed_at
    return {
        "title": TITLE,
        "employer": receipt.employer,
        "facts": [
            ["Employee", record["employee"]["name"]],
            ["Employee number", record["employee"]["number"]],
            ["Department", record["department"]],
            ["Model", phone["model"]],
            ["Sort", CLASSES.get(phone["class"], phone["class"])],
            ["Phone number", phone["number"]],
            ["IMEI or serial number", phone["serial"]],
            ["Asset tag", phone["asset_tag"]],
            ["Carrier", phone["carrier"]],
            ["Bought on", phone["contract"]],
        ],
        "kit": [*record["kit"], f"The policy: {record['policy']['title']}"],
        "lacking": record["not_handed_over"],
        "duties": [
            {
                "heading": duty["heading"],
                "place": _place(duty["number"], record["policy"]["policy"]),
                "sentences": duty["sentences"],
            }
            for duty in record["memorandum"]
        ],
        "sentence": record["sentence"],
        "signature": [
            ["Signed electronically by", receipt.signed_name],
            ["Signed on", printed.moment(signed, receipt.time_zone) if signed else ""],
        ],
        "proof": f"Edition of the policy: {record['policy']['id']}. Fingerprint of "
        f"what was signed (SHA-256): {receipt.fingerprint}",
        "footer": f"{TITLE} · {phone['asset_tag']} · fingerprint "
        f"{receipt.fingerprint[:16]}…",
    }


def _place(number: str, policy: str) -> str:
    return f"{policy} §{number}" if number else ""
