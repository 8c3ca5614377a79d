"""Reasons people must give in their own words, and that are kept for good."""

import re

from mobile_selfservice.services import free_text
from mobile_selfservice.services.refusals import Refused

SHORTEST = 10
LONGEST = 500
PHONE_NUMBER = re.compile(r"\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}|\b\d{3}[\s.-]\d{4}\b")


class NumberInReason(Refused):
    """What is typed repeats a phone number, which the history must not hold."""

    def __init__(self, what: str = "") -> None:
        instead = "" if what else " Say which calls you mean by their day instead."
        super().__init__(
            f"Leave phone numbers out of {what or 'the reason'}: it is kept for good "
            f"and others read it.{instead}"
        )


def stated(reason: str) -> str:
    """Return a reason that says something, tidied.

    Raises:
        TextNeeded: if it is too short or too long.
        CardNumberTyped, NumberInReason: if it holds what must not be kept.
    """
    return without_numbers(free_text.needed(reason, "The reason", LONGEST, SHORTEST))


def stated_if_any(reason: str) -> str:
    """Return a reason that may be left out, tidied.

    Raises:
        TextNeeded: if it is too long.
        CardNumberTyped, NumberInReason: if it holds what must not be kept.
    """
    return without_numbers(free_text.tidy(reason, "The reason", LONGEST))


def without_numbers(words: str, what: str = "") -> str:
    """Return words that hold no phone number; `what` names them where no reason is.

    Raises:
        NumberInReason: if they hold one.
    """
    if PHONE_NUMBER.search(words):
        raise NumberInReason(what)
    return words
