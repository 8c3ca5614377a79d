"""The page docs/policy/checking.md: how worked examples are written and run."""

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy_cases.calculation import Calculation
from mobile_selfservice.policy_cases.calculations import CALCULATIONS, GUARDS
from mobile_selfservice.policy_cases.records import Month, names_of
from mobile_selfservice.policy_cases.run import in_words

WORDS: dict[Any, str] = {
    Decimal: "amount",
    int: "whole number",
    bool: "true or false",
    str: "text",
    date: "date",
    Month: "month, 2026-04",
    datetime: "moment with its offset",
    types.NoneType: "null",
}


def checking_page() -> str:
    """Return the page, with every calculation, every guarded act and their fields."""
    parts = [HEAD.strip(), "## Calculations"]
    parts += [_section(name, CALCULATIONS[name]) for name in sorted(CALCULATIONS)]
    parts.append(GUARDS_HEAD.strip())
    parts += [_section(name, GUARDS[name]) for name in sorted(GUARDS)]
    return "\n\n".join(parts) + "\n"


def _section(name: str, calculation: Calculation[Any]) -> str:
    said = " ".join((calculation.given.__doc__ or "").split())
    answers = ", ".join(
        f"`{names_of(field)[0]}`"
        for field in dataclasses.fields(calculation.answer)
        if field.name not in calculation.ignored
    )
    rows = "\n".join(_rows(calculation.given, ""))
    table = f"| fact | may be | if not said |\n| --- | --- | --- |\n{rows}"
    return f"### {name}\n\n{said}\n\n{table}\n\nAnswers: {answers}."


def _rows(record: type[Any], path: str) -> Iterator[str]:
    hints = typing.get_type_hints(record, include_extras=True)
    for field in dataclasses.fields(record):
        first, *others = names_of(field)
        kind, name = hints[field.name], f"{path}{first}"
        also = "".join(f", `{path}{other}`" for other in others)
        inner = _record_in(kind)
        default = _default(field, is_record=inner is not None)
        yield f"| `{name}`{also} | {_words(kind)} | {default} |"
        if inner:
            yield from _rows(inner, f"{name}.")


def _record_in(kind: Any) -> type[Any] | None:
    if dataclasses.is_dataclass(kind):
        return typing.cast("type[Any]", kind)
    found = [_record_in(part) for part in typing.get_args(kind)]
    return next((each for each in found if each), None)


def _words(kind: Any) -> str:
    if kind in WORDS:
        return WORDS[kind]
    if dataclasses.is_dataclass(kind):
        return "fields"
    parts = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_words(part) for part in parts)
    if origin is tuple:
        return f"list of {_words(parts[0])}"
    if origin is Mapping:
        return f"names with {_words(parts[1])}"
    assert issubclass(kind, StrEnum)
    return ", ".join(f"`{member.value}`" for member in kind)


def _default(field: "dataclasses.Field[Any]", *, is_record: bool) -> str:
    if field.default is dataclasses.MISSING:
        return "needed"
    if is_record and field.default is not None:
        return "-" if field.default != () else "none"
    if field.default in ("", ()):
        return "none"
    return in_words(field.default)


HEAD = """
# Checking the rules with worked examples

    python -m mobile_selfservice policy check CASES.yaml [more files]

Each case says which calculation, with which facts, and which answers somebody worked
out by hand. The command runs the very rules the portal bills, pays and decides by, and
compares. `tests/policy/cases/` has some two hundred cases to copy from. This page is
written by `make pages` from the fields the command knows.

## A case

```yaml
cases:
- id: V02                       # needed, once in a file
  clause: LODI-3.B.1-EXTRA      # the place in the policy
  calc: voice                   # needed: one of the calculations below, or guard
  given:                        # needed: the facts, and under params the choices
    plan: {kind: allowance, allowance_min: 200, overage_rate: "0.45"}
    business_minutes: 151
    calls: [{min: 50, personal: true}]
    params: {overage_mode: replace}
  expect: {base: "4.90", overage: "0.45", total: "5.35"}   # needed
  interpretation: [AMB-03]      # the readings the answer depends on
  variant_of: V02a              # the same facts under another reading
  source: where it comes from
  why: "the arithmetic, by hand"
```

- Only the answers named under `expect` are compared, to the last digit: 5.45 is 5.450
  and is not 5.4501. Null, none and never are the same answer. A rate of a claim is
  shown to four places and compared so.
- Amounts may be text or numbers; a number is read from its digits and never rounded.
  Dates may be text or YAML dates. Whole numbers are not below zero.
- What `params` does not say is the Lodi reading, and for baselines and reports New
  York's. A choice may also be named by its whole key: `personal_use.overage_mode`.
- Facts of a guard that are not said are in order.
- Where no month is given, the working counts from January 2000.

## What it says

A case that differs is printed with the expected and the computed answer and the
working, a step a line, each with its clause and reading. The last line counts:
`157 passed, 0 failed`.

| ends with | when |
| --- | --- |
| 0 | every answer is as expected |
| 1 | at least one differs |
| 2 | a file or a case could not be run; the others were |

These cannot be run, and count as failed: a file that is not YAML or has no
`cases`; a case without `id`, `calc`, `given` or `expect`, or with an id that stands
twice; an unknown calculation, act, field, choice or answer; a value of another type,
such as a number where a date belongs; facts that contradict each other or lack what the
rule needs. The message has the file, the line, the case, the field and what is allowed.
"""
GUARDS_HEAD = """
## Guards

`calc: guard` asks whether an act is allowed; `event` names the act. The answer is
`allowed`, beside it what the act finds out. A `reason` may be expected, but is words
and is not compared.
"""
