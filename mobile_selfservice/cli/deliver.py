"""`deliver`: write the reminders that are due and send the letters that wait."""

import argparse

from mobile_selfservice.database import reading
from mobile_selfservice.jobs.deliver_letters import deliver_due
from mobile_selfservice.jobs.write_reminders import write_reminders
from mobile_selfservice.services.mail import outbox
from mobile_selfservice.settings import settings

DELIVERED, FAILED = 0, 1


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the operator's commands."""
    command = subparsers.add_parser(
        "deliver",
        help="write reminders that are due and send the letters that wait",
        description="For a timer, where the portal is not always running; while it "
        "serves, it does this by itself. Ends with 0, or 1 when a letter failed.",
    )
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    print(f"Reminders written: {write_reminders()}")
    done = deliver_due()
    sent, failed = done.sent, done.failed
    while done.sent:
        done = deliver_due()
        sent, failed = sent + done.sent, failed + done.failed
    server = settings().smtp
    where = server.host if server else settings().outbox_dir
    print(f"Letters sent to {where}: {sent}")
    with reading() as session:
        left = outbox.waiting(session)
    if left.waiting:
        print(f"Still waiting: {left.waiting}, of which failed before: {left.failing}")
    return FAILED if failed else DELIVERED
