"""The bills of a replay as rows for a spreadsheet, written as they come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from mobile_selfservice.services.replay.findings import Sums
from mobile_selfservice.services.replay.replay import Row
from mobile_selfservice.services.replay.tally import SMALL, TOLD_APART, added, sums_of
from mobile_selfservice.services.spreadsheet import harmless

BY_BILL = (
    "Month",
    "Department",
    "Employee",
    "Certified",
    "Policy in force",
    "Draft",
    "Difference",
    "Not worked out because",
)
BY_DEPARTMENT = (
    "Month",
    "Department",
    "Bills",
    "Certified",
    "Policy in force",
    "Draft",
    "Difference",
)


class Writer(Protocol):
    """What rows are written to, such as `csv.writer`."""

    def writerow(self, row: Iterable[object], /) -> object:
        """Write one row."""


class Table(Protocol):
    """Takes the bills of a replay in."""

    def add(self, row: Row) -> None:
        """Take one bill in."""

    def finish(self) -> None:
        """Write what has been held back."""


def written(writer: Writer, *, knows_names: bool) -> Table:
    """Begin a table: a row a bill, or sums only where names are not for the reader."""
    if knows_names:
        return _ByBill(writer)
    return _ByDepartment(writer)


class _ByBill:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        writer.writerow(BY_BILL)

    def add(self, row: Row) -> None:
        bill = row.bill
        obstacles = (*bill.in_force.obstacles, *bill.draft.obstacles)
        self._writer.writerow(
            (
                f"{bill.month:%Y-%m}",
                harmless(bill.department),
                harmless(row.name),
                bill.certified,
                *(
                    (bill.in_force.amount, bill.draft.amount, bill.difference)
                    if bill.is_determined
                    else ("", "", "")
                ),
                harmless(" ".join(dict.fromkeys(obstacles))),
            )
        )

    def finish(self) -> None:
        """Nothing has been held back."""


@dataclass
class _ByDepartment:
    _writer: Writer
    _sums: dict[tuple[date, str], Sums] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        bill = row.bill
        if bill.is_determined:
            key = bill.month, bill.department
            self._sums[key] = added(self._sums.get(key) or Sums(), bill)

    def finish(self) -> None:
        self._writer.writerow(BY_DEPARTMENT)
        for (month, department), sums in sorted(self._told().items()):
            self._writer.writerow(
                (
                    f"{month:%Y-%m}",
                    harmless(department),
                    sums.bills,
                    sums.certified,
                    sums.in_force,
                    sums.draft,
                    sums.difference,
                )
            )

    def _told(self) -> dict[tuple[date, str], Sums]:
        told: dict[tuple[date, str], Sums] = {}
        for (month, department), sums in self._sums.items():
            name = department if sums.bills >= TOLD_APART else SMALL
            told[month, name] = sums_of([told.get((month, name)) or Sums(), sums])
        return told
