"""What one's own contract would charge for a month's use, on its terms as typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, cents_of, dollars, quantity, rate

KILOBYTES_A_GIGABYTE = 1024 * 1024
OWN = Clause("Your own contract", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContract:
    """A private contract. None means without limit; a price is for what is beyond.

    `monthly` is what the line costs a month, taxes included (AMB-22). Data beyond is
    sold in blocks of `block_gigabytes`.
    """

    monthly: Decimal
    minutes: int | None = None
    per_minute: Decimal = ZERO
    texts: int | None = None
    per_text: Decimal = ZERO
    gigabytes: Decimal | None = None
    per_block: Decimal = ZERO
    block_gigabytes: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Use:
    """What a phone was used for in a month; `name` is the month in words."""

    name: str
    minutes: Decimal
    texts: int
    kilobytes: Decimal


def beyond(contract: OwnContract, use: Use) -> Explained:
    """Work out what a month's use would cost on top of the contract's price."""
    parts = (*_minutes(contract, use), *_texts(contract, use), *_data(contract, use))
    if not parts:
        step = Step(f"{use.name}: within the contract", OWN, ZERO)
        return Explained(ZERO, (step,))
    total = cents_of(sum((cost for _, cost in parts), Fraction(0)))
    words = "; ".join(text for text, _ in parts)
    return Explained(total, (Step(f"{use.name}: {words}", OWN, total),))


def average_beyond(contract: OwnContract, months: Sequence[Use]) -> Explained:
    """Average that over months of use; nothing where there are none."""
    if not months:
        return Explained(ZERO, (Step("no use is known", OWN, ZERO),))
    found = [beyond(contract, use) for use in months]
    steps = tuple(step for each in found for step in each.steps)
    return averaged([each.amount for each in found], steps)


def as_typed(amount: Decimal) -> Explained:
    """Take an amount a month as somebody typed it."""
    return Explained(amount, (Step(f"typed: {dollars(amount)} a month", OWN, amount),))


def averaged(
    amounts: Sequence[Decimal], steps: tuple[Step, ...] = (), clause: Clause = OWN
) -> Explained:
    """Average amounts of months to the cent, after the steps that led to them."""
    total = sum(amounts, ZERO)
    average = cents_of(Fraction(total) / len(amounts))
    months = "1 month" if len(amounts) == 1 else f"{len(amounts)} months"
    text = f"{dollars(total)} ÷ {months} = {dollars(average)} a month"
    return Explained(average, (*steps, Step(text, clause, average)))


def _minutes(contract: OwnContract, use: Use) -> tuple[tuple[str, Fraction], ...]:
    if contract.minutes is None:
        return ()
    over = Fraction(use.minutes) - contract.minutes
    return _over(over, Fraction(contract.per_minute), "min")


def _texts(contract: OwnContract, use: Use) -> tuple[tuple[str, Fraction], ...]:
    if contract.texts is None:
        return ()
    over = Fraction(use.texts - contract.texts)
    return _over(over, Fraction(contract.per_text), "texts")


def _data(contract: OwnContract, use: Use) -> tuple[tuple[str, Fraction], ...]:
    if contract.gigabytes is None:
        return ()
    over = Fraction(use.kilobytes) / KILOBYTES_A_GIGABYTE
    over -= Fraction(contract.gigabytes)
    blocks = ceil(over / Fraction(contract.block_gigabytes)) if over > 0 else 0
    named = "block of data" if blocks == 1 else "blocks of data"
    return _over(Fraction(blocks), Fraction(contract.per_block), named)


def _over(
    over: Fraction, price: Fraction, named: str
) -> tuple[tuple[str, Fraction], ...]:
    if over <= 0 or not price:
        return ()
    written = rate(Decimal(price.numerator) / price.denominator)
    return ((f"{quantity(over)} {named} more × {written}", over * price),)
