"""Adding up compared bills as they come, keeping sums and five bills, never all."""

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.replay.compared_bill import ComparedBill
from mobile_selfservice.services.replay.findings import (
    Obstacle,
    People,
    Sums,
    UnlikeCertified,
    undated,
)

Key = TypeVar("Key")
EXPLAINED = 5
# Who may not learn names gets no department's own sums below so many people.
TOLD_APART = 3
SMALL = "Departments of one or two people"
UNLIKE_LISTED = 20


def added(sums: Sums, bill: ComparedBill) -> Sums:
    """Add a bill to sums."""
    return replace(
        sums,
        bills=sums.bills + 1,
        certified=sums.certified + bill.certified,
        in_force=sums.in_force + bill.in_force.amount,
        draft=sums.draft + bill.draft.amount,
    )


def sums_of(parts: Iterable[Sums]) -> Sums:
    """Add sums up."""
    total = Sums()
    for part in parts:
        total = replace(
            total,
            bills=total.bills + part.bills,
            certified=total.certified + part.certified,
            in_force=total.in_force + part.in_force,
            draft=total.draft + part.draft,
        )
    return total


@dataclass(slots=True)
class Tally:
    """The sums so far: by month, by department, by person."""

    items: int = 0
    undetermined: int = 0
    unlike_count: int = 0
    by_month: dict[date, Sums] = field(default_factory=dict)
    by_department: dict[str, Sums] = field(default_factory=dict)
    by_person: dict[int | None, Sums] = field(default_factory=dict)
    department_of: dict[int | None, str] = field(default_factory=dict)
    unlike: list[UnlikeCertified] = field(default_factory=list)
    obstacles: Counter[tuple[str, bool]] = field(default_factory=Counter)
    _largest: list[tuple[Decimal, int, ComparedBill]] = field(default_factory=list)

    def add(self, bill: ComparedBill) -> None:
        """Count one bill in."""
        self.items += bill.items
        if not bill.is_determined:
            self.undetermined += 1
            self._note_obstacles(bill)
            return
        self._note_unlike(bill)
        _add(self.by_month, bill.month, bill)
        _add(self.by_department, bill.department, bill)
        _add(self.by_person, bill.holder_id, bill)
        self.department_of[bill.holder_id] = bill.department
        self._keep_if_large(bill)

    @property
    def total(self) -> Sums:
        """All bills together."""
        return sums_of(self.by_month.values())

    def largest(self) -> list[ComparedBill]:
        """The bills that differ most, the largest difference first."""
        return [bill for _, _, bill in sorted(self._largest, reverse=True)]

    def people(self, sign: int) -> People:
        """Count who would owe more (1) or less (-1) over the whole time."""
        moved = [
            sums.difference
            for sums in self.by_person.values()
            if sums.difference * sign > 0
        ]
        return People(count=len(moved), difference=sum(moved, ZERO))

    def small_departments(self) -> list[str]:
        """List the departments whose sums would tell what one or two people owe."""
        heads = Counter(self.department_of.values())
        return [name for name in self.by_department if heads[name] < TOLD_APART]

    def listed_obstacles(self) -> tuple[Obstacle, ...]:
        """List why bills are undetermined, the most frequent reason first."""
        return tuple(
            Obstacle(reason=reason, times=times, is_draft=is_draft)
            for (reason, is_draft), times in self.obstacles.most_common()
        )

    def _note_obstacles(self, bill: ComparedBill) -> None:
        in_force = {undated(reason) for reason in bill.in_force.obstacles}
        draft = {undated(reason) for reason in bill.draft.obstacles}
        for reason in in_force:
            self.obstacles[reason, False] += 1
        for reason in draft - in_force:
            self.obstacles[reason, True] += 1

    def _note_unlike(self, bill: ComparedBill) -> None:
        if bill.in_force.amount == bill.certified:
            return
        self.unlike_count += 1
        if len(self.unlike) < UNLIKE_LISTED:
            self.unlike.append(
                UnlikeCertified(
                    bill_id=bill.bill_id,
                    month=bill.month,
                    department=bill.department,
                    certified=bill.certified,
                    in_force=bill.in_force.amount,
                )
            )

    def _keep_if_large(self, bill: ComparedBill) -> None:
        if not bill.difference:
            return
        # Of two alike the earlier bill is kept, so that a replay repeats itself.
        heapq.heappush(self._largest, (abs(bill.difference), -bill.bill_id, bill))
        if len(self._largest) > EXPLAINED:
            heapq.heappop(self._largest)


def _add(sums: dict[Key, Sums], key: Key, bill: ComparedBill) -> None:
    sums[key] = added(sums.get(key) or Sums(), bill)
