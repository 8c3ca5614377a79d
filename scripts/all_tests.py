"""Run every test, those in a browser beside all the others: the `make test` command.

One process leaves the processor idle while it waits for pages and databases, so they
run side by side in five parts: every screen looked at by axe, the stories told in a
browser in two halves, the services on both databases, and all the rest. Their output
comes part by part, the rest's as it is written; the last line adds them up, in pytest's
own words.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

PYTEST = (sys.executable, "-m", "pytest", "-q")
BROWSER, SERVICES = "tests/browser", "tests/services"
SCREENS = "tests/browser/test_accessibility.py"
STORIES = sorted({str(each) for each in Path(BROWSER).glob("test_*.py")} - {SCREENS})
# Each part has databases of its own, and in a browser a port and screens built for it.
BESIDE = (
    (*PYTEST, SCREENS),
    (*PYTEST, *STORIES[::2]),
    (*PYTEST, *STORIES[1::2]),
    (*PYTEST, SERVICES),
)
REST = (*PYTEST, f"--ignore={BROWSER}", f"--ignore={SERVICES}")
ENDINGS = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "errors")
COUNTED = re.compile(rf"(\d+) ({'|'.join(ENDINGS)}|error)\b")
SUMMARY = re.compile(r"^\d+ \w+.* in [\d.]+s( \([\d:]+\))?$")


def main() -> int:
    """Run all parts and give the worst of their exit codes."""
    began = time.monotonic()
    with ExitStack() as stack:
        beside = []
        for part, command in enumerate(BESIDE, 1):
            kept = stack.enter_context(tempfile.TemporaryFile("w+"))
            running = _begun(part, command, kept)
            stack.callback(running.wait)
            stack.callback(running.terminate)
            beside.append((running, kept))
        code, summaries = _passed_on(REST)
        print("Waiting for the services and the browser ...", flush=True)
        for running, kept in beside:
            code = max(abs(code), abs(running.wait()))
            kept.seek(0)
            summaries += _shown(kept)
    print(added_up(summaries, time.monotonic() - began))
    return code


def _begun(part: int, command: tuple[str, ...], kept: IO[str]) -> subprocess.Popen:
    """Start a part, with its output kept until it is asked for."""
    environment = {**os.environ, "TESTS_PART": str(part)}
    return subprocess.Popen(
        command, stdout=kept, stderr=subprocess.STDOUT, env=environment
    )


def _passed_on(command: tuple[str, ...]) -> tuple[int, list[str]]:
    """Run tests while their output goes by; give the exit code and the last lines."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        summaries = _shown(running.stdout or iter(()))
        return running.wait(), summaries


def _shown(lines: Iterator[str] | IO[str]) -> list[str]:
    """Print lines, and give those that sum up a run."""
    summaries = []
    for line in lines:
        print(line, end="", flush=True)
        if SUMMARY.match(line.strip()):
            summaries.append(line)
    return summaries


def added_up(summaries: list[str], seconds: float) -> str:
    """Write one summary of several runs.

    >>> added_up(["1 failed, 7 passed in 2.00s", "3 passed in 1.00s"], 2.5)
    '1 failed, 10 passed in 2.50s (0:00:02)'
    """
    counts: Counter[str] = Counter()
    for summary in summaries:
        for count, ending in COUNTED.findall(summary):
            counts["errors" if ending == "error" else ending] += int(count)
    said = ", ".join(
        f"{counts[ending]} {ending}" for ending in ENDINGS if counts[ending]
    )
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    took = f"{seconds:.2f}s ({hours}:{minutes:02d}:{left:02d})"
    return f"{said or 'no tests ran'} in {took}"


if __name__ == "__main__":
    sys.exit(main())
