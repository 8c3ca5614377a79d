"""The Procedures Memorandum: what the holder of a phone puts their name to.

The policy names the memorandum without printing it, so it is made of the policy's own
duties of a holder, in plain words with the figures of the day.
"""

from dataclasses import dataclass
from datetime import date

from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.services.policy import plain_policy

# The passages that bind a holder, and how many of their sentences (None: all).
DUTIES: dict[str, tuple[tuple[str, int | None], ...]] = {
    "Lodi 2011": (
        ("3.B.1", None),
        ("3.H", None),
        ("3.I", None),
        ("3.J", None),
        ("4.A", 2),
        ("4.G", 2),
        ("4.H", None),
    ),
    "NY ITS-P18-007": (("5.0 Usage Standards", None),),
}
UNPRINTED = (
    "Use the phone for work. Take care of it.",
    "Tell your supervisor and your director at once if it is lost, stolen or damaged.",
    "Review and certify your bill each month.",
    "Give the phone back, with everything that came with it, when it is needed no "
    "longer.",
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One passage of the memorandum: its place in the policy, and its sentences."""

    number: str
    heading: str
    sentences: tuple[str, ...]


def memorandum(edition: Edition, on: date) -> tuple[Duty, ...]:
    """Return the duties of a holder under an edition, as they read on a day.

    A policy whose words the portal does not carry gets general ones.

    Clause: Lodi 2011 §3.J, §4.A.
    """
    named = DUTIES.get(edition.policy, ())
    places = {place.number: place for place in plain_policy.places_of(edition, on)}
    found = tuple(
        Duty(number, places[number].heading, places[number].sentences[:most])
        for number, most in named
        if number in places
    )
    return found or (Duty("", "Your duties", UNPRINTED),)
