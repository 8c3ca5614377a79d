"""Figures and choices of a written policy, each with the day it takes effect."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.kinds import (
    BadValue,
    Kind,
    Limit,
    Row,
    Value,
    checked,
    plain,
)

T = TypeVar("T")


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
    `clause` is a place in the policy only where it differs from the parameter's own.
    """

    key: str
    value: object
    valid_from: date
    set_by: str
    authority: str
    scope: str = ""
    reading: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure or choice through time, oldest value first.

    `by` says which date it is looked up with: the call's, the statement's, the
    receipt's. `set_by` is the official the policy leaves it to. A `yearly` figure is to
    be reviewed every year (AMB-19). `columns` are those of a table. `awaits_screen`
    says that the portal keeps the value and no screen acts on it yet.
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
    columns: tuple[str, ...] = ()
    group: str = ""
    yearly: bool = False
    awaits_screen: bool = field(default=False, compare=False)


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


@dataclass(frozen=True, slots=True)
class Edition:
    """One written policy as data: every parameter with all its dated values.

    `offices` says which role of the portal each official who sets a value has.
    """

    id: str
    policy: str
    title: str
    source: str
    adopted: date
    parameters: Mapping[str, Parameter]
    offices: Mapping[str, str] = field(default_factory=dict)

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

    def amounts(self, key: str, on: date, scope: str = "") -> tuple[Decimal, ...]:
        """Return a list of amounts or percentages."""
        return tuple(Decimal(each) for each in self._of_type(tuple, key, on, scope))

    def limit(self, key: str, on: date, scope: str = "") -> Limit:
        """Return a bound with its side, such as "> 20"."""
        return self._of_type(Limit, key, on, scope)

    def rows(self, key: str, on: date, scope: str = "") -> tuple[Row, ...]:
        """Return a table, such as the retail survey."""
        return self._of_type(tuple, key, on, scope)

    def day(self, key: str, on: date, scope: str = "") -> date:
        """Return a single date, such as the day of a baseline."""
        return self._of_type(date, key, on, scope)

    def _of_type(self, kind: type[T], key: str, on: date, scope: str) -> T:
        value = self.value(key, on, scope)
        if type(value) is not kind:
            raise WrongKind(f"{key} holds {value!r}, not a {kind.__name__}")
        return value

    def narrowed(self, scope: str) -> "Edition":
        """Return the edition as it holds for one scope, such as an employee's option.

        A value set for the scope stands in place of the employer's general one from its
        day on; what is not set for it stays as it is.
        """
        return replace(
            self,
            parameters={
                key: _narrowed(parameter, scope)
                for key, parameter in self.parameters.items()
            },
        )

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
                "offices": dict(self.offices),
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
    try:
        value = checked(
            setting.value, parameter.kind, parameter.choices, parameter.columns
        )
    except BadValue as problem:
        raise BadValue(f"{parameter.key}: {problem}") from None
    policy = parameter.clause.policy
    added = DatedValue(
        key=parameter.key,
        scope=setting.scope,
        value=value,
        unit=parameter.unit,
        valid_from=setting.valid_from,
        clause=Clause(policy, setting.clause) if setting.clause else parameter.clause,
        set_by=setting.set_by,
        authority=setting.authority,
        reading=setting.reading,
    )
    place = (added.scope, added.valid_from)
    kept = [old for old in parameter.values if (old.scope, old.valid_from) != place]
    in_order = sorted([*kept, added], key=lambda value: value.valid_from)
    return replace(parameter, values=tuple(in_order))


def _narrowed(parameter: Parameter, scope: str) -> Parameter:
    own = [value for value in parameter.values if value.scope == scope]
    if not own:
        return parameter
    first = own[0].valid_from
    kept = [
        value
        for value in parameter.values
        if value.scope not in ("", scope)
        or (not value.scope and value.valid_from < first)
    ]
    narrowed = [replace(value, scope="") for value in own]
    in_order = sorted([*kept, *narrowed], key=lambda value: value.valid_from)
    return replace(parameter, values=tuple(in_order))


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
        "columns": list(parameter.columns),
        "group": parameter.group,
        "yearly": parameter.yearly,
        "values": [
            {
                "from": value.valid_from.isoformat(),
                "value": plain(value.value),
                "scope": value.scope,
                "set_by": value.set_by,
                "authority": value.authority,
                "reading": value.reading,
                "clause": value.clause.number,
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
