"""Carrying people's marks from a superseded bill to the one that replaces it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert
from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.invoices.invoice_draft import Draft
from mobile_selfservice.services.invoices.revision import carried_marks, stored_items


@dataclass(frozen=True, slots=True)
class Replacement:
    """A bill that was superseded, and the one in its place."""

    old: Bill
    new: Bill


def carry_marks(
    session: Session, draft: Draft, replacements: Iterable[Replacement]
) -> None:
    """Give the items of new bills the marks of the same items on the old ones.

    Marks stay with the person who made them: a bill that now has another holder starts
    without any.
    """
    for replacement in replacements:
        if replacement.old.holder_id == replacement.new.holder_id:
            _carry(session, draft, replacement)


def _carry(session: Session, draft: Draft, replacement: Replacement) -> None:
    new = replacement.new
    items = stored_items(session, draft, new)
    marks = carried_marks(session, draft, replacement.old, Counter(items.values()))
    if not marks:
        return
    seen: Counter[str] = Counter()
    rows = []
    for item_id, content in items.items():
        mark = marks.get((content, seen[content]))
        seen[content] += 1
        if mark:
            kept = mark.model_dump(exclude={"item_id", "bill_id"})
            rows.append(kept | {"item_id": item_id, "bill_id": new.id})
    session.execute(insert(ItemMark), rows)
    bill_rating.refresh_summary(session, new)
