"""What each row of a sectioned download is: a title, headings, a legend, an item."""

import re
from collections.abc import Iterator
from enum import Enum

from mobile_selfservice.carriers.att_sectioned.facts import is_fact
from mobile_selfservice.carriers.att_sectioned.layout import (
    DATE,
    ITEM,
    TITLE,
    Headings,
    headings_of,
)
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.written import plain

TOTALS = re.compile(r"(?:sub[ -]?)?totals?\b", re.IGNORECASE)
LEGEND = re.compile(
    r"\b(?:rate code|rate period|rate pd|feature)s?\s{0,9}"
    r"(?:\([^)]{0,99}\)\s{0,9})?:",
    re.IGNORECASE,
)
FACT = re.compile(r"[A-Za-z][^:=]{0,60}:")
LIKE_AN_ITEM = 5


class Mark(Enum):
    """What a row is."""

    TITLE = "title"
    HEADINGS = "headings"
    ITEM = "item"
    TOTAL = "total"
    LEGEND = "legend"
    FACT = "fact"
    OTHER = "other"


Marked = tuple[int, Mark, Row]


def marked_rows(sheet: RecognizedFile, findings: FileFindings) -> Iterator[Marked]:
    """Give every row that is not blank, with its physical line and what it is.

    A legend goes on over the lines that follow it, until something else begins.
    """
    headings: Headings | None = None
    in_legend = False
    for line, row in sheet.rows(findings):
        if not row:
            continue
        if headings and _is_item(row, headings):
            in_legend = False
            yield line, Mark.ITEM, row
            continue
        if not any(cell.strip() for cell in row):
            continue
        mark = _mark(row, headings, in_legend)
        if mark is Mark.HEADINGS:
            headings = headings_of(row)
        in_legend = mark is Mark.LEGEND
        yield line, mark, row


def _mark(row: Row, headings: Headings | None, in_legend: bool) -> Mark:
    first, count = first_cell(row), sum(map(bool, map(str.strip, row)))
    if headings_of(row):
        return Mark.HEADINGS
    if count < LIKE_AN_ITEM and TITLE.fullmatch(first):
        return Mark.TITLE
    if TOTALS.match(first):
        return Mark.TOTAL
    if LEGEND.search(joined(row)):
        return Mark.LEGEND
    if FACT.match(first) or is_fact(row):
        return Mark.FACT
    if in_legend and not first.isdigit():
        return Mark.LEGEND
    return Mark.ITEM if headings and count >= LIKE_AN_ITEM else Mark.OTHER


def _is_item(row: Row, headings: Headings) -> bool:
    """Say whether a row is an item: it is numbered, or else dated."""
    at = headings.at[ITEM]
    if 0 <= at < len(row):
        cell = row[at]
        if cell.isdigit():
            return True
        if cell.strip():
            return plain(cell).isdigit()
    at = headings.at[DATE]
    return at < len(row) and row[at].strip()[:1].isdigit()


def first_cell(row: Row) -> str:
    """Give the first cell that says something."""
    return next((plain(cell) for cell in row if cell.strip()), "")


def joined(row: Row) -> str:
    """Put a row together again that commas in its text have split."""
    return ", ".join(plain(cell) for cell in row if cell.strip())
