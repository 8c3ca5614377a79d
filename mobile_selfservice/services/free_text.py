"""What people type about money: tidied, and never a card number.

The portal takes no card payments and must not hold card numbers by accident either.
"""

import re
import unicodedata

from mobile_selfservice.services.refusals import Refused

LONGEST_REFERENCE = 80
LONGEST_REASON = 400
GROUPED_DIGITS = re.compile(r"[0-9]+(?:[ .\-]{1,2}[0-9]+)*")
CARD_LENGTHS = range(13, 20)
MOST_SIGNS = 10  # typed for one letter that is kept


class CardNumberTyped(Refused):
    """Something that reads like a card number was typed into a text."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} looks like it holds a card number. Never type one here: leave it "
            "out, or keep the last four digits only. Nothing was saved."
        )


class TextNeeded(Refused):
    """A text that the act rests on is missing or far too long."""


def tidy(text: str, what: str, longest: int) -> str:
    """Return a text on one line without invisible signs.

    Raises:
        CardNumberTyped: if it holds a card number.
        TextNeeded: if it is too long.
    """
    # Far too long even without its invisible signs: nothing of it is looked at.
    if len(text) > MOST_SIGNS * longest:
        raise TextNeeded(f"{what} is too long. Keep it under {longest} letters.")
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
        for sign in composed
        if unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn")
    )
    tidied = " ".join(seen.split())
    if len(tidied) > longest:
        raise TextNeeded(f"{what} is too long. Keep it under {longest} letters.")
    if holds_card_number(tidied):
        raise CardNumberTyped(what)
    return tidied


def needed(text: str, what: str, longest: int, least: int = 1) -> str:
    """Return a tidied text that may not be left out.

    Raises:
        TextNeeded: if it is missing, too short or too long.
        CardNumberTyped: if it holds a card number.
    """
    tidied = tidy(text, what, longest)
    if len(tidied) < least:
        many = f" in at least {least} letters" if least > 1 else ""
        raise TextNeeded(f"{what} is needed{many}. Nothing was saved.")
    return tidied


def holds_card_number(text: str) -> bool:
    """Tell whether 13 to 19 digits in a text, grouped or not, pass the cards' check."""
    plain = unicodedata.normalize("NFKC", text)
    for found in GROUPED_DIGITS.findall(plain):
        groups = re.split(r"[ .\-]+", found)
        for first in range(len(groups)):
            digits = ""
            for group in groups[first : first + CARD_LENGTHS.stop]:
                digits += group
                if len(digits) >= CARD_LENGTHS.stop:
                    break
                if _is_card_number(digits):
                    return True
    return False


def _is_card_number(digits: str) -> bool:
    if len(digits) not in CARD_LENGTHS or not digits.strip("0"):
        return False
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    plain = [int(digit) for digit in digits[-1::-2]]
    return (sum(d - 9 if d > 9 else d for d in doubled) + sum(plain)) % 10 == 0
