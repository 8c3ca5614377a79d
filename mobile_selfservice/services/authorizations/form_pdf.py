"""A signed authorization form as PDF: every field, what was found, every signature."""

from typing import Any

from mobile_selfservice.services.authorizations.form_view import SignedForm
from mobile_selfservice.services.statements import typeset

TITLE = "Cellular Telephone Authorization Form"
CLASSES = {"cell": "Cell phone", "smart": "Smart phone", "": "Not asked"}
KINDS = {
    "personal": "One employee",
    "pooled": "Several; the person named answers for the phone",
    "vehicle": "A vehicle; the person named answers for the phone",
}


def form_pdf(form: SignedForm) -> bytes:
    """Print a form as it was signed last."""
    return typeset.pdf("authorization", form_words(form), form.issued)


def form_words(form: SignedForm) -> dict[str, Any]:
    """Put a signed form into the words of its paper."""
    record = form.record
    policy = record["policy"]
    return {
        "title": TITLE,
        "employer": record["employer"],
        "facts": [
            ["Form", f"{record['form']}, signing {form.number}"],
            ["What is asked for", record["title"]],
            ["For", record["person"]["name"]],
            ["Employee number", record["person"]["number"]],
            ["Department", record["department"]],
            ["Phone", CLASSES[record["device_class"]]],
            ["Used by", KINDS[record["holder_kind"]]],
            ["Line", record["line"] or "None yet"],
        ],
        "said": [
            *([f"Reason {listed}", words] for listed, _, words in record["grounds"]),
            *([label, words] for _, label, words in record["answers"]),
        ],
        "exceptions": [_row(each) for each in record["exceptions"]],
        "notes": [_row(each) for each in record["notes"]],
        "sentence": record["sentence"],
        "signature": [
            ["Signed electronically by", form.signed_by],
            ["Signed on", form.signed_at],
        ],
        "consents": [
            [each.office[:1].upper() + each.office[1:], f"{each.name}, {each.on}"]
            for each in form.consents
        ],
        "proof": f"Weighed under {policy['title']} (edition {policy['id']}). "
        f"Fingerprint of what was signed (SHA-256): {form.content_hash}",
        "footer": f"Form {record['form']} · fingerprint {form.content_hash[:16]}…",
    }


def _row(each: dict[str, str]) -> dict[str, str]:
    source = each["clause"]
    if each["reading"]:
        source += f", reading {each['reading']}"
    return {"text": each["text"], "source": source, "consent": each.get("consent", "")}
