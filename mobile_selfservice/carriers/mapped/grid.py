"""One file split into cells under a profile's shape, its headings found."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Row, normalized
from mobile_selfservice.carriers.long_cells import Watched, column_name, long_cell
from mobile_selfservice.carriers.mapped.profile import (
    DETECT,
    SEPARATORS,
    FileShape,
    Place,
    Profile,
)
from mobile_selfservice.carriers.recognized import NOT_A_ROW
from mobile_selfservice.carriers.source_file import SourceFile, refusal
from mobile_selfservice.carriers.written import plain

if TYPE_CHECKING:
    import _csv

LOOKED_AT = 60
NOT_THIS_ENCODING = (
    "The text is not in the encoding that the profile says. Choose another encoding."
)
TABLES_WITHIN = 2_000
MOST_HEADINGS = 500
CODECS = {"utf-8": "utf-8-sig"}
PARTS_OF_A_HEADING_LINE = "|,;\t"


class NoFurther(Exception):  # noqa: N818
    """A file that cannot be read beyond a line."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Grid:
    """A file's cells: how they are split, and which headings stand over them.

    `headings` are the texts of each heading row; a file whose headings stand in
    another file has them too, with nothing before its first row.
    """

    file: SourceFile
    shape: FileShape
    headings: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """Give how many cells a row has, 0 where nothing says it."""
        if self.headings:
            return max(map(len, self.headings))
        return self.shape.cells

    @property
    def rows_before(self) -> int:
        """Count the rows before the first that can be data."""
        if self.shape.many_tables:
            return 0
        beside = 0 if self.shape.headings_in else self.shape.heading_rows
        return self.shape.skip_rows + beside

    @property
    def titles(self) -> tuple[str, ...]:
        """Name the columns for people: the first row of headings."""
        if self.headings:
            return self.headings[0]
        return tuple(f"Column {at}" for at in range(1, self.width + 1))

    def position(self, place: Place) -> int | None:
        """Find where a place's column stands, from 0; None when it is not there."""
        if place.position:
            at = place.position - 1
            return at if not self.width or at < self.width else None
        wanted, left = normalized(place.heading), place.nth
        for at, names in enumerate(self._names()):
            left -= wanted in names
            if not left:
                return at
        return None

    def _names(self) -> Iterator[tuple[str, ...]]:
        """Give what each column can be called: either heading, or both together."""
        for at in range(max(map(len, self.headings), default=0)):
            own = [normalized(row[at]) for row in self.headings if at < len(row)]
            yield (*own, "".join(own)) if len(own) > 1 else tuple(own)

    def rows(self, findings: FileFindings) -> Iterator[tuple[int, Row]]:
        """Give every row of the file with its physical line, the headings too.

        A row with a cell longer than any cell of a bill is refused here.

        Raises:
            NoFurther: where the text cannot be split into cells, or be read at all.
        """
        with text_of(self.file, self.shape) as text:
            watched, before = Watched(text), 0
            reader = split(iter(watched), self.shape)
            try:
                for row in reader:
                    line = reader.line_num
                    # A cell may also grow long over many short lines.
                    if watched.is_long or line - before > 1:
                        watched.is_long = False
                        yield line, self._read(line, row, findings)
                    else:
                        yield line, row
                    before = line
            except csv.Error:
                raise NoFurther(reader.line_num, NOT_A_ROW) from None
            except UnicodeError:
                line = reader.line_num + 1
                raise NoFurther(line, NOT_THIS_ENCODING) from None

    def _read(self, line: int, row: Row, findings: FileFindings) -> Row:
        """Give a row back, blank if it is refused for too long a cell."""
        at = long_cell(row)
        if at is None:
            return row
        findings.too_long(line, column_name(self.titles, at), row[at])
        return []


def grid_of(
    file: SourceFile, profile: Profile, beside: Sequence[SourceFile] = ()
) -> Grid:
    """Open a file as a profile says; what the profile leaves open is detected.

    `beside` are the files it came with, among which its headings may stand. Headings
    that are not where the profile says are looked for in the first rows.
    """
    shape = profile.file
    if shape.separator == DETECT:
        shape = replace(shape, separator=detected_separator(file, shape))
    if shape.headings_in:
        return Grid(file, shape, tuple(_from_beside(file, shape, beside)))
    if not shape.heading_rows:
        cells = shape.cells or usual_width(file, shape)
        return Grid(file, replace(shape, cells=cells), ())
    at = _heading_row(file, shape, profile.signature)
    if not shape.many_tables:
        shape = replace(shape, skip_rows=at)
    rows = first_rows(file, shape, at + shape.heading_rows)[at:]
    headings = (tuple(plain(cell) for cell in row[:MOST_HEADINGS]) for _, row in rows)
    return Grid(file, shape, tuple(headings))


def _heading_row(file: SourceFile, shape: FileShape, wanted: frozenset[str]) -> int:
    """Find the row where the wanted headings stand, if not where they should."""
    within = TABLES_WITHIN if shape.many_tables else shape.skip_rows + LOOKED_AT
    rows = [
        {normalized(cell) for cell in row} for _, row in first_rows(file, shape, within)
    ]
    there = shape.skip_rows
    if there < len(rows) and wanted <= rows[there]:
        return there
    return next((at for at, row in enumerate(rows) if wanted <= row), there)


def _from_beside(
    file: SourceFile, shape: FileShape, beside: Sequence[SourceFile]
) -> Iterator[tuple[str, ...]]:
    for other in beside:
        if other is not file and is_headings_file(other, shape):
            yield tuple(_listed_headings(other))
            return


def text_of(file: SourceFile, shape: FileShape) -> io.TextIOWrapper:
    """Open a file in the encoding that the shape says, else in the detected one."""
    text = file.open_text()
    if shape.encoding != DETECT:
        text.reconfigure(encoding=CODECS.get(shape.encoding, shape.encoding))
    return text


def split(text: Iterator[str], shape: FileShape) -> "_csv.Reader":
    """Split text into rows of cells as the shape says."""
    separator = SEPARATORS[shape.separator]
    if shape.quoted:
        return csv.reader(text, delimiter=separator, strict=True)
    return csv.reader(text, delimiter=separator, quoting=csv.QUOTE_NONE)


def first_rows(file: SourceFile, shape: FileShape, most: int) -> list[tuple[int, Row]]:
    """Give the first rows of a file, as far as they can be split.

    Raises:
        Refused: if the text is not in the encoding that the shape says.
    """
    rows: list[tuple[int, Row]] = []
    with text_of(file, shape) as text:
        reader = split(text, shape)
        try:
            for row in islice(reader, most):
                rows.append((reader.line_num, row))
        except csv.Error:
            return rows
        except UnicodeError:
            raise refusal(file.name, NOT_THIS_ENCODING) from None
        finally:
            file.bytes_read = 0
    return rows


def detected_separator(file: SourceFile, shape: FileShape) -> str:
    """Tell what stands between cells: what gives most rows the same many cells."""
    return max(SEPARATORS, key=lambda name: _evenness(file, shape, name))


def usual_width(file: SourceFile, shape: FileShape) -> int:
    """Say how many cells most of the first rows have."""
    return _evenness(file, shape, shape.separator)[1]


def _evenness(file: SourceFile, shape: FileShape, separator: str) -> tuple[int, int]:
    tried = replace(shape, separator=separator)
    rows = first_rows(file, tried, shape.skip_rows + LOOKED_AT)
    widths = Counter(len(row) for _, row in rows if len(row) > 1)
    if not widths:
        return 0, 1
    width, count = max(widths.items(), key=lambda one: (one[1], one[0]))
    return count, width


def is_headings_file(file: SourceFile, shape: FileShape) -> bool:
    """Say whether a file is the one that lists the headings."""
    start = shape.headings_in.casefold()
    return bool(start) and file.name.casefold().startswith(start)


def _listed_headings(file: SourceFile) -> Iterator[str]:
    """Read headings that stand one on a line, with width and type behind them."""
    with file.open_text() as text:
        for line in islice(text, MOST_HEADINGS):
            name = line
            for mark in PARTS_OF_A_HEADING_LINE:
                name = name.split(mark)[0]
            if name.strip():
                yield plain(name)
    file.bytes_read = file.size
