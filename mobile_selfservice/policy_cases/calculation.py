"""What one calculation takes, what it answers and which rule works it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from mobile_selfservice.policy.explained import Ruling, Step

G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one calculation by name, and the working behind them."""

    answers: Mapping[str, object]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Calculation(Generic[G]):
    """A calculation: the record it takes, the record it answers, and the rule.

    Every field of `answer` may be expected; one that `work` leaves out is answered
    with null. `ignored` are answers in words that are shown and not compared.
    """

    given: type[G]
    answer: type[Any]
    work: Callable[[G], Answered]
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Amount:
    """The answer of a calculation that comes to one amount."""

    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """The answer of a guard. The reason is words, shown and not compared."""

    allowed: bool | None = None
    reason: str | None = None


def ruled(ruling: Ruling, **more: object) -> Answered:
    """Answer with a ruling, and with what else the guard finds out."""
    answers = {"allowed": ruling.is_allowed, "reason": ruling.why_not or None, **more}
    return Answered(answers, (*ruling.refusals, *ruling.notes))


def guard(
    given: type[G], work: Callable[[G], Answered], answer: type[Any] = Allowed
) -> Calculation[G]:
    """Make the calculation of a guard, whose reason is not compared."""
    return Calculation(given, answer, work, frozenset({"reason"}))
