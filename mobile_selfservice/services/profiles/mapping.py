"""A profile being made: which field each column of a file holds, and what else is said.

A column is known by its place while it is mapped; its heading is put in the profile
when the file has one. Nothing here reads a file or a table.
"""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TypeVar

from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.mapped.fields import (
    FIELD,
    OF_THE_HEAD,
    ROWS_TITLES,
    Field,
    Rows,
    fields_of,
)
from mobile_selfservice.carriers.mapped.grid import Grid
from mobile_selfservice.carriers.mapped.preview import Preview
from mobile_selfservice.carriers.mapped.profile import Place, Profile
from mobile_selfservice.carriers.mapped.profile_rules import IN_FILE_NAMES, MOST_COLUMNS
from mobile_selfservice.carriers.source_file import SourceFile
from mobile_selfservice.services.profiles import mapping_options
from mobile_selfservice.services.refusals import NotUnderstood

NOWHERE, ALWAYS, BESIDE, IN_NAME = "", "constant", "label", "file_name"
# What may stand outside the columns; one bill's own number or day is no constant.
ELSEWHERE = ("line", *OF_THE_HEAD)
NEVER_ALWAYS = ("invoice", "bill_date", "period_from", "period_through", "due_on")
LONGEST_CELL = 200
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Mapping:
    """`chosen` gives fields by the place of their column, counted from 0.

    `absent` are fields that the profile finds in columns which this file lacks; the
    profile's own `columns` hold only what stands in no column.
    """

    profile: Profile
    chosen: MappingOf[int, str] = field(default_factory=dict)
    absent: MappingOf[str, Place] = field(default_factory=dict)
    ways: MappingOf[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A field that no column holds: in which way it is told, and the words."""

    field: Field
    way: str
    words: str
    ways: tuple[tuple[str, str], ...]


def grid_seen(seen: Preview) -> Grid:
    """Give the columns of a file that was looked at, without its rows."""
    return Grid(SourceFile(seen.file, BytesIO), seen.shape, seen.headings)


def begun(profile: Profile, grid: Grid | None) -> Mapping:
    """Take up a profile on a file; without a file, its columns stay as they are."""
    chosen: dict[int, str] = {}
    absent: dict[str, Place] = {}
    outside: dict[str, Place] = {}
    for name, place in profile.columns.items():
        if not (place.heading or place.position):
            outside[name] = place
            continue
        at = grid.position(place) if grid else None
        if at is None or at in chosen:
            absent[name] = place
        else:
            chosen[at] = name
    return Mapping(replace(profile, columns=outside), chosen, absent)


def settled(mapping: Mapping, grid: Grid | None) -> Profile:
    """Put the mapping together as the profile it means on this file."""
    columns = {**mapping.profile.columns, **mapping.absent}
    if grid is None:
        return replace(mapping.profile, columns=columns)
    for at, name in sorted(mapping.chosen.items()):
        columns[name] = _place(grid, at)
    headings = tuple(dict.fromkeys(one for one in grid.titles if one.strip()))
    return replace(
        mapping.profile,
        columns=_in_order(columns),
        headings=headings if grid.headings else (),
        file=replace(
            mapping.profile.file, cells=0 if grid.headings else grid.shape.cells
        ),
    )


def with_column(mapping: Mapping, at: int, name: str) -> Mapping:
    """Say which field a column holds; an empty name frees the column.

    A field stands in one place: where it stood before is freed.

    Raises:
        NotUnderstood: if there is no such column or field.
    """
    if not 0 <= at < MOST_COLUMNS or not (not name or _has(mapping, name)):
        raise NotUnderstood("There is no such column or field.")
    chosen = {
        place: other
        for place, other in mapping.chosen.items()
        if place != at and other != name
    }
    if name:
        chosen[at] = name
    return Mapping(
        replace(mapping.profile, columns=_without(mapping.profile.columns, name)),
        chosen,
        _without(mapping.absent, name),
        _without(mapping.ways, name),
    )


def with_elsewhere(mapping: Mapping, name: str, way: str, words: str) -> Mapping:
    """Say what no column tells: always the same, beside a label, in the file's name.

    Raises:
        NotUnderstood: if the field cannot be told in that way.
    """
    if name not in ELSEWHERE or not _has(mapping, name) or len(words) > LONGEST_CELL:
        raise NotUnderstood("There is no such field.")
    if way and way not in dict(ways_of(name)):
        raise NotUnderstood("The field cannot be told in that way.")
    columns = _without(mapping.profile.columns, name)
    said = words.strip()
    if way == IN_NAME:
        columns[name] = Place(in_file_name=True)
    elif way == ALWAYS and said:
        columns[name] = Place(constant=said)
    elif way == BESIDE and said:
        columns[name] = Place(label=said)
    chosen = {at: other for at, other in mapping.chosen.items() if other != name}
    return Mapping(
        replace(mapping.profile, columns=columns),
        chosen if way else mapping.chosen,
        _without(mapping.absent, name),
        {**mapping.ways, name: way},
    )


def with_option(mapping: Mapping, name: str, said: str) -> Mapping:
    """Put one choice in its place; fields that rows cannot have are freed.

    Raises:
        NotUnderstood: if there is no such choice.
    """
    if name != "rows":
        profile = mapping_options.with_option(mapping.profile, name, said)
        return replace(mapping, profile=profile)
    if said not in list(Rows):
        raise NotUnderstood("There is no such sort of rows.")
    kept = {one.name for one in fields_of(Rows(said))}
    columns = {
        name: place for name, place in mapping.profile.columns.items() if name in kept
    }
    return Mapping(
        replace(mapping.profile, rows=Rows(said), columns=columns),
        {at: name for at, name in mapping.chosen.items() if name in kept},
        {name: place for name, place in mapping.absent.items() if name in kept},
        {name: way for name, way in mapping.ways.items() if name in kept},
    )


def elsewhere(mapping: Mapping) -> list[Elsewhere]:
    """List what may be told outside the columns and stands in none."""
    mapped = set(mapping.chosen.values()) | set(mapping.absent)
    return [
        _elsewhere(mapping, name)
        for name in ELSEWHERE
        if _has(mapping, name) and name not in mapped
    ]


def ways_of(name: str) -> tuple[tuple[str, str], ...]:
    """Give the ways in which a field can be told outside the columns."""
    ways = [(NOWHERE, "Not in the file")]
    if name not in NEVER_ALWAYS:
        ways.append((ALWAYS, "Always the same"))
    ways.append((BESIDE, "In a row of its own, beside the words"))
    if name in IN_FILE_NAMES:
        ways.append((IN_NAME, "In the file’s name"))
    return tuple(ways)


def row_sorts() -> tuple[tuple[str, str], ...]:
    """Give what the rows of a file can be."""
    return tuple((rows, ROWS_TITLES[rows]) for rows in Rows)


def titles_of_fields(mapping: Mapping) -> list[tuple[str, str, str]]:
    """Give what a column can hold: each field's name, title and what it means."""
    return [(one.name, one.title, one.about) for one in fields_of(mapping.profile.rows)]


def _elsewhere(mapping: Mapping, name: str) -> Elsewhere:
    place = mapping.profile.columns.get(name, Place())
    way = mapping.ways.get(name, NOWHERE)
    if place.in_file_name:
        way = IN_NAME
    elif place.label or place.constant:
        way = BESIDE if place.label else ALWAYS
    words = place.label or place.constant
    return Elsewhere(FIELD[name], way, words, ways_of(name))


def _place(grid: Grid, at: int) -> Place:
    """Name a column by its heading, and by its place where it has none."""
    heading = grid.titles[at] if grid.headings and at < len(grid.titles) else ""
    named = Place(heading=heading.strip())
    if not normalized(heading):
        return Place(position=at + 1)
    while grid.position(named) != at:
        if named.nth > at:
            return Place(position=at + 1)
        named = replace(named, nth=named.nth + 1)
    return named


def _in_order(columns: MappingOf[str, Place]) -> dict[str, Place]:
    return {name: columns[name] for name in FIELD if name in columns}


def _has(mapping: Mapping, name: str) -> bool:
    return any(one.name == name for one in fields_of(mapping.profile.rows))


def _without(told: MappingOf[str, Told], name: str) -> dict[str, Told]:
    return {other: said for other, said in told.items() if other != name}
