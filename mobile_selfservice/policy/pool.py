"""Sharing an amount out to the cent, and the overage of shared plan minutes.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.B.1 and 4.G.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import CENT, ZERO, cents_of, dollars, quantity

SHARED_MINUTES = Clause("Lodi 2011", "4.G")
EXTRA_CHARGES = Clause("Lodi 2011", "3.B.1")


class NothingToShareBy(ValueError):  # noqa: N818
    """An amount cannot be shared out: the weights are negative or all zero."""


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One line's counted minutes in a shared plan.

    `personal` includes incidental minutes where those pay extra charges (AMB-08).
    """

    line: str
    business: int
    personal: int


@dataclass(frozen=True, slots=True)
class Pool:
    """The minutes several lines share and what the carrier charged beyond them.

    `overage_charged` is what the invoice says; without it the overage rate decides.
    """

    allowance: int
    lines: tuple[PoolLine, ...]
    overage_rate: Decimal = ZERO
    overage_charged: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PoolDue:
    """The overage of a pool, the part due to personal use, and each line's share."""

    overage: Decimal
    due: Decimal
    shares: Mapping[str, Decimal]
    explained: Explained


def split(amount: Decimal, weights: Mapping[str, Decimal | int]) -> dict[str, Decimal]:
    """Share out an amount by weight so that the parts add up to it exactly.

    Each part is cut to the cent; the cents left over go to the largest remainders,
    among equals to the first listed. A credit is shared like a charge.

    Clause: Lodi 2011 §4.G. Reading: AMB-52.

    Raises:
        NothingToShareBy: if a weight is negative, or an amount has no weights.
    """
    total = sum((Fraction(weight) for weight in weights.values()), Fraction(0))
    if any(weight < 0 for weight in weights.values()):
        raise NothingToShareBy("a share cannot have a negative weight")
    if total == 0 and amount:
        raise NothingToShareBy(f"there is nothing to share {dollars(amount)} by")

    cents = int(abs(amount) / CENT)
    exact = {
        name: cents * Fraction(weight) / (total or 1)
        for name, weight in weights.items()
    }
    whole = {name: int(share) for name, share in exact.items()}
    left_over = cents - sum(whole.values())
    by_remainder = sorted(exact, key=lambda name: whole[name] - exact[name])
    for name in by_remainder[:left_over]:
        whole[name] += 1
    sign = -1 if amount < 0 else 1
    return {name: sign * count * CENT for name, count in whole.items()}


def pool_due(pool: Pool) -> PoolDue:
    """Work out who pays for minutes beyond a shared allowance.

    What the pool would not have cost without the personal calls is due to them; the
    lines share it by their personal minutes.

    Clause: Lodi 2011 §4.G, §3.B.1. Reading: AMB-04, AMB-52.
    """
    used = sum(line.business + line.personal for line in pool.lines)
    personal = sum(line.personal for line in pool.lines)
    over = max(0, used - pool.allowance)
    caused = min(personal, over)
    charged = pool.overage_charged
    if charged is None:
        charged = pool.overage_rate * over
    due = cents_of(Fraction(charged) * caused / over) if over else ZERO

    counted = quantity(Fraction(used))
    steps = [
        Step(
            f"{counted} min used together, {pool.allowance:,} in the shared plan: "
            f"{over:,} min over",
            SHARED_MINUTES,
        )
    ]
    if over:
        steps.append(
            Step(
                f"{dollars(charged)} × {caused:,} ÷ {over:,} min "
                f"due to personal calls = {dollars(due)}",
                EXTRA_CHARGES,
                due,
                "AMB-04",
            )
        )
    weights = {line.line: line.personal for line in pool.lines}
    shares = split(due, weights)
    steps += [
        Step(
            f"line {name}: {weights[name]:,} of {personal:,} personal min, "
            f"{dollars(share)}",
            EXTRA_CHARGES,
            share,
            "AMB-52",
        )
        for name, share in shares.items()
        if share
    ]
    return PoolDue(
        cents_of(Fraction(charged)), due, shares, Explained(due, tuple(steps))
    )
