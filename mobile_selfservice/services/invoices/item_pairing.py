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
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import UsageItem


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
