"""Reading what an address says after its question mark: every part is a claim.

A part that is missing or empty means nothing was asked. One that no page of ours
writes is refused; it is never guessed at.
"""

from collections.abc import Collection, Mapping
from datetime import date

from mobile_selfservice.services.refusals import NotPermitted, NotUnderstood

Query = Mapping[str, str]
LONGEST_SEARCH = 60
MOST = 2**31 - 1


def whole_number(query: Query, part: str) -> int | None:
    """Read a number from 1 upward."""
    said = query.get(part, "")
    if not said:
        return None
    # A browser says what it likes: a part may not even be text.
    if not isinstance(said, str) or len(said) > 10:
        raise _unknown(part)
    if not (said.isascii() and said.isdigit()):
        raise _unknown(part)
    if not 1 <= int(said) <= MOST:
        raise _unknown(part)
    return int(said)


def record_number(said: str) -> int:
    """Read which record an address names; `access` decides who may open it.

    Raises:
        NotPermitted: if it can be no record's number: missing looks like forbidden.
    """
    try:
        number = whole_number({"record": said}, "record")
    except NotUnderstood:
        number = None
    if number is None:
        raise NotPermitted
    return number


def day(query: Query, part: str) -> date | None:
    """Read a date: 2026-03-20."""
    said = query.get(part, "")
    if not said:
        return None
    if len(said) != len("2026-03-20") or not said.isascii():
        raise _unknown(part)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise _unknown(part) from None


def month(query: Query, part: str) -> date | None:
    """Read a month, 2026-03, as its first day."""
    said = query.get(part, "")
    return day({part: f"{said}-01"}, part) if said else None


def one_of(query: Query, part: str, words: Collection[str]) -> str:
    """Read one of a few words."""
    said = query.get(part, "")
    if said and said not in words:
        raise _unknown(part)
    return said


def search(query: Query, part: str) -> str:
    """Read what someone searches for."""
    said = query.get(part, "").strip()
    if len(said) > LONGEST_SEARCH or not said.isprintable():
        raise _unknown(part)
    return said


def _unknown(part: str) -> NotUnderstood:
    return NotUnderstood(f"The address of this page has a “{part}” we do not know.")
