"""The calls of an employee's own carrier file, read and never kept.

Any file the portal can read as an invoice is read; only the calls of one line are taken
out of it, since a family's bill lists other people's too.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from math import ceil

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.archive import Limits, Source, opened
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.numbers import wireless_number
from mobile_selfservice.carriers.records import (
    InvoiceLine,
    Kind,
    UsageItem,
)
from mobile_selfservice.carriers.records import Refused as FilesRefused
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.claims.call_list import CallTyped
from mobile_selfservice.services.refusals import Refused

MOST_BYTES = 8_000_000
LIMITS = Limits(files=50, file_bytes=MOST_BYTES, total_bytes=2 * MOST_BYTES, ratio=100)
MOST_ROWS = 100_000


class Unread(StrEnum):
    """Why no call was taken out of a file: short enough for an address."""

    NUMBER = "number"
    ROWS = "rows"
    NO_CALLS = "no_calls"
    SEVERAL = "several"
    NOT_LISTED = "not_listed"
    UNKNOWN = "unknown"
    LARGE = "large"
    NO_FILE = "no_file"
    FULL = "full"
    HANDED_IN = "handed_in"


WORDS = {
    Unread.NUMBER: "Write your own number with its area code.",
    Unread.ROWS: "The file holds too many rows for one bill.",
    Unread.NO_CALLS: "No call was found in the file.",
    Unread.SEVERAL: (
        "The file lists several numbers. Write your own, so that only your calls are "
        "read."
    ),
    Unread.NOT_LISTED: "The file lists no calls of the number you wrote.",
    Unread.UNKNOWN: (
        "The file is not one the portal can read: it reads the call details that "
        "carriers hand out as CSV, text or workbook, not a PDF."
    ),
    Unread.LARGE: f"The file is larger than {MOST_BYTES // 1_000_000} MB.",
    Unread.NO_FILE: "Choose a file first.",
    Unread.FULL: "The file lists more calls than a claim takes.",
    Unread.HANDED_IN: "The claim is handed in and can no longer be changed.",
}


class FileNotRead(Refused):
    """No call was taken out of the file; says why and what to do."""

    def __init__(self, why: Unread) -> None:
        super().__init__(
            f"{WORDS[why]} No call was added; you can also type your calls."
        )
        self.why = why


def calls_of(
    sources: Sequence[Source], own_number: str, guidance: Guidance, bill_date: date
) -> tuple[CallTyped, ...]:
    """Read the calls of one line. `own_number` may be empty if the file has one line.

    A call whose code nobody has mapped comes with `counts` None: it is never guessed.

    Raises:
        FileNotRead: if it is no file the portal reads, or names several lines.
    """
    wanted = wireless_number(own_number) if own_number else None
    if own_number and wanted is None:
        raise FileNotRead(Unread.NUMBER)
    told = Particulars(account="own", invoice="own", bill_date=bill_date, line=wanted)
    guidance = Guidance(guidance.codes, told, guidance.profiles)
    try:
        lines, items = _read(sources, guidance)
    except FilesRefused as refused:
        raise FileNotRead(Unread.UNKNOWN) from refused
    chosen = _line(lines, wanted)
    return tuple(_call(item) for item in items if item.number == chosen)


def _read(
    sources: Sequence[Source], guidance: Guidance
) -> tuple[list[str], list[UsageItem]]:
    lines: dict[str, None] = {}
    items: list[UsageItem] = []
    rows = 0
    with opened(*sources, limits=LIMITS) as download:
        for record in reading.records(download, guidance):
            rows += 1
            if rows > MOST_ROWS:
                raise FileNotRead(Unread.ROWS)
            if isinstance(record, InvoiceLine):
                lines[record.number] = None
            elif isinstance(record, UsageItem) and _is_call(record):
                lines[record.number] = None
                items.append(record)
    return list(lines), items


def _is_call(item: UsageItem) -> bool:
    return item.kind is Kind.VOICE and item.quantity > 0


def _line(lines: Sequence[str], wanted: str | None) -> str:
    """Return the line whose calls are meant; the numbers of others are not told."""
    if not lines:
        raise FileNotRead(Unread.NO_CALLS)
    if wanted is None and len(lines) > 1:
        raise FileNotRead(Unread.SEVERAL)
    if wanted is not None and wanted not in lines:
        raise FileNotRead(Unread.NOT_LISTED)
    return wanted or lines[0]


def _call(item: UsageItem) -> CallTyped:
    return CallTyped(
        started=item.started.replace(second=0, microsecond=0),
        number=item.other_party_number or item.other_party or "Not stated",
        minutes=ceil(item.quantity),
        counts=item.counts,
        charge=max(item.charged, ZERO),
    )
