"""What the calculator's form or address asks, each field read with its own error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.policy.early_termination import FeeSchedule, StipendChange
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.choice.calculator import Desk
from mobile_selfservice.services.choice.termination_answer import (
    FeeAfter,
    TerminationQuestion,
)
from mobile_selfservice.services.choice.typed_form import TypedForm, tidied

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
OTHER = "other"
LEAST_STIPEND = Decimal("1.00")
MOST_MONTHS = 120


@dataclass(frozen=True)
class Read:
    """The question, unless nothing was asked or a field is wrong: then why.

    `faults` has the sentence for each wrong field.
    """

    question: TerminationQuestion | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def read(fields: Mapping[str, str], desk: Desk) -> Read:
    """Make a question of the fields; an empty form asks nothing."""
    typed = tidied(fields, NAMES)
    if not any(typed.values()):
        return Read()
    reader = _Reader(typed, desk)
    question = reader.question()
    return Read(faults=reader.faults) if reader.faults else Read(question)


class _Reader(TypedForm):
    """Reads the form against what is known."""

    def __init__(self, typed: Mapping[str, str], desk: Desk) -> None:
        super().__init__(typed)
        self.desk = desk

    def question(self) -> TerminationQuestion | None:
        approved = self.day("approved") or self.desk.today
        returned = self.day("returned") or approved
        charge, stipend = self._charge(), self._stipend()
        end, left = self.day("end"), self._months("left")
        if end and left is not None:
            self.wrong("left", "Give the last day or the months left, not both.")
        if end and end <= max(approved, returned):
            self.wrong(
                "end",
                "By this day the contract has ended before the phone is given back: "
                "then ask the carrier whether anything is charged at all.",
            )
        cost, changes = self.dollars("cost"), self._changes()
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
        quote, fee = self.dollars("quote"), self._fee()
        if self.typed["quote"] and (self.typed["fee"] or self.typed["known"]):
            self.wrong("quote", "Give the quote or the fee of the contract, not both.")
        if quote is not None:
            return quote
        if fee is not None:
            return FeeAfter(fee, self._months("done") or 0)
        if not any(self.typed[name] for name in ("quote", "fee", "known")):
            self.wrong("quote", "Give the carrier’s quote, or the contract’s fee.")
        return None

    def _fee(self) -> FeeSchedule | None:
        if self.typed["known"]:
            place = self.whole("known", why_not="Choose a fee from the list.")
            if place is not None and 0 < place <= len(self.desk.fees):
                return self.desk.fees[place - 1].schedule
            self.wrong("known", "Choose a fee from the list.")
            return None
        start = self.dollars("fee")
        drop = self.dollars("drop") or ZERO
        return None if start is None else FeeSchedule(start, drop)

    def _stipend(self) -> Decimal | None:
        amount = self.dollars("amount")
        if self.typed["amount"]:
            if amount is not None and amount < LEAST_STIPEND:
                self.wrong("amount", "A stipend is at least $1.00 a month.")
            return amount
        chosen = self.typed["stipend"]
        for offer in self.desk.offers:
            if offer.name == chosen:
                return offer.payable.amount
        place = "amount" if chosen == OTHER or not self.desk.offers else "stipend"
        self.wrong(place, "Say which stipend would be paid.")
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
        stipend, after = self.dollars("new_amount"), self._months("new_after")
        if stipend is None and after is None:
            return ()
        if stipend is None or after is None:
            empty = "new_amount" if stipend is None else "new_after"
            self.wrong(empty, "A change needs its amount and its month.")
            return ()
        if ZERO < stipend < LEAST_STIPEND:
            self.wrong("new_amount", "A stipend is at least $1.00 a month, or none.")
        return (StipendChange(after, stipend),)

    def _months(self, name: str) -> int | None:
        return self.whole(
            name, MOST_MONTHS, f"Write a whole number of months, up to {MOST_MONTHS}."
        )
