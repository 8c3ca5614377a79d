"""How a decision is put together: what stands against it, and what was measured."""

from collections.abc import Iterable
from dataclasses import dataclass

from mobile_selfservice.policy.explained import Clause, Ruling, Step

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
