"""A step of working in words: the same on screen, in the PDF, in letters and at a desk.

Whatever shows a step asks here, so that no place can tell it differently.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import dollars


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step in words; `amount`, `clause` and `reading` are empty where it has none.

    `clause` names the policy and the place in it: Lodi 2011 §3.B.1.
    """

    text: str
    amount: str = ""
    clause: str = ""
    reading: str = ""

    @property
    def source(self) -> str:
        """What the step rests on: Lodi 2011 §3.B.1, reading AMB-03."""
        reading = f"reading {self.reading}" if self.reading else ""
        return ", ".join(part for part in (self.clause, reading) if part)

    @property
    def line(self) -> str:
        """The step as one line of plain text, with what it rests on."""
        return f"{self.text} ({self.source})" if self.source else self.text


def step_words(step: Step) -> StepWords:
    """Put a step that was just worked out into words."""
    amount = "" if step.amount is None else dollars(step.amount)
    return StepWords(step.text, amount, str(step.clause), step.reading)


def all_step_words(steps: Iterable[Step]) -> tuple[StepWords, ...]:
    """Put steps into words, in their order."""
    return tuple(step_words(step) for step in steps)


def kept_step_words(step: Mapping[str, str]) -> StepWords:
    """Put a step of a signed record into words, as it was signed."""
    amount = dollars(Decimal(step["amount"])) if step["amount"] else ""
    return StepWords(step["text"], amount, step["clause"], step["reading"])
