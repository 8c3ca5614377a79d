"""What a whole bill comes to, and what is still open after payments.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.B.1 and 4.G.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, dollars, sum_in_words, to_cent
from mobile_selfservice.policy.parameters import Edition, NotSet, UnknownParameter

REIMBURSEMENT_FORM = Clause("Lodi 2011", "3.B.1")
RETURN_WITH_MONEY = Clause("Lodi 2011", "4.G")
RETURN_OF_FORM = Clause("Lodi 2011", "4.G")


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the reimbursement form, already rounded to the cent."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTerms:
    """What an employer leaves uncollected: the first dollars, and too small a sum.

    Both zero: every cent is owed. `exempt_clause` and `collect_clause` are their places
    in its policy.
    """

    exempt_first: Decimal = ZERO
    min_collect: Decimal = ZERO
    exempt_clause: Clause = REIMBURSEMENT_FORM
    collect_clause: Clause = REIMBURSEMENT_FORM


EVERY_CENT = StatementTerms()


def statement_terms(edition: Edition, on: date) -> StatementTerms:
    """Take what is left uncollected from the edition in force on a statement's date.

    Nobody having set one means that there is none: then every cent is owed.

    Clause: Lodi 2011 §3.B.1.
    """
    exempt, exempt_clause = _set_amount(edition, "personal_use.exempt_first_amount", on)
    smallest, collect_clause = _set_amount(edition, "personal_use.min_collect", on)
    return StatementTerms(
        exempt_first=exempt,
        min_collect=smallest,
        exempt_clause=exempt_clause,
        collect_clause=collect_clause,
    )


def _set_amount(edition: Edition, key: str, on: date) -> tuple[Decimal, Clause]:
    try:
        return edition.amount(key, on), edition.dated(key, on).clause
    except (NotSet, UnknownParameter):
        return ZERO, REIMBURSEMENT_FORM


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


def statement_due(
    lines: Sequence[FormLine],
    terms: StatementTerms = EVERY_CENT,
    clause: Clause = REIMBURSEMENT_FORM,
) -> StatementDue:
    """Add up the lines of the form; more credit than charges is owed to the employee.

    What the employer does not collect stands among the lines, taken off again.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-47, AMB-52.
    """
    charged = sum((to_cent(line.amount) for line in lines), ZERO)
    relief = _relief(charged, terms)
    whole = (*lines, *(line for line, _ in relief))
    clauses = (*(clause for _ in lines), *(place for _, place in relief))
    steps = [
        Step(f"{line.label}: {dollars(line.amount)}", place, line.amount)
        for line, place in zip(whole, clauses, strict=True)
    ]
    total = sum((to_cent(line.amount) for line in whole), ZERO)
    due = max(ZERO, total)
    credit = max(ZERO, -total)
    steps.append(Step(sum_in_words([line.amount for line in whole], total), clause))
    if credit:
        steps.append(credit_step(credit, clause))
    return StatementDue(due, credit, whole, Explained(due, tuple(steps)))


def _relief(charged: Decimal, terms: StatementTerms) -> list[tuple[FormLine, Clause]]:
    """Take off the first dollars, then what is too little to collect."""
    relief = []
    first = min(max(ZERO, charged), terms.exempt_first)
    if first:
        text = f"The first {dollars(terms.exempt_first)}, not charged"
        relief.append((FormLine(text, -first), terms.exempt_clause))
    rest = charged - first
    if ZERO < rest < terms.min_collect:
        text = f"Less than {dollars(terms.min_collect)}, not collected"
        relief.append((FormLine(text, -rest), terms.collect_clause))
    return relief


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


@dataclass(frozen=True, slots=True)
class Received:
    """One entry of money in words; below zero it came back."""

    words: str
    amount: Decimal


def balance_working(
    certified: Decimal,
    received: Sequence[Received],
    clause: Clause = RETURN_WITH_MONEY,
    corrected: Sequence[Received] = (),
) -> Explained:
    """Tell how what was certified came to what is still owed, entry by entry.

    `corrected` are accepted corrections: below zero they lower what is owed, never
    under nothing; the rest is a credit.

    Clause: Lodi 2011 §4.G. Reading: AMB-33, AMB-47.
    """
    net = certified + sum((each.amount for each in corrected), ZERO)
    owed, left = max(ZERO, net), max(ZERO, -net)
    found = balance_after(owed, [each.amount for each in received])
    steps = [Step(f"certified: {dollars(certified)}", clause, certified)]
    steps += [
        Step(f"{each.words}: {dollars(each.amount)}", clause, each.amount, "AMB-47")
        for each in corrected
    ]
    steps += [
        Step(f"{each.words}: {dollars(-each.amount)}", clause, -each.amount, "AMB-33")
        for each in received
    ]
    rest = net - sum((each.amount for each in received), ZERO)
    signed = [certified, *(each.amount for each in corrected)]
    signed += [-each.amount for each in received]
    steps.append(Step(sum_in_words(signed, rest), clause, found.balance))
    if left:
        text = f"corrections come to more than was owed: a credit of {dollars(left)}"
        steps.append(Step(text, clause, left, "AMB-47"))
    if found.credit:
        text = f"more was received than is owed: a credit of {dollars(found.credit)}"
        steps.append(Step(text, clause, found.credit))
    return Explained(found.balance, tuple(steps))


def credit_step(credit: Decimal, clause: Clause = REIMBURSEMENT_FORM) -> Step:
    """Say that the credits exceed the charges.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-47.
    """
    text = f"credits exceed the charges: you owe $0.00 and are owed {dollars(credit)}"
    return Step(text, clause, credit, "AMB-47")
