"""What sorts of value a policy's parameters take, and how plain text becomes one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

# No figure of a policy comes near these; 1e999999999 keeps the rules busy for days.
ABOVE_ANY_AMOUNT = Decimal(10) ** 12
FINEST = -12  # places after the point
ABOVE_ANY_NUMBER = 10**9
LONGEST_SHOWN = 60  # signs of a wrong value that a message repeats


class Kind(StrEnum):
    """What sort of value a parameter takes."""

    MONEY = "money"
    RATE = "rate"
    PERCENT = "percent"
    LIMIT = "limit"
    WHOLE = "whole"
    FLAG = "flag"
    CHOICE = "choice"
    TEXT = "text"
    WORDS = "words"
    NUMBERS = "numbers"
    AMOUNTS = "amounts"
    DAY = "day"
    DATES = "dates"
    ROWS = "rows"


class BadValue(ValueError):  # noqa: N818
    """A value does not fit its parameter."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound and the side of it that meets the condition, such as "> 20"."""

    operator: str
    bound: Decimal

    def __str__(self) -> str:
        return f"{self.operator} {self.bound}"

    def holds(self, measured: Decimal) -> bool:
        """Tell whether a measured figure meets the condition."""
        return {
            ">=": measured >= self.bound,
            ">": measured > self.bound,
            "<=": measured <= self.bound,
            "<": measured < self.bound,
        }[self.operator]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, such as a carrier's price in the retail survey."""

    cells: tuple[tuple[str, str], ...]

    def __getitem__(self, column: str) -> str:
        return dict(self.cells)[column]


Value = (
    Decimal
    | int
    | bool
    | str
    | date
    | Limit
    | tuple[str, ...]
    | tuple[int, ...]
    | tuple[Decimal, ...]
    | tuple[date, ...]
    | tuple[Row, ...]
)


def checked(
    raw: object, kind: Kind, choices: tuple[str, ...], columns: tuple[str, ...]
) -> Value:
    """Turn a plain value into a kind of value.

    Raises:
        BadValue: if it does not fit, saying what would.
    """
    if kind is Kind.ROWS:
        return _rows(raw, columns)
    try:
        value = READERS[kind](raw)
    except (TypeError, ValueError, InvalidOperation):
        raise BadValue(f"{_shown(raw)} is not {HOW_WRITTEN[kind]}") from None
    chosen = value if isinstance(value, tuple) else (value,)
    stray = {str(word) for word in chosen} - set(choices)
    if choices and stray:
        raise BadValue(f"{', '.join(sorted(stray))} is not one of {', '.join(choices)}")
    return value


def plain(value: object) -> object:
    """Write a value as plain JSON: an amount and a date as text, a list as a list."""
    if isinstance(value, tuple):
        return [plain(member) for member in value]
    if isinstance(value, Row):
        return dict(value.cells)
    if isinstance(value, Decimal | Limit):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def day(raw: object) -> date:
    """Read a date that is one already, or is written 2011-03-02.

    Raises:
        BadValue: if it is no date.
    """
    if type(raw) is date:
        return raw
    try:
        return date.fromisoformat(_text(raw))
    except (TypeError, ValueError):
        raise BadValue(f"{_shown(raw)} is not {HOW_WRITTEN[Kind.DAY]}") from None


def _shown(raw: object) -> str:
    return repr(raw)[:LONGEST_SHOWN]


def _amount(raw: object) -> Decimal:
    # A float has already lost the figure somebody wrote down.
    amount = raw if isinstance(raw, Decimal) else Decimal(_text(raw))
    if not amount.is_finite() or not 0 <= amount < ABOVE_ANY_AMOUNT:
        raise ValueError(raw)
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < FINEST:
        raise ValueError(raw)
    return amount


def _limit(raw: object) -> Limit:
    if isinstance(raw, Limit):
        return raw
    operator, bound = _text(raw).split()
    if operator not in {">=", ">", "<=", "<"}:
        raise ValueError(raw)
    return Limit(operator, _amount(bound))


def _whole(raw: object) -> int:
    if type(raw) is not int or abs(raw) >= ABOVE_ANY_NUMBER:
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


def _amounts(raw: object) -> tuple[Decimal, ...]:
    return tuple(_amount(member) for member in _members(raw))


def _dates(raw: object) -> tuple[date, ...]:
    return tuple(day(member) for member in _members(raw))


def _rows(raw: object, columns: tuple[str, ...]) -> tuple[Row, ...]:
    if not isinstance(raw, list | tuple):
        raise BadValue(f"{raw!r} is not a list of rows")
    return tuple(_row(member, columns) for member in raw)


def _row(raw: object, columns: tuple[str, ...]) -> Row:
    if isinstance(raw, Row):
        return raw
    if not isinstance(raw, dict):
        raise BadValue(f"{raw!r} is not a row")
    stray = sorted(set(raw) - set(columns))
    if stray:
        raise BadValue(f"{', '.join(stray)} is not one of {', '.join(columns)}")
    return Row(tuple((column, str(raw.get(column, ""))) for column in columns))


HOW_WRITTEN = {
    Kind.MONEY: 'an amount, written as "25.00"',
    Kind.RATE: 'a rate, written as "0.10"',
    Kind.PERCENT: 'a percentage, written as "50"',
    Kind.LIMIT: 'a bound, written as ">= 20"',
    Kind.WHOLE: "a whole number, written as 30",
    Kind.FLAG: "true or false",
    Kind.CHOICE: 'a choice, written as "month"',
    Kind.TEXT: "a text in quotes",
    Kind.WORDS: 'a list of words, written as ["cash", "check"]',
    Kind.NUMBERS: "a list of whole numbers, written as [3, 30]",
    Kind.AMOUNTS: 'a list of amounts, written as ["50", "100"]',
    Kind.DAY: "a date, written as 2026-07-01",
    Kind.DATES: "a list of dates, written as [2026-07-01, 2026-12-25]",
}

READERS: dict[Kind, Callable[[object], Value]] = {
    Kind.MONEY: _amount,
    Kind.RATE: _amount,
    Kind.PERCENT: _amount,
    Kind.LIMIT: _limit,
    Kind.WHOLE: _whole,
    Kind.FLAG: _flag,
    Kind.CHOICE: _text,
    Kind.TEXT: _text,
    Kind.WORDS: _words,
    Kind.NUMBERS: _numbers,
    Kind.AMOUNTS: _amounts,
    Kind.DAY: day,
    Kind.DATES: _dates,
}
