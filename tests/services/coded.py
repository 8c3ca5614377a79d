"""Bills with calls under codes, and what finance says of a code, in tests."""

from datetime import date
from decimal import Decimal

from sqlmodel import select

from mobile_selfservice.models.invoice import UsageItem
from mobile_selfservice.models.review import Mark
from mobile_selfservice.services.bills.bill_review import Word, mark_items
from mobile_selfservice.services.bills.item_choice import Items
from mobile_selfservice.services.codes import code_setting
from mobile_selfservice.services.codes.code_setting import WantedCode
from tests.factories import NOW

CODE = "XQ11 · DT"
UNKNOWN = {"usage_class": "unknown", "counts": None}
REASON = "The carrier's plan guide, page 3"


def coded(make, holder, *, code=CODE, minutes=14, mark=True, **details):
    """Make a bill with one call under a code nobody has mapped, marked personal."""
    invoice = details.pop("invoice", None) or make.invoice(carrier="att")
    charged = {name: details.pop(name) for name in ("airtime",) if name in details}
    bill = make.bill(holder, invoice=invoice, **details)
    make.call(bill, usage_code=code, quantity=Decimal(minutes), **UNKNOWN, **charged)
    if mark:
        marked(make, holder, bill)
    return bill


def marked(make, holder, bill):
    word = Word(Mark.PERSONAL)
    mark_items(make.session, holder, bill_id=bill.id, items=Items(), word=word, now=NOW)


def wanted(session, actor, **details):
    """Fill the form for a code as it is opened now."""
    usual = {
        "carrier": "att",
        "code": "XQ11",
        "period": "DT",
        "usage_class": "allowance",
        "counts": True,
        "valid_from": date(2026, 3, 1),
        "reason": REASON,
        "seen": code_setting.seen(session, actor.employer_id),
        "idempotency_key": f"form of {actor.person_id}, {details}",
    }
    return WantedCode(**(usual | details))


def set_code(session, actor, **details):
    """Say what a code means."""
    form = wanted(session, actor, **details)
    return code_setting.set_code(session, actor, wanted=form, now=NOW)


def treated(session, bill):
    """Tell how the items of a bill are treated."""
    items = session.exec(
        select(UsageItem.usage_class, UsageItem.counts).where(
            UsageItem.bill_id == bill.id
        )
    )
    return [tuple(row) for row in items]
