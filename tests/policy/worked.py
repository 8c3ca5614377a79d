"""Read worked examples from the TOML files beside the tests, for all subjects."""

import tomllib
import types
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from enum import EnumType
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.kinds import Limit
from mobile_selfservice.policy.parameters import Edition, Setting


def examples(file: str, subject: str) -> pytest.MarkDecorator:
    """Run a test once for each example of a subject, named by the example."""
    text = Path(__file__).with_name(file).read_text(encoding="utf-8")
    listed = tomllib.loads(text)[subject]
    return pytest.mark.parametrize("example", listed, ids=[e["name"] for e in listed])


def built(kind: Any, raw: Any) -> Any:
    """Make what a rule takes of the plain facts of an example.

    TOML has no word for nothing: "none" stands for it where a fact may be missing.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(parts, raw)
    if origin is tuple:
        kinds = parts if parts[-1] is not Ellipsis else [parts[0]] * len(raw)
        return tuple(built(part, each) for part, each in zip(kinds, raw, strict=True))
    if origin is frozenset:
        return frozenset(built(parts[0], each) for each in raw)
    if kind is Limit:
        operator, bound = raw.split()
        return Limit(operator, Decimal(bound))
    if kind is Decimal or isinstance(kind, EnumType):
        return kind(raw)
    if is_dataclass(kind) and isinstance(raw, Mapping):
        kinds = get_type_hints(kind)
        return kind(**{name: built(kinds[name], each) for name, each in raw.items()})
    return Clause(*raw) if kind is Clause else raw


def _one_of(parts: tuple[Any, ...], raw: Any) -> Any:
    if raw == "none" and type(None) in parts:
        return None
    sorts = [part for part in parts if part is not type(None)]
    return built(sorts[0], raw) if len(sorts) == 1 else raw


def spoken(steps: Iterable[Step]) -> list[str]:
    """Write each step as an example does: the sentence, its clause, its reading."""
    return [
        " | ".join(part for part in (step.text, str(step.clause), step.reading) if part)
        for step in steps
    ]


def said(ruling: Ruling) -> list[str]:
    """Write what a ruling says: what stands against it, then what it notes."""
    notes = [f"note: {line}" for line in spoken(ruling.notes)]
    return [*spoken(ruling.refusals), *notes]


def with_values(edition: Edition, values: Mapping[str, object]) -> Edition:
    """Lay an employer's own values over an edition, in force from 2020 on.

    A key may carry a scope after an `@`.
    """
    return edition.with_settings(
        Setting(
            key=key.partition("@")[0],
            scope=key.partition("@")[2],
            value=value,
            valid_from=date(2020, 12, 31),
            set_by="Council",
            authority="Example",
        )
        for key, value in values.items()
    )
