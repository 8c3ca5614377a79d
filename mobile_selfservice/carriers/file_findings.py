"""What was found in one file: each bad row, and a count for what repeats."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mobile_selfservice.carriers.long_cells import TOO_LONG
from mobile_selfservice.carriers.records import Finding, Severity
from mobile_selfservice.carriers.source_file import SourceFile

LISTED = 1_000
SHOWN = 120


@dataclass
class _Tally:
    """A finding that stands for many rows, and how many."""

    first: Finding
    rows: int = 1


class FileFindings:
    """Collects findings until the reader hands them on.

    A file can be wrong in a million rows: a thousand are listed, the rest counted.
    """

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.waiting: list[Finding] = []
        self._listed = 0
        self._unlisted = 0
        self._first_unlisted = 0
        self._unremarked = 0
        self._tallies: dict[str, _Tally] = {}

    def error(self, line: int, column: str | None, value: str, reason: str) -> None:
        """Refuse a row."""
        self.file.rows_refused += 1
        self._listed += 1
        if self._listed > LISTED:
            self._unlisted += 1
            self._first_unlisted = self._first_unlisted or line
            return
        name, short = self.file.name, value[:SHOWN]
        self.waiting.append(Finding(name, line, column, short, reason, Severity.ERROR))

    def misfit(self, line: int, cells: int, headings: int) -> None:
        """Refuse a row with more or fewer cells than headings; its text is not shown.

        A misplaced cell may be a third party's number.
        """
        reason = (
            f"The row has {cells} cells under {headings} headings, so none of them is "
            "certain. The file may be cut off or edited: download it again."
        )
        self.error(line, None, f"{cells} cells", reason)

    def too_long(self, line: int, column: str, cell: str) -> None:
        """Refuse a row with a cell longer than any cell of a bill; it is not shown."""
        self.error(line, column, f"{len(cell):,} characters", TOO_LONG)

    def count(
        self,
        reason: str,
        severity: Severity,
        line: int,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Remark on a row; remarks with the same words are shown once, with a count."""
        tally = self._tallies.get(reason)
        if tally:
            tally.rows += 1
        elif len(self._tallies) < LISTED:
            short = value[:SHOWN] if value else value
            finding = Finding(self.file.name, line, column, short, reason, severity)
            self._tallies[reason] = _Tally(finding)
        else:
            self._unremarked += 1

    def handed_on(self) -> Iterator[Finding]:
        """Give the bad rows found since the last time."""
        waiting, self.waiting = self.waiting, []
        yield from waiting

    def at_the_end(self) -> Iterator[Finding]:
        """Give what is left, the counted remarks and how much was not listed."""
        yield from self.handed_on()
        for tally in self._tallies.values():
            yield _worded(tally)
        if self._unremarked:
            reason = f"{self._unremarked:,} more remarks of other kinds are not listed."
            yield Finding(self.file.name, None, None, None, reason, Severity.WARNING)
        if self._unlisted:
            reason = f"{self._unlisted:,} more rows from here on could not be read."
            name, line = self.file.name, self._first_unlisted
            yield Finding(name, line, None, None, reason, Severity.ERROR)


def _worded(tally: _Tally) -> Finding:
    if tally.rows == 1:
        return tally.first
    reason = f"{tally.first.reason} ({tally.rows:,} rows, this is the first.)"
    return replace(tally.first, reason=reason)
