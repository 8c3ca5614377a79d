"""Numbers, days and moments as signed sentences, receipts and letters print them.

What was signed keeps its form even when a screen's own wording changes.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def phone(number: str) -> str:
    """Write a number the way it is dialed: (209) 555-0142."""
    digits = number.removeprefix("+1")
    if len(digits) == 10 and digits.isdigit():
        return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    return number


def day(on: date) -> str:
    """Write a date: March 20, 2026."""
    return f"{on:%B} {on.day}, {on.year}"


def moment(at: datetime, time_zone: str) -> str:
    """Write a moment as the employer's clocks show it: March 20, 2026, 9:05 AM PDT."""
    local = at.astimezone(ZoneInfo(time_zone))
    clock = f"{local.hour % 12 or 12}:{local:%M %p %Z}"
    return f"{day(local.date())}, {clock}"


def period(first: date | None, last: date | None, month: date) -> str:
    """Write a billing period, or its month where the carrier does not say the days."""
    if first is None or last is None:
        return f"{month:%B %Y}"
    return f"{day(first)} to {day(last)}"
