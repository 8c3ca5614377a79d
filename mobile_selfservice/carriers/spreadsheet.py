"""A workbook's sheets as comma text, each cell as it was typed and none rewritten.

A spreadsheet keeps fifteen digits of a number and shows some dates its own way. What it
may have changed beyond repair is refused, the rest is written plainly: numbers without
an exponent, dates as 2021-08-16.
"""

import csv
import io
import re
import tempfile
import warnings
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, BinaryIO, NamedTuple

from openpyxl.reader.excel import ExcelReader

from mobile_selfservice.carriers.records import Finding, Refused, Severity
from mobile_selfservice.carriers.source_file import refusal, too_large
from mobile_selfservice.carriers.workbook_parts import (
    NOT_WHOLE,
    WORKBOOK,
    PartLimits,
    examine,
    only_examined,
)

KEPT_IN_MEMORY = 1 << 20
PADDED = re.compile(r"0{2,20}")
EXACT = 10**15

LONG_NUMBER = (
    "A spreadsheet keeps only 15 digits of a number, so the last digits of this one "
    "are lost. Export the report as CSV, or have the carrier send the column as text."
)
HIDDEN = (
    "The sheet is hidden, so it was left unread. Show it if it belongs to the bill."
)


@dataclass(frozen=True)
class SheetLimits:
    """How much one workbook may hold."""

    rows: int = 1_048_576
    columns: int = 1_000
    cells: int = 30_000_000


class SheetText(NamedTuple):
    """One sheet as comma text in UTF-8."""

    sheet: str
    text: BinaryIO


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Say whether a zip is an .xlsx workbook."""
    return WORKBOOK in archive.namelist()


def sheets_of(
    archive: zipfile.ZipFile,
    stream: IO[bytes],
    name: str,
    byte_limit: int,
    stack: ExitStack,
) -> tuple[list[SheetText], list[Finding]]:
    """Write each visible sheet that has rows as text, and say which are left out.

    The texts live as long as the stack.

    Raises:
        Refused: if the workbook is damaged, too large, or holds what a spreadsheet has
            changed beyond repair.
    """
    limits = SheetLimits()
    examine(archive, name, byte_limit, PartLimits())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(stream, name, byte_limit, limits, stack)
    except (Refused, MemoryError):
        raise  # where memory is bounded, the process says itself that it ran out
    except Exception:  # whatever a hostile workbook makes the library stumble over
        raise refusal(name, NOT_WHOLE) from None


def _read(
    stream: IO[bytes],
    name: str,
    byte_limit: int,
    limits: SheetLimits,
    stack: ExitStack,
) -> tuple[list[SheetText], list[Finding]]:
    reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
    reader.archive.close()
    reader.archive = only_examined(stream, stack)
    reader.read()
    book = reader.wb
    texts, left_out = [], []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            place = f"{name}, sheet {sheet.title}"
            left_out.append(Finding(place, None, None, None, HIDDEN, Severity.NOTE))
            continue
        sheet.reset_dimensions()
        place = f"{name}, sheet {sheet.title}"
        text = _as_text(sheet.iter_rows(), place, byte_limit, limits, stack)
        if text:
            texts.append(SheetText(sheet.title, text))
            byte_limit -= text.seek(0, io.SEEK_END)
    return texts, left_out


def _as_text(
    rows: Iterable[tuple[object, ...]],
    place: str,
    byte_limit: int,
    limits: SheetLimits,
    stack: ExitStack,
) -> BinaryIO | None:
    """Write a sheet's rows, all as wide as the widest; None if none says anything."""
    with tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY) as ragged:
        width = _write_ragged(rows, place, byte_limit, limits, ragged)
        if not width:
            return None
        ragged.seek(0)
        even = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115
        stack.callback(even.close)
        with _text(ragged) as source:
            _write_even(csv.reader(source), width, even)
        return even  # type: ignore[return-value]


def _write_ragged(
    rows: Iterable[tuple[object, ...]],
    place: str,
    byte_limit: int,
    limits: SheetLimits,
    out: IO[bytes],
) -> int:
    widest = cells = empty = 0
    with _text(out) as text:
        writer = csv.writer(text, lineterminator="\n")
        for line, row in enumerate(rows, 1):
            cells += len(row) + 1
            if line > limits.rows or cells > limits.cells:
                raise refusal(place, too_large(byte_limit), line)
            written = _trimmed([_written(cell, place, line) for cell in row])
            if not written:
                empty += 1
                continue
            if len(written) > limits.columns:
                reason = f"The sheet has more than {limits.columns:,} columns."
                raise refusal(place, reason, line)
            writer.writerows([[""]] * empty)
            writer.writerow(written)
            empty, widest = 0, max(widest, len(written))
            if out.tell() > byte_limit:
                raise refusal(place, too_large(byte_limit), line)
    return widest


def _write_even(rows: Iterable[list[str]], width: int, out: IO[bytes]) -> None:
    with _text(out) as text:
        writer = csv.writer(text, lineterminator="\n")
        for row in rows:
            writer.writerow(row + [""] * (width - len(row)))


class _text:  # noqa: N801
    """Text over a file of bytes that stays open afterwards."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(stream, "utf-8", newline="")

    def __enter__(self) -> io.TextIOWrapper:
        return self._text

    def __exit__(self, *_: object) -> None:
        self._text.flush()
        self._text.detach()


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _written(cell: object, place: str, line: int) -> str:
    """Write one cell plainly."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, cell, place, line)
    return _moment(value)


def _number(value: float, cell: object, place: str, line: int) -> str:
    """Write a number with the fifteen digits that a spreadsheet keeps of it."""
    if abs(value) >= EXACT or value != value:
        raise refusal(place, LONG_NUMBER, line)
    exact = Decimal(format(value, ".15g")) + 0
    text = format(exact, "f")
    padded = PADDED.fullmatch(getattr(cell, "number_format", "") or "")
    if padded and text.isdigit():
        return text.zfill(len(padded[0]))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        return _length(value)
    return str(value)


def _length(value: timedelta) -> str:
    """Write a length of time as h:mm:ss, the hours running past 24."""
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{hours}:{rest // 60:02d}:{rest % 60:02d}"
