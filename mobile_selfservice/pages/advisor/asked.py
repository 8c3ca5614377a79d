"""What the advisor's form asks, each field read with its own error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

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
from mobile_selfservice.services.choice.typed_form import TypedForm, tidied

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
A_MONTH = "a usual month"


@dataclass(frozen=True)
class Read:
    """The question, unless a field is wrong: `faults` then has a sentence for each."""

    question: AdviceQuestion | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def read(fields: Mapping[str, str], known: Consultation) -> Read:
    """Make a question of the fields and of what the bills tell."""
    typed = tidied(fields, NAMES)
    reader = _Reader(typed, known)
    question = reader.question()
    return Read(faults=reader.faults) if reader.faults else Read(question)


class _Reader(TypedForm):
    """Reads the form against what is known."""

    def __init__(self, typed: Mapping[str, str], known: Consultation) -> None:
        super().__init__(typed)
        self.known = known

    def question(self) -> AdviceQuestion:
        today, end = self.known.year.today, self.day("end")
        if end and end <= today:
            self.wrong("end", "By this day the contract has ended: leave it empty.")
        return AdviceQuestion(
            on=today,
            stipend_class=self._stipend_class(),
            contract=self._contract(),
            use=self._use(),
            personal=self._personal(),
            city_cost=self._city_cost(),
            keeps_contract=bool(self.typed["keeps"]),
            is_prepaid=bool(self.typed["prepaid"]),
            penalty=self.dollars("penalty") or ZERO,
            contract_end=end,
        )

    def _stipend_class(self) -> str:
        names = [offer.name for offer in self.known.offers]
        if self.typed["stipend"] not in names:
            self.wrong("stipend", "Say which stipend would be paid.")
        return self.typed["stipend"]

    def _contract(self) -> OwnContract:
        monthly = self.dollars("monthly")
        if not self.typed["monthly"]:
            self.wrong("monthly", "Say what your own contract costs a month.")
        block = self.fine("block")
        if block is not None and not block:
            self.wrong("block", "A block holds more than nothing.")
        return OwnContract(
            monthly=monthly or ZERO,
            minutes=self.whole("minutes"),
            per_minute=self.fine("per_minute") or ZERO,
            texts=self.whole("texts"),
            per_text=self.fine("per_text") or ZERO,
            gigabytes=self.fine("gigabytes"),
            per_block=self.dollars("per_block") or ZERO,
            block_gigabytes=block or Decimal(1),
        )

    def _use(self) -> tuple[Use, ...]:
        """Take a typed month, where anything of it is typed, else the bills."""
        minutes, texts = self.whole("used_minutes"), self.whole("used_texts")
        gigabytes = self.fine("used_gigabytes")
        if minutes is None and texts is None and gigabytes is None:
            return tuple(month.use for month in self.known.year.months)
        kilobytes = (gigabytes or Decimal(0)) * KILOBYTES_A_GIGABYTE
        return (Use(A_MONTH, Decimal(minutes or 0), texts or 0, kilobytes),)

    def _personal(self) -> Explained:
        typed = self.dollars("personal")
        if typed is not None:
            return as_typed(typed)
        return self.known.personal or NOTHING

    def _city_cost(self) -> Explained | None:
        typed = self.dollars("cost")
        if typed is not None:
            return as_typed(typed)
        if self.known.city_cost is None and not self.typed["cost"]:
            self.wrong(
                "cost",
                "Say what a City phone would cost the City a month. Information "
                "Systems knows the price.",
            )
        return self.known.city_cost
