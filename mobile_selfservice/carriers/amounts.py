"""Money and quantities as carriers write them, made into exact decimals."""

import re
from dataclasses import dataclass
from decimal import Decimal

from mobile_selfservice.carriers.written import SCIENTIFIC, Unreadable, is_blank, plain

ZERO = Decimal(0)
NOTHING = Decimal("0.00")
NUMBER = re.compile(
    r"(?P<open>\()?(?P<minus>[-−])?\$?(?P<minus2>-)?"
    r"(?P<digits>(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})?(?:\.[0-9]{1,15})?)"
    r"(?P<minus3>-)?(?P<close>\))?"
)
SHARED = "(shared)"
KILOBYTES = {"KB": Decimal(1), "MB": Decimal(1024), "GB": Decimal(1024**2)}


def money(written: str) -> Decimal | None:
    """Read an amount of money, to the cent or finer; blank is None.

    Carriers write a credit as -17.86, $-17.86, -$17.86, 17.86- or (17.86).

    Raises:
        Unreadable: if the cell is not an amount of money.
    """
    exact = _exact(written, "an amount of money")
    if exact is None:
        return None
    at_least_cents = _without_idle_zeros(exact, keep=2)
    if -int(at_least_cents.as_tuple().exponent) > 4:
        raise Unreadable("The amount is finer than a hundredth of a cent.")
    return at_least_cents


def quantity(written: str) -> Decimal | None:
    """Read a count of minutes, messages or kilobytes; blank is None.

    Raises:
        Unreadable: if the cell is not a number.
    """
    exact = _exact(written, "a number")
    return None if exact is None else _without_idle_zeros(exact, keep=0)


def _exact(written: str, what: str) -> Decimal | None:
    text = plain(written)
    if is_blank(text):
        return None
    match = NUMBER.fullmatch(text)
    digits = match["digits"].replace(",", "") if match else ""
    signs = [match[name] for name in ("minus", "minus2", "minus3")] if match else []
    minuses = sum(sign is not None for sign in signs)
    if match and (match["open"] is None) != (match["close"] is None):
        digits = ""
    minuses += bool(match and match["open"])
    if not digits.strip(".") or minuses > 1:
        raise Unreadable(_not_a_number(text, what))
    return Decimal(digits) * (-1 if minuses else 1)


def _not_a_number(text: str, what: str) -> str:
    if SCIENTIFIC.fullmatch(text):
        return (
            "A spreadsheet has rewritten this number. Use the file as downloaded, "
            "without opening and saving it in a spreadsheet."
        )
    return f"The cell should hold {what}. Download the file again or ask the carrier."


def _without_idle_zeros(exact: Decimal, keep: int) -> Decimal:
    """Drop trailing zeros: 167.000000000000000 minutes are 167."""
    exponent = int(exact.as_tuple().exponent)
    if exponent >= -keep:
        return exact.quantize(Decimal(1).scaleb(-keep)) if keep else exact
    text = format(exact, "f").rstrip("0")
    whole, _, fraction = text.partition(".")
    return Decimal(f"{whole}.{fraction.ljust(keep, '0')}".rstrip("."))


@dataclass(frozen=True)
class Bucket:
    """An allowance: a quantity, or unlimited, perhaps shared by several lines."""

    quantity: Decimal | None = None
    is_unlimited: bool = False
    is_shared: bool = False


def allowance(written: str) -> Bucket:
    """Read an allowance: `6.000(shared)`, `unlimited`, a number, or `NA`.

    Raises:
        Unreadable: if it is none of these.
    """
    text = plain(written)
    is_shared = text.casefold().endswith(SHARED)
    amount = text[: -len(SHARED)].rstrip() if is_shared else text
    if amount.casefold() == "unlimited":
        return Bucket(None, is_unlimited=True, is_shared=is_shared)
    return Bucket(quantity(amount), is_shared=is_shared)
