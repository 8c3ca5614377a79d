"""What the advisor's form asks, each field read with its own error."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.choice.advice import NOTHING, AdviceQuestion
from mobile_selfservice.services.choice.advisor import Consultation
from mobile_selfservice.services.choice.own_contract import (
    KILOBYTES_A_GIGABYTE,
    OwnContract,
    Use,
    as_typed,
)
from mobile_selfservice.services.money.typed_amount import NotAnAmount, dollars_typed

T = TypeVar("T")
NAMES = (
    "stipend",
    "monthly",
    "keeps",
    "prepaid",
    "minutes",
    "per_minute",
    "texts",
    "per_text",
    "gigabytes",
    "per_block",
    "block",
    "used_minutes",
    "used_texts",
    "used_gigabytes",
    "personal",
    "cost",
    "penalty",
    "end",
)
LONGEST = 20
MOST = Decimal("9999.99")
WHOLE = re.compile("[0-9]{1,6}")
FINE = re.compile(r"\$?([0-9]{1,4}(?:\.[0-9]{1,4})?)")
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
A_MONTH = "a usual month"


@dataclass(frozen=True)
class Read:
    """The question, unless a field is wrong: `faults` then has a sentence for each."""

    question: AdviceQuestion | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def read(fields: Mapping[str, str], known: Consultation) -> Read:
    """Make a question of the fields and of what the bills tell."""
    typed = {name: fields.get(name, "").strip()[:LONGEST] for name in NAMES}
    reader = _Reader(typed, known)
    question = reader.question()
    return Read(faults=reader.faults) if reader.faults else Read(question)


class _Reader:
    """Reads one form; what is wrong is noted by field and read as nothing."""

    def __init__(self, typed: Mapping[str, str], known: Consultation) -> None:
        self.typed = typed
        self.known = known
        self.faults: dict[str, str] = {}

    def question(self) -> AdviceQuestion:
        today, end = self.known.year.today, self._day("end")
        if end and end <= today:
            self._wrong("end", "By this day the contract has ended: leave it empty.")
        return AdviceQuestion(
            on=today,
            stipend_class=self._stipend_class(),
            contract=self._contract(),
            use=self._use(),
            personal=self._personal(),
            city_cost=self._city_cost(),
            keeps_contract=bool(self.typed["keeps"]),
            is_prepaid=bool(self.typed["prepaid"]),
            penalty=self._dollars("penalty") or ZERO,
            contract_end=end,
        )

    def _stipend_class(self) -> str:
        names = [offer.name for offer in self.known.offers]
        if self.typed["stipend"] not in names:
            self._wrong("stipend", "Say which stipend would be paid.")
        return self.typed["stipend"]

    def _contract(self) -> OwnContract:
        monthly = self._dollars("monthly")
        if not self.typed["monthly"]:
            self._wrong("monthly", "Say what your own contract costs a month.")
        block = self._fine("block")
        if block is not None and not block:
            self._wrong("block", "A block holds more than nothing.")
        return OwnContract(
            monthly=monthly or ZERO,
            minutes=self._whole("minutes"),
            per_minute=self._fine("per_minute") or ZERO,
            texts=self._whole("texts"),
            per_text=self._fine("per_text") or ZERO,
            gigabytes=self._fine("gigabytes"),
            per_block=self._dollars("per_block") or ZERO,
            block_gigabytes=block or Decimal(1),
        )

    def _use(self) -> tuple[Use, ...]:
        """Take a typed month, where anything of it is typed, else the bills."""
        minutes, texts = self._whole("used_minutes"), self._whole("used_texts")
        gigabytes = self._fine("used_gigabytes")
        if minutes is None and texts is None and gigabytes is None:
            return tuple(month.use for month in self.known.year.months)
        kilobytes = (gigabytes or Decimal(0)) * KILOBYTES_A_GIGABYTE
        return (Use(A_MONTH, Decimal(minutes or 0), texts or 0, kilobytes),)

    def _personal(self) -> Explained:
        typed = self._dollars("personal")
        if typed is not None:
            return as_typed(typed)
        return self.known.personal or NOTHING

    def _city_cost(self) -> Explained | None:
        typed = self._dollars("cost")
        if typed is not None:
            return as_typed(typed)
        if self.known.city_cost is None and not self.typed["cost"]:
            self._wrong(
                "cost",
                "Say what a City phone would cost the City a month. Information "
                "Systems knows the price.",
            )
        return self.known.city_cost

    def _dollars(self, name: str) -> Decimal | None:
        return self._read(
            name, _dollars, "Write dollars and cents, such as 12.50, up to 9,999.99."
        )

    def _fine(self, name: str) -> Decimal | None:
        return self._read(name, _fine, "Write a number such as 0.10 or 2.5.")

    def _whole(self, name: str) -> int | None:
        return self._read(name, _whole, "Write a whole number, such as 300.")

    def _day(self, name: str) -> date | None:
        return self._read(name, _day, "Give a day of the years 2000 to 2100.")

    def _read(self, name: str, how: Callable[[str], T], why_not: str) -> T | None:
        text = self.typed[name]
        if not text:
            return None
        try:
            return how(text)
        except (ValueError, NotAnAmount):
            self._wrong(name, why_not)
            return None

    def _wrong(self, name: str, why: str) -> None:
        self.faults.setdefault(name, why)


def _dollars(text: str) -> Decimal:
    amount = dollars_typed(text)
    if amount > MOST:
        raise ValueError(text)
    return amount


def _fine(text: str) -> Decimal:
    found = FINE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Decimal(found[1])


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(text)
    return day
