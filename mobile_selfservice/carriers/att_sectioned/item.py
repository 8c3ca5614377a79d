"""The cells of one row of a section, group by group."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.amounts import KILOBYTES, quantity
from mobile_selfservice.carriers.att_sectioned import layout as att
from mobile_selfservice.carriers.att_sectioned.legend import CODE, FEATURE, Legend
from mobile_selfservice.carriers.codes import (
    NOT_KNOWN,
    CodeBook,
    Standing,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.moments import clock_time, on_or_before, written_day
from mobile_selfservice.carriers.numbers import Party
from mobile_selfservice.carriers.records import (
    Direction,
    InvoiceHead,
    Kind,
    PartyType,
    RatePeriod,
    Severity,
    Unit,
    UsageClass,
)
from mobile_selfservice.carriers.unstated import SaidOfInvoice
from mobile_selfservice.carriers.usage_rows import NO_TIME, Remark
from mobile_selfservice.carriers.written import (
    Remembered,
    Unreadable,
    is_blank,
    plain,
    said,
)

INCOMING = ("incoming", "incomingcl")
VOICEMAIL = ("vmail", "voicemail", "vmailcl")
WAYS = {"in": Direction.IN, "out": Direction.OUT}
AMOUNT = re.compile(
    r"(?P<number>[^A-Za-z]*?)(?P<unit>[A-Za-z]+)?\.?'?s?", re.IGNORECASE
)
UNITS = {
    "msg": (Kind.MESSAGE, Unit.MESSAGE, Decimal(1)),
    "message": (Kind.MESSAGE, Unit.MESSAGE, Decimal(1)),
    "text": (Kind.MESSAGE, Unit.MESSAGE, Decimal(1)),
    "min": (Kind.VOICE, Unit.MINUTE, Decimal(1)),
    "minute": (Kind.VOICE, Unit.MINUTE, Decimal(1)),
    "kb": (Kind.DATA, Unit.KILOBYTE, KILOBYTES["KB"]),
    "mb": (Kind.DATA, Unit.KILOBYTE, KILOBYTES["MB"]),
    "gb": (Kind.DATA, Unit.KILOBYTE, KILOBYTES["GB"]),
}
LATE = Remark(
    "Used before the billing period began and billed late, as carriers do. It keeps "
    "its own date.",
    Severity.NOTE,
    att.DATE,
)
NO_YEAR = (
    "The date has no year, and the file states no bill date to tell it by. State the "
    "bill date with the import."
)


class Amount(NamedTuple):
    """How much was used, and of what."""

    kind: Kind
    unit: Unit
    quantity: Decimal


def read_amount(is_calls: bool, written: str) -> Amount:
    """Read `2` minutes, `1 Msg`, `19 KB` or `1,234 KB` in one cell.

    Raises:
        Unreadable: if there is no number, or its unit is not known.
    """
    match = AMOUNT.fullmatch(plain(written))
    number = quantity(match["number"]) if match else None
    if match is None or number is None:
        raise Unreadable("The quantity is missing. Download the file again.")
    unit = (match["unit"] or ("min" if is_calls else "")).casefold()
    known = UNITS.get(unit) or UNITS.get(unit.removesuffix("s"))
    if known is None:
        raise Unreadable(
            "The quantity should be in Msg, KB or Min, such as 1 Msg. Use the file as "
            "the carrier wrote it."
        )
    kind, counted_in, size = known
    return Amount(kind, counted_in, number * size)


class Moment(NamedTuple):
    """When an item began; `cells` are started, date_inferred and is_late."""

    cells: tuple[datetime, bool, bool]
    remark: Remark | None


def read_day(head: InvoiceHead, stated: SaidOfInvoice, written: str) -> date:
    """Read a day; one without a year needs a bill date that somebody stated.

    Raises:
        Unreadable: if it is no day.
    """
    day = written_day(written)
    if day.year is None and stated.bill_date is None:
        raise Unreadable(NO_YEAR)
    return on_or_before(day, head.bill_date)


def read_clock(written: str) -> time | None:
    """Read a time of day; blank is None.

    Raises:
        Unreadable: if it is no time.
    """
    return None if said(written) is None else clock_time(written)


def read_moment(
    head: InvoiceHead, stated: SaidOfInvoice, cells: tuple[str, ...]
) -> Moment:
    """Read date and time together."""
    day, clock = read_day(head, stated, cells[0]), read_clock(cells[1])
    is_late = (
        stated.period_from is not None
        and head.period_from is not None
        and day < head.period_from
    )
    started = datetime.combine(day, clock or time())
    is_inferred = written_day(cells[0]).year is None
    remark = NO_TIME._replace(column=att.TIME) if clock is None else None
    return Moment((started, is_inferred, is_late), LATE if is_late else remark)


class Trait(NamedTuple):
    """What does not change with the call: where it went and how it is treated.

    `is_abroad` says that the file itself marks the place as another country's.
    """

    place: str
    direction: Direction
    is_voicemail: bool
    is_abroad: bool
    period: RatePeriod
    code: str
    treatment: Treatment
    description: str
    remark: Remark | None


@dataclass(frozen=True)
class TraitReader:
    """Reads the codes of one invoice's rows."""

    book: CodeBook
    legend: Legend
    on: date

    def remembering(self) -> Remembered[tuple[str, ...], Trait]:
        """Give a memory of traits, by place, type, codes and way."""
        return Remembered(self.read)

    def read(self, cells: tuple[str, ...]) -> Trait:
        """Read place, type, rate code, rate period, feature and in/out."""
        place, kind, code, period, feature, way = (
            "" if is_blank(text) else text for text in map(plain, cells)
        )
        usage_code = UsageCode(code, period, feature)
        treatment, remark = self._treatment(usage_code)
        return Trait(
            place,
            _direction(place, way),
            normalized(place) in VOICEMAIL,
            place.endswith("**"),
            self.legend.period(period),
            usage_code.text,
            treatment,
            kind or self.legend.of(FEATURE, feature),
            remark,
        )

    def _treatment(self, code: UsageCode) -> tuple[Treatment, Remark | None]:
        """Tell how a code is treated; where code and feature disagree, it is unknown.

        The carrier's rate code names the bucket the minutes came from and the feature
        what the call was: what an official set for the code decides over both.
        """
        entry = self.book.entry(att.CARRIER, code, self.on)
        known = entry.treatment if entry else NOT_KNOWN
        if entry and entry.standing is not Standing.SET and not entry.code.feature:
            beside = self._of_feature(code)
            if None not in (known.counts, beside.counts) and (
                known.counts != beside.counts
            ):
                return NOT_KNOWN, self._disagreeing(code)
        is_said = known != NOT_KNOWN or not any(code)
        return known, None if is_said else self._unmapped(code)

    def _of_feature(self, code: UsageCode) -> Treatment:
        if not code.feature:
            return NOT_KNOWN
        alone = UsageCode("", code.period, code.feature)
        entry = self.book.entry(att.CARRIER, alone, self.on)
        return entry.treatment if entry and entry.code.feature else NOT_KNOWN

    def _disagreeing(self, code: UsageCode) -> Remark:
        return Remark(
            f"The rate code “{code.code}” and the feature “{code.feature}” say "
            "different things of whether these items count against the allowance, so "
            f"it is not known.{self._quoted(code)} Have finance map “{code.text}”.",
            Severity.WARNING,
            att.CODE,
            code.text,
        )

    def _unmapped(self, code: UsageCode) -> Remark:
        shown = numbers.shown(code.text)
        return Remark(
            f"The rate code “{shown}” is not mapped, so it is not known whether "
            f"these items count against the allowance.{self._quoted(code)} Have "
            "finance map it.",
            Severity.WARNING,
            att.CODE,
            shown,
        )

    def _quoted(self, code: UsageCode) -> str:
        """Quote what the file's legend says, for whoever maps the code."""
        told = (
            (code.code, self.legend.of(CODE, code.code)),
            (code.feature, self.legend.of(FEATURE, code.feature)),
        )
        quoted = [f"{name}=“{words}”" for name, words in told if words]
        return f" The file's legend says {', '.join(quoted)}." if quoted else ""


def _direction(place: str, way: str) -> Direction:
    """Trust the In/Out column; a call's only sign is its destination."""
    told = WAYS.get(normalized(way))
    if told or not place:
        return told or Direction.UNKNOWN
    return Direction.IN if normalized(place) in INCOMING else Direction.OUT


def read_party(is_calls: bool, written: str) -> tuple[str, str | None, PartyType]:
    """Read the other party; a data row without one is a session."""
    text = plain(written)
    if not text and not is_calls:
        return text, None, PartyType.DATA_SESSION
    party = numbers.other_party(written)
    return text, party.number, party.type


def party_reader(
    is_calls: bool,
) -> Remembered[str, tuple[str, str | None, PartyType]]:
    """Give a memory of parties, by the text of their cell."""
    return Remembered(partial(read_party, is_calls))


def as_voicemail(
    cells: tuple[str, str | None, PartyType],
) -> tuple[str, str | None, PartyType]:
    """Mark a call to the line's own voicemail, which prints the line's own number."""
    return cells[0], *Party(None, PartyType.VOICEMAIL)


def of_kind(treatment: Treatment, party: PartyType, *, is_abroad: bool) -> Treatment:
    """Say international where the codes say nothing and the row itself does."""
    if treatment == NOT_KNOWN and (is_abroad or party is PartyType.INTERNATIONAL):
        return Treatment(UsageClass.INTERNATIONAL, None)
    return treatment
