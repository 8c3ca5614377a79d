"""What a file's name says of the bill, for files that say it nowhere else."""

import re
from calendar import monthrange
from datetime import date

WHOLE = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?([0-3]\d)(?!\d)")
MONTH = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)")
LONG_NUMBER = re.compile(r"(?<!\d)\d{6,20}(?!\d)")


def date_in_name(name: str) -> date | None:
    """Find the one date in a file's name; a month means its last day.

    `calls_2021-08-16.csv` gives the 16th, `calls_202108.csv` August 31.
    """
    whole = WHOLE.findall(name)
    days = {_day(*map(int, found)) for found in whole} - {None}
    if not whole:
        days = {
            date(int(year), int(month), monthrange(int(year), int(month))[1])
            for year, month in MONTH.findall(name)
        }
    return days.pop() if len(days) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def account_in_name(name: str) -> str | None:
    """Find the one long number in a file's name that is no date."""
    found = [
        one
        for one in LONG_NUMBER.findall(name)
        if not WHOLE.fullmatch(one) and not MONTH.fullmatch(one)
    ]
    return found[0] if len(found) == 1 else None
