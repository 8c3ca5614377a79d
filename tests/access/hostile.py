"""Payloads that no page of ours sends."""

from typing import Any

HUGE = "x" * 300_000
DEEP: Any = "x"
for _ in range(80):
    DEEP = [DEEP]
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    49,
    50,
    2**31,
    2**63,
    10**40,
    1.5,
    "",
    "1",
    "-1",
    "1 OR 1=1",
    "\u0661",
    "a\x00b",
    "\r\nX: y",
    "9999-12-31",
    "0001-01-01",
    "incidental",
    "personal",
    "no such word",
    HUGE,
    [],
    [1],
    DEEP,
    {},
    {"x": 1},
    {"first": "9999-12-31", "last": "9999-12-31", "use": "personal"},
    {"first": "0001-01-01", "last": "0001-01-01", "use": "business"},
    {"reason": "other", "own_words": "a\x00b"},
    {"amount": "1e999", "reference": "a\x00b"},
    {"amount": "NaN", "reference": "r", "reason": "a\x00b and some more words"},
    {"amount": "0.001", "typed_name": "\x00"},
    {"search": "a\x00b", "name": "%_\\", "person": "\u0661", "first_day": "2026-02-30"},
    {"label": "a\x00b", "usually": "personal", "why": "a\x00b and some more words"},
    dict.fromkeys(map(str, range(200)), "x"),
)


def payloads(names: list[str]) -> list[dict[str, Any]]:
    """Return payloads for a handler with these parameters: each value in each place."""
    made: list[dict[str, Any]] = [{}, {"self": 1}, {"extra": 1}, {"__class__": "x"}]
    for value in VALUES:
        made.append(dict.fromkeys(names, value) if names else {"extra": value})
    made.append(made[-1] | {"extra": 1})
    return made
