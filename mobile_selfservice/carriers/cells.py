"""The cells of one row, by heading, each refused in its own words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from mobile_selfservice.carriers import amounts
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.footers import FOOTER, Footers
from mobile_selfservice.carriers.layout import Columns, Row
from mobile_selfservice.carriers.recognized import Block, RecognizedFile
from mobile_selfservice.carriers.written import Unreadable, plain, said

Value = TypeVar("Value")


class BadCell(Exception):  # noqa: N818
    """A cell that stops its row from being read."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.value = value
        self.reason = reason


@dataclass(frozen=True)
class Cells:
    """One row of a file."""

    columns: Columns
    row: Row

    def read(self, heading: str, convert: Callable[[str], Value]) -> Value:
        """Convert one cell.

        Raises:
            BadCell: if it does not say what its column needs.
        """
        written = self.row[self.columns.at(heading)]
        try:
            return convert(written)
        except Unreadable as unreadable:
            raise self.bad(heading, str(unreadable)) from None

    def bad(self, heading: str, reason: str) -> BadCell:
        """Word what is wrong with a cell."""
        written = self.row[self.columns.at(heading)]
        return BadCell(self.columns.own_words(heading), plain(written), reason)

    def text(self, heading: str) -> str | None:
        """Give a cell's text, None where the file says nothing."""
        return said(self.row[self.columns.at(heading)])

    def money(self, heading: str) -> Decimal | None:
        """Give an amount of money, None where the file says nothing."""
        return self.read(heading, amounts.money)

    def needed_money(self, heading: str) -> Decimal:
        """Give an amount of money that the row cannot do without."""
        amount = self.money(heading)
        if amount is None:
            raise self.bad(heading, "The amount is missing. Download the file again.")
        return amount

    def quantity(self, heading: str) -> Decimal | None:
        """Give a quantity, None where the file says nothing."""
        return self.read(heading, amounts.quantity)


def whole_rows(
    sheet: RecognizedFile, findings: FileFindings
) -> Iterator[tuple[int, Row]]:
    """Give the rows that have a cell under every heading, with one blank cell more.

    Blank lines are passed over.
    """
    for lines, rows in whole_blocks(sheet, findings):
        yield from zip(lines, rows, strict=True)


def whole_blocks(sheet: RecognizedFile, findings: FileFindings) -> Iterator[Block]:
    """Give the same rows many at a time, for files that hold a million of them."""
    width, footers, given = _width(sheet.columns), Footers(), 0
    for lines, rows in sheet.blocks(findings):
        sheet.file.rows_read += len(rows)
        is_lone = bool(rows) and FOOTER.match(rows[-1][0] if rows[-1] else "")
        if (
            not footers.held
            and not is_lone
            and all(map(width.__eq__, map(len, rows)))
            and all(map(any, rows))
        ):
            for row in rows:
                row.append("")
            given += len(rows)
            yield lines, rows
            continue
        for line, row in zip(lines, rows, strict=True):
            if footers.hold(line, row) or not any(cell.strip() for cell in row):
                continue
            held, footers.held = footers.held, []
            for at, each in (*held, (line, row)):
                if _fits(at, each, width, findings):
                    given += 1
                    yield [at], [[*each[:width], ""]]
    sheet.file.rows_read -= len(footers.held)
    footers.remark(given, findings)


def _width(columns: Columns) -> int:
    """Count the columns up to the last with a heading; spreadsheets add blank ones."""
    named = [at for at, heading in enumerate(columns.headings, 1) if heading.strip()]
    return named[-1] if named else len(columns.headings)


def _fits(line: int, row: Row, width: int, findings: FileFindings) -> bool:
    """Say whether a row is as wide as the headings; note it where it should be."""
    if len(row) == width:
        return True
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        findings.misfit(line, len(row), width)
        return False
    return True


def is_heading_again(sheet: RecognizedFile, row: Row) -> bool:
    """Say whether a row repeats the headings, as joined files do."""
    return tuple(row[:-1]) == sheet.columns.headings[: len(row) - 1]
