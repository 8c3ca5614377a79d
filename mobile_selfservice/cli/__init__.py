"""What an operator types."""

import argparse
import os
import sys
from collections.abc import Sequence

from mobile_selfservice.cli import (
    build,
    deliver,
    demo,
    found,
    import_invoice,
    migrate,
    policy,
    read,
    serve,
    start,
)
from mobile_selfservice.cli.stopped import Stopped
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.settings import UnsafeSetting

COMMANDS = (
    start,
    migrate,
    found,
    demo,
    build,
    serve,
    read,
    import_invoice,
    deliver,
    policy,
)
FAILED, INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and give its exit code."""
    os.umask(0o077)  # what is written here is nobody else's to read
    given = command_line().parse_args(arguments)
    try:
        return int(given.run(given))
    except (Refused, Stopped, UnsafeSetting) as reason:
        print(reason, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def command_line() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = argparse.ArgumentParser(
        prog="python -m mobile_selfservice",
        description="Run and look after the mobile self-service portal.",
        epilog="Settings come from the environment: docs/operations.md.",
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(subparsers)
    return parser
