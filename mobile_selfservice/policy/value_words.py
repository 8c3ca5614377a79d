"""What a value of the policy says, in the words a person reads."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from mobile_selfservice.policy import money
from mobile_selfservice.policy.choice_words import CHOICE_WORDS
from mobile_selfservice.policy.kinds import Kind, Limit, Row, Value

SIDES = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}
DOLLARS = "USD"


def value_in_words(value: Value, kind: Kind, unit: str = "") -> str:
    """Write a value with its unit: $0.10 per minute, 30 days, at least 80 percent.

    `unit` is the parameter's own, such as "USD per minute" or "days"; of a list with
    several units ("minutes per cycle, cycles") each number takes its own.
    """
    return WORDS[kind](value, unit)


def choice_in_words(choice: str) -> str:
    """Write a choice as a reader understands it: ceil is "as a whole month"."""
    return CHOICE_WORDS.get(choice, choice.replace("_", " "))


def choice_said(written: str, choices: Sequence[str]) -> str:
    """Find the choice meant, by its name or its words; else what was written."""
    if written in choices:
        return written
    meant = written.casefold()
    named = (each for each in choices if choice_in_words(each).casefold() == meant)
    return next(named, written)


def value_lines(value: Value, kind: Kind, unit: str = "") -> tuple[str, ...]:
    """Write a value as lines: a table and a list of days have one for each row."""
    if kind is Kind.ROWS and value:
        return tuple(", ".join(_cells(row)) for row in cast(tuple[Row, ...], value))
    if kind is Kind.DATES and value:
        return tuple(_day(day, "") for day in cast(tuple[date, ...], value))
    return (value_in_words(value, kind, unit),)


def _money(value: Value, unit: str) -> str:
    return money.dollars(cast(Decimal, value)) + unit.removeprefix(DOLLARS)


def _rate(value: Value, unit: str) -> str:
    return money.rate(cast(Decimal, value)) + unit.removeprefix(DOLLARS)


def _percent(value: Value, unit: str) -> str:
    return f"{_number(cast(Decimal, value))} {unit or 'percent'}"


def _limit(value: Value, unit: str) -> str:
    limit = cast(Limit, value)
    return f"{SIDES[limit.operator]} {_number(limit.bound)} {unit}".strip()


def _whole(value: Value, unit: str) -> str:
    return _counted(cast(int, value), unit)


def _flag(value: Value, unit: str) -> str:
    return "yes" if value else "no"


def _text(value: Value, unit: str) -> str:
    return str(value)


def _choice(value: Value, unit: str) -> str:
    return choice_in_words(str(value))


def _words(value: Value, unit: str) -> str:
    listed = [str(word).replace("_", " ") for word in cast(tuple[str, ...], value)]
    return ", ".join(listed) or "none"


def _numbers(value: Value, unit: str) -> str:
    numbers, units = cast(tuple[int, ...], value), unit.split(", ")
    if len(units) >= len(numbers) > 0:
        pairs = zip(numbers, units, strict=False)
        return ", ".join(_counted(number, own) for number, own in pairs)
    return f"{', '.join(f'{number:,}' for number in numbers)} {unit}".strip() or "none"


def _amounts(value: Value, unit: str) -> str:
    listed = ", then ".join(_number(each) for each in cast(tuple[Decimal, ...], value))
    return f"{listed} {unit}".strip() or "none"


def _day(value: Value, unit: str) -> str:
    day = cast(date, value)
    return f"{day:%B} {day.day}, {day.year}"


def _dates(value: Value, unit: str) -> str:
    return "; ".join(_day(day, "") for day in cast(tuple[date, ...], value)) or "none"


def _rows(value: Value, unit: str) -> str:
    rows = cast(tuple[Row, ...], value)
    return "; ".join(", ".join(_cells(row)) for row in rows) or "none"


def _cells(row: Row) -> list[str]:
    return [f"{name.replace('_', ' ')} {cell}" for name, cell in row.cells if cell]


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():,f}"


def _counted(count: int, unit: str) -> str:
    """Write a count with its noun, one of which has no plural: 1 month, 12 months."""
    noun, *rest = unit.partition(" per ")
    if count == 1:
        noun = noun.removesuffix("s")
    return f"{count:,} {noun}{''.join(rest)}".strip()


WORDS: dict[Kind, Callable[[Value, str], str]] = {
    Kind.MONEY: _money,
    Kind.RATE: _rate,
    Kind.PERCENT: _percent,
    Kind.LIMIT: _limit,
    Kind.WHOLE: _whole,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.TEXT: _text,
    Kind.WORDS: _words,
    Kind.NUMBERS: _numbers,
    Kind.AMOUNTS: _amounts,
    Kind.DAY: _day,
    Kind.DATES: _dates,
    Kind.ROWS: _rows,
}
