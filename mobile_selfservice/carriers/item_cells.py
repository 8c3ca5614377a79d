"""The cells every itemized usage has: a time, another party, a quantity."""

from datetime import time
from decimal import Decimal
from typing import NamedTuple

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.moments import clock_time
from mobile_selfservice.carriers.records import PartyType, Severity
from mobile_selfservice.carriers.written import SCIENTIFIC, Unreadable, plain, said

ROUNDED_PARTY = (
    "A spreadsheet has rounded this telephone number. Use the file as downloaded, "
    "without opening and saving it in a spreadsheet."
)
BELOW_ZERO = (
    "The quantity is below zero. A credit lowers money, not use: check these rows "
    "against the carrier's bill. They are kept as the file writes them."
)


class Remark(NamedTuple):
    """Something to say once about all rows alike."""

    reason: str
    severity: Severity
    column: str
    value: str | None = None


def read_clock(written: str) -> time | None:
    """Read a time of day; blank is None.

    Raises:
        Unreadable: if it is no time.
    """
    return None if said(written) is None else clock_time(written)


Party = tuple[str, str | None, PartyType]


def read_party(written: str) -> Party:
    """Read the other party's cell: as printed, in E.164, and what it is.

    Raises:
        Unreadable: if a spreadsheet has rounded the number.
    """
    usual = numbers.DASHED.fullmatch(written)
    if usual:  # what most of a million rows hold, and hardly one of them twice
        return written, f"+1{usual[1]}{usual[2]}{usual[3]}", PartyType.NUMBER
    text = plain(written)
    if SCIENTIFIC.fullmatch(text):
        raise Unreadable(ROUNDED_PARTY)
    return (text, *numbers.other_party(text))


def read_session(written: str) -> Party:
    """Read the other party's cell of a data row, where there is no other party."""
    return (plain(written), None, PartyType.DATA_SESSION)


def needed_quantity(written: str) -> Decimal:
    """Read minutes, messages or kilobytes.

    Raises:
        Unreadable: if the cell is blank or not a number.
    """
    if written.isdecimal() and written.isascii() and len(written) <= 12:
        return Decimal(written)
    quantity = amounts.quantity(written)
    if quantity is None:
        raise Unreadable("The quantity is missing. Download the file again.")
    return quantity
