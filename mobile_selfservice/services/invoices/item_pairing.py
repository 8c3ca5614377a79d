"""Which item of a corrected bill is which item of the bill before it.

Items are paired within one line and kind: the k-th of several that are alike in every
cell is the k-th again, in the order of the carrier's rows. What is then left over on
both sides with the same time and other party was only rated or described otherwise.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from mobile_selfservice.models.columns import FineDollars, Quantity
from mobile_selfservice.models.invoice import UsageItem
from mobile_selfservice.services.invoices.item_rows import CELL, CONTENT, FLAGS


class PairedItem(NamedTuple):
    """One item as billed, without what the portal makes of its code."""

    row_no: int
    kind: str
    started: datetime
    is_late: bool
    direction: str
    party: str
    party_type: str
    origin: str
    destination: str
    quantity: Decimal
    unit: str
    rate_period: str
    usage_code: str
    airtime: Decimal
    extra: Decimal
    tax: Decimal
    description: str

    @property
    def content(self) -> tuple[object, ...]:
        """Give every cell but the place in the file."""
        return self[1:]

    @property
    def who_and_when(self) -> tuple[object, ...]:
        """Give what stays when an item is only rated anew: kind, time, other party."""
        return self.kind, self.started, self.party

    @property
    def charged(self) -> Decimal:
        """What the carrier billed for the item in all."""
        return self.airtime + self.extra + self.tax


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """One item that differs; without a side where it was not there.

    `row` is its place among the carrier's rows of the line. `outcome` is added,
    removed, changed.
    """

    row: int
    kind: str
    unit: str
    outcome: str
    quantity_before: Decimal | None = None
    quantity_after: Decimal | None = None
    charged_before: Decimal | None = None
    charged_after: Decimal | None = None


COLUMNS = (UsageItem.id, *(getattr(UsageItem, name) for name in PairedItem._fields))
Items = Mapping[int, PairedItem]


@dataclass(slots=True)
class Pairing:
    """How the items of two bills relate, by their ids: new to old where both exist."""

    same: dict[int, int] = field(default_factory=dict)
    changed: dict[int, int] = field(default_factory=dict)
    added: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)


def items_of(session: Session, bill_id: int) -> dict[int, PairedItem]:
    """Read a bill's items in the order of the carrier's rows, by id."""
    found = session.execute(
        select(*COLUMNS)
        .where(col(UsageItem.bill_id) == bill_id)
        .order_by(col(UsageItem.row_no), col(UsageItem.id))
    )
    return {row[0]: PairedItem(*row[1:]) for row in found}


def read_again(row_no: int, content: str) -> PairedItem:
    """Read an item from the text a draft has set aside (item_rows.CONTENT)."""
    cells = dict(zip(CONTENT, content.split(CELL), strict=True))
    amounts = {
        name: Decimal(cells[name]).scaleb(-FineDollars.places)
        for name in ("airtime", "extra", "tax")
    }
    read: dict[str, Any] = cells | amounts
    read["row_no"] = row_no
    read["started"] = datetime.fromisoformat(cells["started"])
    read["is_late"] = cells["is_late"] == FLAGS[True]
    read["quantity"] = Decimal(cells["quantity"]).scaleb(-Quantity.places)
    return PairedItem(**read)


def paired(old: Items, new: Items) -> Pairing:
    """Pair the items of an earlier bill with those of the one that follows it."""
    found = Pairing()
    found.same, old_left, new_left = _by(lambda item: item.content, old, new)
    found.changed, old_left, new_left = _by(
        lambda item: item.who_and_when, old_left, new_left
    )
    found.added, found.removed = list(new_left), list(old_left)
    return found


def _by(
    what: Callable[[PairedItem], Hashable], old: Items, new: Items
) -> tuple[dict[int, int], dict[int, PairedItem], dict[int, PairedItem]]:
    """Pair in order those of which something is alike; give the pairs and the rest."""
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for item_id, item in old.items():
        waiting[what(item)].append(item_id)
    pairs: dict[int, int] = {}
    rest: dict[int, PairedItem] = {}
    for item_id, item in new.items():
        candidates = waiting.get(what(item))
        if candidates:
            pairs[item_id] = candidates.popleft()
        else:
            rest[item_id] = item
    taken = set(pairs.values())
    left = {item_id: item for item_id, item in old.items() if item_id not in taken}
    return pairs, left, rest


def differences(old: Items, new: Items) -> list[ItemDifference]:
    """Tell how the items of two bills differ, in the order of their rows."""
    pairing = paired(old, new)
    found = [_changed(old[was], new[now]) for now, was in pairing.changed.items()]
    found += [_one_sided(new[each], "added") for each in pairing.added]
    found += [_one_sided(old[each], "removed") for each in pairing.removed]
    return sorted(found, key=lambda one: (one.row, one.outcome))


def _changed(was: PairedItem, now: PairedItem) -> ItemDifference:
    return ItemDifference(
        row=now.row_no,
        kind=now.kind,
        unit=now.unit,
        outcome="changed",
        quantity_before=was.quantity,
        quantity_after=now.quantity,
        charged_before=was.charged,
        charged_after=now.charged,
    )


def _one_sided(item: PairedItem, outcome: str) -> ItemDifference:
    side = "after" if outcome == "added" else "before"
    amounts = {f"quantity_{side}": item.quantity, f"charged_{side}": item.charged}
    return ItemDifference(item.row_no, item.kind, item.unit, outcome, **amounts)
