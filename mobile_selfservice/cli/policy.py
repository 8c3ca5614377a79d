"""`policy …`: ask what the written policy comes to, without changing anything."""

import argparse

from mobile_selfservice.cli import policy_check, policy_explain, policy_replay

SUBCOMMANDS = (policy_check, policy_explain, policy_replay)


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group of commands to the operator's commands."""
    parser = subparsers.add_parser(
        "policy",
        help="work out what a policy says; nothing is changed",
        description="Commands that run the rules of a policy and change nothing.",
    )
    inner = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in SUBCOMMANDS:
        command.add_to(inner)
