"""Dollars, exactly."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def to_cent(amount: Decimal) -> Decimal:
    """Round to the cent, half a cent up (reading AMB-52)."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def cents_of(exact: Fraction) -> Decimal:
    """Round an exact share of money to the cent, half a cent up (reading AMB-52).

    Shares such as $9.00 × 20 ÷ 220 have no exact decimal; a fraction keeps them whole
    until the one rounding a form line gets.
    """
    # In whole numbers: the steps of a bill ask this a dozen times.
    parts, of = exact.numerator, exact.denominator
    whole = (200 * abs(parts) + of) // (2 * of)
    return Decimal(-whole if parts < 0 else whole) * CENT


def down_to_cent(amount: Decimal) -> Decimal:
    """Drop what is finer than a cent, for limits that say "no greater than"."""
    return amount.quantize(CENT, rounding=ROUND_DOWN)


def dollars(amount: Decimal) -> str:
    """Write an amount the way a bill does: $1,204.50, and -$4.00 for a credit."""
    rounded = to_cent(amount)
    sign = "-" if rounded < 0 else ""
    return f"{sign}${abs(rounded):,}"


def rate(amount: Decimal) -> str:
    """Write a rate without losing what is finer than a cent: $0.10, $0.0375."""
    exact = amount.normalize()
    decimals = max(2, -int(exact.as_tuple().exponent))
    return f"${exact:,.{decimals}f}"


def quantity(exact: Fraction) -> str:
    """Write a count of minutes or gigabytes plainly: 14, 1.02, 0.7."""
    if exact.denominator == 1:
        return f"{exact.numerator:,}"
    return f"{float(round(exact, 2)):,.2f}".rstrip("0").rstrip(".")


def sum_in_words(amounts: Sequence[Decimal], total: Decimal) -> str:
    """Write an addition the way a form shows it: $2.00 + $9.00 − $4.00 = $7.00."""
    if len(amounts) <= 1:
        return f"total {dollars(total)}"
    first, *others = amounts
    added = [f"{'−' if each < 0 else '+'} {dollars(abs(each))}" for each in others]
    return f"{' '.join([dollars(first), *added])} = {dollars(total)}"
