"""`start`: everything `make run` needs, in order: migrate, demo city, build, serve."""

import argparse

from mobile_selfservice.cli import build, demo, migrate, serve

STEPS = (("migrate",), ("demo", "--if-empty"), ("build",))


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the operator's commands."""
    parser = subparsers.add_parser(
        "start",
        help="migrate, build the demo city and the screens if need be, and serve",
        description="Show the portal on this machine: migrate, build the demo city if "
        "the database is empty, build the screens if anything changed, then serve. A "
        "city's own install takes these steps one by one, without the demo.",
    )
    serve.add_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    steps = argparse.ArgumentParser()
    subparsers = steps.add_subparsers()
    for command in (migrate, demo, build):
        command.add_to(subparsers)
    for step in STEPS:
        given = steps.parse_args(step)
        given.run(given)
    return serve.run(arguments)
