"""Cases about signing a bill and paying it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy import certification, separation
from mobile_selfservice.policy.certification import CERTIFICATION, Review, Statement
from mobile_selfservice.policy.explained import Ruling, Step
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.statement import PaymentState, balance_after
from mobile_selfservice.policy_cases.calculation import (
    Allowed,
    Answered,
    Calculation,
    guard,
    ruled,
)
from mobile_selfservice.policy_cases.records import called


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A statement signed for a bill.

    Without `accepted` the amount owed is accepted. A null holder is a pooled or vehicle
    device, for which its custodian signs.
    """

    statement: Statement
    personal_lines: int = 0
    incidental_lines: int = 0
    incidental_without_reason: int = 0
    unmarked_lines: int = field(
        default=0, metadata=called("unmarked_lines", "unreviewed_lines")
    )
    not_sure_lines: int = 0
    owed: Decimal = field(
        default=ZERO, metadata=called("owed", "computed", "due", "extras")
    )
    credit: Decimal = ZERO
    accepted: Decimal | None = field(
        default=None, metadata=called("accepted", "amount")
    )
    signer: str = "the holder"
    holder: str | None = "the holder"
    custodian: str | None = None
    offered: tuple[Statement, ...] = tuple(Statement)


@dataclass(frozen=True, slots=True)
class Signed(Allowed):
    """Whether it may be signed, and for what amount."""

    owed: Decimal | None = None


def certify(given: Signing) -> Answered:
    """Decide about the signature."""
    review = Review(
        personal=given.personal_lines,
        incidental=given.incidental_lines,
        incidental_without_reason=given.incidental_without_reason,
        not_sure=given.not_sure_lines,
        unmarked=given.unmarked_lines,
        due=given.owed,
        credit=given.credit,
    )
    accepted = given.owed if given.accepted is None else given.accepted
    own = separation.sign_ruling(
        separation.Signing(
            signer=given.signer, holder=given.holder, custodian=given.custodian
        )
    )
    if not own.is_allowed:
        return ruled(own)
    try:
        certification.check(given.statement, review, accepted, given.offered)
    except (certification.StatementNotAllowed, certification.AmountDiffers) as reason:
        return ruled(Ruling((Step(str(reason), CERTIFICATION, None, "AMB-09"),)))
    return ruled(Ruling(), owed=given.owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paying:
    """What was owed, and the payments confirmed; a reversal is a negative one."""

    owed: Decimal
    paid: tuple[Decimal, ...]


class State(StrEnum):
    """How far a reimbursement is paid; paid too much is paid, with a credit."""

    DUE = PaymentState.DUE
    PARTLY_PAID = PaymentState.PARTLY_PAID
    PAID = PaymentState.PAID
    OVERPAID = "overpaid"


@dataclass(frozen=True, slots=True)
class Paid:
    """What is still open."""

    balance: Decimal | None = None
    credit: Decimal | None = None
    state: State | None = None


def payment(given: Paying) -> Answered:
    """Take the payments off."""
    after = balance_after(given.owed, given.paid)
    state: object = after.state
    if after.credit:
        state = frozenset({after.state, State.OVERPAID})
    answers = {"balance": after.balance, "credit": after.credit, "state": state}
    return Answered(answers)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "payment": Calculation(Paying, Paid, payment)
}
GUARDS: Mapping[str, Calculation[Any]] = {"certify": guard(Signing, certify, Signed)}
