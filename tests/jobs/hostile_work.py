"""Work that files made to do harm would cause, for a bounded process to be ended at."""

import os
import signal
import time
from pathlib import Path

from mobile_selfservice.carriers.source_file import refusal
from mobile_selfservice.services.invoices.progress import Progress


def harmless(progress: Progress, word: str) -> tuple[str, int]:
    """Return what it was given, and which process did it."""
    progress.rows = 3
    return word, os.getpid()


def without_end(progress: Progress, note: Path | None = None) -> None:
    """Go on and on, deaf to a stop; say first which process it is."""
    if note:
        note.write_text(str(os.getpid()))
    while True:
        time.sleep(0.05)


def until_stopped(progress: Progress) -> None:
    """Go on until somebody asks to stop."""
    progress.bytes_total = 100
    while True:
        time.sleep(0.02)
        progress.rows += 1
        progress.must_go_on()


def without_measure(progress: Progress) -> int:
    """Take more memory than there is."""
    return len([bytes(1 << 20) for _ in range(1 << 20)])


def refusing(progress: Progress) -> None:
    """Refuse a file as a reader does."""
    raise refusal("bill.csv", "The file is damaged.")


def crashing(progress: Progress) -> None:
    """Die as a library does that trips over a file."""
    os.kill(os.getpid(), signal.SIGSEGV)


def failing(progress: Progress) -> None:
    """Fail for a mistake of ours."""
    raise KeyError("209-555-0142")


def secrets_seen(progress: Progress) -> list[str]:
    """Tell what the environment holds that a file has no business with."""
    return sorted(os.environ)
