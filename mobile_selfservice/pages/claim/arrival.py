"""What a file brought, as the address says it after the file was handed in."""

from collections.abc import Mapping

from mobile_selfservice.components.wording import counted
from mobile_selfservice.services.address import one_of
from mobile_selfservice.services.claims.call_file import FileNotRead, Unread
from mobile_selfservice.services.refusals import NotUnderstood

LONGEST = 7


def told(asked: Mapping[str, str]) -> tuple[str, str]:
    """Return the message for the page and its tone; empty if no file was handed in."""
    problem = one_of(asked, "problem", list(Unread))
    if problem:
        return str(FileNotRead(Unread(problem))), "danger"
    if "added" not in asked:
        return "", ""
    added, known, outside, unclear = (
        _count(asked, name) for name in ("added", "known", "outside", "unclear")
    )
    parts = [f"{counted(added, 'call')} read. Tick those you claim."]
    if known:
        were = "was" if known == 1 else "were"
        parts.append(f"{counted(known, 'call')} {were} listed before.")
    if outside:
        left = "lies" if outside == 1 else "lie"
        parts.append(f"{counted(outside, 'call')} {left} outside the billing period.")
    if unclear:
        has = "has" if unclear == 1 else "have"
        parts.append(
            f"{counted(unclear, 'call')} {has} minutes or a charge beyond those of any "
            "call: left out. Look at your bill, and type them if they are yours."
        )
    return " ".join(parts), "success" if added else "info"


def _count(asked: Mapping[str, str], name: str) -> int:
    said = asked.get(name, "0")
    if not (said.isascii() and said.isdigit()) or len(said) > LONGEST:
        raise NotUnderstood(f"The address of this page has a “{name}” we do not know.")
    return int(said)
