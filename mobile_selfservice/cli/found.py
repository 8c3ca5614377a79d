"""`found`: enter a real employer in an empty database, with its first administrator."""

import argparse

from mobile_selfservice import clock
from mobile_selfservice.cli.migrate import refuse_old_tables
from mobile_selfservice.database import transaction
from mobile_selfservice.services.people import founding, passwords


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the operator's commands."""
    parser = subparsers.add_parser(
        "found",
        help="enter your own employer and its first administrator",
        description="Fill an empty, migrated database with one employer, its first "
        "department and one administrator, whose one-time password is printed once. "
        "There are no default passwords.",
    )
    parser.add_argument("name", help='the employer, such as "City of Lodi"')
    parser.add_argument("--time-zone", required=True, metavar="America/Los_Angeles")
    parser.add_argument("--edition", default="lodi_2011", help="the policy it follows")
    parser.add_argument("--administrator", required=True, metavar="NAME")
    parser.add_argument("--user-name", required=True, help="what they sign in with")
    parser.add_argument("--email", required=True)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    refuse_old_tables()
    password = passwords.one_time()
    first = founding.FirstAdministrator(
        arguments.administrator,
        arguments.user_name,
        arguments.email,
        passwords.hashed(password),
    )
    charter = founding.Charter(arguments.name, arguments.time_zone, arguments.edition)
    with transaction() as session:
        founding.found(session, charter, first, now=clock.now())
    print(f"{arguments.name} is set up.")
    print(f"Sign in as {arguments.user_name} with the one-time password {password}")
    return 0
