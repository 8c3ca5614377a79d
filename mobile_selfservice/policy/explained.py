"""An amount that can show its working."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered place in a written policy."""

    policy: str
    number: str

    def __str__(self) -> str:
        return f"{self.policy} §{self.number}"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of working: what was done, the arithmetic, and the clause behind it.

    `reading` is the number of the reading of an unclear clause (AMB-01 to AMB-52)
    that the step depends on, or empty.
    """

    text: str
    clause: Clause
    amount: Decimal | None = None
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """An amount in dollars and the steps that lead to it, in reading order."""

    amount: Decimal
    steps: tuple[Step, ...]
