"""What a whole bill comes to, and what is still open after payments.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.B.1 and 4.G.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, dollars, sum_in_words, to_cent

REIMBURSEMENT_FORM = Clause("Lodi 2011", "3.B.1")
RETURN_OF_FORM = Clause("Lodi 2011", "4.G")


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the reimbursement form, already rounded to the cent."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class StatementDue:
    """What the employee owes for a bill, or the credit the employer owes instead."""

    due: Decimal
    credit: Decimal
    lines: tuple[FormLine, ...]
    explained: Explained


class PaymentState(StrEnum):
    """How far a reimbursement is paid."""

    DUE = "due"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Balance:
    """What is still owed after the confirmed payments, or was paid too much."""

    balance: Decimal
    credit: Decimal
    state: PaymentState


def statement_due(lines: Sequence[FormLine]) -> StatementDue:
    """Add up the lines of the form; more credit than charges is owed to the employee.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-47, AMB-52.
    """
    total = sum((to_cent(line.amount) for line in lines), ZERO)
    steps = [
        Step(f"{line.label}: {dollars(line.amount)}", REIMBURSEMENT_FORM, line.amount)
        for line in lines
    ]
    due = max(ZERO, total)
    credit = max(ZERO, -total)
    steps.append(
        Step(sum_in_words([line.amount for line in lines], total), REIMBURSEMENT_FORM)
    )
    if credit:
        steps.append(credit_step(credit))
    return StatementDue(due, credit, tuple(lines), Explained(due, tuple(steps)))


def balance_after(owed: Decimal, paid: Iterable[Decimal]) -> Balance:
    """Take confirmed payments, and reversals as negative ones, off what is owed.

    Clause: Lodi 2011 §4.G. Reading: AMB-33.
    """
    received = sum(paid, ZERO)
    open_amount = max(ZERO, owed - received)
    credit = max(ZERO, received - owed)
    if not open_amount:
        return Balance(open_amount, credit, PaymentState.PAID)
    if received > ZERO:
        return Balance(open_amount, credit, PaymentState.PARTLY_PAID)
    return Balance(open_amount, credit, PaymentState.DUE)


def credit_step(credit: Decimal, clause: Clause = REIMBURSEMENT_FORM) -> Step:
    """Say that the credits exceed the charges.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-47.
    """
    text = f"credits exceed the charges: you owe $0.00 and are owed {dollars(credit)}"
    return Step(text, clause, credit, "AMB-47")
