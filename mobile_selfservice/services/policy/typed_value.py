"""Reading a policy value the way officials type it, and writing it for their form.

What comes out is the plain JSON form that `policy.kinds.checked` takes.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from mobile_selfservice.policy.kinds import Kind, Limit, Row, Value
from mobile_selfservice.policy.parameters import Parameter
from mobile_selfservice.policy.value_words import SIDES
from mobile_selfservice.services import free_text
from mobile_selfservice.services.refusals import Refused

LONGEST_VALUE = 4000
LONGEST_LINE = 600
MOST_LINES = 120
BETWEEN = re.compile(r"[;\s]+|,\s*")
NUMBER = re.compile(r"\$?\s?([0-9]{1,7}(?:\.([0-9]{1,6}))?)\s?%?")
# A bar within a cell, as in "director|cio", has no room around it.
APART = re.compile(r"(?<!\S)\|(?!\S)")
WHOLE = re.compile(r"-?[0-9]{1,6}")


class ValueUnclear(Refused):
    """What was typed is no value of this parameter; the message says what would be."""


def typed(parameter: Parameter, said: str) -> object:
    """Return what somebody typed for a parameter, in plain JSON form.

    Raises:
        ValueUnclear: if it does not fit, saying what would.
        CardNumberTyped, TextNeeded: if a text holds a card number or is far too long.
    """
    if not said.strip():
        raise ValueUnclear("Enter the value.")
    if len(said) > LONGEST_VALUE:
        raise ValueUnclear(f"Keep the value under {LONGEST_VALUE:,} letters.")
    return TYPED[parameter.kind](parameter, said)


def as_typed(parameter: Parameter, value: Value) -> str:
    """Write a value the way `typed` reads it, to fill a form with."""
    if parameter.kind is Kind.FLAG:
        return "yes" if value else "no"
    if parameter.kind in BY_LINE and isinstance(value, tuple):
        return "\n".join(_line(each) for each in value)
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    if isinstance(value, Limit):
        return f"{SIDES[value.operator]} {value.bound}"
    return value.isoformat() if isinstance(value, date) else str(value)


BY_LINE = {Kind.WORDS, Kind.DATES, Kind.ROWS}


def _line(each: object) -> str:
    if isinstance(each, Row):
        return " | ".join(cell for _, cell in each.cells)
    return str(each)


def _amount(said: str, what: str, places: int) -> str:
    found = NUMBER.fullmatch(said.strip().replace(",", ""))
    if found is None or len(found[2] or "") > places:
        raise ValueUnclear(what)
    return found[1]


def _money(_: Parameter, said: str) -> str:
    amount = _amount(said, "Write dollars and cents, such as 25.00.", 2)
    return str(Decimal(amount).quantize(Decimal("0.01")))


def _rate(_: Parameter, said: str) -> str:
    return _amount(said, "Write dollars, such as 0.10 or 0.0375.", 6)


def _percent(_: Parameter, said: str) -> str:
    what = "Write a percentage from 0 to 100, such as 50."
    percent = _amount(said, what, 4)
    if Decimal(percent) > 100:
        raise ValueUnclear(what)
    return percent


def _limit(_: Parameter, said: str) -> str:
    what = "Write which side and the bound, such as “at least 80” or “more than 20”."
    words = {side: operator for operator, side in SIDES.items()}
    side, __, bound = " ".join(said.lower().split()).rpartition(" ")
    operator = words.get(side, side)
    if operator not in SIDES:
        raise ValueUnclear(what)
    return f"{operator} {_amount(bound, what, 4)}"


def _whole(_: Parameter, said: str) -> int:
    found = said.strip().replace(",", "")
    if not WHOLE.fullmatch(found) or int(found) < 0:
        raise ValueUnclear("Write a whole number, such as 30.")
    return int(found)


def _flag(_: Parameter, said: str) -> bool:
    if said.strip().lower() not in ("yes", "no"):
        raise ValueUnclear("Choose yes or no.")
    return said.strip().lower() == "yes"


def _choice(parameter: Parameter, said: str) -> str:
    if said.strip() not in parameter.choices:
        raise ValueUnclear("Choose one of the list.")
    return said.strip()


def _text(_: Parameter, said: str) -> str:
    return free_text.needed(said, "The value", LONGEST_LINE)


def _lines(said: str) -> list[str]:
    found = [line for line in said.splitlines() if line.strip()]
    if len(found) > MOST_LINES:
        raise ValueUnclear(f"Keep it under {MOST_LINES} lines.")
    return [free_text.needed(line, "A line", LONGEST_LINE) for line in found]


def _words(parameter: Parameter, said: str) -> list[str]:
    # A comma parts words as well: no word of a policy's has one in it.
    parts = [part for line in said.splitlines() for part in line.split(",")]
    words = _lines("\n".join(parts))
    stray = [word for word in words if word not in parameter.choices]
    if parameter.choices and stray:
        known = ", ".join(parameter.choices)
        raise ValueUnclear(f"“{stray[0]}” is not one of: {known}. One a line.")
    if len(set(words)) < len(words):
        raise ValueUnclear("Name each only once, one a line.")
    return words


def _several(said: str) -> list[str]:
    return [part for part in BETWEEN.split(said.strip()) if part]


def _numbers(_: Parameter, said: str) -> list[int]:
    parts = _several(said)
    if not all(WHOLE.fullmatch(part) for part in parts):
        raise ValueUnclear("Write whole numbers with commas between, such as 60, 120.")
    return [int(part) for part in parts]


def _amounts(_: Parameter, said: str) -> list[str]:
    what = "Write amounts with commas between, such as 0, 50, 100."
    return [_amount(part, what, 4) for part in _several(said)]


def _date(said: str) -> str:
    try:
        return date.fromisoformat(said.strip()).isoformat()
    except ValueError:
        raise ValueUnclear(
            f"“{said.strip()[:40]}” is not a date. Write it as 2026-07-01."
        ) from None


def _day(_: Parameter, said: str) -> str:
    return _date(said)


def _dates(_: Parameter, said: str) -> list[str]:
    days = [_date(part) for part in _several(said)]
    if len(days) > MOST_LINES:
        raise ValueUnclear(f"Keep it under {MOST_LINES} days.")
    return sorted(set(days))


def _rows(parameter: Parameter, said: str) -> list[dict[str, str]]:
    return [
        _row(parameter.columns, line, number)
        for number, line in enumerate(_lines(said), start=1)
    ]


def _row(columns: tuple[str, ...], line: str, number: int) -> dict[str, str]:
    cells = [cell.strip() for cell in APART.split(line)]
    if len(cells) != len(columns):
        named = " | ".join(name.replace("_", " ") for name in columns)
        raise ValueUnclear(
            f"Line {number} has {len(cells)} of {len(columns)} columns. Write each "
            f"line as: {named}."
        )
    row = dict(zip(columns, cells, strict=True))
    for name, cell in row.items():
        _check_cell(name, cell, number)
    return row


def _check_cell(name: str, cell: str, number: int) -> None:
    """See that a cell the rules take for an amount or a day is one."""
    named = name.replace("_", " ")
    if name in AMOUNTS_IN_ROWS and (cell or name not in MAY_BE_EMPTY):
        try:
            sound = Decimal(cell).is_finite() and Decimal(cell) >= 0
        except InvalidOperation:
            sound = False
        if not sound:
            raise ValueUnclear(f"Line {number}: the {named} is not an amount.")
    if name in WHOLE_IN_ROWS and cell and not WHOLE.fullmatch(cell):
        raise ValueUnclear(f"Line {number}: the {named} is not a whole number.")
    if name in DAYS_IN_ROWS and cell:
        try:
            date.fromisoformat(cell)
        except ValueError:
            raise ValueUnclear(
                f"Line {number}: the {named} is not a date. Write it as 2026-07-01."
            ) from None


AMOUNTS_IN_ROWS = {
    "price",
    "amount",
    "every_months",
    "start",
    "monthly_drop",
    "floor",
    "needed",
    "voice_minutes",
    "data_mb",
}
MAY_BE_EMPTY = {"floor", "every_months"}
WHOLE_IN_ROWS = {"needed", "every_months", "voice_minutes"}
DAYS_IN_ROWS = {"surveyed_on", "valid_from", "valid_until"}
TYPED: dict[Kind, Callable[[Parameter, str], object]] = {
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
