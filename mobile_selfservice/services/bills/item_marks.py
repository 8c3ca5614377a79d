"""Writing marks in sets: a whole number, a whole day, a whole bill in one statement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from mobile_selfservice.models.invoice import UsageItem
from mobile_selfservice.models.review import ItemMark

ITEM = UsageItem.__table__  # type: ignore[attr-defined]
MARK = ItemMark.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Standing:
    """Items of a bill that carry the same mark and reason; empty is no mark."""

    mark: str
    reason: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One person's word on items, and when it was given."""

    mark: str
    reason: str
    by: int
    at: datetime


def standing(session: Session, chosen: ColumnElement[bool]) -> tuple[Standing, ...]:
    """Tell how the chosen items are marked now."""
    found = session.execute(
        select(ITEM.c.id, MARK.c.mark, MARK.c.reason)
        .join_from(ITEM, MARK, MARK.c.item_id == ITEM.c.id, isouter=True)
        .where(chosen)
    )
    alike = defaultdict(list)
    for item_id, mark, reason in found:
        alike[(mark or "", reason or "")].append(item_id)
    return tuple(
        Standing(mark, reason, tuple(ids)) for (mark, reason), ids in alike.items()
    )


def write(session: Session, chosen: ColumnElement[bool], said: Said) -> None:
    """Give every chosen item this mark, in place of any other."""
    values = {
        "mark": said.mark,
        "reason": said.reason,
        "marked_by": said.by,
        "marked_at": said.at,
    }
    asked = select(
        ITEM.c.id,
        ITEM.c.bill_id,
        *(literal(value, MARK.c[name].type) for name, value in values.items()),
    ).where(chosen)
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert: Any = postgresql.insert if on_postgres else sqlite.insert
    wanted = insert(MARK).from_select(["item_id", "bill_id", *values], asked)
    session.execute(
        wanted.on_conflict_do_update(index_elements=["item_id"], set_=values)
    )


def erase(session: Session, bill_id: int, ids: Iterable[int]) -> None:
    """Take the marks off items of a bill."""
    session.execute(
        delete(MARK).where(MARK.c.bill_id == bill_id, MARK.c.item_id.in_(tuple(ids)))
    )
