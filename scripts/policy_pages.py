"""Write the pages of docs/policy that say what the policy's data holds."""

import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from mobile_selfservice import policy
from mobile_selfservice.policy import readings
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.readings import Reading
from mobile_selfservice.services.policy_in_force import packaged, packaged_names
from scripts.checking_page import checking_page
from scripts.clause_page import clauses
from scripts.policy_editions_page import editions_page

ROOT = Path(__file__).parents[1]
WIDTH = 88
READINGS = Path(policy.__file__).with_name("readings.toml")


def interpretations() -> str:
    """Return docs/policy/interpretations.md: every reading, with its switch."""
    text = READINGS.read_text(encoding="utf-8")
    chosen = readings.parse(text)
    parts = [READINGS_HEAD.strip()]
    for group, members in groupby(chosen.values(), lambda reading: reading.group):
        parts.append(f"## {group}")
        parts.extend(_reading(reading) for reading in members)
    parts.append(SMALLER_POINTS.strip())
    parts.append(
        _bullets(point["text"] for point in tomllib.loads(text)["smaller_points"])
    )
    parts.append(EDITIONS_HEAD.strip())
    parts.append(_bullets(_readings_of(packaged(name)) for name in packaged_names()))
    return "\n\n".join(parts) + "\n"


def _reading(reading: Reading) -> str:
    lines = [f"**Text:** {reading.text}"]
    if reading.alternatives:
        lines.append(f"**Readings:** {reading.alternatives}")
    lines.append(f"**Chosen:** {reading.chosen}")
    lines.append(f"**Why:** {reading.why}")
    lines.append(f"**Switch:** {_switch(reading)}")
    lines.append(f"**Stands in:** {', '.join(_titles(reading.editions))}.")
    return f"### {reading.number}: {reading.title}\n\n{_bullets(lines)}"


def _switch(reading: Reading) -> str:
    if not reading.switches:
        return f"none. {reading.no_switch}"
    keys = ", ".join(f"`{key}`" for key in reading.switches)
    return f"{keys}. {reading.note}".strip()


def _titles(names: Iterable[str]) -> Iterator[str]:
    return (packaged(name).policy for name in names)


def _readings_of(edition: Edition) -> str:
    used = sorted(
        {
            value.reading
            for parameter in edition.parameters.values()
            for value in parameter.values
            if value.reading
        }
    )
    return f"**{edition.title}:** {', '.join(used) or 'none'}."


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            initial_indent="- ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in lines
    )


READINGS_HEAD = """
# Readings of the unclear sentences

<!-- Written from mobile_selfservice/policy/readings.toml: make pages. -->

The written policies leave room in 52 places. This page names each place, the readings
it allows, the one this project chose and why. "Chosen" is always ours, never policy
text. The number of a reading stands beside every amount it decides, in the working an
employee sees and in the docstring of the rule.

*Switch* is the parameter of an edition (`mobile_selfservice/policy/editions/`) that
holds the choice. An employer that reads the sentence differently sets another value
from a date on; bills already closed keep the value they were computed with. "None"
means the reading is no matter of choice, and why.

Sources: City of Lodi cellular phone policy (Resolution 2011-27, effective March 2,
2011) and New York State ITS-P18-007 (December 22, 2020), described here in short.
DCM is the Deputy City Manager, NY New York, ITS its Office of Information Technology
Services. Guesses are marked as such.
"""

SMALLER_POINTS = """
## Smaller points that follow

These are settled in the rules and need no switch of their own.
"""

EDITIONS_HEAD = """
## Readings each edition takes

A value that rests on a reading names it, in the edition's file and wherever the value
is shown.
"""

PAGES: dict[str, Callable[[], str]] = {
    "docs/policy/checking.md": checking_page,
    "docs/policy/editions.md": editions_page,
    "docs/policy/interpretations.md": interpretations,
    "docs/policy/clauses.md": clauses,
}


def main() -> int:
    """Write every page that differs from the data, and say which."""
    for path, page in PAGES.items():
        text = page()
        file = ROOT / path
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
