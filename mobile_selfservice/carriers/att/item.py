"""The cells of one row of AT&T's detail, group by group."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.codes import (
    DIRECTIONS,
    RATE_PERIODS,
    UNITS,
    is_incoming,
    is_known_roaming,
    kind_of,
    treatment_of,
)
from mobile_selfservice.carriers.att.ledger import MIDNIGHT
from mobile_selfservice.carriers.codes import NOT_KNOWN, Treatment, UsageCode
from mobile_selfservice.carriers.item_cells import Remark
from mobile_selfservice.carriers.item_columns import DayOfUse
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.moments import on_or_before, written_day
from mobile_selfservice.carriers.records import (
    Direction,
    InvoiceHead,
    Kind,
    RatePeriod,
    Severity,
    Unit,
    UsageClass,
)
from mobile_selfservice.carriers.written import plain, said

LATE = Remark(
    "Used before the market cycle began and billed late, as carriers do. It keeps its "
    "own date.",
    Severity.NOTE,
    att.DATE,
)
AHEAD = Remark(
    "Used after the market cycle ended. It keeps its own date; check that the file is "
    "of this bill.",
    Severity.WARNING,
    att.DATE,
)
NO_TIME = Remark(
    "The row has no time of day; it is kept as the start of its day.",
    Severity.NOTE,
    att.TIME,
)
BEYOND_TOTAL = Remark(
    "The long distance charge is more than the row's total charge. The total counts.",
    Severity.WARNING,
    att.LONG_DISTANCE,
)


def read_day(head: InvoiceHead, written: str) -> DayOfUse:
    """Read a day; one without a year takes the year that ends on its cycle.

    Raises:
        Unreadable: if it is no day.
    """
    day = written_day(MIDNIGHT.sub("", plain(written)))
    on = on_or_before(day, head.bill_date)
    is_late = head.period_from is not None and on < head.period_from
    remark = LATE if is_late else AHEAD if on > head.bill_date else None
    return DayOfUse(on, day.year is None, is_late, remark)


Known = Callable[[UsageCode], Treatment]


class Trait(NamedTuple):
    """What an item is and how it is treated: all that does not change with the call.

    `direction` is UNKNOWN where the file leaves it to the destination. `treated` are
    unit, rate period, usage class, usage code and whether the allowance is used up.
    """

    kind: Kind
    direction: Direction
    treated: tuple[Unit, RatePeriod, UsageClass, str, bool | None]
    remark: Remark | None


def read_trait(
    known: Callable[[UsageCode], Treatment], cells: tuple[str, ...]
) -> Trait:
    """Read source, roaming, code, period, feature, international mark and direction.

    `known` says what is known of a code on the bill's date.
    """
    source, roam, rate_code, period, feature, abroad, direction = map(plain, cells)
    kind = kind_of(source)
    code = UsageCode(*(said(part) or "" for part in (rate_code, period, feature)))
    treatment = treatment_of(known(code), roam, abroad)
    return Trait(
        kind,
        DIRECTIONS.get(normalized(direction), Direction.UNKNOWN),
        (
            UNITS[kind],
            RATE_PERIODS.get(normalized(period), RatePeriod.UNKNOWN),
            treatment.usage_class,
            code.text,
            treatment.counts,
        ),
        _unmapped(kind, source, code.text, treatment) or _roaming(roam),
    )


def _unmapped(
    kind: Kind, source: str, code: str, treatment: Treatment
) -> Remark | None:
    if kind is Kind.EXTRA:
        source = numbers.shown(source)
        return Remark(
            f"The source “{source}” is not known to the portal; its rows are kept as "
            "extras, and their quantity is counted in events.",
            Severity.WARNING,
            att.SOURCE,
            source,
        )
    if treatment != NOT_KNOWN or (not code and kind is not Kind.VOICE):
        return None
    code = numbers.shown(code)
    return Remark(
        f"The rate code “{code or '(blank)'}” of {kind} items is not mapped, so it is "
        "not known whether they count against the allowance. Have finance map it.",
        Severity.WARNING,
        att.RATE_CODE,
        code,
    )


def _roaming(roam: str) -> Remark | None:
    if is_known_roaming(roam):
        return None
    roam = numbers.shown(roam)
    return Remark(
        f"The roaming mark “{roam}” is not known to the portal; it decides nothing.",
        Severity.NOTE,
        att.ROAM,
        roam,
    )


def read_place(written: str) -> tuple[str, bool]:
    """Read a place, and say whether it is the word for an incoming call."""
    place = plain(written)
    return place, is_incoming(place)


class Price(NamedTuple):
    """What one item costs; `cells` are airtime, extra and tax."""

    cells: tuple[Decimal, Decimal, Decimal]
    remark: Remark | None


def read_price(cells: tuple[str, ...]) -> Price:
    """Read the total charge, and the long distance that is part of it.

    Raises:
        Unreadable: if one of them is not an amount of money.
    """
    total, distance = (amounts.money(cell) or NOTHING for cell in cells)
    if abs(distance) > abs(total):
        return Price((total, NOTHING, NOTHING), BEYOND_TOTAL)
    return Price((total - distance, distance, NOTHING), None)
