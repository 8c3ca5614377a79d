"""Which items of a bill are meant: ticked ones, a number's, a stretch of days."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, exists, not_, true

from mobile_selfservice.models.invoice import UsageItem
from mobile_selfservice.models.review import ItemMark, Mark

ITEM = UsageItem.__table__.c  # type: ignore[attr-defined]
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
    said = [ITEM.bill_id == bill_id]
    if items.ids is not None:
        said.append(ITEM.id.in_(items.ids))
    if items.party is not None:
        said.append(ITEM.party == items.party)
    if items.kind:
        said.append(ITEM.kind == items.kind)
    # Items carry the wall time of the handset, as carriers print it.
    if items.first_day:
        begin = datetime.combine(items.first_day, time.min)
        said.append(ITEM.started >= begin)
    if items.last_day:
        end = datetime.combine(items.last_day, time.max)
        said.append(ITEM.started <= end)
    return and_(*said, carries(items.marked))


def carries(marked: str) -> ColumnElement[bool]:
    """Say in SQL that an item carries a mark, or none."""
    if marked not in SHOWN:
        return true()
    # Another name for the marks: the query around may read them too.
    said = ItemMark.__table__.alias()  # type: ignore[attr-defined]
    own = said.c.item_id == ITEM.id
    if marked == UNMARKED:
        return not_(exists().where(own))
    return exists().where(own, said.c.mark == marked)
