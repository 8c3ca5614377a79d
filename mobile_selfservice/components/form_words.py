"""The lines of the reimbursement form in words, for every screen that shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.components.working import WorkingStep, shown_steps
from mobile_selfservice.policy.certification import STATEMENT_WORDS
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.step_words import kept_step_words

STATEMENTS = STATEMENT_WORDS


@dataclass(frozen=True)
class AmountRow:
    """One line of the form."""

    label: str = ""
    amount: str = ""


@dataclass(frozen=True)
class WorkedRow:
    """One subject of the form, and the steps that lead to its amount."""

    summary: str = ""
    steps: list[WorkingStep] = field(default_factory=list)


def worked_row(
    label: str, amount: Decimal, steps: Iterable[Mapping[str, str]]
) -> WorkedRow:
    """Put one subject of a signed record, with its kept working, into words."""
    words = [kept_step_words(step) for step in steps]
    return WorkedRow(f"{label}: {dollars(amount)}", shown_steps(words))
