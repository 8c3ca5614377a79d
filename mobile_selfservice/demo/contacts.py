"""Whom a phone talks to: a few numbers most of the time, and many just once."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from mobile_selfservice.demo.invented import InventedNumber, every_number

OFTEN = (15, 11, 9, 7, 6)  # five numbers take 48 of 100 calls
KNOWN = 600
SOMETIMES = 55
SOMETIMES_WEIGHT = 30
RARELY_WEIGHT = 22
ON_THE_SAME_CARRIER = 0.19
AT_HOME = (1, 3)  # which of the five are family


class Contact(NamedTuple):
    """A number at the other end, and whether the carrier counts its minutes."""

    number: InventedNumber
    is_same_carrier: bool
    is_family: bool


@dataclass(frozen=True, slots=True)
class Contacts:
    """Everybody a line talks to, with how often."""

    everyone: list[Contact]
    weights: list[float]

    def drawn(self, dice: Random, count: int) -> list[Contact]:
        """Draw who is at the other end of so many calls."""
        return dice.choices(self.everyone, cum_weights=self.weights, k=count)

    @property
    def family(self) -> list[Contact]:
        """Give the numbers that have nothing to do with work."""
        return [contact for contact in self.everyone if contact.is_family]


@cache
def contacts_of(number: InventedNumber, seed: int) -> Contacts:
    """Draw whom one line talks to; the same line always talks to the same people."""
    dice = Random(f"{seed}/contacts/{number.certain}")
    others = [other for other in dice.sample(every_number(), KNOWN) if other != number]
    everyone = [
        Contact(other, dice.random() < ON_THE_SAME_CARRIER, place in AT_HOME)
        for place, other in enumerate(others)
    ]
    rare = len(everyone) - len(OFTEN) - SOMETIMES
    weights = [
        *map(float, OFTEN),
        *[SOMETIMES_WEIGHT / SOMETIMES] * SOMETIMES,
        *[RARELY_WEIGHT / rare] * rare,
    ]
    return Contacts(everyone, list(accumulate(weights)))
