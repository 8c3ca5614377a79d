"""Profiles as files: handed out, taken in, and those that come with the portal."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.profile_text import BadProfile, from_text
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.refusals import Refused


class ProfileUnreadable(Refused):
    """The text of a profile cannot be used; the message names each place."""

    def __init__(self, found: BadProfile) -> None:
        said = " ".join(one.sentence for one in found.mistakes[:5])
        super().__init__(f"This is no profile the portal can use. {said}")


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A profile as a file: its name without the ending, and its text."""

    name: str
    text: str


def export(
    session: Session, actor: Actor, *, profile_id: int, now: datetime
) -> ProfileFile:
    """Hand a saved version out as a file that another install can take in."""
    row = access.column_profile(session, actor, profile_id)
    return ProfileFile(f"{_file_name(row.name)}-{row.version}", row.text)


def read_text(text: str) -> Profile:
    """Read a profile from its text.

    Raises:
        ProfileUnreadable: in words for whoever handed it in.
    """
    try:
        return from_text(text)
    except BadProfile as found:
        raise ProfileUnreadable(found) from None


def _file_name(name: str) -> str:
    word = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.casefold())
    return "-".join(part for part in word.split("-") if part) or "profile"
