"""Lines below a table that are none of its rows: `Report generated …`, `Records: 3`.

Only a line of one cell in the words of a report's end is taken for one, and only where
no row comes after it: a row that was cut off must never pass as a remark.
"""

import re

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.records import Severity
from mobile_selfservice.carriers.written import plain

MOST = 50
FOOTER = re.compile(
    r"\W*(?:end of (?:report|file|data)"
    r"|(?:report|data) (?:generated|created|run|date|as)"
    r"|(?:generated|created|exported|downloaded|printed|prepared) (?:on|by|at|from)"
    r"|(?:total |number of )?(?:records|rows)\b|record count|row count"
    r"|page \d|source:|note:|confidential|copyright|©)",
    re.IGNORECASE,
)
COUNT = re.compile(
    r"(?:records?|rows?)\b[^0-9]{0,30}([0-9][0-9,]{0,11})\W*", re.IGNORECASE
)
PASSED_OVER = "A line below the table that is none of its rows. It is passed over."


class Footers:
    """Lines that may stand below the table, until a row comes or the file ends."""

    def __init__(self) -> None:
        self.held: list[tuple[int, Row]] = []

    def hold(self, line: int, row: Row) -> bool:
        """Hold a line back if it may be a footer."""
        is_footer = len(self.held) < MOST and FOOTER.match(_only_cell(row)) is not None
        if is_footer:
            self.held.append((line, row))
        return is_footer

    def remark(self, rows_before: int, findings: FileFindings) -> None:
        """Say what stands below the table, and whether its count is another."""
        for line, row in self.held:
            findings.count(PASSED_OVER, Severity.NOTE, line)
            count = COUNT.search(_only_cell(row))
            stated = int(count[1].replace(",", "")) if count else rows_before
            if stated != rows_before:
                reason = (
                    f"The file says that it holds {stated:,} rows, and {rows_before:,} "
                    "stand above. It may be cut off or edited: download it again."
                )
                findings.count(reason, Severity.WARNING, line)


def _only_cell(row: Row) -> str:
    """Give the text of a row with one cell, the first; any other row has none."""
    is_alone = bool(row) and not any(cell.strip() for cell in row[1:])
    return plain(row[0][:200]) if is_alone else ""
