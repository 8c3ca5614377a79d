"""Many items at once, column by column: a loop of the interpreter's own is fastest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from mobile_selfservice.carriers.item_cells import Remark, read_clock
from mobile_selfservice.carriers.written import Key, Remembered, Value


class DayOfUse(NamedTuple):
    """The day an item began, set into its billing cycle."""

    on: date
    is_inferred: bool
    is_late: bool
    remark: Remark | None


class Moments(NamedTuple):
    """When items began: column by column, so that each day is worked out once."""

    started: list[datetime]
    inferred: list[bool]
    late: list[bool]
    remarks: list[Remark | None]


class Calendar:
    """The days of one invoice and the times of day, by their texts."""

    def __init__(self, read_day: Callable[[str], DayOfUse], no_time: Remark) -> None:
        self.days = Remembered(read_day)
        self.clocks = Remembered(read_clock)
        self._no_time = no_time

    def read(self, days: Sequence[str], clocks: Sequence[str]) -> Moments:
        """Read the cells of many items.

        Raises:
            Unreadable: if one is no day or no time.
        """
        dates = list(map(self.days.__getitem__, days))
        times = list(map(self.clocks.__getitem__, clocks))
        on, inferred, late, remarks = map(list, zip(*dates, strict=True))
        if None in times:
            remarks = [
                remark or (self._no_time if clock is None else None)
                for remark, clock in zip(remarks, times, strict=True)
            ]
        started = map(datetime.combine, on, [clock or time() for clock in times])
        return Moments(list(started), inferred, late, remarks)


def each(known: Remembered[Key, Value], cells: Iterable[Key]) -> list[Value]:
    """Convert a column, or several together."""
    return list(map(known.__getitem__, cells))


def remarked(
    lines: Sequence[int], *remarks: Sequence[Remark | None]
) -> Iterator[tuple[int, Remark | None, Remark | None, Remark | None]]:
    """Give the rows something is to be said about, with their line numbers."""
    if any(map(any, remarks)):
        for row in zip(lines, *remarks, strict=True):
            if any(row[1:]):
                yield row
