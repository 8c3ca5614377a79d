"""Fields of a file read into a record: each with its type, none unknown, none missing.

A record is a dataclass. The type of a field says what may stand there:

- `Decimal`: an amount, a rate or a quantity, as text or number, read exactly
- `int`: a whole number, not below zero
- `bool`, `str`, `date`, `Month`, `datetime` (with its offset from UTC)
- an enumeration: one of its values
- another record, `tuple[X, ...]` for a list, `Mapping[str, X]` for named things
- `X | None`: X or null
"""

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from mobile_selfservice.policy_cases.source import Node, Unreadable

NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")
LONGEST_NUMBER = 40  # signs; a hundred thousand digits would take seconds each
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
Month = Annotated[date, "month"]

R = TypeVar("R")


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the file, the case and the field."""

    file: str
    case: str = ""
    field: str = ""

    def inner(self, name: str) -> "Place":
        """Return the place of a field inside this one."""
        path = f"{self.field}.{name}" if self.field else name
        return dataclasses.replace(self, field=path)

    def refuse(self, node: Node, reason: str) -> Unreadable:
        """Make the refusal of a value: file, line, case, field and reason."""
        case = f", case {self.case}" if self.case else ""
        field = f", {self.field}" if self.field else ""
        return Unreadable(f"{self.file}, line {node.line}{case}{field}: {reason}")


def called(*names: str) -> Mapping[str, tuple[str, ...]]:
    """Say what a file may call a field; messages use the first name."""
    return {"names": names}


def names_of(field: "dataclasses.Field[Any]") -> tuple[str, ...]:
    """Return what a file may call a field."""
    names: tuple[str, ...] = field.metadata.get("names", (field.name,))
    return names


def record(kind: type[R], node: Node, place: Place) -> R:
    """Read fields into a record.

    Raises:
        Unreadable: if a field is unknown, missing, there under two names or of
            another type.
    """
    given = present(kind, node, place)
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        if field.name not in given and _is_needed(field):
            raise place.refuse(node, f"`{names_of(field)[0]}` is missing")
    return kind(**given)


def present(kind: type[Any], node: Node, place: Place) -> dict[str, Any]:
    """Read the fields that are there, by the record's own names for them.

    Raises:
        Unreadable: as `record`, save that nothing is missing.
    """
    if node.kind != "fields":
        raise place.refuse(node, f"fields are expected here, not {_shown(node)}")
    hints = typing.get_type_hints(kind, include_extras=True)
    fields = {
        name: field for field in dataclasses.fields(kind) for name in names_of(field)
    }
    read: dict[str, Any] = {}
    for written, value in node.fields.items():
        name = _without_group(written, fields, place)
        if name not in fields:
            if name == "params" and value.kind == "fields" and not value.fields:
                continue
            raise place.refuse(
                value, f"there is no field `{name}` here; allowed: {_listed(fields)}"
            )
        own = fields[name].name
        if own in read:
            raise place.refuse(value, f"`{name}` says again what another name says")
        read[own] = value_of(hints[own], value, place.inner(name))
    return read


def _without_group(name: str, known: typing.Container[str], place: Place) -> str:
    """Take a choice by the whole key of its parameter as well: `stipend.cap_pct`."""
    is_choice = place.field.endswith("params") and name not in known
    return name.partition(".")[2] or name if is_choice else name


def _is_needed(field: "dataclasses.Field[Any]") -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def _listed(names: typing.Iterable[str]) -> str:
    return ", ".join(names) or "none"


def value_of(kind: Any, node: Node, place: Place) -> Any:
    """Read one value of a type.

    Raises:
        Unreadable: if it is not of that type.
    """
    if kind in SCALARS:
        return SCALARS[kind](node, place)
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _one_of(typing.get_args(kind), node, place)
    if origin is tuple:
        return _list(typing.get_args(kind)[0], node, place)
    if origin in (dict, Mapping):
        return _named_things(typing.get_args(kind)[1], node, place)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice(kind, node, place)
    return record(kind, node, place)


def _one_of(kinds: tuple[Any, ...], node: Node, place: Place) -> Any:
    if node.kind == "nothing" and types.NoneType in kinds:
        return None
    others = [kind for kind in kinds if kind is not types.NoneType]
    for kind in others[:-1]:
        try:
            return value_of(kind, node, place)
        except Unreadable:
            continue
    return value_of(others[-1], node, place)


def _list(kind: Any, node: Node, place: Place) -> tuple[Any, ...]:
    if node.kind != "a list":
        raise place.refuse(node, f"a list is expected, not {_shown(node)}")
    return tuple(
        value_of(kind, item, place.inner(str(number)))
        for number, item in enumerate(node.items, start=1)
    )


def _named_things(kind: Any, node: Node, place: Place) -> dict[str, Any]:
    if node.kind != "fields":
        raise place.refuse(node, f"named values are expected, not {_shown(node)}")
    return {
        name: value_of(kind, value, place.inner(name))
        for name, value in node.fields.items()
    }


def _choice(kind: type[StrEnum], node: Node, place: Place) -> StrEnum:
    text = _plain(node, place)
    try:
        return kind(text)
    except ValueError as error:
        allowed = _listed(member.value for member in kind)
        reason = f"`{text}` is not one of: {allowed}"
        raise place.refuse(node, reason) from error


def _plain(node: Node, place: Place) -> str:
    if node.kind in ("a list", "fields", "nothing"):
        raise place.refuse(node, f"text is expected, not {_shown(node)}")
    return node.text


def _number(node: Node, place: Place) -> Decimal:
    if len(node.text) > LONGEST_NUMBER:
        raise place.refuse(node, f"a number of {len(node.text):,} signs is too long")
    if node.kind in ("text", "a number") and NUMBER.fullmatch(node.text):
        return Decimal(node.text)
    raise place.refuse(node, f"an amount such as 12.50 is expected, not {_shown(node)}")


def _whole(node: Node, place: Place) -> int:
    if node.kind in ("text", "a number") and re.fullmatch(r"\d{1,18}", node.text):
        return int(node.text)
    expected = "a whole number, not below zero, is expected"
    raise place.refuse(node, f"{expected}, not {_shown(node)}")


def _flag(node: Node, place: Place) -> bool:
    if node.kind == "a yes or no":
        return node.text.lower() in ("true", "yes", "on")
    raise place.refuse(node, f"true or false is expected, not {_shown(node)}")


def _day(node: Node, place: Place) -> date:
    if node.kind in ("text", "a date") and DAY.fullmatch(node.text):
        try:
            return date.fromisoformat(node.text)
        except ValueError as error:
            raise place.refuse(node, f"`{node.text}` is no day: {error}") from error
    raise place.refuse(
        node, f"a date such as 2026-04-01 is expected, not {_shown(node)}"
    )


def _month(node: Node, place: Place) -> date:
    if node.kind == "text" and MONTH.fullmatch(node.text):
        return date.fromisoformat(f"{node.text}-01")
    raise place.refuse(node, f"a month such as 2026-04 is expected, not {_shown(node)}")


def _moment(node: Node, place: Place) -> datetime:
    expected = "a moment such as 2026-03-02T10:15:00-08:00 is expected"
    if node.kind not in ("text", "a date") or DAY.fullmatch(node.text):
        raise place.refuse(node, f"{expected}, not {_shown(node)}")
    try:
        moment = datetime.fromisoformat(node.text)
    except ValueError as error:
        raise place.refuse(node, f"{expected}, not {_shown(node)}") from error
    if moment.tzinfo is None:
        raise place.refuse(node, f"`{node.text}` lacks its offset from UTC; {expected}")
    return moment


def _shown(node: Node) -> str:
    if node.kind in ("a list", "fields", "nothing"):
        return node.kind
    return f"{node.kind}, `{node.text}`"


SCALARS: dict[Any, Callable[[Node, Place], Any]] = {
    Decimal: _number,
    int: _whole,
    bool: _flag,
    str: _plain,
    date: _day,
    Month: _month,
    datetime: _moment,
}
