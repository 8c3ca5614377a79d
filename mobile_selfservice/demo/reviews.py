"""How the city's people go through their bills: some at once, some late, some never."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import col, select

from mobile_selfservice.demo import people
from mobile_selfservice.demo.answers import plan_answer
from mobile_selfservice.demo.payments import plan_payment
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.invoice import Bill, UsageItem
from mobile_selfservice.models.review import Mark
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import bill_review, remembered_numbers
from mobile_selfservice.services.bills.bill_review import NothingChosen, Word
from mobile_selfservice.services.bills.item_choice import Items
from mobile_selfservice.services.bills.remembered_numbers import Remembered
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import certification

LEFT_FOR_THE_VISITOR = (people.EMPLOYEE.name, people.BUSIEST.name)
AT_ONCE, INCIDENTAL = 0.12, 0.12
LABELS = ("Home", "Sister")


def plan_review(telling: Telling, bill: Bill, released_at: datetime) -> None:
    """Decide when a bill is looked at, if ever."""
    days = _days_until_review(telling, bill)
    if days is not None:
        act = partial(review, telling, bill)
        telling.agenda.after(released_at, days, act)


def _days_until_review(telling: Telling, bill: Bill) -> float | None:
    holder = telling.holder_of(bill)
    months_ago = telling.months_ago(bill.month)
    dice = telling.dice(f"when/{bill.number}/{bill.month}")
    if months_ago == 0 and holder.name in LEFT_FOR_THE_VISITOR:
        return None
    if holder.name == people.LEAVER.name or dice.random() < AT_ONCE:
        return dice.uniform(0.05, 0.2)
    if telling.is_tardy(bill) and holder.name != people.EMPLOYEE.name:
        return None if months_ago < 3 else dice.randint(31, 44) + dice.random() / 4
    # Whole days and a part of a working day: nobody reviews a bill at night.
    return int(dice.triangular(1, 27, 7)) - dice.uniform(0.0, 0.25)


def review(telling: Telling, bill: Bill, now: datetime) -> None:
    """Mark what was personal, sign, and plan what follows."""
    holder = telling.holder_of(bill)
    if telling.is_private(bill) or holder.name == people.EMPLOYEE.name:
        _mark_family(telling, holder, bill, now)
    sign(telling, bill, now + timedelta(minutes=3))


def sign(telling: Telling, bill: Bill, now: datetime) -> None:
    """Certify a bill as it is marked."""
    holder = telling.holder_of(bill)
    bill_id = bill.id or 0
    shown = certification.prepare(telling.session, holder, bill_id=bill_id, now=now)
    if shown.draft.why_not:
        return
    signed = certification.certify(
        telling.session,
        holder,
        bill_id=bill_id,
        signature=shown.draft.signature,
        now=now,
    )
    plan_answer(telling, bill, signed, now, look_again=look_again)
    plan_payment(telling, bill, now)


def look_again(telling: Telling, bill: Bill, now: datetime) -> None:
    """Answer a return: one more number was private after all."""
    holder = telling.holder_of(bill)
    another = telling.contacts_of(bill).everyone[2].number.certain
    _mark(telling, holder, bill, Items(party=another), Word(Mark.PERSONAL), now)
    sign(telling, bill, now + timedelta(minutes=2))


def _mark_family(telling: Telling, holder: Actor, bill: Bill, now: datetime) -> None:
    dice = telling.dice(f"marks/{bill.number}/{bill.month}")
    family = telling.contacts_of(bill).family
    known = family if dice.random() < 0.5 else family[:1]
    for label, contact in zip(LABELS, known, strict=False):
        party = contact.number.certain
        _mark(telling, holder, bill, Items(party=party), Word(Mark.PERSONAL), now)
        if holder.name == people.EMPLOYEE.name:
            _remember(telling, bill, Remembered(party, label, Mark.PERSONAL), now)
    if dice.random() < INCIDENTAL:
        ids = _one_call(telling, bill, family[0].number.certain)
        word = Word(Mark.INCIDENTAL, "dependent care")
        _mark(telling, holder, bill, Items(ids=ids), word, now)


def _mark(
    telling: Telling, holder: Actor, bill: Bill, items: Items, word: Word, now: datetime
) -> None:
    """Mark items; in some months there is nothing to mark."""
    with suppress(NothingChosen):
        bill_review.mark_items(
            telling.session,
            holder,
            bill_id=bill.id or 0,
            items=items,
            word=word,
            now=now,
        )


def _remember(telling: Telling, bill: Bill, number: Remembered, now: datetime) -> None:
    """Keep a number for later bills, if it is on this one."""
    with suppress(NotPermitted):
        remembered_numbers.remember(
            telling.session,
            telling.holder_of(bill),
            bill_id=bill.id or 0,
            number=number,
            now=now,
        )


def _one_call(telling: Telling, bill: Bill, party: str) -> tuple[int, ...]:
    found = telling.session.exec(
        select(UsageItem.id)
        .where(UsageItem.bill_id == bill.id, UsageItem.party == party)
        .where(UsageItem.kind == "voice")
        .order_by(col(UsageItem.id))
        .limit(1)
    )
    return tuple(item_id for item_id in found if item_id is not None)
