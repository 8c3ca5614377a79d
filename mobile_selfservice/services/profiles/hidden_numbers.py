"""What a page of a mapping may show: other people's numbers hidden but for two digits.

Whoever maps columns may map them wrongly, so no field's name is trusted: a number is
shown whole only where it is a line the employer knows already.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlmodel import Session, col, select

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.mapped.explained import ReadRow
from mobile_selfservice.carriers.mapped.preview import Preview, RawRow
from mobile_selfservice.models.line import Line

# What was read as a day or a time is one, and no number.
MOMENTS = frozenset(
    {"date", "started", "time", "bill_date", "period_from", "period_through", "due_on"}
)


def known_lines(
    session: Session, employer_id: int, wanted: Iterable[str]
) -> frozenset[str]:
    """Tell which of these numbers are lines of the employer."""
    asked = sorted({number for number in wanted if number.startswith("+")})
    if not asked:
        return frozenset()
    known = session.exec(
        select(Line.number).where(
            Line.employer_id == employer_id, col(Line.number).in_(asked)
        )
    )
    return frozenset(known)


def lines_in(seen: Preview) -> set[str]:
    """Name the numbers that the first rows are read to be billed to."""
    return {row.said.get("line", "") for row in seen.read}


def hidden(seen: Preview, own: Collection[str], line_at: int | None) -> Preview:
    """Hide the numbers of a preview; `line_at` is the column of the line, if any."""
    whole = {row.line: line_at for row in seen.read if row.said.get("line") in own}
    return replace(
        seen,
        # A row of data may be taken for the headings.
        titles=tuple(map(numbers.shown, seen.titles)),
        raw=tuple(_raw(row, whole.get(row.line)) for row in seen.raw),
        read=tuple(_read(row, own) for row in seen.read),
    )


def number_shown(number: str, own: Collection[str]) -> str:
    """Give a line's number whole where the employer knows it, else hidden."""
    return number if number in own else numbers.mask(number)


def _raw(row: RawRow, line_at: int | None) -> RawRow:
    cells = list(map(numbers.shown, row.cells))
    if line_at is not None and line_at < len(cells):
        cells[line_at] = row.cells[line_at]
    return replace(row, cells=tuple(cells))


def _read(row: ReadRow, own: Collection[str]) -> ReadRow:
    return replace(row, said=_said(row.shown, own))


def _said(said: Mapping[str, str], own: Collection[str]) -> dict[str, str]:
    return {
        field: number_shown(text, own) if field == "line" else _text(field, text)
        for field, text in said.items()
    }


def _text(field: str, text: str) -> str:
    return text if field in MOMENTS else numbers.shown(text)
