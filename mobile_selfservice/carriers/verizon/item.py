"""The cells of one row of Verizon's usage detail, group by group."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.codes import NOT_KNOWN, Treatment
from mobile_selfservice.carriers.item_cells import Remark
from mobile_selfservice.carriers.item_columns import DayOfUse
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.moments import on_or_before, written_day
from mobile_selfservice.carriers.records import (
    InvoiceHead,
    Kind,
    RatePeriod,
    Severity,
    Unit,
    UsageClass,
)
from mobile_selfservice.carriers.verizon import layout as verizon
from mobile_selfservice.carriers.verizon.codes import (
    RATE_PERIODS,
    UNITS,
    Directions,
    directions_of,
    is_incoming,
    kind_of,
    treatment_of,
)
from mobile_selfservice.carriers.written import is_blank, plain

STALE = timedelta(days=180)


LATE = Remark(
    "Used before the billing period began and billed late, as carriers do. It keeps "
    "its own date.",
    Severity.NOTE,
    verizon.DATE,
)
FAR_BACK = Remark(
    "The day has no year and lies after the bill's end, so it is read as last year's: "
    "more than half a year before the bill. Check it against the carrier's bill.",
    Severity.WARNING,
    verizon.DATE,
)
NO_TIME = Remark(
    "The row has no time of day; it is kept as the start of its day.",
    Severity.NOTE,
    verizon.TIME,
)
UNEQUAL = Remark(
    "Charge and long distance do not add up to the row's total. The total counts, and "
    "the rest is kept as other charges.",
    Severity.WARNING,
    verizon.TOTAL,
)


def read_day(head: InvoiceHead, written: str) -> DayOfUse:
    """Read a day; the year, which the file leaves out, is the bill's.

    Raises:
        Unreadable: if it is no day.
    """
    day = written_day(written)
    end = max(head.bill_date, head.period_through or head.bill_date)
    on = on_or_before(day, end)
    is_late = head.period_from is not None and on < head.period_from
    remark = LATE if is_late else None
    if day.year is None and end - on > STALE:
        remark = FAR_BACK
    return DayOfUse(on, day.year is None, is_late, remark)


class Trait(NamedTuple):
    """What an item is and how it is treated: all that does not change with the call.

    `directions` answer to a blank, a named and an incoming destination. `treated` are
    unit, rate period, usage class, usage code and whether the allowance is used up.
    """

    kind: Kind
    directions: Directions
    treated: tuple[Unit, RatePeriod, UsageClass, str, bool | None]
    description: str
    remark: Remark | None


def read_trait(known: Callable[[str], Treatment], cells: tuple[str, ...]) -> Trait:
    """Read category, rate, usage type, description and international mark.

    `known` says what is known of a usage type on the bill's date.
    """
    category, rate, code, description, abroad = map(plain, cells)
    kind = kind_of(category)
    mark = "" if is_blank(abroad) else abroad
    treatment = treatment_of(code, category, mark, known(code))
    period = RATE_PERIODS.get(normalized(rate), RatePeriod.UNKNOWN)
    return Trait(
        kind,
        directions_of(kind, description),
        (UNITS[kind], period, treatment.usage_class, code, treatment.counts),
        description,
        _unmapped(kind, category, code, treatment),
    )


def _unmapped(
    kind: Kind, category: str, code: str, treatment: Treatment
) -> Remark | None:
    category, code = numbers.shown(category), numbers.shown(code)
    if kind is Kind.EXTRA:
        return Remark(
            f"The usage category “{category}” is not known to the portal; its rows are "
            "kept as extras, and their quantity is counted in events.",
            Severity.WARNING,
            verizon.USAGE_CATEGORY,
            category,
        )
    # Messages and data carry no usage type; a call without one is worth a word.
    if treatment != NOT_KNOWN or (not code and kind is not Kind.VOICE):
        return None
    return Remark(
        f"The usage type “{code or '(blank)'}” is not mapped, so it is not known "
        "whether these items count against the allowance. Have finance map it.",
        Severity.WARNING,
        verizon.USAGE_TYPE,
        code,
    )


def read_destination(written: str) -> tuple[str, int]:
    """Read where a call went, and which of a trait's directions that tells."""
    place = plain(written)
    if is_incoming(place):
        return place, 2
    return place, 1 if place else 0


class Price(NamedTuple):
    """What one item costs; `cells` are airtime, extra and tax."""

    cells: tuple[Decimal, Decimal, Decimal]
    remark: Remark | None


def read_price(cells: tuple[str, ...]) -> Price:
    """Read charge, long distance and total; the total is what was billed.

    Raises:
        Unreadable: if one of them is not an amount of money.
    """
    airtime, extra, total = map(amounts.money, cells)
    airtime, extra = airtime or NOTHING, extra or NOTHING
    if total is None or airtime + extra == total:
        return Price((airtime, extra, NOTHING), None)
    return Price((airtime, total - airtime, NOTHING), UNEQUAL)
