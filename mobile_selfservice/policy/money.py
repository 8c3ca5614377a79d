"""Dollars, exactly."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def to_cent(amount: Decimal) -> Decimal:
    """Round to the cent, half a cent up (reading AMB-52)."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


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
