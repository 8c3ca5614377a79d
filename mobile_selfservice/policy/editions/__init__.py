"""The written policies as dated data: one TOML file an edition."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.kinds import BadValue, Kind, day
from mobile_selfservice.policy.parameters import (
    Edition,
    Parameter,
    Setting,
    UnknownParameter,
    with_value,
)

NO_CATALOGUE: Mapping[str, Mapping[str, object]] = {}
# What a complaint calls the parts of a file.
PARTS = {
    "edition": "the part [edition], which names the policy and what it extends",
    "parameters": (
        "the part [parameters]; a draft of a few values needs a line extends = ... "
        "in its part [edition]"
    ),
    "values": "the part [values]",
}


class EditionUnreadable(ValueError):  # noqa: N818
    """A policy file that cannot be used, saying what is wrong and where."""


def catalogue(text: str) -> Mapping[str, Mapping[str, object]]:
    """Read what every edition shares: label, kind, unit and date of each parameter."""
    listed = _table(tomllib.loads(text)["parameters"])
    return {key: _table(entry) for key, entry in listed.items()}


def parse(
    text: str,
    name: str,
    shared: Mapping[str, Mapping[str, object]] = NO_CATALOGUE,
) -> Edition:
    """Read the text of an edition file; `name` is what a complaint calls it.

    What the file does not say of a parameter is taken from the `shared` catalogue. A
    parameter it does not name at all has no value, and nobody guesses one: it is for
    who adopted the policy to set. Where the head of the file lists a reading of ours,
    the parameters that hold this reading take the value the catalogue says was chosen.

    Raises:
        EditionUnreadable: if it is not TOML or a parameter is incomplete or wrong.
    """
    try:
        return _edition(tomllib.loads(text), shared)
    except tomllib.TOMLDecodeError as problem:
        raise EditionUnreadable(f"{name} is not readable: {problem}") from problem
    except KeyError as problem:
        raise EditionUnreadable(_lacks(name, problem)) from problem
    except (BadValue, TypeError, ValueError) as problem:
        raise EditionUnreadable(f"{name}: {problem}") from problem


def extended_by(text: str) -> str:
    """Return the name of the edition a file extends; empty if it stands by itself."""
    head = _table(tomllib.loads(text).get("edition", {}))
    return str(head.get("extends", ""))


def lay_over(base: Edition, text: str, name: str) -> Edition:
    """Read an edition that follows another and lists only the values it adds.

    Raises:
        EditionUnreadable: if it is not TOML or a value does not fit the other edition.
    """
    try:
        return _extended(base, tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise EditionUnreadable(f"{name} is not readable: {problem}") from problem
    except KeyError as problem:
        raise EditionUnreadable(_lacks(name, problem)) from problem
    except (UnknownParameter, TypeError, ValueError) as problem:
        raise EditionUnreadable(f"{name}: {problem}") from problem


def _lacks(name: str, missing: KeyError) -> str:
    part = str(missing.args[0])
    return f"{name} lacks {PARTS.get(part, part)}"


def _extended(base: Edition, document: Mapping[str, object]) -> Edition:
    head = _table(document["edition"])
    added = [
        setting
        for key, rows in _table(document["values"]).items()
        for setting in _settings(base.parameter(key), rows)
    ]
    return replace(
        base.with_settings(added),
        id=str(head["id"]),
        title=str(head["title"]),
        source=str(head["source"]),
    )


def restore(snapshot: Mapping[str, object]) -> Edition:
    """Make an edition again of the snapshot a closed record kept."""
    return _edition(snapshot, NO_CATALOGUE)


def _edition(
    document: Mapping[str, object], shared: Mapping[str, Mapping[str, object]]
) -> Edition:
    head = _table(document["edition"])
    policy = str(head["policy"])
    own = _table(document["parameters"])
    stray = sorted(set(own) - set(shared)) if shared else []
    if stray:
        raise BadValue(f"the catalogue of parameters has no {', '.join(stray)}")
    parameters = {
        key: _parameter(
            key,
            {
                **_unsaid(head, shared.get(key, {}), is_named=key in own),
                **shared.get(key, {}),
                **_table(own.get(key, {})),
            },
            policy,
        )
        for key in {**shared, **own}
    }
    return Edition(
        id=str(head["id"]),
        policy=policy,
        title=str(head["title"]),
        source=str(head["source"]),
        adopted=day(head["adopted"]),
        parameters=parameters,
        offices={
            str(office): str(role)
            for office, role in _table(head.get("offices", {})).items()
        },
    )


def _unsaid(
    head: Mapping[str, object], common: Mapping[str, object], *, is_named: bool
) -> dict[str, object]:
    """What holds of a parameter as far as the edition does not say otherwise."""
    unsaid: dict[str, object] = {}
    if "adopted_by" in head:
        unsaid["set_by"] = head["adopted_by"]
    if not is_named:
        unsaid["clause"] = ""
    chosen = _table(common.get("chosen", {}))
    if chosen and chosen["reading"] in _list(head.get("readings", [])):
        reading = str(chosen["reading"])
        unsaid["values"] = [
            {
                "from": head["adopted"],
                "value": chosen["value"],
                "authority": f"Chosen reading {reading}",
                "reading": reading,
            }
        ]
    return unsaid


def _parameter(key: str, entry: Mapping[str, object], policy: str) -> Parameter:
    try:
        parameter = Parameter(
            key=key,
            label=str(entry["label"]),
            kind=Kind(str(entry["kind"])),
            unit=str(entry.get("unit", "")),
            clause=Clause(policy, str(entry["clause"])),
            by=str(entry["by"]),
            set_by=str(entry["set_by"]),
            choices=tuple(str(choice) for choice in _list(entry.get("choices", []))),
            columns=tuple(str(column) for column in _list(entry.get("columns", []))),
            group=str(entry.get("group", "")),
            yearly=bool(entry.get("yearly", False)),
            awaits_screen=bool(entry.get("awaits_screen", False)),
        )
        for row in _list(entry.get("values", [])):
            parameter = with_value(parameter, _setting(parameter, _table(row)))
    except KeyError as problem:
        raise BadValue(f"{key} lacks {problem.args[0]}") from problem
    return parameter


def _settings(parameter: Parameter, rows: object) -> list[Setting]:
    try:
        return [_setting(parameter, _table(row)) for row in _list(rows)]
    except KeyError as problem:
        raise BadValue(f"{parameter.key} lacks {problem.args[0]}") from problem
    except (TypeError, ValueError) as problem:
        raise BadValue(f"{parameter.key}: {problem}") from problem


def _setting(parameter: Parameter, row: Mapping[str, object]) -> Setting:
    valid_from: date = day(row["from"])
    return Setting(
        key=parameter.key,
        value=row["value"],
        valid_from=valid_from,
        set_by=str(row.get("set_by", parameter.set_by)),
        authority=str(row["authority"]),
        scope=str(row.get("scope", "")),
        reading=str(row.get("reading", "")),
        clause=str(row.get("clause", "")),
    )


def _table(raw: object) -> Mapping[str, object]:
    if not isinstance(raw, Mapping):
        raise TypeError(f"{raw!r} is not a table")
    return raw


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise TypeError(f"{raw!r} is not a list")
    return raw
