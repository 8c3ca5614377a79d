"""Cells longer than any cell of a bill: their rows are refused before they are read.

No pattern of a reader is then ever held against a text without end.
"""

from collections.abc import Iterable, Iterator, Sequence

from mobile_selfservice.carriers.layout import Row

LONGEST_CELL = 2_000
TOO_LONG = (
    f"The cell is longer than any cell of a bill ({LONGEST_CELL:,} characters). The "
    "file may be damaged or edited: download it again."
)


class Watched:
    """The lines of a text; `is_long` tells that one could hold too long a cell."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = text
        self.is_long = False

    def __iter__(self) -> Iterator[str]:
        """Give the lines as they are."""
        for line in self._text:
            if len(line) > LONGEST_CELL:
                self.is_long = True
            yield line


def any_long(lines: Sequence[str]) -> bool:
    """Say whether one of these lines could hold too long a cell."""
    return max(map(len, lines), default=0) > LONGEST_CELL


def long_cell(row: Row) -> int | None:
    """Give the position of the first cell that is too long, None if there is none."""
    if max(map(len, row), default=0) <= LONGEST_CELL:
        return None
    return next(at for at, cell in enumerate(row) if len(cell) > LONGEST_CELL)


def column_name(headings: Sequence[str], at: int) -> str:
    """Name a column by its heading, else by its number."""
    told = headings[at].strip() if at < len(headings) else ""
    return told if 0 < len(told) <= LONGEST_CELL else f"column {at + 1}"
