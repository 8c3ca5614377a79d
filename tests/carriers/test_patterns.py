"""No pattern takes long over a cell, however the cell was made to hold it up."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import mobile_selfservice.carriers
import mobile_selfservice.services.codes
import mobile_selfservice.services.profiles
from mobile_selfservice.carriers.long_cells import LONGEST_CELL

PACKAGES = (
    mobile_selfservice.carriers,
    mobile_selfservice.services.profiles,
    mobile_selfservice.services.codes,
)
AT_MOST = 0.05  # seconds for one cell
# What a pattern may begin with before it is held up.
BEGINNINGS = (
    *("", "1", "G-1", "(", "$", '"', "Jul 1 - ", "Jul ", "feature", "rate code ("),
    *("Call Detail", "1 1:", "0.1", "+1"),
)
REPEATED = (
    *(" ", "1", "a", "1 1 1", "(", "\0", '"', "-", "1,", "1-", "1:", "G1", "feature("),
    *("messag", "mon", "1 1:1", "\t\n", "\u0663", "x", "a b ", "Jul 1-", "1.1", "=,a"),
    "<c><f>",
)
ENDINGS = ("", "!", "\n!")
# How a pattern is used, and which way is held up as long.
WAYS = {
    "match": "match",
    "fullmatch": "fullmatch",
    "search": "search",
    **dict.fromkeys(("sub", "findall", "finditer", "split"), "findall"),
}
USE = re.compile(r"\b([A-Z_]+)\.(match|fullmatch|search|sub|findall|finditer|split)\b")


def _modules() -> Iterator[str]:
    for package in PACKAGES:
        yield package.__name__
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield found.name


def _patterns_in(value: object) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _patterns_in(one)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _patterns_in(one)


def _named_patterns() -> dict[str, re.Pattern]:
    """Give every pattern of the readers' modules, under its module and name."""
    found = {}
    for module in _modules():
        for name, value in vars(importlib.import_module(module)).items():
            for at, pattern in enumerate(_patterns_in(value)):
                if pattern not in found.values():
                    found[
                        f"{module.removeprefix('mobile_selfservice.')}.{name}.{at}"
                    ] = pattern
    return found


def _ways_used() -> dict[str, set[str]]:
    """Tell how each name is used; one never used by its name may be in any way."""
    used: dict[str, set[str]] = {}
    for module in _modules():
        source = Path(str(importlib.import_module(module).__file__))
        for name, way in USE.findall(source.read_text()):
            used.setdefault(name, set()).add(WAYS[way])
    return used


PATTERNS = _named_patterns()
USED = _ways_used()
HOSTILE = [
    (begun + repeated * LONGEST_CELL)[: LONGEST_CELL - len(ended)] + ended
    for begun in BEGINNINGS
    for repeated in REPEATED
    for ended in ENDINGS
]


def _seconds(pattern: re.Pattern, way: str, text: str) -> float:
    held = text.encode() if isinstance(pattern.pattern, bytes) else text
    began = time.thread_time()
    getattr(pattern, way)(held)
    return time.thread_time() - began


@pytest.mark.parametrize("name", PATTERNS)
def test_no_cell_holds_a_pattern_up(name):
    pattern = PATTERNS[name]
    for way in USED.get(name.split(".")[-2], {"match", "fullmatch", "findall"}):
        for text in HOSTILE:
            if _seconds(pattern, way, text) < AT_MOST:
                continue
            again = min(_seconds(pattern, way, text) for _ in range(3))
            assert again < AT_MOST, (
                f"{way} of {text[:20]!r}…{text[-5:]!r}: {again:.2f} s"
            )


def test_the_patterns_of_every_reader_are_found():
    assert {
        "carriers.att_sectioned.item.AMOUNT.0",
        "carriers.tmobile.item.MINUTES.0",
    } <= {*PATTERNS}
    assert len(PATTERNS) > 60
