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
from mobile_selfservice.carriers.att.pooling import DATA, MINUTES
from mobile_selfservice.carriers.att.raw_data import KNOWN_SECTIONS, LEVELS
from mobile_selfservice.carriers.layout import Columns, Layout, Row, normalized
from mobile_selfservice.carriers.recognized import RecognizedFile, split
from mobile_selfservice.carriers.source_file import SourceFile
from mobile_selfservice.carriers.written import Unreadable, plain

LOOKED_AT = 20
SEPARATORS = (",", "|", "\t")
TEN_DIGITS = re.compile(r"\d{10}|\d{3}[-.]\d{3}[-.]\d{4}", re.ASCII)
SOURCES = frozenset({"voice", "data", "messaging"})
USED = (att.KILOBYTES_USED, att.MINUTES_USED, att.MESSAGES_USED)
POOL_LABELS_FROM, POOL_LABELS = 40, 4


def _with_labels() -> tuple[str, ...]:
    """Give the headings of a report of all charges with a customer's three labels."""
    fixed = att.ALL_CHARGES.headings
    return (*fixed[:7], "Label 1", fixed[7], "Label 2", "Label 3", *fixed[8:])


def _pooling_with_labels() -> tuple[str, ...]:
    """Give the headings of a pooling report with a customer's four labels."""
    fixed, at = att.POOLING.headings, POOL_LABELS_FROM
    labels = (f"Label {number}" for number in range(1, POOL_LABELS + 1))
    return (*fixed[:at], *labels, *fixed[at:])


def sniff_detail(file: SourceFile) -> RecognizedFile | None:
    """Recognize a detail by its 24 columns, its source, its dates and its number."""
    return _sniffed(file, att.DETAIL, att.DETAIL.headings, _is_detail)


def sniff_all_charges(file: SourceFile) -> RecognizedFile | None:
    """Recognize a report of all charges, with three labels or with none.

    Where other labels stand between the columns, which is which is not certain.
    """
    for headings in (att.ALL_CHARGES.headings, _with_labels()):
        found = _sniffed(file, att.ALL_CHARGES, headings, _is_all_charges)
        if found:
            return found
    return None


def sniff_pooling(file: SourceFile) -> RecognizedFile | None:
    """Recognize a pooling report, where four labels make it 90 columns."""
    return _sniffed(file, att.POOLING, _pooling_with_labels(), _is_pooling)


def sniff_raw(file: SourceFile) -> RecognizedFile | None:
    """Recognize a raw file by its 133 columns, its section and its level."""
    return _sniffed(file, att.RAW, att.RAW.headings, _is_raw)


Fits = Callable[[Callable[[str], str]], bool]


def _sniffed(
    file: SourceFile, layout: Layout, headings: tuple[str, ...], fits: Fits
) -> RecognizedFile | None:
    """Recognize a file whose first rows all have these columns, and what fits them."""
    columns, width = Columns.of(headings), len(headings)

    def is_one(row: Row) -> bool:
        if len(row) < width or any(row[width:]):
            return False
        return fits(lambda heading: plain(row[columns.at(heading)]))

    for separator in SEPARATORS:
        rows = _first_rows(file, separator)
        if rows and all(map(is_one, rows)):
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


def _is_detail(cell: Callable[[str], str]) -> bool:
    return (
        normalized(cell(att.SOURCE)) in SOURCES
        and TEN_DIGITS.fullmatch(cell(att.NUMBER)) is not None
        and _is_day(cell(att.CYCLE_END))
        and _is_day(cell(att.DATE))
        and _is_money(cell(att.TOTAL_CHARGES))
    )


def _is_all_charges(cell: Callable[[str], str]) -> bool:
    """Hold account and number against their descriptions, beside dates and money."""
    return (
        _names_its_owner(cell)
        and all(map(_is_money, map(cell, att.LINE_STATED.values())))
        and all(map(_is_count, map(cell, USED)))
        and _is_money(cell(att.TOTAL_CURRENT))
        and bool(cell(att.TOTAL_CURRENT))
    )


def _is_pooling(cell: Callable[[str], str]) -> bool:
    money = (DATA.charge, DATA.credit, DATA.total_credit, MINUTES.charge)
    return (
        _names_its_owner(cell)
        and all(map(_is_money, map(cell, money)))
        and all(map(_is_count, map(cell, (DATA.used, DATA.contribution))))
        and bool(cell(DATA.charge))
    )


def _names_its_owner(cell: Callable[[str], str]) -> bool:
    return (
        _is_described(cell(att.ACCOUNT), cell(att.ACCOUNT_DESCRIBED))
        and _is_described(cell(att.NUMBER), cell(att.NUMBER_DESCRIBED))
        and _is_day(cell(att.CYCLE_END))
        and _is_day(cell(att.INVOICE_DATE))
    )


def _is_raw(cell: Callable[[str], str]) -> bool:
    is_known = cell(att.SECTION).upper() in KNOWN_SECTIONS
    return is_known and cell(att.LEVEL).upper() in LEVELS


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


SNIFFS = (sniff_detail, sniff_all_charges, sniff_pooling, sniff_raw)
