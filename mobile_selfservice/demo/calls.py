"""A month of one phone: its calls, texts and data, as a carrier would itemize them.

How many, how long, when and with whom follows what was measured on a published year of
one person's bills: 105 to 187 calls a month, half of them one or two minutes, 27 in 100
incoming, half at night or on a weekend, 18 in 100 to phones of the same carrier.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from random import Random

from mobile_selfservice.carriers.records import (
    Direction,
    Kind,
    PartyType,
    RatePeriod,
    Unit,
    UsageClass,
    UsageItem,
)
from mobile_selfservice.demo.calendar import SATURDAY, BillMonth
from mobile_selfservice.demo.contacts import Contact, Contacts
from mobile_selfservice.demo.lines import DemoLine, Habit
from mobile_selfservice.demo.plans import (
    DIRECTORY_ASSISTANCE,
    ROAMING_MINUTE,
    PhonePlan,
    Voice,
)

NOTHING = Decimal("0.00")
BUSIEST_MONTH, BUSIEST_CALLS = 3_000, 1_900
HOW_LONG = (  # share of calls up to here, shortest and longest minutes
    (0.485, 1, 1),
    (0.66, 2, 2),
    (0.76, 3, 3),
    (0.80, 4, 4),
    (0.84, 5, 6),
    (0.905, 7, 10),
    (0.95, 11, 17),
    (0.99, 18, 42),
    (1.00, 43, 97),
)
INCOMING, WITHHELD, VOICEMAIL = 0.27, 0.023, 0.02
IN_THE_DAYTIME, ON_A_WEEKEND = 0.48, 0.55
DAY_HOURS = range(6, 21)
DAY_WEIGHTS = (1, 3, 6, 8, 8, 8, 9, 8, 8, 8, 8, 7, 5, 4, 3)
EVENING_HOURS, EVENING_WEIGHTS = (5, 21, 22, 23), (1, 6, 4, 2)
WEEKEND_HOURS = range(8, 23)
ASKS_DIRECTORY, TRAVELS = 0.22, 0.03


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a phone is used in a month."""

    calls: int
    texts: int
    has_data: bool


def amount_of(line: DemoLine, month: BillMonth, dice: Random, is_last: bool) -> Amount:
    """Draw how much a phone is used; the busiest one ends on exactly 3,000 items."""
    calls = round(dice.triangular(105, 187, 143))
    texts = dice.randint(25, 94)
    if line.habit is Habit.IDLE:
        return Amount(0, 0, False)
    if line.habit is Habit.LIGHT:
        return Amount(calls // 6, 0, False)
    if line.habit is Habit.BUSIEST and is_last:
        texts = BUSIEST_MONTH - BUSIEST_CALLS - len(month.days)
        return Amount(BUSIEST_CALLS, texts, True)
    if line.habit is Habit.BUSIEST:
        return Amount(calls * 2, texts * 3, True)
    return Amount(calls, texts, line.plan.has_data)


@dataclass(frozen=True, slots=True)
class Diary:
    """One line's month while its items are being drawn."""

    blank: UsageItem
    line: DemoLine
    contacts: Contacts
    month: BillMonth
    dice: Random

    def items(self, amount: Amount) -> Iterator[UsageItem]:
        """Draw every item: calls first, then texts, then data, each by time."""
        days = self.month.days
        calls = self._calls(amount.calls, days) if amount.calls else ()
        for kind in (calls, self._texts(amount.texts, days)):
            yield from (
                item._replace(row_no=number)
                for number, item in enumerate(sorted(kind, key=_started), start=1)
            )
        if amount.has_data:
            yield from self._data(days)

    def _calls(self, count: int, days: list[date]) -> list[UsageItem]:
        """Draw the calls; some months one asks for a number, few make a journey."""
        weekdays = [day for day in days if day.weekday() < SATURDAY]
        weekends = [day for day in days if day.weekday() >= SATURDAY]
        calls = [
            self._call(contact, *self._moment(weekdays, weekends))
            for contact in self.contacts.drawn(self.dice, count)
        ]
        if self.dice.random() < ASKS_DIRECTORY:
            calls[0] = _asking_directory(calls[0])
        if self.dice.random() < TRAVELS:
            calls[1:4] = map(_abroad, calls[1:4])
        return calls

    def _moment(self, weekdays: list[date], weekends: list[date]) -> tuple[date, int]:
        dice = self.dice
        if dice.random() < IN_THE_DAYTIME:
            return dice.choice(weekdays), dice.choices(DAY_HOURS, DAY_WEIGHTS)[0]
        if dice.random() < ON_A_WEEKEND:
            return dice.choice(weekends), dice.choice(WEEKEND_HOURS)
        evening = dice.choices(EVENING_HOURS, EVENING_WEIGHTS)[0]
        return dice.choice(weekdays), evening

    def _call(self, contact: Contact, day: date, hour: int) -> UsageItem:
        dice = self.dice
        minutes = _minutes(dice)
        is_in = dice.random() < INCOMING
        is_peak = day.weekday() < SATURDAY and hour in DAY_HOURS
        code, usage_class, counts = _treatment(self.line.plan, contact, is_peak)
        printed, certain, party = self._other_end(contact, is_in)
        return self.blank._replace(
            started=datetime.combine(day, time(hour, dice.randrange(60))),
            direction=Direction.IN if is_in else Direction.OUT,
            other_party=printed,
            other_party_number=certain,
            party_type=party,
            destination="Incoming CL" if is_in else contact.number.place,
            quantity=Decimal(minutes),
            rate_period=RatePeriod.PEAK if is_peak else RatePeriod.OFF_PEAK,
            usage_class=usage_class,
            usage_code=code,
            counts=counts,
            airtime=self.line.plan.minute_rate * minutes if counts else NOTHING,
        )

    def _other_end(
        self, contact: Contact, is_in: bool
    ) -> tuple[str, str | None, PartyType]:
        chance = self.dice.random()
        if is_in and chance < WITHHELD / INCOMING:
            return "Unavailable", None, PartyType.WITHHELD
        if not is_in and chance < VOICEMAIL:
            return "*86", None, PartyType.VOICEMAIL
        return contact.number.printed, contact.number.certain, PartyType.NUMBER

    def _texts(self, count: int, days: list[date]) -> list[UsageItem]:
        return [
            self._text(contact, self.dice.choice(days))
            for contact in self.contacts.drawn(self.dice, count)
        ]

    def _text(self, contact: Contact, day: date) -> UsageItem:
        dice = self.dice
        is_in = dice.random() < 0.5
        return self.blank._replace(
            kind=Kind.MESSAGE,
            started=datetime.combine(
                day, time(dice.randint(7, 22), dice.randrange(60))
            ),
            direction=Direction.IN if is_in else Direction.OUT,
            other_party=contact.number.printed,
            other_party_number=contact.number.certain,
            party_type=PartyType.NUMBER,
            origin="",
            quantity=Decimal(1),
            unit=Unit.MESSAGE,
            description="Text Rcv'd" if is_in else "Text Sent",
        )

    def _data(self, days: list[date]) -> Iterator[UsageItem]:
        for number, day in enumerate(days, start=1):
            yield self.blank._replace(
                row_no=number,
                kind=Kind.DATA,
                started=datetime.combine(day, time()),
                other_party="Data Transfer",
                party_type=PartyType.DATA_SESSION,
                origin="",
                quantity=Decimal(self.dice.randint(4_000, 90_000)),
                unit=Unit.KILOBYTE,
            )


def blank_item(invoice: str, line: DemoLine, month: BillMonth) -> UsageItem:
    """Give an item of a line on which nothing is filled in yet."""
    return UsageItem(
        invoice=invoice,
        number=line.number.certain,
        row_no=0,
        kind=Kind.VOICE,
        started=datetime.combine(month.first, time()),
        date_inferred=True,
        is_late=False,
        direction=Direction.UNKNOWN,
        other_party="",
        other_party_number=None,
        party_type=PartyType.UNKNOWN,
        origin=line.number.place,
        destination="",
        quantity=Decimal(0),
        unit=Unit.MINUTE,
        rate_period=RatePeriod.ANYTIME,
        usage_class=UsageClass.UNKNOWN,
        usage_code="",
        counts=None,
        airtime=NOTHING,
        extra=NOTHING,
        tax=NOTHING,
        description="",
        file_line=0,
    )


def _started(item: UsageItem) -> datetime:
    return item.started


def _minutes(dice: Random) -> int:
    chance = dice.random()
    for up_to, shortest, longest in HOW_LONG:
        if chance < up_to:
            if shortest == longest:
                return shortest
            # Within a long stretch the shorter calls are the more common ones.
            return shortest + int((longest - shortest + 1) * dice.random() ** 1.6)
    return HOW_LONG[-1][2]


def _treatment(
    plan: PhonePlan, contact: Contact, is_peak: bool
) -> tuple[str, UsageClass, bool]:
    if plan.voice is Voice.PER_MINUTE:
        return "PlanAllow", UsageClass.ALLOWANCE, True
    if contact.is_same_carrier:
        return "M2MAllow", UsageClass.MOBILE_TO_MOBILE, False
    if not is_peak:
        return "NWAllow", UsageClass.FREE, False
    return "PlanAllow", UsageClass.ALLOWANCE, True


def _asking_directory(call: UsageItem) -> UsageItem:
    return call._replace(
        direction=Direction.OUT,
        other_party="411",
        other_party_number=None,
        party_type=PartyType.SHORT_CODE,
        destination="DIR ASST CA",
        extra=DIRECTORY_ASSISTANCE,
        description="Directory Assistance",
    )


def _abroad(call: UsageItem) -> UsageItem:
    return call._replace(
        origin="VANCOUVER BC",
        extra=ROAMING_MINUTE * call.quantity,
        description="Roaming",
    )
