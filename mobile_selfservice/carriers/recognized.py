"""Files whose layout is known, each under the part it plays in a download."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Columns, Layout, Row
from mobile_selfservice.carriers.long_cells import (
    Watched,
    any_long,
    column_name,
    long_cell,
)
from mobile_selfservice.carriers.records import Finding
from mobile_selfservice.carriers.source_file import SourceFile

if TYPE_CHECKING:
    import _csv

AT_ONCE = 1_000
READ_AT_ONCE = 1 << 17
Block = tuple[Sequence[int], list[Row]]
NOT_A_ROW = (
    "From here on the file cannot be split into cells: a quotation mark is left open "
    "or a cell is too long. Download the file again."
)


@dataclass(frozen=True)
class RecognizedFile:
    """A file whose layout is known, with the position of each of its columns.

    `rows_before` says how many rows stand before the first row of data, the headings
    among them; it is zero in a file without headings. `remarks` were made on the way.
    """

    file: SourceFile
    layout: Layout
    columns: Columns
    separator: str
    rows_before: int = 1
    remarks: tuple[Finding, ...] = ()

    def rows(self, findings: FileFindings) -> Iterator[tuple[int, Row]]:
        """Give each row after the headings with its physical line number."""
        for lines, rows in self.blocks(findings):
            yield from zip(lines, rows, strict=True)

    def blocks(self, findings: FileFindings) -> Iterator["Block"]:
        """Give the rows after the headings, many at a time, with their line numbers.

        A row with a cell longer than any cell of a bill is refused here.
        """
        if self.separator == ",":
            with self.file.open_text() as text:
                yield from self._quoted(text, findings)
        else:
            with self.file.open_text(newline=None) as text:
                yield from self._plain(text, findings)

    def _plain(self, text: TextIO, findings: FileFindings) -> Iterator["Block"]:
        """Split lines without quotation marks: each is one row, cut at one mark."""
        separator, line = self.separator, 0
        for lines in _whole_lines(text):
            rows = [one.split(separator) if one else [] for one in lines]
            skipped = min(len(rows), max(0, self.rows_before - line))
            line += len(rows)
            block = range(line - len(rows) + skipped + 1, line + 1), rows[skipped:]
            yield self._without_long(block, findings) if any_long(lines) else block

    def _quoted(self, text: Iterator[str], findings: FileFindings) -> Iterator["Block"]:
        watched = Watched(text)
        reader = split(iter(watched), self.separator)
        lines: list[int] = []
        rows: list[Row] = []
        try:
            for _ in range(self.rows_before):
                next(reader, None)
            before = reader.line_num
            for row in reader:
                rows.append(row)
                lines.append(reader.line_num)
                if len(rows) == AT_ONCE:
                    # A cell may also grow long over many short lines.
                    is_long = watched.is_long or lines[-1] - before > len(rows)
                    block = lines, rows
                    yield self._without_long(block, findings) if is_long else block
                    lines, rows, before = [], [], lines[-1]
                    watched.is_long = False
            yield self._without_long((lines, rows), findings)
        except csv.Error:
            yield self._without_long((lines, rows), findings)
            findings.error(reader.line_num, None, "", NOT_A_ROW)

    def _without_long(self, block: "Block", findings: FileFindings) -> "Block":
        """Refuse the rows of a block that have too long a cell."""
        lines: list[int] = []
        rows: list[Row] = []
        for line, row in zip(*block, strict=True):
            at = long_cell(row)
            if at is None:
                lines.append(line)
                rows.append(row)
            else:
                self.file.rows_read += 1
                column = column_name(self.columns.headings, at)
                findings.too_long(line, column, row[at])
        return lines, rows


@dataclass(frozen=True)
class Recognized:
    """The files of one carrier's download.

    `left_aside` says which other files came along and play no part.
    """

    carrier: str
    sheets: tuple[RecognizedFile, ...]
    left_aside: tuple[Finding, ...] = ()

    def all_of(self, layout: Layout) -> list[RecognizedFile]:
        """Give the files that play a part, in the order they were chosen."""
        return [one for one in self.sheets if one.layout.role == layout.role]

    @property
    def files(self) -> Mapping[str, RecognizedFile]:
        """Give the files by their part, for downloads with one file of each."""
        return {one.layout.role: one for one in reversed(self.sheets)}


def _whole_lines(text: TextIO) -> Iterator[list[str]]:
    """Give a text's lines, some hundred at a time, without their ends."""
    rest = ""
    while piece := text.read(READ_AT_ONCE):
        *lines, rest = (rest + piece).split("\n")
        yield lines
    if rest:
        yield [rest]


def split(text: Iterator[str], separator: str) -> "_csv.Reader":
    """Split text into rows of cells; a tab or pipe file carries no quoting."""
    if separator == ",":
        return csv.reader(text, delimiter=separator, strict=True)
    return csv.reader(text, delimiter=separator, quoting=csv.QUOTE_NONE)
