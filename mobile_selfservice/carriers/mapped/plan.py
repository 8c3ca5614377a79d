"""Where each field of a profile stands in one file, and which of its rows count."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.file_line import number_in_name
from mobile_selfservice.carriers.layout import Row, normalized
from mobile_selfservice.carriers.mapped.fields import FIELD, MONEY
from mobile_selfservice.carriers.mapped.file_names import account_in_name, date_in_name
from mobile_selfservice.carriers.mapped.grid import Grid, NoFurther
from mobile_selfservice.carriers.mapped.profile import Place, Profile
from mobile_selfservice.carriers.records import Severity
from mobile_selfservice.carriers.written import is_blank, plain

RULES = "-=_*~ "
PLUS = " + "
NOT_AT_ONCE = f'{RULES}\t"\ufeff\u00a0'
PASSED_OVER = "Rows that are no data by the profile's words were passed over."
OTHER_TABLES = "Rows outside the tables that the profile reads were passed over."


class Role(StrEnum):
    """What a row of the file is."""

    DATA = "data"
    HEADING = "heading"
    BLANK = "blank"
    SKIPPED = "skipped"
    PASSED_OVER = "passed over"
    TOTAL = "total"
    LABEL = "label"
    OTHER_TABLE = "another table"


class Lacking(NamedTuple):
    """A field whose column the file does not have."""

    field: str
    reason: str


class _Joined(NamedTuple):
    """A cell that is made of several, and what stands between them."""

    at: int
    columns: tuple[int, ...]
    glue: str


class Plan:
    """One file under one profile. `width` is how many cells its rows have.

    A data row is given cells more at its end: a blank one, and the constants, labels
    and the file name's word, so that every field has a position.
    """

    def __init__(self, profile: Profile, grid: Grid) -> None:
        self.profile = profile
        self.grid = grid
        self.width = grid.width
        self.extras: list[str] = [""]
        self.labels: dict[str, list[int]] = {}
        self.lacking: list[Lacking] = []
        self._joined: list[_Joined] = []
        self._positions = {
            name: self._position(name, place) for name, place in profile.columns.items()
        }
        shape = profile.file
        self._totals = _starts(shape.totals)
        self._passed = _starts(shape.pass_over)
        labels = tuple(one.label for one in profile.columns.values() if one.label)
        self._words = self._totals + self._passed + _starts(labels)
        self._label_words = {
            normalized(words): words for words in _starts(labels) if len(words) > 3
        }
        self._in_table = self._has_met_table = not shape.many_tables
        headings = () if shape.headings_in else grid.headings
        self._headings = tuple(tuple(map(normalized, row)) for row in headings)
        self._first_headings = {row[0] for row in headings if any(row)}
        self._mapped_headings = {
            (self._positions[name], normalized(place.heading))
            for name, place in profile.columns.items()
            if place.heading
        }
        self._mapped_headings |= {
            (at, normalized(grid.titles[at]))
            for joined in self._joined
            for at in joined.columns
        }

    def has(self, field: str) -> bool:
        """Say whether a field is mapped."""
        return field in self._positions

    def at(self, field: str) -> int:
        """Give the position of a field in a data row; an unmapped one is blank."""
        return self._positions.get(field, self.width)

    def picker(self, *fields: str) -> Callable[[Row], tuple[str, ...]]:
        """Build a fast way to take several fields (two or more) from a data row."""
        return itemgetter(*map(self.at, fields))

    def column(self, field: str) -> str:
        """Name a field's column as the file does, else as the portal does."""
        at = self.at(field)
        titles = self.grid.titles
        if at < len(titles) and titles[at]:
            return titles[at]
        return FIELD[field].title

    def _position(self, name: str, place: Place) -> int:
        if place.heading or place.position:
            at = self.grid.position(place)
            if at is not None:
                return at
            self.lacking.append(Lacking(name, _not_there(place)))
            return self.width
        self.extras.append(place.constant or self._of_name(name, place))
        if place.headings:
            self._join(name, place)
        at = self.width + len(self.extras) - 1
        if place.label:
            self.labels.setdefault(normalized(place.label), []).append(
                len(self.extras) - 1
            )
        return at

    def _join(self, name: str, place: Place) -> None:
        """Have a field made of several columns, in the cell that was just added."""
        found = [self.grid.position(Place(one)) for one in place.headings]
        for heading, at in zip(place.headings, found, strict=True):
            if at is None:
                self.lacking.append(Lacking(name, _not_there(Place(heading))))
        own = tuple(at for at in found if at is not None)
        glue = PLUS if name in MONEY else " "
        self._joined.append(_Joined(self.width + len(self.extras) - 1, own, glue))

    def complete(self, row: Row) -> Row:
        """Give a row of the right number of cells those that a data row has more."""
        row += self.extras
        for at, columns, glue in self._joined:
            cells = (plain(row[column]) for column in columns)
            row[at] = glue.join(cell for cell in cells if not is_blank(cell))
        return row

    def completed(self, row: Row) -> Row:
        """Give any row those cells; one that is too short is filled with blanks."""
        short = [""] * (self.width - len(row))
        return self.complete(row[: self.width] + short)

    def _of_name(self, field: str, place: Place) -> str:
        if not place.in_file_name:
            return ""
        name = self.grid.file.name
        found: str | date | None
        if field == "line":
            found = number_in_name(name)
        else:
            found = (
                date_in_name(name) if field == "bill_date" else account_in_name(name)
            )
        if found is None:
            reason = "The file's name does not say it. Give the file its own name back."
            self.lacking.append(Lacking(field, reason))
        return str(found or "")

    def certainly_data(self) -> Callable[[str], bool]:
        """Build a fast look at a row's first cell: nothing but data begins like it.

        What it does not know for certain, `role` looks at.
        """
        headings, words = self._first_headings, self._words
        if self.profile.file.many_tables:
            return lambda _first: False

        def is_certain(first: str) -> bool:
            return (
                first[:1] not in NOT_AT_ONCE
                and first.rstrip() not in headings
                and not (words and first.casefold().startswith(words))
            )

        return is_certain

    def role(self, row: Row) -> Role:
        """Tell what a row is, and keep what a label says for the rows behind it."""
        first = row[0] if row else ""
        if not first.strip():
            first = next((cell for cell in row if cell.strip()), "")
            if not first:
                return self._end_of_table(Role.BLANK)
        if self._first_headings and self._is_heading(row):
            self._in_table = self._has_met_table = True
            return Role.HEADING
        if first.lstrip()[:1] in RULES and not "".join(row).strip(RULES):
            return self._end_of_table(Role.BLANK)
        if self._words:
            told = self._by_word(first.lstrip().casefold(), row)
            if told:
                return told
        return Role.DATA if self._in_table else Role.OTHER_TABLE

    def _by_word(self, first: str, row: Row) -> Role | None:
        if not first.startswith(self._words):
            # Before the first table a label may stand in any cell of its row.
            is_preamble = self.labels and not self._has_met_table
            return Role.LABEL if is_preamble and self.take_labels(row) else None
        if self.labels and self.take_labels(row):
            return Role.LABEL
        if _begins(first, self._totals):
            in_table = self._in_table
            self._end_of_table(Role.TOTAL)
            return Role.TOTAL if in_table else Role.OTHER_TABLE
        if _begins(first, self._passed):
            return self._end_of_table(Role.PASSED_OVER)
        return None

    def _end_of_table(self, role: Role) -> Role:
        if self.profile.file.many_tables:
            self._in_table = False
        return role

    def _is_heading(self, row: Row) -> bool:
        if row[0].strip() not in self._first_headings:
            return False
        own = tuple(map(normalized, row))
        if self.profile.file.many_tables:
            # Tables alike but for headings that nobody mapped are read alike.
            return self._mapped_headings <= set(enumerate(own))
        return any(own[: len(one)] == one for one in self._headings)

    def start(self) -> None:
        """Begin at the top of the file, with no label and no table met."""
        self._in_table = self._has_met_table = not self.profile.file.many_tables
        for kept in self.labels.values():
            for extra in kept:
                self.extras[extra] = ""

    def take_labels(self, row: Row) -> bool:
        """Keep what stands beside the labels of a row; say whether there was one."""
        found = False
        for at, cell in enumerate(row):
            label, behind = self._label_of(cell)
            if not label:
                continue
            value = behind if behind.strip() else _next_said(row[at + 1 :])
            for extra in self.labels[label]:
                self.extras[extra] = plain(value)
            found = True
        return found

    def _label_of(self, cell: str) -> tuple[str, str]:
        """Find the label a cell begins with, and what stands behind it in the cell."""
        name, _, behind = cell.partition(":")
        label = normalized(name)
        if label in self.labels:
            return label, behind
        for label, words in self._label_words.items():
            if cell[: len(words) + 1].casefold() == f"{words} ":
                return label, cell[len(words) :]
        return "", ""


def _not_there(place: Place) -> str:
    if place.position:
        return f"The file has no column {place.position}. Choose another column."
    nth = f" {place.nth} times" if place.nth > 1 else ""
    return (
        f"The file has no heading “{place.heading}”{nth}. Choose the column again, or "
        "the file that this profile was made for."
    )


def _starts(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.strip().casefold() for word in words)


def _begins(text: str, words: tuple[str, ...]) -> bool:
    """Say whether a text begins with one of these words, whole."""
    return any(
        text.startswith(word) and not text[len(word) : len(word) + 1].isalnum()
        for word in words
    )


def _next_said(cells: Sequence[str]) -> str:
    return next((cell for cell in cells if cell.strip()), "")


def data_rows(
    plan: Plan,
    findings: FileFindings,
    on_total: Callable[[int, Row], None] = lambda _line, _row: None,
) -> Iterator[tuple[int, Row]]:
    """Give each row of data with its physical line and the cells more at its end.

    A row with more or fewer cells than there are columns is refused.
    """
    plan.start()
    file, width, complete = plan.grid.file, plan.width, plan.complete
    is_certain = plan.certainly_data()
    for line, row in _split_rows(plan, findings):
        file.rows_read += 1
        if len(row) == width and is_certain(row[0]):
            yield line, complete(row)
            continue
        role = plan.role(row)
        if role is not Role.DATA:
            _passed_over(role, line, row, findings, on_total)
            continue
        if len(row) != width:
            if len(row) < width or any(cell.strip() for cell in row[width:]):
                findings.misfit(line, len(row), width)
                continue
            del row[width:]
        yield line, complete(row)


def _passed_over(
    role: Role,
    line: int,
    row: Row,
    findings: FileFindings,
    on_total: Callable[[int, Row], None],
) -> None:
    if role is Role.TOTAL:
        on_total(line, row)
    elif role is Role.PASSED_OVER:
        findings.count(PASSED_OVER, Severity.NOTE, line)
    elif role is Role.OTHER_TABLE:
        findings.count(OTHER_TABLES, Severity.NOTE, line)


def _split_rows(plan: Plan, findings: FileFindings) -> Iterator[tuple[int, Row]]:
    rows = plan.grid.rows(findings)
    try:
        for _, row in islice(rows, plan.grid.rows_before):
            plan.take_labels(row)
        yield from rows
    except NoFurther as end:
        findings.error(end.line, None, "", end.reason)
