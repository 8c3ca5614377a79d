"""The lines of the reimbursement form in words, for every screen that shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.components.working import WorkingStep
from mobile_selfservice.policy.money import dollars

STATEMENTS = {
    "none": "No personal use",
    "incidental_only": "Incidental use only",
    "reimbursable": "Personal use to reimburse",
}


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
    return WorkedRow(f"{label}: {dollars(amount)}", [_step(step) for step in steps])


def _step(step: Mapping[str, str]) -> WorkingStep:
    return WorkingStep(
        text=step["text"],
        amount=dollars(Decimal(step["amount"])) if step["amount"] else "",
        clause=step["clause"],
        reading=step["reading"],
    )
