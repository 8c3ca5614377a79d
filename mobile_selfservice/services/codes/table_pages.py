"""The table of rate codes a page at a time: nothing without bound goes to a browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

ROWS_A_PAGE = 50
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class WantedPages:
    """Which page of each part of the table is asked for, from 1."""

    unknown: int = 1
    mapped: int = 1
    withdrawn: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """Which page of a part is shown, and how many rows there are in all."""

    count: int = 0
    page: int = 1
    pages: int = 1


FIRST = Shown()


def cut(rows: Sequence[Row], wanted: int) -> tuple[Sequence[Row], Shown]:
    """Take one page of rows: the nearest there is to the one wanted."""
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    page = min(max(wanted, 1), pages)
    first = (page - 1) * ROWS_A_PAGE
    return rows[first : first + ROWS_A_PAGE], Shown(len(rows), page, pages)
