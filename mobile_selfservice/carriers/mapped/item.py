"""The cells of one row of use in a mapped file, group by group."""

from datetime import datetime, timedelta
from typing import NamedTuple

from mobile_selfservice.carriers import item_cells, numbers
from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.codes import NOT_KNOWN, CodeBook, UsageCode
from mobile_selfservice.carriers.mapped.ledger import year_from
from mobile_selfservice.carriers.mapped.plan import Plan
from mobile_selfservice.carriers.mapped.texts import Texts, in_its_year, started_on
from mobile_selfservice.carriers.mapped.words import UNITS, Words, rate_period
from mobile_selfservice.carriers.records import (
    InvoiceHead,
    Kind,
    PartyType,
    RatePeriod,
    Severity,
    Unit,
    UsageClass,
)
from mobile_selfservice.carriers.usage_rows import NO_TIME, UNEQUAL, Price, Remark
from mobile_selfservice.carriers.written import Remembered, plain

STALE = timedelta(days=180)
LATE = Remark(
    "Used before the billing period began and billed late, as carriers do. It keeps "
    "its own date.",
    Severity.NOTE,
)
FAR_BACK = Remark(
    "The day has no year and lies after the bill's end, so it is read as last year's: "
    "more than half a year before the bill. Check it against the carrier's bill.",
    Severity.WARNING,
)


class Moment(NamedTuple):
    """When an item began; `cells` are started, date_inferred and is_late."""

    cells: tuple[datetime, bool, bool]
    remark: Remark | None


class Moments(Remembered[tuple[str, ...], Moment]):
    """The moments of one invoice, by the texts of date and time."""

    def __init__(self, head: InvoiceHead, plan: Plan) -> None:
        super().__init__(self._read)
        self._head = head
        self._texts = Texts(plan.profile.written)
        self._is_one_cell = plan.has("started")
        self._end = year_from(head)

    def _read(self, cells: tuple[str, ...]) -> Moment:
        if self._is_one_cell:
            day, clock = self._texts.moment(cells[0])
        else:
            day, clock = self._texts.day(cells[0]), self._texts.clock(cells[1])
        on = in_its_year(day, self._end)
        first = self._head.period_from
        is_late = first is not None and on < first
        remark = LATE if is_late else None
        if day.year is None and self._end and self._end - on > STALE:
            remark = FAR_BACK
        if remark is None and clock is None:
            remark = NO_TIME
        return Moment((started_on(on, clock), day.year is None, is_late), remark)


class Trait(NamedTuple):
    """What an item is and how it is treated.

    `treated` are unit, rate period, usage class, usage code and whether the allowance
    is used up.
    """

    kind: Kind
    treated: tuple[Unit, RatePeriod, UsageClass, str, bool | None]
    remark: Remark | None


def read_trait(
    head: InvoiceHead, codes: CodeBook, words: Words, cells: tuple[str, ...]
) -> Trait:
    """Read kind, rate code, rate period and feature."""
    word, *parts = map(plain, cells)
    kind = words.kind(word)
    code = UsageCode(*parts)
    treatment = codes.treatment(head.carrier, code, head.bill_date)
    remark = None
    if kind is None:
        remark = _unknown_kind(word)
    elif treatment == NOT_KNOWN and (any(code) or kind is Kind.VOICE):
        remark = _unmapped(numbers.shown(code.text))
    kind = kind or Kind.EXTRA
    period = rate_period(code.period)
    if period is RatePeriod.UNKNOWN:
        period = rate_period(code.code)
    treated = (
        UNITS[kind],
        period,
        treatment.usage_class,
        code.text,
        treatment.counts,
    )
    return Trait(kind, treated, remark)


def _unknown_kind(word: str) -> Remark:
    shown = numbers.shown(word)
    return Remark(
        f"The kind of use “{shown or '(blank)'}” is not known to the profile; its rows "
        "are kept as extras, and their quantity is counted in events. Say in the "
        "profile what it means.",
        Severity.WARNING,
        "kind",
        shown,
    )


def _unmapped(code: str) -> Remark:
    return Remark(
        f"The usage type “{code or '(blank)'}” is not mapped, so it is not known "
        "whether these items count against the allowance. Have finance map it.",
        Severity.WARNING,
        "usage_code",
        code,
    )


Party = tuple[str, str | None, PartyType]


def read_party(written: str) -> Party:
    """Read the other party's cell: as printed, in E.164, and what it is.

    Raises:
        Unreadable: if a spreadsheet has rounded the number.
    """
    return item_cells.read_party(plain(written))


def read_session(written: str) -> Party:
    """Read the other party's cell of a data row, where there is no other party."""
    return (plain(written), None, PartyType.DATA_SESSION)


def read_price(texts: Texts, cells: tuple[str, ...]) -> Price:
    """Read airtime, other charges, tax and total; the total is what was billed.

    Raises:
        Unreadable: if one of them is not an amount of money.
    """
    airtime, extra, tax, total = map(texts.money, cells)
    if total is None:
        return Price((airtime or NOTHING, extra or NOTHING, tax or NOTHING))
    tax = tax or NOTHING
    if airtime is None and extra is None:
        return Price((total - tax, NOTHING, tax))
    airtime = airtime or NOTHING
    is_equal = airtime + (extra or NOTHING) + tax == total
    rest = total - airtime - tax
    return Price((airtime, rest, tax), None if is_equal else UNEQUAL)
