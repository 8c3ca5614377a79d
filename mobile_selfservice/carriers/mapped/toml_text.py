"""Write what a profile holds as TOML; Python reads it but does not write it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from enum import Enum

from mobile_selfservice.carriers.mapped.profile import (
    FileShape,
    Place,
    Profile,
    Written,
)

FORMAT = "mobile-self-service/profile/1"
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def to_text(profile: Profile) -> str:
    """Write a profile as the text of a file; `from_text` reads it again."""
    return "\n".join(_written(profile)) + "\n"


def _written(profile: Profile) -> Iterator[str]:
    yield _pair("format", FORMAT)
    yield _pair("name", profile.name)
    yield _pair("carrier", profile.carrier)
    yield _pair("version", profile.version)
    if profile.about:
        yield _pair("about", profile.about)
    yield _pair("rows", profile.rows)
    yield _pair("kind", profile.kind)
    if profile.headings:
        yield _pair("headings", profile.headings)
    yield from _table("file", _said(profile.file, FileShape()))
    yield from _table("written", _said(profile.written, Written()))
    yield from _table(
        "columns", {name: _place(place) for name, place in profile.columns.items()}
    )
    kinds = {kind.value: words for kind, words in profile.kind_words.items()}
    yield from _table("kind_words", kinds)
    yield from _table("category_words", profile.category_words)


def _said(value: object, otherwise: object) -> dict[str, object]:
    """Leave out what is as it would be anyway."""
    plain, usual = asdict(value), asdict(otherwise)  # type: ignore[call-overload]
    return {name: plain[name] for name in plain if plain[name] != usual[name]}


def _place(place: Place) -> object:
    said = _said(place, Place())
    if list(said) == ["heading"]:
        return place.heading
    if list(said) == ["headings"]:
        return place.headings
    if list(said) == ["position"]:
        return place.position
    return said


def _table(name: str, pairs: Mapping[str, object]) -> Iterator[str]:
    if pairs:
        yield ""
        yield f"[{name}]"
        yield from (_pair(key, value) for key, value in pairs.items())


def _pair(key: str, value: object) -> str:
    return f"{key} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, Enum):
        return _value(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'"{"".join(_character(one) for one in value)}"'
    if isinstance(value, Mapping):
        inner = ", ".join(_pair(key, own) for key, own in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(_value(one) for one in value)}]"
    raise TypeError(type(value))


def _character(one: str) -> str:
    if one in ESCAPES:
        return ESCAPES[one]
    if ord(one) < 32 or ord(one) == 127:
        return f"\\u{ord(one):04x}"
    return one
