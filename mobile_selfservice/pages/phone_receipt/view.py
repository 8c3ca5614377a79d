"""A receipt in words, before and after it is signed."""

from dataclasses import dataclass, field

from mobile_selfservice.components.stipend_and_phone import stopped_in_words
from mobile_selfservice.components.wording import moment_in_words
from mobile_selfservice.services.phones.issue_receipt import Receipt

CLASSES = {"cell": "Cell phone", "smart": "Smart phone"}
KINDS = {
    "personal": "",
    "pooled": "A phone that several people share: you answer for it.",
    "vehicle": "A phone of a vehicle: you answer for it.",
}


@dataclass(frozen=True)
class DutyShown:
    """One passage of the Procedures Memorandum."""

    heading: str = ""
    place: str = ""
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ReceiptView:
    """The page of one phone's receipt."""

    is_loaded: bool = False
    can_sign: bool = False
    employee: str = ""
    department: str = ""
    model: str = ""
    phone_class: str = ""
    number: str = ""
    asset_tag: str = ""
    serial: str = ""
    carrier: str = ""
    kind: str = ""
    kit: list[str] = field(default_factory=list)
    not_handed_over: str = ""
    policy: str = ""
    duties: list[DutyShown] = field(default_factory=list)
    sentence: str = ""
    signed_by: str = ""
    signed_at: str = ""
    fingerprint: str = ""
    file_href: str = ""
    warning: str = ""


def receipt_view(found: Receipt) -> ReceiptView:
    """Put a receipt into words, exactly as its record has them."""
    record, phone = found.record, found.record["phone"]
    signed = found.signed_at
    return ReceiptView(
        is_loaded=True,
        can_sign=found.can_sign,
        employee=record["employee"]["name"],
        department=record["department"],
        model=phone["model"],
        phone_class=CLASSES.get(phone["class"], phone["class"]),
        number=phone["number"],
        asset_tag=phone["asset_tag"],
        serial=phone["serial"],
        carrier=phone["carrier"],
        kind=KINDS[record["kind"]],
        kit=list(record["kit"]),
        not_handed_over=", ".join(record["not_handed_over"]),
        policy=record["policy"]["title"],
        duties=[
            _duty(duty, record["policy"]["policy"]) for duty in record["memorandum"]
        ],
        sentence=record["sentence"],
        signed_by=found.signed_name,
        signed_at=moment_in_words(signed, found.time_zone) if signed else "",
        fingerprint=found.fingerprint if signed else "",
        warning=stopped_in_words(found.stops, "Your" if found.can_sign else "The"),
        file_href=f"/files/phone-receipts/{found.issue_id}.pdf" if signed else "",
    )


def _duty(duty: dict[str, object], policy: str) -> DutyShown:
    number = str(duty["number"])
    sentences = duty["sentences"]
    return DutyShown(
        heading=str(duty["heading"]),
        place=f"{policy} §{number}" if number else "",
        sentences=list(sentences) if isinstance(sentences, list) else [],
    )
