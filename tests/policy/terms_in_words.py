"""Print the terms each rule takes from an edition, to be compared word for word.

`python -m tests.policy.terms_in_words` writes `workings/terms/` anew. In these editions
each parameter stands at a place named as itself and is set by somebody named after it,
so that a term that cites another parameter's place is seen at once.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from mobile_selfservice import policy
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.kinds import Kind, Limit, Row
from mobile_selfservice.policy.parameters import Edition, NotSet, Parameter, Setting
from mobile_selfservice.services.policy_in_force import packaged, packaged_names

KEPT = Path(__file__).parent / "workings" / "terms"
ON = date(2026, 8, 1)
MORE: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.MONEY: lambda amount: amount + Decimal("1.11"),
    Kind.RATE: lambda amount: amount + Decimal("0.011"),
    Kind.PERCENT: lambda percent: percent + 1,
    Kind.WHOLE: lambda count: count + 1,
    Kind.FLAG: lambda flag: not flag,
    Kind.NUMBERS: lambda numbers: tuple(each + 1 for each in numbers),
    Kind.AMOUNTS: lambda amounts: tuple(each + 1 for each in amounts),
    Kind.DAY: lambda day: day + timedelta(days=1),
    Kind.LIMIT: lambda limit: Limit("<", limit.bound + 1),
}
FIRST: Mapping[Kind, Any] = {
    Kind.MONEY: Decimal("3.00"),
    Kind.RATE: Decimal("0.30"),
    Kind.PERCENT: Decimal(30),
    Kind.WHOLE: 3,
    Kind.FLAG: False,
    Kind.LIMIT: Limit(">", Decimal(3)),
    Kind.NUMBERS: (2, 3),
    Kind.AMOUNTS: (Decimal(50), Decimal(100)),
    Kind.DAY: date(2020, 1, 1),
}
NOTHING_SET = "nothing_set"
OTHERWISE = "everything_otherwise"
AGAIN = "everything_otherwise_again"
DEMO = "alder_creek"
# Without claims there are no terms of a claim, so these stay open to everybody.
STAYS = {"claim.enabled"}


def term_readers() -> Iterator[tuple[str, Callable[[Edition, date], object]]]:
    """Find every function that takes a rule's terms from an edition and a day."""
    for module in pkgutil.iter_modules(policy.__path__):
        loaded = importlib.import_module(f"{policy.__name__}.{module.name}")
        for name, reader in inspect.getmembers(loaded, inspect.isfunction):
            takes = list(inspect.signature(reader).parameters)
            # Mutation testing leaves copies, with two underscores in their names.
            is_copy = "__" in name or name.startswith("_")
            is_own = reader.__module__ == loaded.__name__ and not is_copy
            if is_own and takes == ["edition", "on"]:
                yield f"{module.name}.{name}", reader


def editions() -> tuple[str, ...]:
    """Name the editions whose terms are kept."""
    return (NOTHING_SET, OTHERWISE, AGAIN, *packaged_names())


def printed(name: str) -> list[str]:
    """Print the terms of an edition, a line for each.

    They are those that differ from what holds where nothing is set.
    """
    usual = list(_printed(_marked(packaged(DEMO), is_set=False)))
    if name == NOTHING_SET:
        return usual
    times = {OTHERWISE: 1, AGAIN: 2}.get(name, 0)
    edition = packaged(DEMO if times else name)
    for _ in range(times):
        edition = _otherwise(edition)
    return [line for line in _printed(_marked(edition)) if line not in usual]


def _printed(edition: Edition) -> Iterator[str]:
    for name, reader in term_readers():
        try:
            yield from _lines(name, reader(edition, ON))
        except NotSet as missing:
            yield f"{name}: {missing}"


def _lines(name: str, term: object) -> Iterator[str]:
    if is_dataclass(term) and not isinstance(term, Clause | Limit | Row):
        for field in fields(term):
            yield from _lines(f"{name}.{field.name}", getattr(term, field.name))
    else:
        yield f"{name} = {_word(term)}"


def _word(term: object) -> str:
    if isinstance(term, Clause):
        return f"§{term.number}"
    if isinstance(term, Row):
        return " ".join(cell for _, cell in term.cells)
    if isinstance(term, frozenset):
        return f"any of {', '.join(sorted(_word(member) for member in term))}"
    if isinstance(term, tuple):
        return f"({'; '.join(_word(member) for member in term)})"
    if isinstance(term, Mapping):
        return "; ".join(f"{key}: {_word(each)}" for key, each in term.items())
    if is_dataclass(term) and not isinstance(term, Limit):
        return " ".join(_lines("", term))
    return str(term)


def _marked(edition: Edition, *, is_set: bool = True) -> Edition:
    def mark(parameter: Parameter) -> Parameter:
        place = Clause("Policy", parameter.key)
        kept = tuple(replace(each, clause=place) for each in parameter.values)
        who = f"Who sets {parameter.key}"
        values = kept if is_set else ()
        return replace(parameter, clause=place, set_by=who, values=values)

    marked = {key: mark(parameter) for key, parameter in edition.parameters.items()}
    return replace(edition, parameters=marked)


def _otherwise(edition: Edition) -> Edition:
    settings = [
        Setting(key, _other(parameter, last), ON, "Council", "Memo", scope)
        for key, parameter in edition.parameters.items()
        if key not in STAYS
        for scope, last in _newest(parameter).items()
    ]
    return edition.with_settings(each for each in settings if each.value is not None)


def _newest(parameter: Parameter) -> Mapping[str, object]:
    first = FIRST.get(parameter.kind)
    if parameter.kind is Kind.CHOICE:
        first = parameter.choices[0]
    if parameter.kind is Kind.WORDS:
        first = parameter.choices[:2] or ("first", "second")
    held = {each.scope: each.value for each in parameter.values}
    return held or {"": first}


def _other(parameter: Parameter, value: Any) -> object:
    if value is None:
        return None
    if parameter.kind is Kind.CHOICE:
        place = parameter.choices.index(value) + 1
        return parameter.choices[place % len(parameter.choices)]
    if parameter.kind is Kind.WORDS:
        return value[::-1]
    return MORE[parameter.kind](value) if parameter.kind in MORE else value


def keep() -> None:
    """Write what is kept anew."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for name in editions():
        text = "\n".join([*printed(name), ""])
        (KEPT / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    keep()
