"""Cases about days, hours and years."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mobile_selfservice.policy import review_deadline
from mobile_selfservice.policy.review_deadline import Calendar, DayKind, Roll
from mobile_selfservice.policy_cases.calculation import Answered, Calculation
from mobile_selfservice.policy_cases.records import called


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingParams:
    """The choices, for those who write them apart from the facts."""

    unit: DayKind | None = field(default=None, metadata=called("unit", "day_kind"))
    roll: Roll | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A deadline in days from a moment."""

    at: datetime
    tz: str
    days: int = field(metadata=called("days", "deadline_days"))
    holidays: tuple[date, ...] = ()
    no_school: tuple[date, ...] | None = None
    unit: DayKind = field(default=DayKind.CALENDAR, metadata=called("unit", "day_kind"))
    roll: Roll = Roll.NEXT_BUSINESS_DAY
    params: CountingParams = CountingParams()


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day."""

    due: date | None = None


def deadline(given: Counting) -> Answered:
    """Count the days."""
    calendar = Calendar(
        timezone=given.tz,
        holidays=frozenset(given.holidays),
        day_kind=given.params.unit or given.unit,
        roll=given.params.roll or given.roll,
        no_school=None if given.no_school is None else frozenset(given.no_school),
    )
    counted = review_deadline.deadline(given.at, given.days, calendar)
    return Answered({"due": counted.due}, counted.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """An act at a moment, and the day it was due."""

    due: date
    at: datetime
    tz: str


@dataclass(frozen=True, slots=True)
class OnTime:
    """Whether the act was in time."""

    on_time: bool | None = None


def on_time(given: Acting) -> Answered:
    """Tell whether the act was in time."""
    calendar = Calendar(timezone=given.tz)
    return Answered(
        {"on_time": review_deadline.is_on_time(given.due, given.at, calendar)}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours from a moment."""

    at: datetime
    hours: int
    tz: str


@dataclass(frozen=True, slots=True)
class DueMoment:
    """The last moment."""

    due: datetime | None = None


def hours(given: Hours) -> Answered:
    """Count the hours."""
    calendar = Calendar(timezone=given.tz)
    due = review_deadline.hours_later(given.at, given.hours, calendar)
    return Answered({"due": due})


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """Years from a day."""

    start: date = field(metadata=called("from"))
    years: int


def add_years(given: Years) -> Answered:
    """Count the years."""
    return Answered({"due": review_deadline.years_later(given.start, given.years)})


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "deadline": Calculation(Counting, DueDay, deadline),
    "on_time": Calculation(Acting, OnTime, on_time),
    "hours": Calculation(Hours, DueMoment, hours),
    "add_years": Calculation(Years, DueDay, add_years),
}
