"""The calls of an 811 (TCD), with what stands below each of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.codes import NOT_KNOWN, Treatment
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.records import (
    Charge,
    Direction,
    Kind,
    RatePeriod,
    Severity,
    Unit,
    UsageItem,
)
from mobile_selfservice.carriers.x12.charges import COUNTED_ELSEWHERE, LESS, MORE
from mobile_selfservice.carriers.x12.elements import (
    BadElement,
    cents,
    clock,
    day,
    money,
    quantity,
)
from mobile_selfservice.carriers.x12.levels import Telephone, telephone_in
from mobile_selfservice.carriers.x12.splitter import Segment

# An invoice of a million calls repeats a few thousand numbers.
_party = lru_cache(maxsize=1 << 14)(numbers.other_party)
_own = lru_cache(maxsize=1 << 14)(numbers.wireless_number)
NOTHING = Decimal("0.00")
MINUTE = Decimal(60)
HUNDREDTH = Decimal("0.01")
NOT_SAID = (
    "An 811 does not say whether a call counts against the allowance. Have finance map "
    "the calls of this carrier."
)
NO_TIME = "The call has no time of day; it is kept as the start of its day."
PRICED_ELSEWHERE = (
    "The price of a call is marked as information, or as included in another charge. "
    "The call is kept without a price."
)
NEEDS_A_DAY = "A call needs its day. Ask the carrier to send the interchange again."
NEEDS_MINUTES = "A call needs its minutes or seconds. Ask the carrier."


@dataclass(frozen=True)
class Setting:
    """What a call's statement says of it: its key, its first day, the codes."""

    invoice: str = ""
    period_from: date | None = None
    treatment: Treatment = NOT_KNOWN


class Call:
    """One call; taxes, other charges and numbers may still follow it."""

    def __init__(
        self, segment: Segment, phone: Telephone, row_no: int, findings: FileFindings
    ) -> None:
        self.phone = phone
        self._segment = segment
        self._row_no = row_no
        self._findings = findings
        on = day(segment, 2)
        if on is None:
            raise BadElement(segment, 2, NEEDS_A_DAY)
        self.day = on
        self._time = clock(segment, 3)
        self._minutes = _minutes(segment)
        self._airtime, self._extra = self._prices()
        self._tax = NOTHING
        self._number = ""

    def _prices(self) -> tuple[Decimal, Decimal]:
        """Read both prices: what is billed, net, wins over the undiscounted one."""
        net, second = money(self._segment, 13), money(self._segment, 15)
        first = net if net is not None else money(self._segment, 12)
        other = second if second is not None else money(self._segment, 14)
        if self._segment.at(16) in COUNTED_ELSEWHERE and (first or other):
            self._remark(PRICED_ELSEWHERE, 16)
            return NOTHING, NOTHING
        return first or NOTHING, other or NOTHING

    def take(self, segment: Segment) -> None:
        """Take a segment that belongs to the call: SI, TXI, ITA."""
        if segment.id == "TXI" and segment.at(7) not in COUNTED_ELSEWHERE:
            self._tax += money(segment, 2) or NOTHING
        elif segment.id == "ITA" and segment.at(16) not in COUNTED_ELSEWHERE:
            self._extra += self._allowance(segment)
        elif segment.id == "SI" and not self._number:
            named = telephone_in(segment)
            if named and named.number != self.phone.number:
                self._number = named.raw

    def _allowance(self, segment: Segment) -> Decimal:
        amount = cents(segment, 7, self._findings) or NOTHING
        if segment.at(1) in LESS:
            return -abs(amount)
        return amount if segment.at(1) in MORE else NOTHING

    def item(self, setting: Setting) -> UsageItem:
        """Give the call as it was billed."""
        on = self.day
        if self._time is None:
            self._remark(NO_TIME, 3, Severity.NOTE)
        if setting.treatment == NOT_KNOWN:
            self._remark(NOT_SAID, 1)
        other, direction = self._other_party()
        party = _party(other)
        return UsageItem(
            invoice=setting.invoice,
            number=self.phone.number,
            row_no=self._row_no,
            kind=Kind.VOICE,
            started=datetime.combine(on, self._time or time()),
            date_inferred=False,
            is_late=setting.period_from is not None and on < setting.period_from,
            direction=direction,
            other_party=other,
            other_party_number=party.number,
            party_type=party.type,
            origin=_place(self._segment, 8),
            destination=_place(self._segment, 5),
            quantity=self._minutes,
            unit=Unit.MINUTE,
            rate_period=RatePeriod.UNKNOWN,
            usage_class=setting.treatment.usage_class,
            usage_code="",
            counts=setting.treatment.counts,
            airtime=self._airtime,
            extra=self._extra,
            tax=self._tax,
            description="",
            file_line=self._segment.line,
        )

    def charge(self, setting: Setting) -> Charge:
        """Give a call of no telephone as a charge of the account."""
        return Charge(
            setting.invoice,
            None,
            "usage",
            "Call",
            self._airtime + self._extra,
            raw_category=self._segment.id,
            unit="minutes",
            used=self._minutes,
            file_line=self._segment.line,
        )

    def _other_party(self) -> tuple[str, Direction]:
        """Tell who was on the other side: "to" or "from", whichever is not the line."""
        to, source = self._segment.at(5), self._segment.at(8)
        own = self.phone.number
        is_own = [_own(one) == own for one in (to, source)]
        if is_own[0]:
            return (source if _is_dialed(source) else self._number), Direction.IN
        if _is_dialed(to):
            return to, Direction.OUT
        if is_own[1]:
            return self._number, Direction.OUT
        if _is_dialed(source):
            return source, Direction.IN
        return self._number, Direction.UNKNOWN

    def _remark(
        self, reason: str, number: int, severity: Severity = Severity.WARNING
    ) -> None:
        segment = self._segment
        place = f"{segment.id}{number:02d}"
        self._findings.count(reason, severity, segment.line, place)


@lru_cache(maxsize=1 << 14)
def _is_dialed(written: str) -> bool:
    """Say whether a location is a number rather than a place."""
    return sum(sign.isdigit() for sign in written) >= 3


def _place(segment: Segment, at: int) -> str:
    """Give the place and state of one end; a number is not a place."""
    name = segment.at(at)
    return " ".join(
        filter(None, ("" if _is_dialed(name) else name, segment.at(at + 1)))
    )


def _minutes(segment: Segment) -> Decimal:
    """Read minutes, which may be tenths, and seconds.

    Both together are minutes and the seconds beyond them; where the seconds are the
    whole call once more, the minutes count alone.
    """
    minutes, seconds = quantity(segment, 10), quantity(segment, 11)
    if minutes is None and seconds is None:
        raise BadElement(segment, 10, NEEDS_MINUTES)
    if not seconds or (minutes and seconds >= MINUTE):
        return minutes or Decimal(0)
    if minutes and minutes != minutes.to_integral_value():
        return minutes
    beyond = (seconds / MINUTE).quantize(HUNDREDTH)
    return (minutes or Decimal(0)) + beyond.normalize()
