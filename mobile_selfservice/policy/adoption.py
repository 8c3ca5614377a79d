"""Readings of unclear clauses that an employer has adopted, cited in its workings."""

from dataclasses import replace
from datetime import date

from mobile_selfservice.policy.explained import Explained, Step
from mobile_selfservice.policy.parameters import DatedValue, Edition, NotSet

CHOSEN = "Chosen reading"


def adoptions(edition: Edition, on: date) -> dict[str, str]:
    """Say of each reading adopted by a day who adopted it, when and by which document.

    A reading that came with the policy's edition is the project's own choice, not the
    employer's.
    """
    in_force = [
        value
        for parameter in edition.parameters.values()
        if any(is_adopted(value, edition) for value in parameter.values)
        for value in _values(edition, parameter.key, on)
    ]
    return {
        value.reading: in_words(value)
        for value in in_force
        if is_adopted(value, edition)
    }


def is_adopted(value: DatedValue, edition: Edition) -> bool:
    """Tell whether an official has adopted the reading behind a value."""
    if not value.reading or value.authority.startswith(CHOSEN):
        return False
    return value.valid_from > edition.adopted


def in_words(value: DatedValue) -> str:
    """Cite an adopted reading: AMB-03, adopted July 1, 2025 by the DCM, Memo 12."""
    day = f"{value.valid_from:%B} {value.valid_from.day}, {value.valid_from.year}"
    return f"{value.reading}, adopted {day} by the {value.set_by}, {value.authority}"


def cited(explained: Explained, adopted: dict[str, str]) -> Explained:
    """Let the steps that rest on an adopted reading say so."""
    if not adopted:
        return explained
    return replace(
        explained, steps=tuple(_cited(step, adopted) for step in explained.steps)
    )


def _cited(step: Step, adopted: dict[str, str]) -> Step:
    return replace(step, reading=adopted.get(step.reading, step.reading))


def _values(edition: Edition, key: str, on: date) -> list[DatedValue]:
    scopes = sorted({value.scope for value in edition.parameter(key).values})
    found = []
    for scope in scopes:
        try:
            found.append(edition.dated(key, on, scope))
        except NotSet:
            continue
    return found
