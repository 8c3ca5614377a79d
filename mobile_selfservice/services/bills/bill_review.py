"""Marking what was personal on one's own bill, and taking the last marks back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.review import Mark
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.services import access, history, stated_reason
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import bill_rating, item_marks
from mobile_selfservice.services.bills.item_choice import Items, among
from mobile_selfservice.services.bills.item_marks import Said, Standing
from mobile_selfservice.services.bills.rated_bill import RatedBill
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.policy_in_force import edition_of
from mobile_selfservice.services.refusals import Refused

OPEN = {BillState.RELEASED, BillState.IN_REVIEW}
IN_WORDS = {
    Mark.BUSINESS: "business",
    Mark.PERSONAL: "personal",
    Mark.INCIDENTAL: "incidental",
    Mark.NOT_SURE: "not sure",
}
IN_OWN_WORDS = "other"
AT_ONCE = 1_000  # neither database takes any number of values in one statement


class ReviewClosed(Refused):
    """The bill is certified; its marks stay as they were signed."""

    def __init__(self) -> None:
        super().__init__(
            "This bill is certified, so its marks can no longer change. Ask your "
            "director to return it to you if something is wrong."
        )


class ReasonNeeded(Refused):
    """Incidental use is only what an emergency or the like made necessary."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(
            f"Incidental use needs a reason: {', '.join(reasons)}. Choose one; nothing "
            "was marked."
        )


class IncidentalNotAllowed(Refused):
    """The policy in force knows no incidental use."""

    def __init__(self) -> None:
        super().__init__(
            "The policy in force allows no incidental use. Mark it personal or "
            "business; nothing was marked."
        )


class NothingChosen(Refused):
    """No item of the bill fits what was chosen."""

    def __init__(self) -> None:
        super().__init__("Nothing is selected, so nothing was marked.")


class DaysNeeded(Refused):
    """A stretch of days lacks its first or its last day."""

    def __init__(self) -> None:
        super().__init__("Choose the first and the last day. Nothing was marked.")


@dataclass(frozen=True, slots=True)
class Word:
    """What items were for: a mark and, for incidental use, the reason.

    `own_words` go with the reason "other".
    """

    mark: Mark
    reason: str = ""
    own_words: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """How many items were marked, what the bill comes to, and how they stood before."""

    count: int
    rated: RatedBill
    before: tuple[Standing, ...]


def mark_items(
    session: Session,
    actor: Actor,
    *,
    bill_id: int,
    items: Items,
    word: Word,
    now: datetime,
) -> Marked:
    """Mark items of one's own bill, as many as are chosen, at once.

    Raises:
        NotPermitted: if it is not the actor's bill.
        ReviewClosed: if it is certified.
        ReasonNeeded, TextNeeded: if incidental use comes without a reason.
        NothingChosen: if the choice holds no item.
    """
    bill = _open_bill(session, actor, bill_id)
    reason = _checked_reason(session, bill, word)
    chosen = among(bill_id, items)
    before = item_marks.standing(session, chosen)
    count = sum(len(each.ids) for each in before)
    if not count:
        raise NothingChosen
    said = Said(word.mark, reason, actor.person_id, now)
    item_marks.write(session, chosen, said)
    note = f"Marked {count_in_words(count)} {IN_WORDS[word.mark]}"
    facts = {"mark": word.mark.value, "items": count, "by": items.chosen_by}
    event = Event("bill.marked", "bill", bill_id, note, facts)
    history.record(session, actor, event, now)
    return Marked(count, _changed(session, bill), before)


def take_back(
    session: Session,
    actor: Actor,
    *,
    bill_id: int,
    before: tuple[Standing, ...],
    now: datetime,
) -> Marked:
    """Give items the marks they had before, as `mark_items` returned them.

    Raises:
        NotPermitted: if it is not the actor's bill.
        ReviewClosed: if it is certified.
        NothingChosen: if there is nothing to take back.
    """
    bill = _open_bill(session, actor, bill_id)
    if not before:
        raise NothingChosen
    for each in before:
        for first in range(0, len(each.ids), AT_ONCE):
            ids = each.ids[first : first + AT_ONCE]
            if not each.mark:
                item_marks.erase(session, bill_id, ids)
                continue
            said = Said(each.mark, each.reason, actor.person_id, now)
            item_marks.write(session, among(bill_id, Items(ids=ids)), said)
    count = sum(len(each.ids) for each in before)
    note = f"Took the last marks back on {count_in_words(count)}"
    event = Event("bill.marks_taken_back", "bill", bill_id, note, {"items": count})
    history.record(session, actor, event, now)
    return Marked(count, _changed(session, bill), ())


def between(first: date | None, last: date | None, kind: str = "") -> Items:
    """Choose everything between two days, both included.

    Raises:
        DaysNeeded: if either is missing: that would be the whole bill.
    """
    if first is None or last is None:
        raise DaysNeeded
    return Items(first_day=first, last_day=last, kind=kind)


def incidental_reasons(session: Session, bill: Bill) -> tuple[str, ...]:
    """List the reasons the policy in force accepts for incidental use.

    A policy that does not speak of incidental use accepts none.
    """
    edition = edition_of(session, bill.employer_id)
    try:
        if not edition.flag("personal_use.incidental.allowed", bill.month):
            return ()
        return edition.words("personal_use.incidental.reasons", bill.month)
    except NotSet:
        return ()


def count_in_words(count: int) -> str:
    """Count items: 1 item, 12 items."""
    return "1 item" if count == 1 else f"{count:,} items"


def _open_bill(session: Session, actor: Actor, bill_id: int) -> Bill:
    bill = access.own_bill(session, actor, bill_id, lock=True)
    if bill.state not in OPEN:
        raise ReviewClosed
    return bill


def _checked_reason(session: Session, bill: Bill, word: Word) -> str:
    if word.mark is not Mark.INCIDENTAL:
        return ""
    accepted = incidental_reasons(session, bill)
    if not accepted:
        raise IncidentalNotAllowed
    if word.reason not in accepted:
        raise ReasonNeeded(accepted)
    if word.reason != IN_OWN_WORDS:
        return word.reason
    return f"{IN_OWN_WORDS}: {stated_reason.stated(word.own_words)}"


def _changed(session: Session, bill: Bill) -> RatedBill:
    """Move the bill on: it is in review, another version, with another sum."""
    bill.state = BillState.IN_REVIEW
    bill.version += 1
    with session.no_autoflush:  # the bill's row is written once, with its new sum
        return bill_rating.refresh_summary(session, bill)
