"""A first guess at how a file is to be read, for a person to correct."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mobile_selfservice.carriers.layout import Row, normalized
from mobile_selfservice.carriers.mapped.fields import FIELDS, Rows, fields_of
from mobile_selfservice.carriers.mapped.grid import detected_separator, first_rows
from mobile_selfservice.carriers.mapped.profile import FileShape, Place, Profile
from mobile_selfservice.carriers.source_file import SourceFile

if TYPE_CHECKING:
    from mobile_selfservice.carriers.mapped.preview import Preview

HEADINGS_WITHIN = 20
KNOWN = frozenset(normalized(word) for field in FIELDS for word in field.words)
END_WORDS = ("Total", "Subtotal", "Grand total")


def guessed_shape(file: SourceFile) -> FileShape:
    """Guess how a file is split and where its headings stand.

    The row with most cells that are known as headings holds them; where no row has
    two, the file has no headings.
    """
    shape = FileShape()
    shape = replace(shape, separator=detected_separator(file, shape))
    rows = [row for _, row in first_rows(file, shape, HEADINGS_WITHIN)]
    likeness = [_known(row) for row in rows]
    if not likeness or max(likeness) < 2:
        return replace(shape, heading_rows=0)
    return replace(shape, skip_rows=likeness.index(max(likeness)))


def _known(row: Row) -> int:
    return sum(normalized(cell) in KNOWN for cell in row)


def suggested(preview: "Preview") -> Profile:
    """Guess a profile from a file's headings.

    It is a suggestion for a person to look at, and never used unseen: what a heading
    means at this carrier nobody has said.
    """
    rows = _guessed_rows(preview.titles)
    columns = _guessed_columns(preview, rows)
    return Profile(
        name="",
        carrier="",
        rows=rows,
        columns=columns,
        file=replace(preview.shape, pass_over=END_WORDS),
        headings=preview.headings[0] if preview.headings else (),
    )


def _guessed_rows(titles: Sequence[str]) -> Rows:
    """Guess what a row is: use has a time, a line's row a total, a charge an amount."""
    names = {normalized(title) for title in titles}

    def has(field: str) -> bool:
        words = next(one for one in FIELDS if one.name == field).words
        return bool(names & set(map(normalized, words)))

    if has("time") or has("started") or (has("date") and has("quantity")):
        return Rows.ITEMS
    if has("category") or has("description"):
        return Rows.CHARGES
    return Rows.LINES


def _guessed_columns(preview: "Preview", rows: Rows) -> dict[str, Place]:
    if not preview.headings:
        return {}
    titles = [normalized(title) for title in preview.titles]
    taken: set[int] = set()
    columns: dict[str, Place] = {}
    for at, field in _best_first(titles, rows):
        if at in taken or field in columns:
            continue
        taken.add(at)
        before = titles[:at].count(titles[at])
        columns[field] = Place(heading=preview.titles[at], nth=before + 1)
    return columns


def _best_first(titles: Sequence[str], rows: Rows) -> list[tuple[int, str]]:
    """List every column a field may stand in, the likeliest pairs first."""
    found = []
    for order, field in enumerate(fields_of(rows)):
        for rank, word in enumerate(field.words):
            found += [
                (rank, order, at, field.name)
                for at, title in enumerate(titles)
                if title == normalized(word)
            ]
    return [(at, name) for _, _, at, name in sorted(found)]
