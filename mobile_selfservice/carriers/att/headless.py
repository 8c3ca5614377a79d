"""AT&T's reports without a row of headings, which Premier offers as "no heading".

Only a count of columns and what stands in them can tell; where both leave no doubt the
file is read by the headings the report has otherwise.
"""

import csv
import re
from collections.abc import Callable
from itertools import islice

from mobile_selfservice.carriers import amounts
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.ledger import DESCRIBED, whole_day
from mobile_selfservice.carriers.att.raw_data import KNOWN_SECTIONS, LEVELS
from mobile_selfservice.carriers.layout import Columns, Layout, Row, normalized
from mobile_selfservice.carriers.recognized import RecognizedFile, split
from mobile_selfservice.carriers.source_file import SourceFile
from mobile_selfservice.carriers.written import Unreadable, plain

LOOKED_AT = 20
SEPARATORS = (",", "|", "\t")
TEN_DIGITS = re.compile(r"\d{10}|\d{3}[-.]\d{3}[-.]\d{4}")
SOURCES = frozenset({"voice", "data", "messaging"})
OWN_LABELS = ("Label 1", "Label 2", "Label 3")


def _with_labels() -> tuple[str, ...]:
    """Give the headings of a report of all charges with a customer's three labels."""
    fixed = att.ALL_CHARGES.headings
    first, second, third = OWN_LABELS
    return (*fixed[:7], first, fixed[7], second, third, *fixed[8:])


def sniff_detail(file: SourceFile) -> RecognizedFile | None:
    """Recognize a detail by its 24 columns, its source, its dates and its number."""
    return _sniffed(file, att.DETAIL, att.DETAIL.headings, _is_detail)


def sniff_all_charges(file: SourceFile) -> RecognizedFile | None:
    """Recognize a report of all charges, where three labels make it 26 columns."""
    return _sniffed(file, att.ALL_CHARGES, _with_labels(), _is_all_charges)


def sniff_raw(file: SourceFile) -> RecognizedFile | None:
    """Recognize a raw file by its 133 columns, its section and its level."""
    return _sniffed(file, att.RAW, att.RAW.headings, _is_raw)


def _sniffed(
    file: SourceFile,
    layout: Layout,
    headings: tuple[str, ...],
    fits: Callable[[Row], bool],
) -> RecognizedFile | None:
    columns = Columns.of(headings)
    for separator in SEPARATORS:
        rows = _first_rows(file, separator)
        if rows and all(len(row) == len(headings) and fits(row) for row in rows):
            return RecognizedFile(file, layout, columns, separator, rows_before=0)
    return None


def _first_rows(file: SourceFile, separator: str) -> list[Row]:
    """Give the first rows that are not blank; none where they cannot be split."""
    with file.open_text() as text:
        try:
            rows = list(islice(split(text, separator), LOOKED_AT))
        except csv.Error:
            return []
    return [row for row in rows if any(cell.strip() for cell in row)]


def _is_detail(row: Row) -> bool:
    cells = [plain(cell) for cell in row]
    return (
        normalized(cells[21]) in SOURCES
        and TEN_DIGITS.fullmatch(cells[2]) is not None
        and _is_day(cells[3])
        and _is_day(cells[5])
        and _is_money(cells[20])
    )


def _is_all_charges(row: Row) -> bool:
    """Hold account and number against their descriptions, beside dates and money."""
    cells = [plain(cell) for cell in row]
    return (
        _is_described(cells[2], cells[3])
        and _is_described(cells[6], cells[5])
        and _is_day(cells[11])
        and _is_day(cells[12])
        and all(map(_is_money, cells[16:21]))
        and all(map(_is_count, cells[21:24]))
        and all(map(_is_money, cells[24:26]))
        and bool(cells[16])
    )


def _is_raw(row: Row) -> bool:
    section, level = (plain(cell).upper() for cell in row[:2])
    return section in KNOWN_SECTIONS and level in LEVELS


def _is_described(own: str, described: str) -> bool:
    """Say whether `287298936374 (CITY OF …)` begins with the cell's own text."""
    match = DESCRIBED.fullmatch(described)
    return own == (match["own"] if match else described)


def _is_day(written: str) -> bool:
    try:
        whole_day(written)
    except Unreadable:
        return False
    return True


def _is_money(written: str) -> bool:
    try:
        amounts.money(written)
    except Unreadable:
        return False
    return True


def _is_count(written: str) -> bool:
    return not written or written.replace(",", "").replace(".", "").isdigit()


SNIFFS = (sniff_detail, sniff_all_charges, sniff_raw)
