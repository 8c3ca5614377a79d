"""The demo's days: its bill months, when each is released, and when offices close."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("America/Los_Angeles")
BILL_DAY = 25
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
FIXED = (
    (1, 1, "New Year's Day"),
    (6, 19, "Juneteenth"),
    (7, 4, "Independence Day"),
    (11, 11, "Veterans Day"),
    (12, 25, "Christmas Day"),
)


@dataclass(frozen=True, slots=True)
class BillMonth:
    """A month of the carrier: billed on its 25th, for the days since the last bill."""

    first: date

    @property
    def bill_date(self) -> date:
        """The day of the bill, and the last day it covers."""
        return self.first.replace(day=BILL_DAY)

    @property
    def period_from(self) -> date:
        """The first day the bill covers."""
        before = self.first - timedelta(days=1)
        return before.replace(day=BILL_DAY) + timedelta(days=1)

    @property
    def days(self) -> list[date]:
        """Every day the bill covers."""
        count = (self.bill_date - self.period_from).days + 1
        return [self.period_from + timedelta(days=n) for n in range(count)]

    @property
    def released_on(self) -> date:
        """The day finance releases it: the last business day of the month."""
        day = next_month(self.first) - timedelta(days=1)
        closed = {holiday for holiday, _ in holidays(day.year)}
        while day.weekday() >= SATURDAY or day in closed:
            day -= timedelta(days=1)
        return day


def bill_months(until: date, count: int) -> list[BillMonth]:
    """Give the bill months that end with `until`, oldest first."""
    first = until.replace(day=1)
    found = [first]
    while len(found) < count:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return [BillMonth(month) for month in reversed(found)]


def next_month(first: date) -> date:
    """Give the first day of the month after."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Give a moment of a day by the clock of Alder Creek."""
    return datetime.combine(day, time(hour, minute), TIME_ZONE)


def holidays(year: int) -> Iterator[tuple[date, str]]:
    """Name the days on which the city's offices are closed in a year."""
    for month, day, name in FIXED:
        yield _observed(date(year, month, day)), name
    yield _nth(year, 1, MONDAY, 3), "Martin Luther King Jr. Day"
    yield _nth(year, 2, MONDAY, 3), "Presidents' Day"
    yield _nth(year, 6, MONDAY, 1) - timedelta(days=7), "Memorial Day"
    yield _nth(year, 9, MONDAY, 1), "Labor Day"
    thanksgiving = _nth(year, 11, THURSDAY, 4)
    yield thanksgiving, "Thanksgiving Day"
    yield thanksgiving + timedelta(days=1), "Day after Thanksgiving"


def _observed(day: date) -> date:
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=day.weekday() == SUNDAY)


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
