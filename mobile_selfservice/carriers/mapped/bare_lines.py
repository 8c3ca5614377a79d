"""What no profile holds, found before its text is parsed: parsing it would take long.

A key of thousands of parts costs the parser seconds, and a number of thousands of
digits makes Python refuse it. Texts in quotes and comments may hold anything.
"""

import re
from collections.abc import Iterator

from mobile_selfservice.carriers.mapped.profile_rules import Mistake

# A list of 500 headings is a line too, and what stands in quotes is not counted.
LONGEST_LINE = 4_000
MOST_PARTS = 4
MOST_DIGITS = 18
# Each part takes what it can and gives nothing back, so that no text costs long.
QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5})?'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
DEEP_KEY = re.compile(rf"(?:\.[^.=,{{}}\[\]]*+){{{MOST_PARTS}}}")
LONG_NUMBER = re.compile(rf"[0-9_]{{{MOST_DIGITS + 1}}}")


def mistakes_of_lines(text: str) -> Iterator[Mistake]:
    """Tell which lines hold what no profile does, quoted texts and comments apart."""
    for number, line in enumerate(QUOTED.sub(_emptied, text).split("\n"), 1):
        reason = _reason(line)
        if reason:
            yield Mistake(f"line {number}", f"{reason} Export the profile again.")


def _emptied(found: re.Match[str]) -> str:
    """Leave the ends of lines, so that a later line keeps its number."""
    return '""' + "\n" * found[0].count("\n")


def _reason(line: str) -> str:
    if len(line) > LONGEST_LINE:
        return "It is longer than any line of a profile."
    if DEEP_KEY.search(line):
        return f"It names a key of more than {MOST_PARTS} parts."
    if LONG_NUMBER.search(line):
        return f"It holds a number of more than {MOST_DIGITS} digits."
    return ""
