"""Reading an amount the way people type it: 12.5, $12.50, 1,204.50."""

import re
from decimal import Decimal

from mobile_selfservice.services.refusals import Refused

WRITTEN = re.compile(
    r"\$?\s?((?:[0-9]{1,3}(?:,[0-9]{3})+)|[0-9]{1,7})(?:\.([0-9]{1,2}))?"
)


class NotAnAmount(Refused):
    """What was typed is no amount of dollars and cents."""

    def __init__(self) -> None:
        super().__init__(
            "The amount is not clear. Write dollars and cents, such as 12.50."
        )


def dollars_typed(text: str) -> Decimal:
    """Return the amount somebody typed.

    Raises:
        NotAnAmount: if it is anything but dollars and cents.
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise NotAnAmount
    whole, cents = found[1].replace(",", ""), (found[2] or "").ljust(2, "0")
    return Decimal(f"{whole}.{cents}")
