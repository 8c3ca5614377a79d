"""Whether an invoice adds up, what each business unit bears, and who approves it.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 4.G.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.pool import split
from mobile_selfservice.policy.rulings import Person, against, ruling
from mobile_selfservice.policy.unsaid import if_said

PAYMENT = Clause("Lodi 2011", "4.G")
MASTER_ACCOUNT = "master_account"
DCM = "dcm"


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterAccount:
    """An invoice: the charges of each line, those of the account itself, its total."""

    lines: Sequence[Decimal]
    account_level: Sequence[Decimal]
    invoice_total: Decimal


@dataclass(frozen=True, slots=True)
class Tie:
    """What the invoice says beyond its own parts; nothing where it adds up."""

    difference: Decimal
    steps: tuple[Step, ...]

    @property
    def ties(self) -> bool:
        """Tell whether the parts add up to the total, to the cent."""
        return not self.difference


def tie(account: MasterAccount) -> Tie:
    """Compare an invoice's total with the sum of its lines and account charges.

    Clause: Lodi 2011 §4.G.
    """
    lines = sum(account.lines, ZERO)
    own = sum(account.account_level, ZERO)
    difference = account.invoice_total - lines - own
    text = (
        f"lines {dollars(lines)}, account charges and credits {dollars(own)}, "
        f"invoice {dollars(account.invoice_total)}: difference {dollars(difference)}"
    )
    return Tie(difference, (Step(text, PAYMENT, difference),))


def allocate(
    lines: Mapping[str, Decimal], account_level: Sequence[Decimal]
) -> dict[str, Decimal]:
    """Return what each business unit bears: its own lines and its part of the rest.

    `lines` are the charges of each unit's lines. Every account charge or credit is
    shared out by them, to the cent; a unit whose lines come to a credit bears no part.

    Clause: Lodi 2011 §4.G. Reading: AMB-52.

    Raises:
        NothingToShareBy: if there is something to share and no unit has charges.
    """
    weights = {unit: max(ZERO, charge) for unit, charge in lines.items()}
    borne = dict(lines)
    for amount in account_level:
        for unit, share in split(amount, weights).items():
            borne[unit] += share
    return borne


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerms:
    """Who approves a master account for payment."""

    approver_role: str = DCM
    clause: Clause = PAYMENT


LODI = PaymentTerms()


def payment_terms(edition: Edition, on: date) -> PaymentTerms:
    """Take the approver from the edition in force on the day: its exception matrix.

    A row for `master_account` names another role than the Deputy City Manager.

    Clause: Lodi 2011 §4.G. Reading: AMB-44.
    """
    for row in if_said(lambda: edition.rows("approvals.exception_matrix", on), ()):
        if row["exception"] == MASTER_ACCOUNT:
            clause = edition.parameter("approvals.exception_matrix").clause
            return PaymentTerms(approver_role=row["approvers"], clause=clause)
    return LODI


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterApproval:
    """Who approves an invoice for payment, and how it came into the portal.

    `is_designee`: they act inside a recorded delegation.
    """

    approver: Person
    approver_role: str
    worked_on_it: frozenset[Person]
    difference: Decimal
    is_designee: bool = False


def approve_master_ruling(act: MasterApproval, terms: PaymentTerms = LODI) -> Ruling:
    """Decide whether somebody may approve the master account for payment.

    It must add up to the cent, and who imported or changed it does not approve it.

    Clause: Lodi 2011 §4.G. Reading: AMB-44.
    """
    return ruling(
        [
            against(
                bool(act.difference),
                f"The invoice does not add up: {dollars(act.difference)} is not "
                "explained.",
                terms.clause,
            ),
            against(
                act.approver_role != terms.approver_role and not act.is_designee,
                "The Deputy City Manager or a recorded designee approves it."
                if terms.approver_role == DCM
                else f"Only {terms.approver_role} or a recorded designee approves it.",
                terms.clause,
                "AMB-44",
            ),
            against(
                act.approver in act.worked_on_it,
                "Who imported or changed the invoice does not approve it.",
                terms.clause,
            ),
        ]
    )
