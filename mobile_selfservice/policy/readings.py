"""The readings chosen where a written policy leaves room."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class ReadingsUnreadable(ValueError):  # noqa: N818
    """The file of readings cannot be used, saying what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One unclear place of a policy, the reading chosen for it, and why.

    `number` is AMB-01 to AMB-52. `alternatives` are the readings the text allows, empty
    where it only leaves something out. `switches` are the parameters an employer sets
    to read the sentence differently; where there are none, `no_switch` says why.
    `editions` are the packaged policies whose text has the sentence.
    """

    number: str
    group: str
    title: str
    text: str
    alternatives: str
    chosen: str
    why: str
    switches: tuple[str, ...]
    note: str
    no_switch: str
    editions: tuple[str, ...]


def parse(text: str) -> Mapping[str, Reading]:
    """Read the readings by their number, in the order of the file.

    Raises:
        ReadingsUnreadable: if it is not TOML, a reading is incomplete or listed twice,
            or has neither a switch nor a reason for having none.
    """
    try:
        rows = tomllib.loads(text)["readings"]
        found = [_reading(row) for row in rows]
    except tomllib.TOMLDecodeError as problem:
        raise ReadingsUnreadable(f"the readings are not TOML: {problem}") from problem
    except KeyError as problem:
        raise ReadingsUnreadable(f"a reading lacks {problem.args[0]}") from problem
    by_number = {reading.number: reading for reading in found}
    if len(by_number) < len(found):
        raise ReadingsUnreadable("a reading is listed twice")
    return by_number


def _reading(row: Mapping[str, object]) -> Reading:
    reading = Reading(
        number=str(row["number"]),
        group=str(row["group"]),
        title=str(row["title"]),
        text=str(row["text"]),
        alternatives=str(row.get("readings", "")),
        chosen=str(row["chosen"]),
        why=str(row["why"]),
        switches=_words(row.get("switches", [])),
        note=str(row.get("note", "")),
        no_switch=str(row.get("no_switch", "")),
        editions=_words(row["editions"]),
    )
    if bool(reading.switches) == bool(reading.no_switch):
        raise ReadingsUnreadable(
            f"{reading.number} needs either a switch or why it has none"
        )
    return reading


def _words(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, Iterable) or isinstance(raw, str):
        raise ReadingsUnreadable(f"{raw!r} is not a list")
    return tuple(str(word) for word in raw)
