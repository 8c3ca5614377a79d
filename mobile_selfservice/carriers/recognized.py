"""Files whose layout is known, each under the part it plays in a download."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Columns, Layout, Row
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
    among them; it is zero in a file without headings.
    """

    file: SourceFile
    layout: Layout
    columns: Columns
    separator: str
    rows_before: int = 1

    def rows(self, findings: FileFindings) -> Iterator[tuple[int, Row]]:
        """Give each row after the headings with its physical line number."""
        for lines, rows in self.blocks(findings):
            yield from zip(lines, rows, strict=True)

    def blocks(self, findings: FileFindings) -> Iterator["Block"]:
        """Give the rows after the headings, many at a time, with their line numbers."""
        if self.separator == ",":
            with self.file.open_text() as text:
                yield from self._quoted(text, findings)
        else:
            with self.file.open_text(newline=None) as text:
                yield from self._plain(text)

    def _plain(self, text: TextIO) -> Iterator["Block"]:
        """Split lines without quotation marks: each is one row, cut at one mark."""
        separator, line = self.separator, 0
        for lines in _whole_lines(text):
            rows = [one.split(separator) if one else [] for one in lines]
            skipped = min(len(rows), max(0, self.rows_before - line))
            line += len(rows)
            yield range(line - len(rows) + skipped + 1, line + 1), rows[skipped:]

    def _quoted(self, text: Iterator[str], findings: FileFindings) -> Iterator["Block"]:
        reader = split(text, self.separator)
        lines: list[int] = []
        rows: list[Row] = []
        try:
            for _ in range(self.rows_before):
                next(reader, None)
            for row in reader:
                rows.append(row)
                lines.append(reader.line_num)
                if len(rows) == AT_ONCE:
                    yield lines, rows
                    lines, rows = [], []
            yield lines, rows
        except csv.Error:
            yield lines, rows
            findings.error(reader.line_num, None, "", NOT_A_ROW)


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
