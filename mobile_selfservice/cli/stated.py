"""What an operator states of a bill because the carrier's files leave it out."""

import argparse
from datetime import date

from mobile_selfservice.carriers.guidance import Particulars


def add_to(command: argparse.ArgumentParser) -> None:
    """Add the options to a command that reads a carrier's files."""
    stated = command.add_argument_group(
        "what the files leave out",
        "Some downloads name no account, invoice or bill date. What the files say "
        "always counts before this.",
    )
    stated.add_argument("--account", metavar="TEXT", help="the account on the bill")
    stated.add_argument("--invoice", metavar="TEXT", help="the invoice number")
    stated.add_argument(
        "--bill-date", type=_day, metavar="DATE", help="the bill date, as 2026-09-16"
    )
    stated.add_argument(
        "--line", metavar="NUMBER", help="the wireless number of files without one"
    )


def particulars_in(arguments: argparse.Namespace) -> Particulars:
    """Give what was stated; None for what was not."""
    return Particulars(
        account=arguments.account,
        invoice=arguments.invoice,
        bill_date=arguments.bill_date,
        line=arguments.line,
    )


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{written!r} is not a date, written as 2026-09-16"
        ) from None
