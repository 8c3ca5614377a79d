"""How a decision is put together: what stands against it, and what was measured."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.parameters import NotSet

T = TypeVar("T")
Person = int | str
"""Whoever a record names a person by; only compared, never read."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Whether a figure meets a condition, and the steps that show it."""

    meets: bool
    steps: tuple[Step, ...]


def against(
    stands_against: bool, text: str, clause: Clause, reading: str = ""
) -> Step | None:
    """Return the sentence if it stands against the act, else nothing."""
    return Step(text, clause, None, reading) if stands_against else None


def ruling(found: Iterable[Step | None], notes: Iterable[Step | None] = ()) -> Ruling:
    """Allow what nothing stands against, else keep each sentence in its order."""
    return Ruling(
        refusals=tuple(step for step in found if step),
        notes=tuple(step for step in notes if step),
    )


def if_set(
    read: Callable[[str, date, str], T], key: str, on: date, scope: str = ""
) -> T | None:
    """Read a value that a policy may leave out; None where it is not in force.

    Only for a figure without which the rule does nothing, such as a limit.
    """
    try:
        return read(key, on, scope)
    except NotSet:
        return None
