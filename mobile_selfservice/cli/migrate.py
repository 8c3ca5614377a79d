"""`migrate`: bring the database to the tables this release uses."""

import argparse

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from alembic import command
from mobile_selfservice.cli.stopped import ROOT, Stopped
from mobile_selfservice.database import engine


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the operator's commands."""
    parser = subparsers.add_parser(
        "migrate",
        help="bring the database to the tables of this release",
        description="Bring the database (DATABASE_URL) to the tables of this release. "
        "All or nothing, and nothing when it is there already. Back up first: "
        "docs/operations.md.",
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    before = revision()
    command.upgrade(_configuration(), "head")
    after = revision()
    change = "was up to date" if before == after else f"moved from {before or 'empty'}"
    print(f"The database {change}; it is at revision {after}.")
    return 0


def revision() -> str | None:
    """Return the revision the database is at; None when it is empty."""
    with engine().connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def refuse_old_tables() -> None:
    """Refuse to work on a database that this release's tables have not reached.

    Raises:
        Stopped: if the database is empty, older or newer than this release.
    """
    newest = ScriptDirectory.from_config(_configuration()).get_current_head()
    found = revision()
    if found != newest:
        raise Stopped(
            f"The database is at revision {found or 'none'}, this release needs "
            f"{newest}. Back it up, then run: python -m mobile_selfservice migrate"
        )


def _configuration() -> Config:
    return Config(ROOT / "alembic.ini")
