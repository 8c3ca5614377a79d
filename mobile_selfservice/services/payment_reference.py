"""The reference of a payment: digits of a voucher, never a number that people dial."""

import re

from mobile_selfservice.services import free_text
from mobile_selfservice.services.stated_reason import NumberInReason

# Ten digits on end may be a voucher's: only those that could be dialed are refused.
DIALED = re.compile(
    r"(?<!\d)(?:\d{3}\)\s?|\d{3}[\s.-])(?:\d{3}[\s.-]?)?\d{4}(?!\d)"
    r"|(?<!\d)1?[2-9]\d{2}[2-9]\d{6}(?!\d)"
)


def given(words: str) -> str:
    """Return the reference of a payment, tidied.

    Raises:
        TextNeeded, CardNumberTyped: if it is missing or cannot be kept.
        NumberInReason: if it holds a phone number.
    """
    kept = free_text.needed(words, "The reference", free_text.LONGEST_REFERENCE)
    if DIALED.search(kept):
        raise NumberInReason("the reference")
    return kept
