"""Days, moments, numbers and amounts of use, in the words every screen uses."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

UNBROKEN = "\N{NO-BREAK SPACE}"
THOUSAND = Decimal(1000)


def month_in_words(month: date) -> str:
    """Write a billing month: March 2026."""
    return f"{month:%B %Y}"


def day_in_words(day: date | None) -> str:
    """Write a date the American way without its weekday: March 20, 2026."""
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def short_day(day: date | None) -> str:
    """Write a date where there is little room: Mar 20, 2026."""
    words = f"{day:%b} {day.day}, {day.year}" if day else ""
    return words.replace(" ", UNBROKEN)


def short_period(first: date, last: date) -> str:
    """Write a billing period in little room: Sep 26 – Oct 25, 2026."""
    start = short_day(first)
    if first.year == last.year:
        start = start.rpartition(",")[0]
    return f"{start} – {short_day(last)}"


def moment_in_words(at: datetime, time_zone: str) -> str:
    """Write a moment as the employer's clocks show it: March 20, 2026, 9:05 AM."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{day_in_words(local.date())}, {clock_time(local)}"


def short_moment(at: datetime, time_zone: str) -> str:
    """Write a moment where there is little room: Mar 20, 2026, 9:05 AM."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{short_day(local.date())}, {clock_time(local).replace(' ', UNBROKEN)}"


def clock_time(at: datetime) -> str:
    """Write a time of day: 9:05 AM."""
    return f"{at.hour % 12 or 12}:{at:%M %p}"


def phone(number: str) -> str:
    """Write a phone number the way it is dialed here: (209) 555-0142."""
    digits = number.removeprefix("+1")
    if len(digits) == 10 and digits.isdigit():
        return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    return number


def counted(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun: 1 bill, 1,204 bills."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def amount_of_use(quantity: Decimal) -> str:
    """Write minutes or messages plainly: 1,204, 0.5."""
    return (
        f"{quantity.normalize():,f}"
        if quantity % 1
        else f"{quantity.to_integral_value():,f}"
    )


def data_use(kilobytes: Decimal) -> str:
    """Write an amount of data in the unit people know: 1.2 GB, 840 MB, 12 KB."""
    if kilobytes >= 1024 * 1024:
        return f"{kilobytes / (1024 * 1024):,.1f}{UNBROKEN}GB"
    if kilobytes >= 1024:
        return f"{kilobytes / 1024:,.0f}{UNBROKEN}MB"
    return f"{kilobytes:,.0f}{UNBROKEN}KB"


def about(amount: Decimal) -> str:
    """Write an amount short enough for a chart: $840, $3.9k, $42k."""
    if amount < THOUSAND:
        return f"${amount:,.0f}"
    thousands = amount / THOUSAND
    return f"${thousands:,.1f}k" if thousands < 10 else f"${thousands:,.0f}k"


def percent(part: Decimal, whole: Decimal) -> str:
    """Write a share: 12.5%; of nothing there is no share."""
    return f"{part / whole * 100:,.1f}%" if whole else "–"
