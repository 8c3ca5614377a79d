"""The cells of one row of T-Mobile's lists."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from mobile_selfservice.carriers import amounts, item_cells, numbers
from mobile_selfservice.carriers.amounts import ZERO
from mobile_selfservice.carriers.codes import (
    NOT_KNOWN,
    CodeBook,
    CodeEntry,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.moments import clock_time, full_date
from mobile_selfservice.carriers.records import (
    Direction,
    PartyType,
    Severity,
    UsageClass,
)
from mobile_selfservice.carriers.tmobile import layout as tmobile
from mobile_selfservice.carriers.usage_rows import NO_TIME, Remark
from mobile_selfservice.carriers.written import Unreadable, is_blank, plain, said

KNOWN = (
    CodeEntry(
        tmobile.CARRIER,
        UsageCode("T-Mobile to T-Mobile"),
        Treatment(UsageClass.MOBILE_TO_MOBILE, False),
    ),
)
# The code of a call without a type is the list it stands in.
NO_TYPE = {tmobile.CALLS: "Calls", tmobile.MESSAGES: "Messages"}
WAYS = {
    "incoming": Direction.IN,
    "in": Direction.IN,
    "received": Direction.IN,
    "outgoing": Direction.OUT,
    "out": Direction.OUT,
    "sent": Direction.OUT,
}
MINUTES = re.compile(r"(?P<number>[^A-Za-z]*)min(?:ute)?s?\.?", re.IGNORECASE)
MOMENT = re.compile(r"(.*?[0-9])(?:,?\s+|T)([0-9]{1,2}:.*)", re.DOTALL)
NO_MINUTES = Remark(
    "The call has no minutes, only a dash; it is kept with none.",
    Severity.NOTE,
    tmobile.MINUTES,
)
NO_WAY = Remark(
    "Whether the message came in or went out is not said.",
    Severity.NOTE,
    tmobile.DIRECTION,
)


class Moment(NamedTuple):
    """When an item began; `cells` are started, date_inferred and is_late."""

    cells: tuple[datetime, bool, bool]
    remark: Remark | None


def day_in(written: str) -> str:
    """Take the day out of `02/18/2022 09:47 AM`."""
    return split_moment(written)[0]


def split_moment(written: str) -> tuple[str, str]:
    """Take `02/18/2022 09:47 AM` apart; the day may be in words."""
    text = plain(written)
    match = MOMENT.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


def read_moment(cells: tuple[str, ...]) -> Moment:
    """Read a day and a time of day.

    Raises:
        Unreadable: if they are none, or the day has no year.
    """
    day, clock = full_date(cells[0]), read_clock(cells[1])
    started = datetime.combine(day, clock or time())
    return Moment(
        (started, False, False),
        NO_TIME._replace(column=tmobile.TIME) if clock is None else None,
    )


def read_clock(written: str) -> time | None:
    """Read a time of day; blank is None.

    Raises:
        Unreadable: if it is no time.
    """
    return None if said(written) is None else clock_time(written)


def read_minutes(written: str) -> Decimal:
    """Read `1 Min`; a dash is none.

    Raises:
        Unreadable: if the cell is blank or not a number of minutes.
    """
    text = plain(written)
    if text in ("-", "--"):
        return ZERO
    match = MINUTES.fullmatch(text)
    number = amounts.quantity(match["number"] if match else text)
    if number is None or number < 0:
        raise Unreadable("The minutes are missing. Download the file again.")
    return number


def read_party(written: str) -> tuple[str, str | None, PartyType]:
    """Read the other party.

    Raises:
        Unreadable: if a spreadsheet has rounded the number.
    """
    return item_cells.read_party(written)


class Trait(NamedTuple):
    """What does not change with the call: its direction, and how it is treated."""

    direction: Direction
    destination: str
    code: str
    treatment: Treatment
    description: str
    remark: Remark | None


def read_trait(role: str, codes: CodeBook, on: date, cells: tuple[str, ...]) -> Trait:
    """Read destination, direction and type."""
    destination, way, kind = map(plain, cells)
    kind = "" if is_blank(kind) else kind
    code = kind or NO_TYPE[role]
    treatment = codes.treatment(tmobile.CARRIER, UsageCode(code), on)
    remark = _unmapped(role, code) if treatment == NOT_KNOWN else None
    return Trait(
        _direction(role, destination, way),
        destination,
        UsageCode(code).text,
        treatment,
        kind,
        remark,
    )


def _direction(role: str, destination: str, way: str) -> Direction:
    """Read the direction; a call has it in its destination alone."""
    told = WAYS.get(normalized(way))
    if told or role == tmobile.MESSAGES:
        return told or Direction.UNKNOWN
    if normalized(destination) in ("incoming", "incomingcl"):
        return Direction.IN
    return Direction.OUT if destination else Direction.UNKNOWN


def _unmapped(role: str, code: str) -> Remark:
    shown = numbers.shown(code)
    return Remark(
        f"The download does not say whether items of the type “{shown}” count against "
        "the allowance, and nobody has mapped it. Have finance map it.",
        Severity.WARNING if role == tmobile.CALLS else Severity.NOTE,
        tmobile.TYPE,
        shown,
    )
