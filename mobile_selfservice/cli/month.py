"""A month as an operator writes it in a command."""

import argparse
from datetime import date


def month_written(written: str) -> date:
    """Read a month written 2026-09; returns its first day.

    Raises:
        argparse.ArgumentTypeError: if it is no month, saying how one is written.
    """
    try:
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{written!r} is not a month, written as 2026-09"
        ) from None
