"""What a profile needs before any file can be read with it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mobile_selfservice.carriers.mapped.fields import FIELD, Rows
from mobile_selfservice.carriers.mapped.profile import (
    DETECT,
    ENCODINGS,
    SEPARATORS,
    Place,
    Profile,
)
from mobile_selfservice.carriers.records import Kind

CATEGORIES = (
    *("plan", "feature", "credit", "usage", "equipment", "surcharge", "tax"),
    *("third_party", "late_fee", "one_time", "payment"),
)
CARRIER = re.compile(r"[a-z][a-z0-9_]{0,31}")
CURRENCY = re.compile(r"[A-Z]{3}")
MOST_COLUMNS = 500
MOST_SKIPPED = 200
IN_FILE_NAMES = ("line", "bill_date", "account")


class Mistake(NamedTuple):
    """What is wrong with a profile: where (`columns.date`), and what to do."""

    place: str
    reason: str

    @property
    def sentence(self) -> str:
        """Say it in one line."""
        return f"{self.place}: {self.reason}"


def mistakes(profile: Profile) -> tuple[Mistake, ...]:
    """Find all that keeps a profile from being used; empty when it is sound."""
    return (*_of_the_whole(profile), *_of_the_file(profile), *_of_columns(profile))


def _of_the_whole(profile: Profile) -> Iterator[Mistake]:
    if not profile.name.strip() or len(profile.name) > 100:
        yield Mistake("name", "Give the profile a name of at most 100 characters.")
    if not CARRIER.fullmatch(profile.carrier):
        yield Mistake(
            "carrier",
            "Write the carrier as one word of small letters and digits, such as telus.",
        )
    if profile.version < 1:
        yield Mistake("version", "Versions are counted from 1.")
    if profile.written.decimal not in (".", ","):
        yield Mistake("written.decimal", "Amounts have a point or a comma: “.” or “,”.")
    if not CURRENCY.fullmatch(profile.written.currency):
        yield Mistake("written.currency", "Write three capital letters, such as USD.")
    for category in profile.category_words:
        if category not in CATEGORIES:
            reason = f"Charges are of these categories: {', '.join(CATEGORIES)}."
            yield Mistake(f"category_words.{category}", reason)


def _of_the_file(profile: Profile) -> Iterator[Mistake]:
    shape = profile.file
    if shape.separator not in (DETECT, *SEPARATORS):
        known = ", ".join((DETECT, *SEPARATORS))
        yield Mistake("file.separator", f"Write one of: {known}.")
    if shape.encoding not in (DETECT, *ENCODINGS):
        known = ", ".join((DETECT, *ENCODINGS))
        yield Mistake("file.encoding", f"Write one of: {known}.")
    if shape.heading_rows > 2:
        yield Mistake("file.heading_rows", "A file has 0, 1 or 2 rows of headings.")
    if shape.skip_rows > MOST_SKIPPED:
        yield Mistake("file.skip_rows", f"At most {MOST_SKIPPED} rows can be skipped.")
    if shape.many_tables and not shape.heading_rows:
        yield Mistake(
            "file.many_tables", "A table is found by its headings; there are none."
        )
    for name in ("pass_over", "totals"):
        if not all(word.strip() for word in getattr(shape, name)):
            yield Mistake(f"file.{name}", "An empty word would match every row.")


def _of_columns(profile: Profile) -> Iterator[Mistake]:
    for name, place in profile.columns.items():
        reason = _wrong_place(profile, name, place)
        if reason:
            yield Mistake(f"columns.{name}", reason)
    yield from _missing(profile)


def _wrong_place(profile: Profile, name: str, place: Place) -> str:
    field = FIELD.get(name)
    if field is None or profile.rows not in field.rows:
        return f"Rows of this sort ({profile.rows}) have no such field. Leave it out."
    said = (place.heading, place.position, place.constant, place.label)
    if sum(map(bool, (*said, place.in_file_name, place.headings))) != 1:
        return (
            "Say where it stands in one way: a heading, several, a position, a "
            "constant, a label or the file's name."
        )
    if place.headings and not 2 <= len(set(place.headings)) == len(place.headings):
        return "Name two headings or more, each once, to put them together."
    if place.position > MOST_COLUMNS or not 1 <= place.nth <= MOST_COLUMNS:
        return f"A file has at most {MOST_COLUMNS} columns."
    named = place.heading or place.headings
    if named and not (profile.file.heading_rows or profile.file.headings_in):
        return "The file has no headings: give the column's number instead."
    if place.in_file_name and name not in IN_FILE_NAMES:
        return f"Only these can stand in a file's name: {', '.join(IN_FILE_NAMES)}."
    return ""


def _missing(profile: Profile) -> Iterator[Mistake]:
    """Name what rows of this sort cannot do without.

    A line or an account that no column says can be told when files are imported.
    """
    columns = profile.columns
    if profile.rows is Rows.ITEMS:
        if not columns.keys() & {"started", "date"}:
            yield _needed("date", "Map the column that says on which day it began.")
        by_itself = profile.kind is Kind.MESSAGE or profile.kind is Kind.EXTRA
        if "quantity" not in columns and ("kind" in columns or not by_itself):
            yield _needed("quantity", "Map the column that says how much was used.")
    elif profile.rows is Rows.LINES:
        if "line" not in columns:
            yield _needed("line", "Map the column that holds the wireless number.")
        if "total" not in columns:
            yield _needed("total", "Map the column that holds the line's total.")
    elif "amount" not in columns:
        yield _needed("amount", "Map the column that holds the charge.")


def _needed(field: str, reason: str) -> Mistake:
    return Mistake(f"columns.{field}", reason)
