"""A first guess at how the cells of a new mapping are written, from its first rows.

Like the guess of the columns it is shown to a person before anything is read with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mobile_selfservice.carriers.mapped.plan import Role
from mobile_selfservice.carriers.mapped.preview import Preview
from mobile_selfservice.carriers.mapped.profile import (
    DateForm,
    DurationForm,
    TimeForm,
    Written,
)
from mobile_selfservice.services.profiles.mapping import Mapping

HOURS = re.compile(r"\d+:\d\d:\d\d")
MINUTES = re.compile(r"\d+:\d\d")
YEAR_FIRST = re.compile(r"(19|20)\d\d\D")
TWO_NUMBERS = re.compile(r"(\d\d?)\D(\d\d?)\D\d+")
SIX_DIGITS, FOUR_DIGITS = re.compile(r"\d{6}"), re.compile(r"\d{3,4}")
EIGHT_DIGITS = re.compile(r"\d{8}")
DATES = ("date", "started", "bill_date", "period_from", "period_through")


def with_guessed_forms(mapping: Mapping, seen: Preview) -> Mapping:
    """Set how durations, dates and times are written, where the first rows tell."""
    written = mapping.profile.written
    written = _with_duration(written, _cells(mapping, seen, ("quantity",)))
    written = _with_date(written, _cells(mapping, seen, DATES))
    written = _with_time(written, _cells(mapping, seen, ("time",)))
    return replace(mapping, profile=replace(mapping.profile, written=written))


def _cells(mapping: Mapping, seen: Preview, fields: Sequence[str]) -> list[str]:
    places = [at for at, name in mapping.chosen.items() if name in fields]
    return list(_texts(seen, places))


def _texts(seen: Preview, places: Sequence[int]) -> Iterator[str]:
    for row in seen.raw:
        if row.role is Role.DATA:
            for at in places:
                if at < len(row.cells) and row.cells[at].strip():
                    yield row.cells[at].strip()


def _with_duration(written: Written, cells: list[str]) -> Written:
    if cells and all(HOURS.fullmatch(cell) for cell in cells):
        return replace(written, duration=DurationForm.HOURS_MINUTES_SECONDS)
    if cells and all(MINUTES.fullmatch(cell) for cell in cells):
        return replace(written, duration=DurationForm.MINUTES_SECONDS)
    return written


def _with_date(written: Written, cells: list[str]) -> Written:
    if cells and all(YEAR_FIRST.match(cell) for cell in cells):
        return replace(written, date=DateForm.YMD)
    if cells and all(EIGHT_DIGITS.fullmatch(cell) for cell in cells):
        return replace(written, date=_digits(cells))
    pairs = [TWO_NUMBERS.match(cell) for cell in cells]
    if any(pair and int(pair[1]) > 12 for pair in pairs):
        return replace(written, date=DateForm.DMY)
    return written


def _digits(cells: list[str]) -> DateForm:
    if all(cell.startswith(("19", "20")) and int(cell[4:6]) <= 12 for cell in cells):
        return DateForm.YMD_DIGITS
    is_day_first = any(int(cell[:2]) > 12 for cell in cells)
    return DateForm.DMY_DIGITS if is_day_first else DateForm.MDY_DIGITS


def _with_time(written: Written, cells: list[str]) -> Written:
    if cells and all(SIX_DIGITS.fullmatch(cell) for cell in cells):
        return replace(written, time=TimeForm.HHMMSS)
    if cells and all(FOUR_DIGITS.fullmatch(cell) for cell in cells):
        return replace(written, time=TimeForm.HHMM)
    return written
