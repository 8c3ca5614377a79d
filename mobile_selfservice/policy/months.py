"""Calendar months: counting them, and their length."""

from datetime import date, timedelta

MONTHS_A_YEAR = 12
ONE_DAY = timedelta(days=1)


def month_of(day: date) -> date:
    """Return the first day of the month a day lies in, which stands for the month."""
    return day.replace(day=1)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day."""
    counted = day.year * MONTHS_A_YEAR + day.month - 1 + months
    first = date(counted // MONTHS_A_YEAR, counted % MONTHS_A_YEAR + 1, 1)
    return first.replace(day=min(day.day, days_in_month(first)))


def days_in_month(day: date) -> int:
    """Return how many days the month of a day has."""
    first = month_of(day)
    return ((first + timedelta(days=31)).replace(day=1) - first).days


def month_in_words(month: date) -> str:
    """Write a month: April 2026."""
    return f"{month:%B} {month.year}"


def months_in_words(count: int) -> str:
    """Write a number of months: 1 month, 7 months."""
    return f"{count:,} month{'' if count == 1 else 's'}"


def day_in_words(day: date) -> str:
    """Write a date without its weekday: April 1, 2026."""
    return f"{day:%B} {day.day}, {day.year}"
