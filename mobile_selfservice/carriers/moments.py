"""Dates and times as carriers write them: often without a year, always local."""

import re
from dataclasses import dataclass
from datetime import date, time

from mobile_selfservice.carriers.written import Unreadable, plain

MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
NAMED = re.compile(
    r"(?P<m>[A-Za-z]{3,9})\.? +(?P<d>\d{1,2})(?:,? +(?P<y>\d{4}))?", re.ASCII
)
SLASHED = re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?", re.ASCII)
DASHED = re.compile(
    r"(?P<d>\d{1,2})-(?P<m>[A-Za-z]{3})(?:-(?P<y>\d{4}|\d{2}))?", re.ASCII
)
ISO = re.compile(r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})", re.ASCII)
CLOCK = re.compile(
    r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?\s*(?:(?P<half>[AP])\.?M?\.?)?",
    re.ASCII | re.IGNORECASE,
)
DIGITS = re.compile(r"(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})(?P<half>)", re.ASCII)
PERIOD = re.compile(
    r"(?P<first>[A-Za-z]+ .*?\d)\s*[-–]\s*(?P<last>[A-Za-z]+ .*)", re.ASCII | re.DOTALL
)


@dataclass(frozen=True)
class Day:
    """A day as written: the year is missing from most usage rows."""

    month: int
    day: int
    year: int | None


def written_day(written: str) -> Day:
    """Read a day: Aug 16, 2021 or 07/21 or 09/08/21 or 08-Jan or 2021-08-16.

    Raises:
        Unreadable: if it is none of these.
    """
    text = plain(written)
    for pattern in (SLASHED, NAMED, DASHED, ISO):
        match = pattern.fullmatch(text)
        if match and text.isascii():
            return Day(_month(match["m"]), int(match["d"]), _year(match["y"]))
    raise Unreadable(_no_date())


def _no_date() -> str:
    return "The cell should hold a date. Use the file as the carrier wrote it."


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    name = written[:3].casefold()
    if name not in MONTHS:
        raise Unreadable(_no_date())
    return MONTHS.index(name) + 1


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    return 2000 + int(written) if len(written) == 2 else int(written)


def full_date(written: str) -> date:
    """Read a date that must carry its year.

    Raises:
        Unreadable: if it is no date, or the year is missing.
    """
    day = written_day(written)
    if day.year is None:
        raise Unreadable("The date has no year. Use the file as the carrier wrote it.")
    return _calendar_day(day.year, day)


def _calendar_day(year: int, day: Day) -> date:
    try:
        return date(year, day.month, day.day)
    except ValueError:
        reason = f"There is no {day.month:02d}/{day.day:02d} in the year {year}."
        raise Unreadable(f"{reason} Download the file again.") from None


def on_or_before(day: Day, end: date) -> date:
    """Put a day into the billing cycle that ends on `end`.

    A day that carries no year and would fall after the end is last year's: a December
    call on a January bill.

    Raises:
        Unreadable: if the calendar has no such day.
    """
    if day.year is not None:
        return _calendar_day(day.year, day)
    if (day.month, day.day) <= (end.month, end.day):
        return _calendar_day(end.year, day)
    return _calendar_day(end.year - 1, day)


def clock_time(written: str) -> time:
    """Read a time of day: 7:15A, 12:00AM, 10:18 PM, 00:04 or 181239.

    Raises:
        Unreadable: if there is no such time.
    """
    text = plain(written)
    match = CLOCK.fullmatch(text) or DIGITS.fullmatch(text)
    if not match or not text.isascii():
        raise Unreadable("The cell should hold a time of day, such as 7:15A.")
    hour = int(match["h"])
    if match["half"]:
        hour = _of_twelve(hour, match["half"])
    try:
        return time(hour, int(match["m"]), int(match["s"] or 0))
    except ValueError:
        raise Unreadable("There is no such time of day.") from None


def _of_twelve(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise Unreadable("There is no such hour in the morning or the afternoon.")
    return hour % 12 + (12 if half in "pP" else 0)


@dataclass(frozen=True)
class Period:
    """A billing period, both days included; `inferred` where the year was not said."""

    first: date
    last: date
    inferred: bool


def bill_period(written: str, bill_date: date) -> Period:
    """Read `Jul 17 -Aug 16 `: the years come from the bill's own date.

    Raises:
        Unreadable: if it is not two days.
    """
    match = PERIOD.fullmatch(plain(written))
    if not match:
        raise Unreadable("The cell should hold a period, such as Jul 17 - Aug 16.")
    first, last = written_day(match["first"]), written_day(match["last"])
    through = _nearest(last, bill_date)
    period = Period(
        on_or_before(first, through), through, None in (first.year, last.year)
    )
    if period.first > period.last:
        raise Unreadable("The period ends before it begins.")
    return period


def _nearest(day: Day, bill_date: date) -> date:
    """Choose the year that puts the period's end closest to the bill's date."""
    if day.year is not None:
        return _calendar_day(day.year, day)
    fitting = []
    for year in range(bill_date.year - 1, bill_date.year + 2):
        try:
            fitting.append(_calendar_day(year, day))
        except Unreadable:
            continue
    if not fitting:
        raise Unreadable("The period ends on a day the calendar does not have.")
    return min(fitting, key=lambda fit: abs(fit - bill_date))
