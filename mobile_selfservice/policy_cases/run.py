"""Run one case through the rules and compare the answers it names."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy_cases.calculation import Answered, Calculation
from mobile_selfservice.policy_cases.calculations import CALCULATIONS, GUARDS
from mobile_selfservice.policy_cases.cases import Case
from mobile_selfservice.policy_cases.records import present, record
from mobile_selfservice.policy_cases.source import Node

GUARD = "guard"
NOTHING = (None, "none", "never")


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """One answer that is not what the case expects."""

    name: str
    expected: str
    computed: str


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """How one case came out: its differences, and the working."""

    case: Case
    differences: tuple[Difference, ...]
    steps: tuple[Step, ...]

    @property
    def is_passed(self) -> bool:
        """Tell whether every expected answer came out."""
        return not self.differences


def run(case: Case) -> Outcome:
    """Compute a case and compare.

    Raises:
        Unreadable: if the calculation, a field or an expected name is unknown, or a
            value is of the wrong type; or if the rule cannot work with these facts.
    """
    calculation, given_node = _calculation(case)
    given = record(calculation.given, given_node, case.place.inner("given"))
    expected = present(calculation.answer, case.expect, case.place.inner("expect"))
    try:
        answered = calculation.work(given)
    except (ValueError, ArithmeticError, LookupError, OSError) as error:
        reason = f"cannot be worked out: {_sentence(error)}"
        raise case.place.refuse(case.given, reason) from error
    compared = {
        name: value
        for name, value in expected.items()
        if name not in calculation.ignored
    }
    return Outcome(case, _differences(compared, answered), answered.steps)


def _calculation(case: Case) -> tuple[Calculation[Any], Node]:
    name = case.calc.text
    if name != GUARD:
        found = CALCULATIONS.get(name)
        if found is None:
            known = ", ".join(sorted([*CALCULATIONS, GUARD]))
            reason = f"there is no calculation `{name}`; allowed: {known}"
            raise case.place.inner("calc").refuse(case.calc, reason)
        return found, case.given
    place = case.place.inner("given").inner("event")
    event = case.given.fields.get("event")
    if event is None:
        raise place.refuse(case.given, "`event` is missing")
    found = GUARDS.get(event.text)
    if found is None:
        known = ", ".join(sorted(GUARDS))
        raise place.refuse(event, f"no act `{event.text}` is guarded; allowed: {known}")
    others = {name: n for name, n in case.given.fields.items() if name != "event"}
    return found, dataclasses.replace(case.given, fields=others)


def _sentence(error: Exception) -> str:
    return str(error) or type(error).__name__


def _differences(
    expected: Mapping[str, object], answered: Answered
) -> tuple[Difference, ...]:
    found = [
        Difference(name, in_words(value), in_words(answered.answers.get(name)))
        for name, value in expected.items()
        if not _is_same(value, answered.answers.get(name))
    ]
    error = answered.answers.get("error")
    if found and error and "error" not in expected:
        found.append(Difference("error", in_words(None), in_words(error)))
    return tuple(found)


def _is_same(expected: object, computed: object) -> bool:
    """Compare; null, none and never are three ways to write the same answer.

    An answer that may be put in either of two words is a set of them.
    """
    if isinstance(computed, frozenset):
        return expected in computed
    if expected in NOTHING:
        return computed in NOTHING
    return expected == computed


def in_words(value: object) -> str:
    """Write an answer as a case file writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return _several(value)


def _several(value: object) -> str:
    if isinstance(value, frozenset):
        return " or ".join(sorted(in_words(word) for word in value))
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key}: {in_words(value[key])}" for key in value)
        return f"{{{inner}}}"
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(in_words(member) for member in value)}]"
    return str(value)
