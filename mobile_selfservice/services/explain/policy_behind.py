"""The dated values and the readings that a working rests on."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from mobile_selfservice.policy.adoption import adoptions
from mobile_selfservice.policy.kinds import BadValue, checked
from mobile_selfservice.policy.parameters import (
    DatedValue,
    Edition,
    NotSet,
    Parameter,
    UnknownParameter,
)
from mobile_selfservice.policy.step_words import StepWords
from mobile_selfservice.policy.value_words import value_in_words
from mobile_selfservice.services import policy_in_force
from mobile_selfservice.services.explain.explained_figure import (
    CitedReading,
    ValueBehind,
)

NUMBER = re.compile(r"AMB-\d{2}")
NOT_SET = "not set yet"


def value_behind(parameter: Parameter, dated: DatedValue) -> ValueBehind:
    """Put one dated value into words."""
    return ValueBehind(
        key=dated.key,
        label=parameter.label,
        scope=dated.scope,
        words=value_in_words(dated.value, parameter.kind, parameter.unit),
        valid_from=dated.valid_from,
        set_by=dated.set_by,
        authority=dated.authority,
        clause=str(dated.clause),
    )


def values_behind(
    edition: Edition, figures: Iterable[DatedValue]
) -> tuple[ValueBehind, ...]:
    """Put the values a rating used into words."""
    return tuple(value_behind(edition.parameter(each.key), each) for each in figures)


def values_in_force(
    edition: Edition, keys: Iterable[str], on: date
) -> tuple[ValueBehind, ...]:
    """Put the values of some parameters on a day into words; a missing one says so."""
    return tuple(_in_force(edition, key, on) for key in keys)


def _in_force(edition: Edition, key: str, on: date) -> ValueBehind:
    parameter = edition.parameter(key)
    try:
        return value_behind(parameter, edition.dated(key, on))
    except NotSet:
        return ValueBehind(
            key=key,
            label=parameter.label,
            scope="",
            words=NOT_SET,
            valid_from=None,
            set_by=parameter.set_by,
            authority="",
            clause=str(parameter.clause),
        )


def kept_values(
    edition: Edition, figures: Iterable[Mapping[str, Any]]
) -> tuple[ValueBehind, ...]:
    """Put the values of a signed record into words, as they were when it was signed."""
    return tuple(_kept(edition, figure) for figure in figures)


def _kept(edition: Edition, figure: Mapping[str, Any]) -> ValueBehind:
    label, words = figure["key"], f"{figure['value']} {figure['unit']}".strip()
    try:
        parameter = edition.parameter(figure["key"])
        value = checked(
            figure["value"], parameter.kind, parameter.choices, parameter.columns
        )
        label = parameter.label
        words = value_in_words(value, parameter.kind, figure["unit"])
    except (UnknownParameter, BadValue):
        pass  # the policy was changed for another since; the record's own words stand
    return ValueBehind(
        key=figure["key"],
        label=label,
        scope=figure["scope"],
        words=words,
        valid_from=date.fromisoformat(figure["from"]),
        set_by=figure["set_by"],
        authority=figure["authority"],
        clause=figure["clause"],
    )


def readings_cited(
    edition: Edition, on: date, steps: Iterable[StepWords]
) -> tuple[CitedReading, ...]:
    """Tell each reading the steps name once, and whether this employer adopted it.

    What a step itself says of its adoption, as a signed one does, comes first.
    """
    said: dict[str, str] = {}
    for step in steps:
        for number in NUMBER.findall(step.reading):
            told = step.reading if "adopted" in step.reading else ""
            said[number] = said.get(number) or told
    adopted = adoptions(edition, on)
    known = policy_in_force.packaged_readings()
    return tuple(
        CitedReading(
            number=number,
            title=known[number].title,
            sentence=known[number].text,
            chosen=known[number].chosen,
            why=known[number].why,
            adopted=_how(told or adopted.get(number, "")),
            switches=tuple(
                (key, edition.parameter(key).label)
                for key in known[number].switches
                if key in edition.parameters
            ),
        )
        for number, told in sorted(said.items())
        if number in known
    )


def _how(told: str) -> str:
    """Leave the reading's number off: adopted July 1, 2025 by the DCM, Memo 12."""
    return told.partition(", ")[2]
