"""Sharing an amount out to the cent, and the overage of shared plan minutes.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.B.1 and 4.G.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import CENT, ZERO, cents_of, dollars, quantity
from mobile_selfservice.policy.voice_calls import PoolShare

SHARED_MINUTES = Clause("Lodi 2011", "4.G")
EXTRA_CHARGES = Clause("Lodi 2011", "3.B.1")


class NothingToShareBy(ValueError):  # noqa: N818
    """An amount cannot be shared out: the weights are negative or all zero."""


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One line's counted minutes in a shared plan.

    `personal` includes incidental minutes where those pay extra charges (AMB-08).
    `signed` is the share its holder has signed for; no colleague's later mark changes
    it. None while the bill is open.
    """

    line: str
    business: int
    personal: int
    signed: Decimal | None = None


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


def pool_due(pool: Pool, clause: Clause = EXTRA_CHARGES) -> PoolDue:
    """Work out who pays for minutes beyond a shared allowance.

    What the pool would not have cost without the personal calls is due to them; the
    lines share it by their personal minutes.

    Clause: Lodi 2011 §4.G, §3.B.1. Reading: AMB-04, AMB-52.
    """
    personal = sum(line.personal for line in pool.lines)
    charged, due, steps = _caused(pool, clause)
    weights = {line.line: line.personal for line in pool.lines}
    shares = split(due, weights)
    steps += [
        Step(
            f"line {name}: {weights[name]:,} of {personal:,} personal min, "
            f"{dollars(share)}",
            clause,
            share,
            "AMB-52",
        )
        for name, share in shares.items()
        if share
    ]
    return PoolDue(charged, due, shares, Explained(due, tuple(steps)))


def line_share(pool: Pool, name: str, clause: Clause = EXTRA_CHARGES) -> PoolShare:
    """Work out one line's part, telling nothing of any other line.

    What colleagues have signed for stays as they signed it. The lines still open share
    what is left by their personal minutes, none more than without those signatures: so
    the employees never pay more together than personal use caused.

    Clause: Lodi 2011 §4.G, §3.B.1. Reading: AMB-04, AMB-52.
    """
    own = next(line for line in pool.lines if line.line == name)
    personal = sum(line.personal for line in pool.lines)
    _, due, steps = _caused(pool, clause)
    shares = split(due, {line.line: line.personal for line in pool.lines})
    usual = shares[name]
    if usual:
        text = (
            f"your line: {own.personal:,} of {personal:,} personal min, "
            f"{dollars(usual)}"
        )
        steps.append(Step(text, clause, usual, "AMB-52"))
    amount, why = usual, ""
    if own.signed is not None:
        amount, why = own.signed, "as you signed it"
    elif usual:
        amount = _left(pool, due, shares)[name]
        why = "colleagues have signed for part of it; left for your line"
    if amount != usual:
        steps.append(Step(f"{why}: {dollars(amount)}", clause, amount, "AMB-52"))
    beyond = Fraction(min(personal, _over(pool)) * own.personal, personal or 1)
    return PoolShare(amount, beyond, tuple(steps))


def _left(
    pool: Pool, due: Decimal, shares: Mapping[str, Decimal]
) -> Mapping[str, Decimal]:
    """Share what the signed lines leave among those still open."""
    still_open = {
        line.line: line.personal for line in pool.lines if line.signed is None
    }
    signed = sum((line.signed or ZERO for line in pool.lines), ZERO)
    usual = sum((shares[line] for line in still_open), ZERO)
    if due - signed >= usual:
        return shares
    return split(max(ZERO, due - signed), still_open)


def _over(pool: Pool) -> int:
    used = sum(line.business + line.personal for line in pool.lines)
    return max(0, used - pool.allowance)


def _caused(pool: Pool, clause: Clause) -> tuple[Decimal, Decimal, list[Step]]:
    """Tell what the pool's overage cost and which part of it personal calls caused."""
    used = sum(line.business + line.personal for line in pool.lines)
    over = _over(pool)
    caused = min(sum(line.personal for line in pool.lines), over)
    charged = pool.overage_charged
    if charged is None:
        charged = pool.overage_rate * over
    due = cents_of(Fraction(charged) * caused / over) if over else ZERO
    # In Lodi shared minutes have a place of their own; elsewhere the employer's clause.
    shared = SHARED_MINUTES if clause.policy == SHARED_MINUTES.policy else clause
    text = (
        f"{quantity(Fraction(used))} min used together, {pool.allowance:,} in the "
        f"shared plan: {over:,} min over"
    )
    steps = [Step(text, shared)]
    if over:
        text = (
            f"{dollars(charged)} × {caused:,} ÷ {over:,} min "
            f"due to personal calls = {dollars(due)}"
        )
        steps.append(Step(text, clause, due, "AMB-04"))
    return cents_of(Fraction(charged)), due, steps
