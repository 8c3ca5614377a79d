"""Read ten thousand damaged files of each kind: `python -m scripts.damaged_files`.

Every reader must read or refuse each with its place, and never break. Prints how many
were refused, and the first that was read wrongly.
"""

import argparse
import sys
import time

from tests.carriers.damaged import trial
from tests.carriers.specimens import SPECIMENS

AT_ONCE = 500


def main() -> int:
    """Try every reader; the exit code says whether one broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--only", choices=list(SPECIMENS))
    asked = parser.parse_args()
    broken = 0
    for name in [asked.only] if asked.only else SPECIMENS:
        broken += not _tried(name, asked.times)
    return 1 if broken else 0


def _tried(name: str, times: int) -> bool:
    began = time.monotonic()
    refused = 0
    for seed in range(-(-times // AT_ONCE)):
        try:
            refused += trial(name, seed + 100, min(AT_ONCE, times - seed * AT_ONCE))
        except AssertionError as fault:
            print(f"{name}: seed {seed + 100}: {str(fault)[:3000]}")
            return False
    took = time.monotonic() - began
    print(f"{name}: {times:,} damaged, {refused:,} refused, none broke, {took:.0f} s")
    return True


if __name__ == "__main__":
    sys.exit(main())
