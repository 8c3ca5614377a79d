"""Figures and choices of a written policy, each with the day it takes effect."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from mobile_selfservice.policy.explained import Clause

Value = (
    Decimal | int | bool | str | tuple[str, ...] | tuple[int, ...] | tuple[date, ...]
)
T = TypeVar("T")


class Kind(StrEnum):
    """What sort of value a parameter takes."""

    MONEY = "money"
    RATE = "rate"
    WHOLE = "whole"
    FLAG = "flag"
    CHOICE = "choice"
    TEXT = "text"
    WORDS = "words"
    NUMBERS = "numbers"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value, the first day it applies, who set it and by which document.

    `scope` narrows the value to one feature, department or line class; empty is the
    whole employer. `reading` names the reading (AMB-01 to AMB-52) behind a value the
    text leaves open, or is empty where the text fixes it.
    """

    key: str
    scope: str
    value: Value
    unit: str
    valid_from: date
    clause: Clause
    set_by: str
    authority: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value an official sets after the policy was adopted, before it is checked.

    `value` may be the plain JSON form: an amount as text, a list, a date as text.
    """

    key: str
    value: object
    valid_from: date
    set_by: str
    authority: str
    scope: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure or choice through time, oldest value first.

    `by` says which date it is looked up with: the call's, the statement's, the
    receipt's. `set_by` is the official the policy leaves it to.
    """

    key: str
    label: str
    kind: Kind
    unit: str
    clause: Clause
    by: str
    set_by: str
    choices: tuple[str, ...] = ()
    values: tuple[DatedValue, ...] = ()


class NotSet(LookupError):  # noqa: N818
    """The policy leaves a figure to an official who has not set it for this day."""

    def __init__(self, parameter: Parameter, on: date, scope: str = "") -> None:
        self.parameter = parameter
        self.key = parameter.key
        self.set_by = parameter.set_by
        self.on = on
        self.scope = scope
        of = f" for {scope}" if scope else ""
        super().__init__(
            f"{parameter.label}{of}: no value is in force on "
            f"{on:%B} {on.day}, {on.year}. {parameter.set_by} sets it "
            f"({parameter.clause})."
        )


class UnknownParameter(LookupError):  # noqa: N818
    """The edition has no parameter of this name."""


class WrongKind(TypeError):  # noqa: N818
    """The parameter holds another kind of value than was asked for."""


class BadValue(ValueError):  # noqa: N818
    """A value does not fit its parameter."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One written policy as data: every parameter with all its dated values."""

    id: str
    policy: str
    title: str
    source: str
    adopted: date
    parameters: Mapping[str, Parameter]

    def parameter(self, key: str) -> Parameter:
        """Return a parameter with its history.

        Raises:
            UnknownParameter: if the edition does not have it.
        """
        try:
            return self.parameters[key]
        except KeyError:
            raise UnknownParameter(f"{self.title} has no parameter {key}") from None

    def dated(self, key: str, on: date, scope: str = "") -> DatedValue:
        """Return the value in force on a day, with who set it and by what.

        A value set for the scope itself comes before the employer's general one.

        Raises:
            UnknownParameter: if the edition does not have the parameter.
            NotSet: if nobody has set a value for that day. It is never taken as zero.
        """
        parameter = self.parameter(key)
        begun = [value for value in parameter.values if value.valid_from <= on]
        for sought in (scope, ""):
            in_force = [value for value in begun if value.scope == sought]
            if in_force:
                return in_force[-1]
        raise NotSet(parameter, on, scope)

    def value(self, key: str, on: date, scope: str = "") -> Value:
        """Return the bare value in force on a day.

        Raises:
            NotSet: if nobody has set a value for that day.
        """
        return self.dated(key, on, scope).value

    def amount(self, key: str, on: date, scope: str = "") -> Decimal:
        """Return an amount of money or a rate."""
        return self._of_type(Decimal, key, on, scope)

    def whole(self, key: str, on: date, scope: str = "") -> int:
        """Return a whole number, such as a count of days."""
        return self._of_type(int, key, on, scope)

    def flag(self, key: str, on: date, scope: str = "") -> bool:
        """Return a yes or no."""
        return self._of_type(bool, key, on, scope)

    def text(self, key: str, on: date, scope: str = "") -> str:
        """Return a choice, a zone name or a sentence."""
        return self._of_type(str, key, on, scope)

    def words(self, key: str, on: date, scope: str = "") -> tuple[str, ...]:
        """Return a list of words, such as reasons or payment methods."""
        return tuple(str(word) for word in self._of_type(tuple, key, on, scope))

    def numbers(self, key: str, on: date, scope: str = "") -> tuple[int, ...]:
        """Return a list of whole numbers, such as reminder days."""
        return tuple(int(number) for number in self._of_type(tuple, key, on, scope))

    def dates(self, key: str, on: date, scope: str = "") -> tuple[date, ...]:
        """Return a list of dates, such as holidays."""
        return self._of_type(tuple, key, on, scope)

    def _of_type(self, kind: type[T], key: str, on: date, scope: str) -> T:
        value = self.value(key, on, scope)
        if type(value) is not kind:
            raise WrongKind(f"{key} holds {value!r}, not a {kind.__name__}")
        return value

    def with_settings(self, settings: Iterable[Setting]) -> "Edition":
        """Lay values an official set later over this edition, leaving it unchanged.

        A setting for a day that already has a value takes that value's place.

        Raises:
            UnknownParameter: if a setting names no parameter of the edition.
            BadValue: if a setting does not fit its parameter.
        """
        parameters = dict(self.parameters)
        for setting in settings:
            old = self.parameter(setting.key)
            parameters[old.key] = with_value(parameters[old.key], setting)
        return replace(self, parameters=parameters)

    def snapshot(self, first: date, last: date) -> dict[str, object]:
        """Return every value in force on any day from first to last, as plain JSON.

        A closed record keeps it; `editions.restore` makes it an edition again.
        """
        return {
            "edition": {
                "id": self.id,
                "policy": self.policy,
                "title": self.title,
                "source": self.source,
                "adopted": self.adopted.isoformat(),
            },
            "parameters": {
                key: _plain_parameter(parameter, first, last)
                for key, parameter in sorted(self.parameters.items())
            },
        }


def with_value(parameter: Parameter, setting: Setting) -> Parameter:
    """Return the parameter with one more dated value, in order of date.

    Raises:
        BadValue: if the value does not fit the parameter.
    """
    added = DatedValue(
        key=parameter.key,
        scope=setting.scope,
        value=checked(parameter, setting.value),
        unit=parameter.unit,
        valid_from=setting.valid_from,
        clause=parameter.clause,
        set_by=setting.set_by,
        authority=setting.authority,
        reading=setting.reading,
    )
    place = (added.scope, added.valid_from)
    kept = [old for old in parameter.values if (old.scope, old.valid_from) != place]
    in_order = sorted([*kept, added], key=lambda value: value.valid_from)
    return replace(parameter, values=tuple(in_order))


def checked(parameter: Parameter, raw: object) -> Value:
    """Turn a plain value into the parameter's own kind.

    Raises:
        BadValue: if it does not fit, saying what would.
    """
    checks: dict[Kind, Callable[[object], Value]] = {
        Kind.MONEY: _amount,
        Kind.RATE: _amount,
        Kind.WHOLE: _whole,
        Kind.FLAG: _flag,
        Kind.CHOICE: _text,
        Kind.TEXT: _text,
        Kind.WORDS: _words,
        Kind.NUMBERS: _numbers,
        Kind.DATES: _dates,
    }
    try:
        value = checks[parameter.kind](raw)
    except (TypeError, ValueError, InvalidOperation):
        raise BadValue(
            f"{parameter.key}: {raw!r} is not {parameter.kind.value}"
        ) from None
    chosen = value if isinstance(value, tuple) else (value,)
    stray = {str(word) for word in chosen} - set(parameter.choices)
    if parameter.choices and stray:
        raise BadValue(
            f"{parameter.key}: {', '.join(sorted(stray))} is not one of "
            f"{', '.join(parameter.choices)}"
        )
    return value


def plain(value: object) -> object:
    """Write a value as plain JSON: an amount and a date as text, a list as a list."""
    if isinstance(value, tuple):
        return [plain(member) for member in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def day(raw: object) -> date:
    """Read a date that is one already, or is written 2011-03-02."""
    if type(raw) is date:
        return raw
    return date.fromisoformat(_text(raw))


def _amount(raw: object) -> Decimal:
    # A float has already lost the figure somebody wrote down.
    amount = raw if isinstance(raw, Decimal) else Decimal(_text(raw))
    if not amount.is_finite() or amount < 0:
        raise ValueError(raw)
    return amount


def _whole(raw: object) -> int:
    if type(raw) is not int:
        raise TypeError(raw)
    return raw


def _flag(raw: object) -> bool:
    if type(raw) is not bool:
        raise TypeError(raw)
    return raw


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise TypeError(raw)
    return raw


def _members(raw: object) -> list[object]:
    if not isinstance(raw, list | tuple):
        raise TypeError(raw)
    return list(raw)


def _words(raw: object) -> tuple[str, ...]:
    return tuple(_text(member) for member in _members(raw))


def _numbers(raw: object) -> tuple[int, ...]:
    return tuple(_whole(member) for member in _members(raw))


def _dates(raw: object) -> tuple[date, ...]:
    return tuple(day(member) for member in _members(raw))


def _plain_parameter(
    parameter: Parameter, first: date, last: date
) -> dict[str, object]:
    return {
        "label": parameter.label,
        "kind": parameter.kind.value,
        "unit": parameter.unit,
        "clause": parameter.clause.number,
        "by": parameter.by,
        "set_by": parameter.set_by,
        "choices": list(parameter.choices),
        "values": [
            {
                "from": value.valid_from.isoformat(),
                "value": plain(value.value),
                "scope": value.scope,
                "set_by": value.set_by,
                "authority": value.authority,
                "reading": value.reading,
            }
            for value in _in_force(parameter, first, last)
        ],
    }


def _in_force(parameter: Parameter, first: date, last: date) -> list[DatedValue]:
    begun = [value for value in parameter.values if value.valid_from <= last]
    newest_before = {
        value.scope: value.valid_from for value in begun if value.valid_from <= first
    }
    return [
        value
        for value in begun
        if value.valid_from >= newest_before.get(value.scope, value.valid_from)
    ]
