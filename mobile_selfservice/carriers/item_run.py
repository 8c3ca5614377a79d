"""Items of one line that stand together in a file, column by column.

A million items cost most in being put together one by one and taken apart again. A
reader of long files may yield an `ItemRun` in place of its items; whoever needs items
takes them out of it, and whoever adds up or writes down takes the columns.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from mobile_selfservice.carriers.records import Record, UsageItem

OF_THE_LINE = 2
AT_ONCE = 1_000
PLACES = {name: at - OF_THE_LINE for at, name in enumerate(UsageItem._fields)}


class ItemRun(NamedTuple):
    """Some items of a line; the columns are a UsageItem's fields from row_no on."""

    invoice: str
    number: str
    columns: tuple[Sequence[Any], ...]

    def column(self, name: str) -> Sequence[Any]:
        """Give one column, by the name of the UsageItem's field."""
        return self.columns[PLACES[name]]

    def items(self) -> Iterator[UsageItem]:
        """Put the items together, in the file's order."""
        rows = zip(repeat(self.invoice), repeat(self.number), *self.columns)
        # A tuple made past the named constructor: a third of the time.
        return map(tuple.__new__, repeat(UsageItem), rows)


def one_by_one(records: Iterable[Record | ItemRun]) -> Iterator[Record]:
    """Take every run apart."""
    for record in records:
        if type(record) is ItemRun:
            yield from record.items()
        else:
            yield record  # type: ignore[misc]


def in_runs(records: Iterable[Record | ItemRun]) -> Iterator[Record | ItemRun]:
    """Put items of the same line that follow each other into runs."""
    waiting: list[UsageItem] = []
    line: tuple[str, str] = ("", "")
    for record in records:
        if type(record) is UsageItem:
            if record[:2] != line or len(waiting) == AT_ONCE:
                yield from _run(waiting)
                line, waiting = record[:2], []
            waiting.append(record)
            continue
        yield from _run(waiting)
        waiting = []
        yield record
    yield from _run(waiting)


def _run(items: list[UsageItem]) -> Iterator[ItemRun]:
    if items:
        columns = tuple(zip(*items, strict=True))[OF_THE_LINE:]
        yield ItemRun(items[0].invoice, items[0].number, columns)
