"""Files whose layout is known, each under the part it plays in a download."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Columns, Layout, Row
from mobile_selfservice.carriers.records import Finding
from mobile_selfservice.carriers.source_file import SourceFile

if TYPE_CHECKING:
    import _csv

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
        with self.file.open_text() as text:
            reader = split(text, self.separator)
            try:
                for _ in range(self.rows_before):
                    next(reader, None)
                for row in reader:
                    yield reader.line_num, row
            except csv.Error:
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


def split(text: Iterator[str], separator: str) -> "_csv.Reader":
    """Split text into rows of cells; a tab or pipe file carries no quoting."""
    if separator == ",":
        return csv.reader(text, delimiter=separator, strict=True)
    return csv.reader(text, delimiter=separator, quoting=csv.QUOTE_NONE)
