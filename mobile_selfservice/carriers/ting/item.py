"""The cells of one row of Ting's three files."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.codes import NOT_KNOWN, CodeBook, Treatment, UsageCode
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.moments import clock_time, full_date
from mobile_selfservice.carriers.records import (
    Direction,
    PartyType,
    Severity,
    UsageClass,
)
from mobile_selfservice.carriers.ting import layout as ting
from mobile_selfservice.carriers.usage_rows import NO_TIME, Price, Remark
from mobile_selfservice.carriers.written import Unreadable, is_blank, plain, said

HOME = frozenset({"", "usa", "us", "unitedstates", "unitedstatesofamerica"})
WAYS = {
    "incoming": Direction.IN,
    "received": Direction.IN,
    "outgoing": Direction.OUT,
    "sent": Direction.OUT,
}
YES = frozenset({"yes", "y", "true", "1"})
ABROAD = {
    "roaming": Treatment(UsageClass.ROAMING, None),
    "international": Treatment(UsageClass.INTERNATIONAL, None),
}


class Moment(NamedTuple):
    """When an item began; `cells` are started, date_inferred and is_late."""

    cells: tuple[datetime, bool, bool]
    remark: Remark | None


def read_clock(written: str) -> time | None:
    """Read a time of day; blank is None.

    Raises:
        Unreadable: if it is no time.
    """
    return None if said(written) is None else clock_time(written)


def read_moment(cells: tuple[str, ...]) -> Moment:
    """Read a day such as `February 03, 2011` and a time such as `01:11`.

    Raises:
        Unreadable: if they are none.
    """
    day, clock = full_date(cells[0]), read_clock(cells[1])
    started = datetime.combine(day, clock or time())
    remark = NO_TIME._replace(column=ting.TIME) if clock is None else None
    return Moment((started, False, False), remark)


def read_day(written: str) -> Moment:
    """Read a day of data: one row is a day's use, kept as the start of the day."""
    day: date = full_date(written)
    return Moment((datetime.combine(day, time()), False, False), None)


def needed(written: str) -> Decimal:
    """Read minutes or kilobytes.

    Raises:
        Unreadable: if the cell is blank, below zero or not a number.
    """
    number = amounts.quantity(written)
    if number is None or number < 0:
        raise Unreadable("The quantity is missing. Download the file again.")
    return number


def read_surcharge(written: str) -> Price:
    """Read what was charged beyond the plan; blank is nothing.

    Raises:
        Unreadable: if it is not an amount of money.
    """
    return Price((NOTHING, amounts.money(written) or NOTHING, NOTHING))


def read_party(written: str) -> tuple[str, str | None, PartyType]:
    """Read the other party."""
    party = numbers.other_party(written)
    return plain(written), party.number, party.type


class Trait(NamedTuple):
    """What does not change with the call: places, direction and treatment."""

    direction: Direction
    origin: str
    destination: str
    code: str
    treatment: Treatment
    description: str
    remark: Remark | None


Known = Callable[[UsageCode], Treatment]


def known_on(codes: CodeBook, on: date) -> Known:
    """Say what is known of Ting's codes on a bill's date."""
    return lambda code: codes.treatment(ting.CARRIER, code, on)


def trait_of_call(known: Known, cells: tuple[str, ...]) -> Trait:
    """Read way, places, countries and features of a call."""
    way, location, country, party_location, party_country, features = _said(cells)
    abroad = ""
    if normalized(party_country) not in HOME:
        abroad = "international"
    if normalized(country) not in HOME:
        abroad = "roaming"
    origin = _place(location, country)
    place = _place(party_location, party_country)
    return _trait(known, "minutes", abroad, features, (way, origin, place))


def trait_of_message(known: Known, cells: tuple[str, ...]) -> Trait:
    """Read way and roaming of a message."""
    way, roaming, country = _said(cells)
    abroad = "roaming" if normalized(roaming) in YES else ""
    return _trait(known, "messages", abroad, "", (way, country, ""))


def trait_of_data(known: Known, cells: tuple[str, ...]) -> Trait:
    """Read place and network of a day's data."""
    location, network = _said(cells)
    abroad = "" if normalized(location) in HOME else "roaming"
    trait = _trait(known, "megabytes", abroad, "", ("", location, ""))
    return trait._replace(description=network)


def _said(cells: tuple[str, ...]) -> list[str]:
    return ["" if is_blank(text) else text for text in map(plain, cells)]


def _place(location: str, country: str) -> str:
    """Name the place; a country at home says nothing, and may stand twice."""
    if normalized(country) in HOME or normalized(country) == normalized(location):
        return location
    return f"{location}, {country}" if location else country


def _trait(
    known: Known, bucket: str, abroad: str, features: str, ways: tuple[str, str, str]
) -> Trait:
    """Put a trait together. Ting has no rate codes: its buckets serve as such."""
    way, origin, destination = ways
    code = UsageCode(f"{bucket} {abroad}".strip(), "", features)
    treatment = known(code)
    remark = None
    if treatment == NOT_KNOWN:
        treatment = ABROAD.get(abroad, NOT_KNOWN)
        remark = _unmapped(bucket, code)
    direction = WAYS.get(normalized(way), Direction.UNKNOWN)
    return Trait(direction, origin, destination, code.text, treatment, features, remark)


def _unmapped(bucket: str, code: UsageCode) -> Remark:
    shown = numbers.shown(code.text)
    return Remark(
        f"Ting's files do not say whether “{shown}” count against an allowance, "
        "and nobody has mapped it. Have finance map it.",
        Severity.WARNING if bucket == "minutes" else Severity.NOTE,
        None,
        shown,
    )
