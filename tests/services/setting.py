"""A value of the policy as an official enters it in tests."""

from decimal import Decimal

from mobile_selfservice.models.review import Mark
from mobile_selfservice.services import policy_in_force
from mobile_selfservice.services.bills.bill_review import Word, mark_items
from mobile_selfservice.services.bills.item_choice import Items
from mobile_selfservice.services.policy import value_rows, value_setting
from mobile_selfservice.services.policy.wanted_value import WantedValue
from tests.factories import NOW

TEXT_RATE = "personal_use.text_rate_per_use"
VOICE_RATE = "personal_use.voice_rate_per_min"
REASON = "The new contract with the carrier"


def wanted(session, actor, key=TEXT_RATE, said="0.05", **details):
    """Fill the form for a value as it is opened now."""
    usual = {
        "valid_from": "2026-07-01",
        "authority": "Memo 12",
        "reason": REASON,
        "seen": value_rows.seen(session, actor.employer_id, key),
        "idempotency_key": f"form of {actor.person_id}, {key} {said} {details}",
    }
    return WantedValue(key=key, said=said, **(usual | details))


def set_value(session, actor, key=TEXT_RATE, said="0.05", now=NOW, **details):
    """Set a value, having looked at what it alters."""
    form = wanted(session, actor, key, said, **({"confirmed": True} | details))
    return value_setting.set_value(session, actor, wanted=form, now=now)


def edition(session, actor):
    return policy_in_force.edition_of(session, actor.employer_id)


def texted(make, holder, times=10):
    """Make a released bill with so many personal texts, marked by its holder."""
    bill = make.bill(holder)
    for _ in range(times):
        make.call(
            bill, kind="message", quantity=Decimal(1), unit="message", counts=None
        )
    mark(make.session, holder, bill)
    return bill


def mark(session, holder, bill):
    mark_items(
        session,
        holder,
        bill_id=bill.id,
        items=Items(),
        word=Word(Mark.PERSONAL),
        now=NOW,
    )
