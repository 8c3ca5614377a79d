"""Usage items as the rows of a table: exact text, set aside on disk until published.

Files do not keep a line's items together, a bill's row must exist before its items,
and a million items do not fit in memory. So each item is written once, as the text its
columns hold, into a temporary file, and copied from there into the table.

The separators, and the mark of what is not known, are control characters, which no
carrier file may hold.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from sqlmodel import Session

from mobile_selfservice.carriers.item_run import ItemRun
from mobile_selfservice.models import invoice as tables
from mobile_selfservice.models.columns import FineDollars, Quantity

CELL, ROW = "\x1f", "\x1e"
READ_AT_ONCE = 1 << 20
CONTENT = (
    *("kind", "started", "is_late", "direction", "party", "party_type"),
    *("origin", "destination", "quantity", "unit", "rate_period", "usage_code"),
    *("airtime", "extra", "tax", "description"),
)
COLUMNS = ("bill_id", "row_no", "usage_class", "counts", *CONTENT)
COUNTS = COLUMNS.index("counts")
MONEY = ("airtime", "extra", "tax")
NOT_KNOWN = "\x1d"
FLAGS = {True: "1", False: "0", None: NOT_KNOWN}


class _Units(dict[Decimal, str]):
    """Amounts as the whole small units a column holds, each worked out once."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.rounded = 0

    def __missing__(self, value: Decimal) -> str:
        units = value.scaleb(self.places)
        whole = units.to_integral_value(ROUND_HALF_EVEN)
        self.rounded += units != whole
        self[value] = text = str(int(whole))
        return text


def _private_file(path: Path) -> IO[str]:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "w+", encoding="utf-8", newline="")


def _nameless_file() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")


def _moment(started: datetime) -> str:
    return started.isoformat(" ", "microseconds")


def _weight(text: str) -> int:
    """Give a number that stands for a text in a sum whatever the order."""
    return int.from_bytes(blake2b(text.encode()).digest()[:16])


class ItemRow(NamedTuple):
    """One item set aside: its line and place, how it is treated, and what it says."""

    line: int
    row_no: str
    usage_class: str
    counts: str
    content: str


@dataclass(slots=True)
class LineRows:
    """The items of one line so far: how many, and a sum that tells them apart.

    The sum does not depend on their order: a carrier may sort a corrected download
    otherwise, and that is no change of the bill.
    """

    index: int
    count: int = 0
    sum: int = 0


class ItemRows:
    """The items of one import, set aside in the file's order."""

    def __init__(self, path: Path | None = None) -> None:
        self._lines: dict[tuple[str, str], LineRows] = {}
        self._quantities = _Units(Quantity.places)
        self._amounts = _Units(FineDollars.places)
        self._file = _private_file(path) if path else _nameless_file()

    @classmethod
    def reopened(cls, path: Path, lines: dict[tuple[str, str], LineRows]) -> "ItemRows":
        """Take up items that were set aside in a file of their own."""
        items = cls()
        items.close()
        items._lines = lines
        items._file = path.open(encoding="utf-8", newline="")
        return items

    def lines(self) -> dict[tuple[str, str], LineRows]:
        """Give what is known of every line, once all items are in the file."""
        self._file.flush()
        return self._lines

    @property
    def rounded(self) -> int:
        """Count the different quantities finer than the table keeps."""
        return self._quantities.rounded

    def of(self, invoice: str, number: str) -> LineRows:
        """Give what is known of a line's items."""
        key = (invoice, number)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = LineRows(len(self._lines))
        return found

    def keep(self, run: ItemRun) -> None:
        """Set the items of a run aside."""
        line = self.of(run.invoice, run.number)
        texts = self._texts(run)
        line.count += len(texts)
        line.sum += sum(map(_weight, texts))
        treated = zip(
            map(str, run.column("row_no")),
            run.column("usage_class"),
            map(FLAGS.__getitem__, run.column("counts")),
            texts,
            strict=True,
        )
        start = f"{line.index}{CELL}"
        between = f"{ROW}{start}"
        self._file.write(f"{start}{between.join(map(CELL.join, treated))}{ROW}")

    def _texts(self, run: ItemRun) -> list[str]:
        """Write the contents of a run's items."""
        quantities, amounts = self._quantities.__getitem__, self._amounts.__getitem__
        numbers, printed = run.column("other_party_number"), run.column("other_party")
        columns = {
            "started": map(_moment, run.column("started")),
            "is_late": map(FLAGS.__getitem__, run.column("is_late")),
            "party": (a or b for a, b in zip(numbers, printed, strict=True)),
            "quantity": map(quantities, run.column("quantity")),
            **{name: map(amounts, run.column(name)) for name in MONEY},
        }
        rows = (columns.get(name) or run.column(name) for name in CONTENT)
        return list(map(CELL.join, zip(*rows, strict=True)))

    def content_of(self, item: tables.UsageItem) -> str:
        """Write a stored item the way a read one is written, to compare the two.

        What the portal makes of a code (class, whether it counts) is no part of it:
        the carrier sends the same item before and after the code is mapped.
        """
        quantities, amounts = self._quantities, self._amounts
        return CELL.join(
            (
                item.kind,
                _moment(item.started),
                FLAGS[item.is_late],
                item.direction,
                item.party,
                item.party_type,
                item.origin,
                item.destination,
                quantities[item.quantity],
                item.unit,
                item.rate_period,
                item.usage_code,
                amounts[item.airtime],
                amounts[item.extra],
                amounts[item.tax],
                item.description,
            )
        )

    def rows(self) -> "SetAside":
        """Give every item, in order."""
        return SetAside(self._file)

    def close(self) -> None:
        """Let go of the temporary file."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class SetAside:
    """Items as they were set aside: one by one, or many at a time as text."""

    file: IO[str]

    def __iter__(self) -> Iterator[ItemRow]:
        for block in self.blocks():
            for row in block:
                index, row_no, usage_class, counts, content = row.split(CELL, 4)
                yield ItemRow(int(index), row_no, usage_class, counts, content)

    def blocks(self) -> Iterator[list[str]]:
        """Give the texts of the rows, some thousand at a time."""
        self.file.seek(0)
        rest = ""
        while piece := self.file.read(READ_AT_ONCE):
            *whole, rest = (rest + piece).split(ROW)
            yield whole


def copy_into_table(
    session: Session, rows: Iterable[ItemRow], bills: dict[int, int]
) -> Iterator[int]:
    """Write the items of these bills (by line index); give the count as it grows."""
    blocks = rows.blocks() if isinstance(rows, SetAside) else _as_text(rows)
    is_postgres = session.connection().dialect.name == "postgresql"
    known = {str(index): str(bill) for index, bill in bills.items()}
    return (_copy if is_postgres else _insert)(session, blocks, known)


def _as_text(rows: Iterable[ItemRow]) -> Iterator[list[str]]:
    every = iter(rows)
    while chunk := list(islice(every, COPIED_AT_ONCE)):
        yield [CELL.join((str(row.line), *row[1:])) for row in chunk]


COPIED_AT_ONCE = 5_000
SQLITE_INSERT = (
    f"INSERT INTO usage_item ({', '.join(COLUMNS)}) "  # noqa: S608 our own names
    f"VALUES ({', '.join('?' * len(COLUMNS))})"
)
Bills = dict[str, str]
# What COPY reads otherwise than as it stands: a carrier may put it between quotes.
ESCAPED = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
WRITTEN = ((CELL, "\t"), (NOT_KNOWN, "\\N"))


def _copy(session: Session, blocks: Iterable[list[str]], bills: Bills) -> Iterator[int]:
    driver: Any = session.connection().connection.driver_connection
    written = 0
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY usage_item ({', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        for block in blocks:
            rows = [
                f"{bill}{CELL}{rest}{ROW}"
                for index, _, rest in (row.partition(CELL) for row in block)
                if (bill := bills.get(index))
            ]
            text = "".join(rows)
            for mark, instead in (*ESCAPED, *WRITTEN, (ROW, "\n")):
                text = text.replace(mark, instead)
            copy.write(text)
            written += len(rows)
            yield written
    yield written


def _insert(
    session: Session, blocks: Iterable[list[str]], bills: Bills
) -> Iterator[int]:
    driver: Any = session.connection().connection.driver_connection
    written = 0
    for block in blocks:
        rows = [_taken_apart(row, bills) for row in block]
        driver.executemany(SQLITE_INSERT, filter(None, rows))
        written += len(rows) - rows.count(None)
        yield written


def _taken_apart(row: str, bills: Bills) -> list[str | None] | None:
    """Take a row into its cells; None if its line (as text) is none of these bills."""
    cells: list[str | None] = [*row.split(CELL)]
    bill = bills.get(cells[0] or "")
    if bill is None:
        return None
    cells[0] = bill
    if cells[COUNTS] == NOT_KNOWN:
        cells[COUNTS] = None
    return cells
