"""What the cells of a mapped file say, each in the form that its profile names."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from mobile_selfservice.carriers import amounts
from mobile_selfservice.carriers.amounts import KILOBYTES, NOTHING
from mobile_selfservice.carriers.mapped.profile import (
    DataUnit,
    DateForm,
    DurationForm,
    TimeForm,
    Written,
)
from mobile_selfservice.carriers.moments import (
    Day,
    clock_time,
    on_or_before,
    written_day,
)
from mobile_selfservice.carriers.records import Kind
from mobile_selfservice.carriers.written import Unreadable, is_blank, plain, said

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
IN_LETTERS = re.compile(r"[A-Za-z]{3}")
WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? +", re.IGNORECASE)
PARTS = re.compile(r"([0-9]{1,4})[/.\-]([0-9]{1,2})(?:[/.\-]([0-9]{4}|[0-9]{2}))?")
DIGITS = re.compile(r"[0-9]{7,8}")
LENGTH = re.compile(r"(?:([0-9]{1,6}):)?([0-9]{1,9}):([0-5][0-9])")
SECONDS_UNIT = re.compile(
    r"(.{0,40}[0-9])\s{0,4}(?:s|sec|secs|second|seconds)", re.IGNORECASE
)
MINUTES_UNIT = re.compile(
    r"(.{0,40}[0-9])\s{0,4}(?:m|min|mins|minute|minutes)\.?", re.IGNORECASE
)
COUNT_UNIT = re.compile(
    r"(.{0,40}[0-9])\s{0,4}(?:msg|msgs|sms|mms|text|texts|message|messages|event|events)\.?",
    re.IGNORECASE,
)
DATA_UNIT = re.compile(r"(.{0,40}[0-9])\s{0,4}(bytes?|b|kb|mb|gb)", re.IGNORECASE)
CURRENCIES = re.compile(r"(?:US|CA|C|A)?\$|[€£]|\b(?:USD|CAD|EUR|GBP)\b")
CREDIT = re.compile(r"(.{0,40}[0-9])\s{0,4}CR", re.IGNORECASE)
MOMENT = re.compile(r"(.{1,40}\S)[,\s]{1,4}([0-9]{1,2}:\S.*|[0-9]{4,6})", re.DOTALL)
SWAPPED = str.maketrans({".": ",", ",": ".", " ": ",", "\u00a0": ",", "\u202f": ","})
THOUSANDTH = Decimal("0.001")
SIXTY = Decimal(60)

NO_DATE = "The cell should hold a date in the order {}. Choose the order it is in."
NO_YEAR = (
    "The date has no year, and nothing says the date of the bill. State the bill date "
    "when importing, or map it."
)
NO_SUCH_DAY = (
    "This is read as month {}, day {}, which the calendar does not have. Choose the "
    "order of month and day under “Dates are written”."
)
NO_LENGTH = (
    "The cell should hold a length as {}. Choose how lengths are written under "
    "“Durations are written”."
)
MISSING = "The quantity is missing. Choose the column that holds it."


class Texts:
    """The conversions of one profile."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self._exact: Callable[[str], str] = (
            _with_point if written.decimal == "," else plain
        )

    def money(self, text: str) -> Decimal | None:
        """Read an amount of money; blank is None.

        Raises:
            Unreadable: if it is none.
        """
        if " + " in text:
            return sum(
                (self.money(part) or NOTHING for part in text.split(" + ")), NOTHING
            )
        bare = CURRENCIES.sub("", plain(text)).strip()
        credit = CREDIT.fullmatch(bare)
        amount = amounts.money(self._exact(credit[1] if credit else bare))
        if not credit or amount is None:
            return amount
        if amount < 0:
            raise Unreadable("The amount has a minus and a CR: which counts?")
        return -amount

    def number(self, text: str) -> Decimal | None:
        """Read a number; blank is None.

        Raises:
            Unreadable: if it is none.
        """
        return amounts.quantity(self._exact(text))

    def needed(self, text: str) -> Decimal:
        """Read a number that the row cannot do without.

        Raises:
            Unreadable: if it is blank or no number.
        """
        found = self.number(text)
        if found is None:
            raise Unreadable(MISSING)
        return found

    def day(self, text: str) -> Day:
        """Read a day in the profile's order; letters and ISO are certain in any.

        Raises:
            Unreadable: if it is none.
        """
        bare = WEEKDAY.sub("", plain(text), count=1)
        if ISO_DAY.fullmatch(bare) or IN_LETTERS.search(bare):
            return written_day(bare)
        form = self.written.date
        if form in (DateForm.MDY, DateForm.DMY, DateForm.YMD):
            return _in_order(bare, form)
        if not DIGITS.fullmatch(bare) or not bare.isascii():
            raise Unreadable(NO_DATE.format(form))
        return _of_digits(bare, form)

    def whole_day(self, text: str) -> date:
        """Read a date that carries its year.

        Raises:
            Unreadable: if it is none.
        """
        day = self.day(text)
        if day.year is None:
            raise Unreadable("The date has no year. Map a column that has it.")
        return in_its_year(day, None)

    def clock(self, text: str) -> time | None:
        """Read a time of day; blank is None.

        Raises:
            Unreadable: if it is none.
        """
        bare = said(text)
        if bare is None:
            return None
        digits = {TimeForm.HHMMSS: 6, TimeForm.HHMM: 4}.get(self.written.time)
        if digits is None or ":" in bare:
            return clock_time(bare)
        if not re.fullmatch(rf"[0-9]{{1,{digits}}}", bare):
            raise Unreadable(f"The cell should hold a time as {self.written.time}.")
        return clock_time(bare.zfill(digits).ljust(6, "0"))

    def moment(self, text: str) -> tuple[Day, time | None]:
        """Read a day and a time of day in one cell.

        Raises:
            Unreadable: if it is not both.
        """
        bare = plain(text)
        day, between, clock = bare.partition("T" if ISO_DAY.match(bare) else " ")
        if not between or not ISO_DAY.fullmatch(day):
            day, clock = _parted(bare)
        return self.day(day), self.clock(clock)

    def minutes(self, text: str) -> Decimal:
        """Read the length of a call in minutes, to the thousandth.

        Raises:
            Unreadable: if it is none.
        """
        bare = plain(text)
        if is_blank(bare):
            raise Unreadable(MISSING)
        form = self.written.duration
        if form in (DurationForm.MINUTES_SECONDS, DurationForm.HOURS_MINUTES_SECONDS):
            return _length(bare, form)
        if form is DurationForm.SECONDS:
            unit = SECONDS_UNIT.fullmatch(bare)
            return _of_seconds(self._needed_length(unit[1] if unit else bare))
        unit = MINUTES_UNIT.fullmatch(bare)
        return self._needed_length(unit[1] if unit else bare)

    def _needed_length(self, text: str) -> Decimal:
        try:
            return self.needed(text)
        except Unreadable:
            form = self.written.duration
            raise Unreadable(NO_LENGTH.format(form)) from None

    def count(self, text: str) -> Decimal:
        """Read a number of messages; a row that leaves it out is one message.

        Raises:
            Unreadable: if it is no number.
        """
        bare = plain(text)
        if is_blank(bare):
            return Decimal(1)
        unit = COUNT_UNIT.fullmatch(bare)
        return self.needed(unit[1] if unit else bare)

    def kilobytes(self, text: str) -> Decimal:
        """Read an amount of data in KB; a unit in the cell goes before the profile's.

        Raises:
            Unreadable: if it is no number.
        """
        bare = plain(text)
        unit = DATA_UNIT.fullmatch(bare)
        amount = self.needed(unit[1] if unit else bare)
        name = unit[2].upper() if unit else self.written.data_unit.value
        if name.startswith("B") or name == DataUnit.BYTES.value:
            return _short((amount / 1024).quantize(THOUSANDTH, ROUND_HALF_UP))
        return amount * KILOBYTES[name]


def quantity_reader(texts: Texts, kind: Kind) -> Callable[[str], Decimal]:
    """Choose how an amount of use is read: it depends on what was used."""
    return {
        Kind.VOICE: texts.minutes,
        Kind.MESSAGE: texts.count,
        Kind.DATA: texts.kilobytes,
        Kind.EXTRA: texts.count,
    }[kind]


def _with_point(text: str) -> str:
    return plain(text).translate(SWAPPED)


def _parted(text: str) -> tuple[str, str]:
    """Part a day from the time behind it: `Jan 8, 2022 7:15P`."""
    found = MOMENT.fullmatch(text)
    if not found:
        raise Unreadable("The cell should hold a date and a time of day.")
    return found[1].rstrip(","), found[2]


def _in_order(text: str, form: DateForm) -> Day:
    found = PARTS.fullmatch(text)
    if not found or not text.isascii():
        raise Unreadable(NO_DATE.format(form))
    first, second, third = found.groups()
    if form is DateForm.YMD:
        if third is None:
            return _calendar(second, third=None, month=first)
        return _calendar(third, first, second)
    if len(first) > 2:
        raise Unreadable(NO_DATE.format(form))
    if form is DateForm.MDY:
        return _calendar(second, third, first)
    return _calendar(first, third, second)


def _calendar(day: str, third: str | None, month: str) -> Day:
    if not 1 <= int(month) <= 12 or not 1 <= int(day) <= 31:
        raise Unreadable(NO_SUCH_DAY.format(int(month), int(day)))
    if third is None:
        return Day(int(month), int(day), None)
    return Day(int(month), int(day), int(third) + (2000 if len(third) == 2 else 0))


def _of_digits(text: str, form: DateForm) -> Day:
    if form is DateForm.YMD_DIGITS:
        if len(text) < 8:
            raise Unreadable(NO_DATE.format(form))
        return _calendar(text[6:], text[:4], text[4:6])
    text = text.zfill(8)  # a spreadsheet drops the zero in front of the month
    if form is DateForm.DMY_DIGITS:
        return _calendar(text[:2], text[4:], text[2:4])
    return _calendar(text[2:4], text[4:], text[:2])


def in_its_year(day: Day, end: date | None) -> date:
    """Give a day its year, from the end of the billing period where it has none.

    Raises:
        Unreadable: if there is neither, or the calendar has no such day.
    """
    if day.year is None and end is None:
        raise Unreadable(NO_YEAR)
    try:
        return on_or_before(day, end or date.max)
    except Unreadable:
        raise Unreadable(NO_SUCH_DAY.format(day.month, day.day)) from None


def started_on(on: date, clock: time | None) -> datetime:
    """Put day and time together; without a time it is the start of the day."""
    return datetime.combine(on, clock or time())


def _length(text: str, form: DurationForm) -> Decimal:
    found = LENGTH.fullmatch(text)
    hours = form is DurationForm.HOURS_MINUTES_SECONDS
    if not found or not text.isascii() or bool(found[1]) > hours:
        raise Unreadable(NO_LENGTH.format(form))
    if hours and not found[1]:
        raise Unreadable(NO_LENGTH.format(form))
    if hours and int(found[2]) > 59:
        raise Unreadable(NO_LENGTH.format(form))
    minutes = int(found[1] or 0) * 60 + int(found[2])
    return _of_seconds(Decimal(minutes * 60 + int(found[3])))


def _of_seconds(seconds: Decimal) -> Decimal:
    """Say seconds in minutes, to the thousandth; whole minutes stay whole."""
    if seconds < 0:
        raise Unreadable("A call cannot last less than no time.")
    minutes = (seconds / SIXTY).quantize(THOUSANDTH, ROUND_HALF_UP)
    return _short(minutes)


def _short(exact: Decimal) -> Decimal:
    """Drop zeros behind the point: 7.500 minutes are 7.5, and 10.000 are 10."""
    if exact == exact.to_integral_value():
        return exact.quantize(Decimal(1))
    return exact.normalize()
