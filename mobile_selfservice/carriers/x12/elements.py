"""The elements of X12 segments: amounts with and without a point, days and times."""

from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from mobile_selfservice.carriers import amounts, moments, numbers
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.records import Severity
from mobile_selfservice.carriers.written import Unreadable
from mobile_selfservice.carriers.x12.splitter import Segment

# An invoice of a million calls repeats a few thousand texts.
_money = lru_cache(maxsize=1 << 14)(amounts.money)
_quantity = lru_cache(maxsize=1 << 14)(amounts.quantity)
_full_date = lru_cache(maxsize=1 << 10)(moments.full_date)
_clock_time = lru_cache(maxsize=1 << 12)(moments.clock_time)
CENT = Decimal("0.01")
POINT_IN_CENTS = (
    "This element holds whole cents by the standard, but is written with a decimal "
    "point. It is read with the point, as dollars and cents."
)


class BadElement(Exception):  # noqa: N818
    """An element that stops its segment from being read."""

    def __init__(self, segment: Segment, number: int, reason: str) -> None:
        super().__init__(reason)
        self.segment = segment
        self.number = number

    def told(self, findings: FileFindings) -> None:
        """Put the segment on the list of what could not be read."""
        segment, place = self.segment, self.segment.place(self.number)
        shown = numbers.shown(segment.at(self.number))
        findings.error(segment.line, place, shown, str(self))


def money(segment: Segment, number: int) -> Decimal | None:
    """Read an amount that carries its decimal point (type R); blank is None.

    Raises:
        BadElement: if it is no amount of money.
    """
    try:
        return _money(segment.at(number))
    except Unreadable as unreadable:
        raise BadElement(segment, number, str(unreadable)) from None


def cents(segment: Segment, number: int, findings: FileFindings) -> Decimal | None:
    """Read an amount whose last two digits are cents (type N2); blank is None.

    Raises:
        BadElement: if it is no amount of money.
    """
    amount = money(segment, number)
    if amount is None:
        return None
    if "." in segment.at(number):
        place = f"{segment.id}{number:02d}"
        findings.count(POINT_IN_CENTS, Severity.WARNING, segment.line, place)
        return amount
    return (amount * CENT).quantize(CENT)


def quantity(segment: Segment, number: int) -> Decimal | None:
    """Read a count or a measure; blank is None.

    Raises:
        BadElement: if it is no number.
    """
    try:
        return _quantity(segment.at(number))
    except Unreadable as unreadable:
        raise BadElement(segment, number, str(unreadable)) from None


def day(segment: Segment, number: int) -> date | None:
    """Read a day, CCYYMMDD or the older YYMMDD; blank is None.

    Raises:
        BadElement: if it is no day.
    """
    written = segment.at(number)
    if not written:
        return None
    if len(written) not in (6, 8) or not written.isdecimal():
        raise BadElement(segment, number, "The element should hold a date: 20220116.")
    try:
        return _full_date(written if len(written) == 8 else f"20{written}")
    except Unreadable as unreadable:
        raise BadElement(segment, number, str(unreadable)) from None


def days(segment: Segment, number: int) -> tuple[date, date] | None:
    """Read a first and a last day, CCYYMMDD-CCYYMMDD; None if it is not that.

    Raises:
        BadElement: if one of the two is no day.
    """
    first, _, last = segment.at(number).partition("-")
    if len(first) != 8 or len(last) != 8:
        return None
    try:
        return moments.full_date(first), moments.full_date(last)
    except Unreadable as unreadable:
        raise BadElement(segment, number, str(unreadable)) from None


def clock(segment: Segment, number: int) -> time | None:
    """Read a time of day, HHMM, HHMMSS or finer, to the second; blank is None.

    Raises:
        BadElement: if there is no such time.
    """
    written = segment.at(number)
    if not written:
        return None
    if len(written) not in (4, 6, 7, 8) or not written.isdecimal():
        raise BadElement(segment, number, "The element should hold a time: 0715.")
    try:
        return _clock_time(written[:6].ljust(6, "0"))
    except Unreadable as unreadable:
        raise BadElement(segment, number, str(unreadable)) from None
