"""Read a profile from the text of a file, and refuse each mistake by its place."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

from mobile_selfservice.carriers.mapped.bare_lines import mistakes_of_lines
from mobile_selfservice.carriers.mapped.fields import FIELD, Rows
from mobile_selfservice.carriers.mapped.profile import (
    DataUnit,
    DateForm,
    DurationForm,
    FileShape,
    Place,
    Profile,
    TimeForm,
    Written,
)
from mobile_selfservice.carriers.mapped.profile_rules import Mistake, mistakes
from mobile_selfservice.carriers.mapped.toml_text import FORMAT, to_text
from mobile_selfservice.carriers.records import Direction, Kind

__all__ = ["BadProfile", "from_text", "to_text"]
LONGEST_TEXT = 64 << 10
LONGEST_CELL = 200
LONGEST_ABOUT = 1_000
MOST_WORDS = 500
TOP = (
    *("format", "name", "carrier", "version", "about", "rows", "kind", "headings"),
    *("file", "written", "columns", "kind_words", "category_words"),
)
Word = TypeVar("Word", bound=StrEnum)


class BadProfile(Exception):  # noqa: N818
    """A profile that cannot be used; each mistake names its place and what to do."""

    def __init__(self, *found: Mistake) -> None:
        super().__init__("; ".join(one.sentence for one in found))
        self.mistakes = found


def from_text(text: str) -> Profile:
    """Read what `to_text` writes.

    Raises:
        BadProfile: if it is no profile, or not one that can be used.
    """
    if len(text) > LONGEST_TEXT:
        raise BadProfile(
            Mistake("the file", "It is longer than any profile. Choose another file.")
        )
    overlong = next(mistakes_of_lines(text), None)
    if overlong is not None:
        raise BadProfile(overlong)
    try:
        top = _Table("", tomllib.loads(text))
    except (ValueError, RecursionError) as broken:  # tomllib's own is a ValueError
        reason = f"It is no profile file: {broken}. Export the profile again."
        raise BadProfile(Mistake("the file", reason)) from None
    profile = _profile(top)
    found = mistakes(profile)
    if found:
        raise BadProfile(*found)
    return profile


def _profile(top: "_Table") -> Profile:
    top.knows(*TOP)
    if top.text("format") != FORMAT:
        raise top.bad("format", f"It should be “{FORMAT}”. Export the profile again.")
    return Profile(
        name=top.text("name"),
        carrier=top.text("carrier"),
        version=top.number("version", 1),
        about=top.text("about", most=LONGEST_ABOUT),
        rows=top.word("rows", Rows, Rows.ITEMS),
        kind=top.word("kind", Kind, Kind.VOICE),
        headings=top.words("headings"),
        file=_shape(top.table("file")),
        written=_forms(top.table("written")),
        columns=_columns(top.table("columns")),
        kind_words=_kind_words(top.table("kind_words")),
        category_words=_category_words(top.table("category_words")),
    )


@dataclass(frozen=True)
class _Table:
    """One table of the file, whose values are taken by name and of the right sort."""

    name: str
    values: Mapping[str, object]

    def bad(self, key: str, reason: str) -> BadProfile:
        place = f"{self.name}.{key}" if self.name else key
        return BadProfile(Mistake(place[:LONGEST_CELL], reason))

    def knows(self, *keys: str) -> None:
        for key in self.values:
            if key not in keys:
                known = ", ".join(keys)
                raise self.bad(key, f"The portal does not know it. It knows: {known}.")

    def text(self, key: str, otherwise: str = "", most: int = LONGEST_CELL) -> str:
        value = self.values.get(key, otherwise)
        if not isinstance(value, str) or len(value) > most:
            reason = f"Write it as text of at most {most:,} characters."
            raise self.bad(key, reason)
        return value

    def number(self, key: str, otherwise: int = 0) -> int:
        value = self.values.get(key, otherwise)
        if type(value) is not int or not 0 <= value <= 1_000_000:
            raise self.bad(key, "Write it as a whole number from 0 to 1,000,000.")
        return value

    def flag(self, key: str, *, otherwise: bool = False) -> bool:
        value = self.values.get(key, otherwise)
        if not isinstance(value, bool):
            raise self.bad(key, "Write true or false.")
        return value

    def word(self, key: str, words: type[Word], otherwise: Word) -> Word:
        try:
            return words(self.text(key, otherwise))
        except ValueError:
            known = ", ".join(words)
            raise self.bad(key, f"Write one of: {known}.") from None

    def words(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or len(value) > MOST_WORDS:
            raise self.bad(key, f"Write a list of at most {MOST_WORDS} texts.")
        return tuple(_Table(self.name, {key: one}).text(key) for one in value)

    def table(self, key: str) -> "_Table":
        value = self.values.get(key, {})
        if not isinstance(value, dict) or len(value) > MOST_WORDS:
            raise self.bad(key, f"Write it as a table, under a line “[{key}]”.")
        return _Table(f"{self.name}.{key}" if self.name else key, value)


def _shape(table: _Table) -> FileShape:
    usual = FileShape()
    table.knows(*(one.name for one in fields(FileShape)))
    return FileShape(
        separator=table.text("separator", usual.separator),
        encoding=table.text("encoding", usual.encoding),
        skip_rows=table.number("skip_rows"),
        heading_rows=table.number("heading_rows", usual.heading_rows),
        headings_in=table.text("headings_in"),
        quoted=table.flag("quoted", otherwise=usual.quoted),
        many_tables=table.flag("many_tables"),
        pass_over=table.words("pass_over"),
        totals=table.words("totals"),
        sheet=table.text("sheet"),
        cells=table.number("cells"),
    )


def _forms(table: _Table) -> Written:
    usual = Written()
    table.knows(*(one.name for one in fields(Written)))
    return Written(
        date=table.word("date", DateForm, usual.date),
        time=table.word("time", TimeForm, usual.time),
        duration=table.word("duration", DurationForm, usual.duration),
        data_unit=table.word("data_unit", DataUnit, usual.data_unit),
        decimal=table.text("decimal", usual.decimal),
        payments_positive=table.flag("payments_positive"),
        currency=table.text("currency", usual.currency),
        in_words=table.words("in_words"),
        out_words=table.words("out_words"),
        otherwise=table.word("otherwise", Direction, usual.otherwise),
    )


def _columns(table: _Table) -> dict[str, Place]:
    table.knows(*FIELD)
    return {name: _place(table, name) for name in table.values}


def _place(columns: _Table, name: str) -> Place:
    said = columns.values[name]
    if isinstance(said, str):
        return Place(heading=columns.text(name))
    if isinstance(said, list):
        return Place(headings=columns.words(name))
    if isinstance(said, int) and not isinstance(said, bool):
        return Place(position=columns.number(name))
    if not isinstance(said, dict):
        raise columns.bad(name, "Write a heading, a list of them, a number or a table.")
    table = columns.table(name)
    table.knows(*(one.name for one in fields(Place)))
    return Place(
        heading=table.text("heading"),
        nth=table.number("nth", 1),
        position=table.number("position"),
        constant=table.text("constant"),
        label=table.text("label"),
        in_file_name=table.flag("in_file_name"),
        headings=table.words("headings"),
    )


def _by_word(table: _Table) -> dict[str, tuple[str, ...]]:
    return {key: table.words(key) for key in table.values}


def _kind_words(table: _Table) -> dict[Kind, tuple[str, ...]]:
    table.knows(*Kind)
    return {Kind(name): words for name, words in _by_word(table).items()}


def _category_words(table: _Table) -> dict[str, tuple[str, ...]]:
    return _by_word(table)
