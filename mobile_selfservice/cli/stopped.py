"""Why a command stops, and where the project stands."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


class Stopped(Exception):  # noqa: N818
    """A command cannot go on; the message says why and what to do."""
