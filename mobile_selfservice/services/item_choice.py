"""Which items of a bill are meant: ticked ones, a number's, a stretch of days."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, exists, not_, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from mobile_selfservice.models.invoice import UsageItem
from mobile_selfservice.models.review import ItemMark, Mark

UNMARKED = "unmarked"
SHOWN = (UNMARKED, *Mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A choice among the items of one bill; what is not given narrows nothing.

    `ids` None is every item, an empty tuple none. Days are whole and both included.
    `marked` is one of `SHOWN`.
    """

    ids: tuple[int, ...] | None = None
    party: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    kind: str = ""
    marked: str = ""

    @property
    def chosen_by(self) -> str:
        """Name the way of choosing, for the history; it never names a number."""
        if self.ids is not None:
            return "item"
        if self.party is not None:
            return "number"
        return "days" if self.first_day or self.last_day else "filter"


def among(bill_id: int, items: Items) -> ColumnElement[bool]:
    """Say in SQL which items of a bill are chosen."""
    said = [col(UsageItem.bill_id) == bill_id]
    if items.ids is not None:
        said.append(col(UsageItem.id).in_(items.ids))
    if items.party is not None:
        said.append(col(UsageItem.party) == items.party)
    if items.kind:
        said.append(col(UsageItem.kind) == items.kind)
    # Items carry the wall time of the handset, as carriers print it.
    if items.first_day:
        begin = datetime.combine(items.first_day, time.min)
        said.append(col(UsageItem.started) >= begin)
    if items.last_day:
        end = datetime.combine(items.last_day, time.max)
        said.append(col(UsageItem.started) <= end)
    return and_(*said, carries(items.marked))


def carries(marked: str) -> ColumnElement[bool]:
    """Say in SQL that an item carries a mark, or none."""
    if marked not in SHOWN:
        return true()
    said = aliased(ItemMark)  # the query around may read the marks too
    own = col(said.item_id) == col(UsageItem.id)
    if marked == UNMARKED:
        return not_(exists().where(own))
    return exists().where(own, col(said.mark) == marked)
