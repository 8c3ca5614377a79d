"""What an employee pays for a lost phone, where an employer charges it.

Ingham County MI 352.B: half for the first loss, all for a second in the same year. Lodi
charges nothing.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, cents_of, dollars
from mobile_selfservice.policy.parameters import Edition, NotSet, UnknownParameter

INGHAM_LOSS = Clause("Ingham County MI", "352.B")
SHARES = "loss.employee_share"
ORDINALS = {1: "first", 2: "second", 3: "third"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LossTerms:
    """The employee's percentage for the first loss in a year, the second, and so on.

    The last one stands for every later loss. Empty: nothing is charged.
    """

    percents: tuple[Decimal, ...] = ()
    clause: Clause = INGHAM_LOSS


def loss_terms(edition: Edition, on: date) -> LossTerms:
    """Take the percentages in force on the day of the loss.

    Clause: Ingham County MI 352.B.
    """
    try:
        in_force = edition.dated(SHARES, on)
    except (NotSet, UnknownParameter):
        return LossTerms()
    return LossTerms(percents=edition.amounts(SHARES, on), clause=in_force.clause)


def loss_due(replacement: Decimal, loss_in_year: int, terms: LossTerms) -> Explained:
    """Charge the employee's share of a replacement, by how many were lost in the year.

    `loss_in_year` counts this loss: 1 for the first.

    Clause: Ingham County MI 352.B. Reading: AMB-52.

    Raises:
        ValueError: if the count of losses is below one.
    """
    if loss_in_year < 1:
        raise ValueError("the loss itself counts: the first is number 1")
    if not terms.percents:
        step = Step("a lost phone is not charged to the employee", terms.clause, ZERO)
        return Explained(ZERO, (step,))
    percent = terms.percents[min(loss_in_year, len(terms.percents)) - 1]
    owed = cents_of(Fraction(replacement) * Fraction(percent) / 100)
    which = ORDINALS.get(loss_in_year, f"{loss_in_year}th")
    text = (
        f"{which} loss in the year: {percent.normalize():f} % of "
        f"{dollars(replacement)} = {dollars(owed)}"
    )
    return Explained(owed, (Step(text, terms.clause, owed, "AMB-52"),))
