"""What the calculator's form or address asks, each field read with its own error."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from mobile_selfservice.policy.early_termination import FeeSchedule, StipendChange
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.choice.calculator import Desk
from mobile_selfservice.services.choice.termination_answer import (
    FeeAfter,
    TerminationQuestion,
)
from mobile_selfservice.services.money.typed_amount import NotAnAmount, dollars_typed

T = TypeVar("T")
NAMES = (
    "quote",
    "known",
    "fee",
    "drop",
    "done",
    "end",
    "left",
    "stipend",
    "amount",
    "new_amount",
    "new_after",
    "cost",
    "approved",
    "returned",
)
LONGEST = 20
OTHER = "other"
MOST = Decimal("9999.99")
LEAST_STIPEND = Decimal("1.00")
MOST_MONTHS = 120
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
WHOLE = re.compile("[0-9]{1,3}")


@dataclass(frozen=True)
class Read:
    """The question, unless nothing was asked or a field is wrong: then why.

    `faults` has the sentence for each wrong field.
    """

    question: TerminationQuestion | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def read(fields: Mapping[str, str], desk: Desk) -> Read:
    """Make a question of the fields; an empty form asks nothing."""
    typed = {name: fields.get(name, "").strip()[:LONGEST] for name in NAMES}
    if not any(typed.values()):
        return Read()
    reader = _Reader(typed, desk)
    question = reader.question()
    return Read(faults=reader.faults) if reader.faults else Read(question)


class _Reader:
    """Reads one form; what is wrong is noted by field and read as nothing."""

    def __init__(self, typed: Mapping[str, str], desk: Desk) -> None:
        self.typed = typed
        self.desk = desk
        self.faults: dict[str, str] = {}

    def question(self) -> TerminationQuestion | None:
        approved = self._day("approved") or self.desk.today
        returned = self._day("returned") or approved
        charge, stipend = self._charge(), self._stipend()
        end, left = self._day("end"), self._months("left")
        if end and left is not None:
            self._wrong("left", "Give the last day or the months left, not both.")
        if end and end <= max(approved, returned):
            self._wrong(
                "end",
                "By this day the contract has ended before the phone is given back: "
                "then ask the carrier whether anything is charged at all.",
            )
        cost, changes = self._dollars("cost"), self._changes()
        if charge is None or stipend is None:
            return None
        return TerminationQuestion(
            charge=charge,
            stipend=stipend,
            schedule=self._schedule(),
            approved_on=approved,
            returned_on=returned,
            contract_end=end,
            months_left=left,
            city_cost=cost,
            changes=changes,
        )

    def _charge(self) -> Decimal | FeeAfter | None:
        quote, fee = self._dollars("quote"), self._fee()
        if self.typed["quote"] and (self.typed["fee"] or self.typed["known"]):
            self._wrong("quote", "Give the quote or the fee of the contract, not both.")
        if quote is not None:
            return quote
        if fee is not None:
            return FeeAfter(fee, self._months("done") or 0)
        if not any(self.typed[name] for name in ("quote", "fee", "known")):
            self._wrong("quote", "Give the carrier’s quote, or the contract’s fee.")
        return None

    def _fee(self) -> FeeSchedule | None:
        if self.typed["known"]:
            place = self._read("known", _whole, "Choose a fee from the list.")
            if place is not None and 0 < place <= len(self.desk.fees):
                return self.desk.fees[place - 1].schedule
            self._wrong("known", "Choose a fee from the list.")
            return None
        start = self._dollars("fee")
        drop = self._dollars("drop") or ZERO
        return None if start is None else FeeSchedule(start, drop)

    def _stipend(self) -> Decimal | None:
        amount = self._dollars("amount")
        if self.typed["amount"]:
            if amount is not None and amount < LEAST_STIPEND:
                self._wrong("amount", "A stipend is at least $1.00 a month.")
            return amount
        chosen = self.typed["stipend"]
        for offer in self.desk.offers:
            if offer.name == chosen:
                return offer.payable.amount
        place = "amount" if chosen == OTHER or not self.desk.offers else "stipend"
        self._wrong(place, "Say which stipend would be paid.")
        return None

    def _schedule(self) -> Decimal | None:
        """Return the amount set before limits, for policies that divide by it."""
        if self.typed["amount"]:
            return None
        for offer in self.desk.offers:
            if offer.name == self.typed["stipend"]:
                return offer.stipend_class.nominal
        return None

    def _changes(self) -> tuple[StipendChange, ...]:
        stipend, after = self._dollars("new_amount"), self._months("new_after")
        if stipend is None and after is None:
            return ()
        if stipend is None or after is None:
            empty = "new_amount" if stipend is None else "new_after"
            self._wrong(empty, "A change needs its amount and its month.")
            return ()
        if ZERO < stipend < LEAST_STIPEND:
            self._wrong("new_amount", "A stipend is at least $1.00 a month, or none.")
        return (StipendChange(after, stipend),)

    def _dollars(self, name: str) -> Decimal | None:
        return self._read(
            name, _dollars, "Write dollars and cents, such as 12.50, up to 9,999.99."
        )

    def _months(self, name: str) -> int | None:
        return self._read(
            name, _whole, f"Write a whole number of months, up to {MOST_MONTHS}."
        )

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


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text) or int(text) > MOST_MONTHS:
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(text)
    return day
