"""The option `--profile`, which names how files of no known layout are read."""

import argparse
from pathlib import Path

from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.profile_text import BadProfile, from_text
from mobile_selfservice.carriers.mapped.shipped import shipped

LONGEST = 1 << 20


def add_to(command: argparse.ArgumentParser) -> None:
    """Add the option to a command."""
    command.add_argument(
        "--profile",
        type=profile_of,
        metavar="NAME|FILE.toml",
        help="read the files with a profile: one that was exported, or one of these: "
        + ", ".join(shipped()),
    )


def chosen(arguments: argparse.Namespace) -> Profile | None:
    """Give the profile that was named, if one was."""
    profile: Profile | None = arguments.profile
    return profile


def profile_of(said: str) -> Profile:
    """Find a shipped profile by name, or read one from a file.

    Raises:
        argparse.ArgumentTypeError: if there is none, or it cannot be used.
    """
    if said in shipped():
        return shipped()[said]
    path = Path(said)
    if not path.is_file() or path.stat().st_size > LONGEST:
        known = ", ".join(shipped())
        reason = f"“{said}” is no profile file and none of: {known}."
        raise argparse.ArgumentTypeError(reason)
    try:
        return from_text(path.read_text("utf-8"))
    except (BadProfile, UnicodeError, OSError) as bad:
        raise argparse.ArgumentTypeError(f"{said}: {bad}") from None
