"""An amount that can show its working."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered place in a written policy; without a number, all of the policy."""

    policy: str
    number: str

    def __str__(self) -> str:
        return f"{self.policy} §{self.number}" if self.number else self.policy


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


@dataclass(frozen=True, slots=True)
class ExplainedCount:
    """A number of months, days or devices, and the steps that lead to it."""

    count: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether the policy allows something, and the sentences that decide it.

    `refusals` say each reason against it, in words a person can act on; empty where
    it is allowed. `notes` are warnings that do not stand in the way.
    """

    refusals: tuple[Step, ...] = ()
    notes: tuple[Step, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Tell whether nothing stands against it."""
        return not self.refusals

    @property
    def why_not(self) -> str:
        """The reasons against it, one sentence after the other."""
        return " ".join(step.text for step in self.refusals)
