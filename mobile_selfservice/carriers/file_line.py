"""The line's own number in a file's name, for files that say it nowhere else."""

import re

from mobile_selfservice.carriers import numbers

TEN_DIGITS = re.compile(
    r"(?<!\d)(?:\+?1[\s.\-_]?)?(\(?\d{3}\)?[\s.\-_]?\d{3}[\s.\-_]?\d{4})(?!\d)"
)

BEHIND_A_WORD = re.compile(r"[A-Za-z][_\- ](\d{10})(?!\d)")


def number_in_name(name: str) -> str | None:
    """Find the one telephone number in a file's name; None if there is not just one.

    `CSV_Calls_2095550101 (1).csv` gives `2095550101`.
    """
    found = {"".join(re.findall(r"\d", one)) for one in TEN_DIGITS.findall(name)}
    certain = [one for one in sorted(found) if numbers.wireless_number(one)]
    # A number made anonymous is no telephone number any more, and still the line's.
    likely = certain or BEHIND_A_WORD.findall(name)
    return likely[0] if len(likely) == 1 else None
