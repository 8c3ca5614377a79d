"""When a bill must be reviewed, and how days and hours are counted.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 4.G.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mobile_selfservice.policy.explained import Clause, ExplainedCount, Step
from mobile_selfservice.policy.parameters import Edition

RETURN_OF_FORM = Clause("Lodi 2011", "4.G")
ONE_DAY = timedelta(days=1)
SATURDAY = 5


class DayKind(StrEnum):
    """Which days a deadline counts."""

    CALENDAR = "calendar"
    BUSINESS = "business"
    SCHOOL = "school"


class Roll(StrEnum):
    """What happens when the last day is not a business day."""

    NONE = "none"
    NEXT_BUSINESS_DAY = "next_business_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Where the employer's days begin, which are free, and how they are counted.

    `no_school` are the days without school; where they are not given, a school day is
    counted by the holidays.
    """

    timezone: str
    holidays: frozenset[date] = frozenset()
    day_kind: DayKind = DayKind.CALENDAR
    roll: Roll = Roll.NEXT_BUSINESS_DAY
    no_school: frozenset[date] | None = None

    @property
    def free(self) -> frozenset[date]:
        """The days, beside weekends, that are not counted and not a last day."""
        if self.day_kind is DayKind.SCHOOL and self.no_school is not None:
            return self.no_school
        return self.holidays


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What a count of days is for: its clause, the word that starts it, its reading."""

    clause: Clause = RETURN_OF_FORM
    began: str = "received"
    reading: str = "AMB-32"


REVIEW = Counting()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day something may be done, and how it was counted."""

    due: date
    steps: tuple[Step, ...]


def calendar_in_force(
    edition: Edition, on: date, holidays: frozenset[date]
) -> Calendar:
    """Take the way of counting days from the edition in force on the starting day.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    return Calendar(
        timezone=edition.text("deadlines.timezone", on),
        holidays=holidays,
        day_kind=DayKind(edition.text("deadlines.day_kind", on)),
        roll=Roll(edition.text("deadlines.roll", on)),
        no_school=_no_school(edition, on),
    )


def _no_school(edition: Edition, on: date) -> frozenset[date] | None:
    dated = edition.parameter("deadlines.holidays").values
    if not any(
        each.scope == DayKind.SCHOOL and each.valid_from <= on for each in dated
    ):
        return None
    return frozenset(edition.dates("deadlines.holidays", on, DayKind.SCHOOL))


def local_date(at: datetime, calendar: Calendar) -> date:
    """Return the employer's date at a moment.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.

    Raises:
        ValueError: if the moment does not say which zone it is in.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(ZoneInfo(calendar.timezone)).date()


def is_business_day(day: date, calendar: Calendar) -> bool:
    """Tell whether a day is neither a weekend day nor a holiday, or is a school day.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    return day.weekday() < SATURDAY and day not in calendar.free


def next_business_day(day: date, calendar: Calendar) -> date:
    """Return the day itself if it is a business day, else the first one after it.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    while not is_business_day(day, calendar):
        day += ONE_DAY
    return day


def deadline(
    started_at: datetime, days: int, calendar: Calendar, counting: Counting = REVIEW
) -> Deadline:
    """Count days from a moment: its own date is day nought, the last day is included.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    return deadline_from(local_date(started_at, calendar), days, calendar, counting)


def deadline_from(
    started: date, days: int, calendar: Calendar, counting: Counting = REVIEW
) -> Deadline:
    """Count days from a date that is one already: it is day nought.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    if calendar.day_kind is DayKind.CALENDAR:
        last = started + timedelta(days=days)
    else:
        last = _count_working_days(started, days, calendar)
    steps = [
        Step(
            f"{counting.began} {in_words(started)}, which does not count; "
            f"{days} {calendar.day_kind} days later is {in_words(last)}",
            counting.clause,
            None,
            counting.reading,
        )
    ]
    due = last
    if calendar.roll is Roll.NEXT_BUSINESS_DAY:
        due = next_business_day(last, calendar)
    if due != last:
        text = f"that is not a business day; the next one is {in_words(due)}"
        steps.append(Step(text, counting.clause, None, counting.reading))
    return Deadline(due, tuple(steps))


def _count_working_days(day: date, days: int, calendar: Calendar) -> date:
    for _ in range(days):
        day = next_business_day(day + ONE_DAY, calendar)
    return day


def review_due(
    received_at: datetime, edition: Edition, holidays: frozenset[date]
) -> Deadline:
    """Return the last day an employee may certify and return a bill.

    The clock starts when Finance releases the bill to the department.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    # ASSUMPTION: the zone is fixed for an edition, so the day it is asked for is moot.
    zone = calendar_in_force(edition, received_at.date(), holidays)
    on = local_date(received_at, zone)
    calendar = calendar_in_force(edition, on, holidays)
    days = edition.whole("cert.deadline_days", on)
    counting = Counting(clause=edition.parameter("cert.deadline_days").clause)
    return deadline(received_at, days, calendar, counting)


def is_on_time(due: date, acted_at: datetime, calendar: Calendar) -> bool:
    """Tell whether an act fell on the due date or before, in the employer's zone.

    Clause: Lodi 2011 §4.G. Reading: AMB-32, AMB-33.
    """
    return local_date(acted_at, calendar) <= due


def is_overdue(due: date, now: datetime, calendar: Calendar) -> bool:
    """Tell whether the last day has ended in the employer's zone.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    return not is_on_time(due, now, calendar)


def reopened_due(
    original: date, returned_at: datetime, reopen_days: int, calendar: Calendar
) -> date:
    """Return the due date of a bill a director sends back: never an earlier one.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    return reopened(original, returned_at, reopen_days, calendar).due


def reopened(
    original: date,
    returned_at: datetime,
    reopen_days: int,
    calendar: Calendar,
    clause: Clause = RETURN_OF_FORM,
) -> Deadline:
    """Count the days a person has to answer a returned bill, with the working.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    counting = Counting(clause=clause, began="returned")
    counted = deadline(returned_at, reopen_days, calendar, counting)
    if original <= counted.due:
        return counted
    text = f"that is before {in_words(original)}, which stays the last day"
    kept = Step(text, clause, None, counting.reading)
    return Deadline(original, (*counted.steps, kept))


def overdue(due: date, today: date, clause: Clause = RETURN_OF_FORM) -> ExplainedCount:
    """Count the days since the last day ended; the last day itself is still in time.

    Clause: Lodi 2011 §4.G. Reading: AMB-32.
    """
    days = max(0, (today - due).days)
    last = f"the last day is {in_words(due)}, to its end"
    if days:
        late = f"{days} {'day' if days == 1 else 'days'}"
        now = f"overdue since then: {late} on {in_words(today)}"
    else:
        now = f"today is {in_words(today)}: not overdue"
    return ExplainedCount(
        days,
        (Step(last, clause, None, "AMB-32"), Step(now, clause, None, "AMB-32")),
    )


def hours_later(at: datetime, hours: int, calendar: Calendar) -> datetime:
    """Return the moment so many elapsed hours later, in the employer's zone.

    Hours run through nights, weekends and clock changes.

    Clause: Lodi 2011 §3.G.
    """
    elapsed = at.astimezone(UTC) + timedelta(hours=hours)
    return elapsed.astimezone(ZoneInfo(calendar.timezone))


def years_later(day: date, years: int) -> date:
    """Return the same day so many years later; February 29 becomes February 28.

    Clause: Lodi 2011 §3.B.2.d. Reading: AMB-25.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def start_of_next_day(day: date, calendar: Calendar) -> datetime:
    """Return the moment a day has ended by the employer's clock.

    Where the clock skips midnight that is the first moment the next day has.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-35.
    """
    zone = ZoneInfo(calendar.timezone)
    midnight = datetime.combine(day + ONE_DAY, time(), zone)
    return midnight.astimezone(UTC).astimezone(zone)


def in_words(day: date) -> str:
    """Write a date the American way: Wednesday, April 1, 2026."""
    return f"{day:%A, %B} {day.day}, {day.year}"
