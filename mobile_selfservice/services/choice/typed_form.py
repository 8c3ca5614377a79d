"""A form as somebody typed it, read field by field, each with its own error."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from mobile_selfservice.services.money.typed_amount import NotAnAmount, dollars_typed

T = TypeVar("T")
LONGEST = 20
MOST = Decimal("9999.99")
WHOLE = re.compile("[0-9]{1,6}")
FINE = re.compile(r"\$?([0-9]{1,4}(?:\.[0-9]{1,4})?)")
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


class TypedForm:
    """Reads one form; what is wrong is noted by field and read as nothing.

    `faults` has a sentence for each wrong field, the first that was found.
    """

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.faults: dict[str, str] = {}

    def wrong(self, name: str, why: str) -> None:
        """Note what is wrong with a field, unless something is already."""
        self.faults.setdefault(name, why)

    def dollars(self, name: str) -> Decimal | None:
        """Read an amount of dollars and cents."""
        return self.read(
            name, _dollars, "Write dollars and cents, such as 12.50, up to 9,999.99."
        )

    def fine(self, name: str) -> Decimal | None:
        """Read a number with up to four decimal places."""
        return self.read(name, _fine, "Write a number such as 0.10 or 2.5.")

    def whole(
        self,
        name: str,
        most: int = 999_999,
        why_not: str = "Write a whole number, such as 300.",
    ) -> int | None:
        """Read a whole number up to `most`."""

        def counted(text: str) -> int:
            if not WHOLE.fullmatch(text) or int(text) > most:
                raise ValueError(text)
            return int(text)

        return self.read(name, counted, why_not)

    def day(self, name: str) -> date | None:
        """Read a day."""
        return self.read(name, _day, "Give a day of the years 2000 to 2100.")

    def read(self, name: str, how: Callable[[str], T], why_not: str) -> T | None:
        """Read a field that may be empty."""
        text = self.typed[name]
        if not text:
            return None
        try:
            return how(text)
        except (ValueError, NotAnAmount):
            self.wrong(name, why_not)
            return None


def tidied(fields: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """Take the fields a form has, without blanks around them, and cut to length."""
    return {name: fields.get(name, "").strip()[:LONGEST] for name in names}


def _dollars(text: str) -> Decimal:
    amount = dollars_typed(text)
    if amount > MOST:
        raise ValueError(text)
    return amount


def _fine(text: str) -> Decimal:
    found = FINE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Decimal(found[1])


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(text)
    return day
