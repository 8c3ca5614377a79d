"""Saving a column profile as its next version, and taking one out of use."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.profile_rules import mistakes
from mobile_selfservice.carriers.mapped.profile_text import to_text
from mobile_selfservice.models.column_profile import ColumnProfile
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.services import access, free_text, history
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.invoices.carrier_names import NAMES
from mobile_selfservice.services.profiles import kept_profiles, sample
from mobile_selfservice.services.profiles.kept_profiles import MAPPING
from mobile_selfservice.services.profiles.profile_texts import read_text
from mobile_selfservice.services.profiles.sample import SampleOf
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused

LONGEST_NAME = 60
LONGEST_CARRIER = 32


class NameTaken(Refused):
    """Another profile has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a profile “{name}” already. Choose another name, or open that "
            "one and change it. Nothing was saved."
        )


class SameHeadings(Refused):
    """Another profile in use knows the same files."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The profile “{name}” knows files with these headings already, and an "
            "import could not tell which of the two counts. Change that one instead, "
            "or retire it first. Nothing was saved."
        )


class StillMissing(Refused):
    """The profile cannot read a file yet."""

    def __init__(self, reasons: Iterable[str]) -> None:
        super().__init__(f"Nothing was saved yet. {' '.join(dict.fromkeys(reasons))}")


class NothingToSave(Refused):
    """The version would say what the newest one says."""

    def __init__(self) -> None:
        super().__init__("Nothing differs from the version saved last.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedProfile:
    """A profile to save: its name and carrier as typed, and what it says.

    `made_from` is the saved version that was opened, None for one that is new.
    """

    name: str
    carrier: str
    profile: Profile
    made_from: int | None = None
    sample: SampleOf = field(default_factory=SampleOf)


def save(
    session: Session, actor: Actor, *, wanted: WantedProfile, now: datetime
) -> int:
    """Save a profile as the next version of its name; return the version's number.

    Raises:
        NameTaken: if a new profile has the name of another.
        SameHeadings: if another profile in use knows the same files.
        ChangedMeanwhile: if somebody saved a version since it was opened.
        NothingToSave: if nothing differs.
        StillMissing: if it could not read a file.
        ProfileUnreadable: if a word or a heading of it is longer than a profile holds.
    """
    access.require(actor, *MAPPING)
    name = free_text.needed(wanted.name, "The name of the profile", LONGEST_NAME)
    carrier = carrier_said(wanted.carrier)
    files = sample.files_of(session, actor, wanted.sample)
    seen = _seen_version(session, actor, wanted, name)
    newest = _newest(session, actor, name, seen)
    version = newest.version + 1 if newest else 1
    kept_name = newest.name if newest else name
    profile = replace(wanted.profile, name=kept_name, carrier=carrier, version=version)
    lacking = mistakes(profile)
    if lacking:
        raise StillMissing(one.reason for one in lacking)
    if newest is not None and not newest.is_retired:
        _refuse_the_same(newest, profile)
    _refuse_a_twin(session, actor, profile)
    text = to_text(profile)
    read_text(text)  # what could not be read again must not be kept
    row = ColumnProfile(
        employer_id=actor.employer_id,
        name=kept_name,
        carrier=carrier,
        version=version,
        text=text,
        sample=sample.as_kept(files),
        saved_by=actor.person_id,
        saved_at=now,
    )
    note = f"{kept_name}, version {version}"
    return _kept(session, actor, row, "profile.saved", note, now)


def take_in(session: Session, actor: Actor, *, text: str, now: datetime) -> int:
    """Save a profile that comes as a file, under its own name; return its number.

    Raises:
        ProfileUnreadable: if it is no profile.
        NameTaken: if the employer has a profile of that name in use.
        SameHeadings: if another one in use knows the same files.
    """
    access.require(actor, *MAPPING)
    profile = read_text(text)
    wanted = WantedProfile(name=profile.name, carrier=profile.carrier, profile=profile)
    return save(session, actor, wanted=wanted, now=now)


def retire(
    session: Session,
    actor: Actor,
    *,
    profile_id: int,
    now: datetime,
) -> int:
    """Take a profile out of use: its files are no longer known by it.

    What it read stays as it is, and saving it again brings it back. A second click
    answers with what the first one did.

    Raises:
        ChangedMeanwhile: if the version is no longer the newest, or somebody else
            retired it.
    """
    access.require(actor, *MAPPING)
    seen = access.column_profile(session, actor, profile_id)
    before = _retired_before(session, actor, seen)
    if before is not None:
        return before.id or 0
    newest = _newest(session, actor, seen.name, seen.version)
    if newest is None or newest.is_retired:
        raise ChangedMeanwhile("This profile")
    row = ColumnProfile(
        employer_id=actor.employer_id,
        name=newest.name,
        carrier=newest.carrier,
        version=newest.version + 1,
        text=newest.text,
        is_retired=True,
        sample=newest.sample,
        saved_by=actor.person_id,
        saved_at=now,
    )
    return _kept(session, actor, row, "profile.retired", newest.name, now)


def _retired_before(
    session: Session, actor: Actor, seen: ColumnProfile
) -> ColumnProfile | None:
    """Return the row by which the same person has just retired what they saw."""
    session.get(Employer, actor.employer_id, with_for_update=True)
    newest = kept_profiles.newest_row(session, actor.employer_id, seen.name)
    if newest is None or not newest.is_retired or newest.saved_by != actor.person_id:
        return None
    return newest if newest.version in (seen.version, seen.version + 1) else None


def carrier_said(typed: str) -> str:
    """Make the one word by which a carrier is kept: T-Mobile is tmobile.

    Raises:
        TextNeeded: if nothing of it can begin such a word.
    """
    said = free_text.needed(typed, "The carrier", LONGEST_NAME)
    known = {normalized(name): carrier for carrier, name in NAMES.items()}
    if normalized(said) in known:
        return known[normalized(said)]
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
    small = plain.casefold().replace(".", "")
    word = re.sub(r"[^a-z0-9]+", "_", small).strip("_")[:LONGEST_CARRIER]
    if not word[:1].isalpha():
        raise free_text.TextNeeded(
            "The carrier needs a name that begins with a letter."
        )
    return word


def _newest(
    session: Session, actor: Actor, name: str, seen_version: int
) -> ColumnProfile | None:
    """Find what a version comes after, while no other clerk can save one."""
    session.get(Employer, actor.employer_id, with_for_update=True)
    newest = kept_profiles.newest_row(session, actor.employer_id, name)
    if newest is None:
        return None
    if seen_version == 0 and not newest.is_retired:
        raise NameTaken(newest.name)
    if seen_version not in (0, newest.version):
        raise ChangedMeanwhile("This profile")
    return newest


def _seen_version(
    session: Session, actor: Actor, wanted: WantedProfile, name: str
) -> int:
    """Tell which version of this name the clerk had open; 0 under another name."""
    if wanted.made_from is None:
        return 0
    opened = access.column_profile(session, actor, wanted.made_from)
    return opened.version if opened.name.casefold() == name.casefold() else 0


def _refuse_the_same(newest: ColumnProfile, profile: Profile) -> None:
    if kept_profiles.profile_of(newest) == replace(profile, version=newest.version):
        raise NothingToSave


def _refuse_a_twin(session: Session, actor: Actor, profile: Profile) -> None:
    own = profile.name.casefold()
    for other in kept_profiles.live_profiles(session, actor.employer_id):
        if other.name.casefold() != own and other.is_twin_of(profile):
            raise SameHeadings(other.name)


def _kept(
    session: Session,
    actor: Actor,
    row: ColumnProfile,
    act: str,
    note: str,
    now: datetime,
) -> int:
    session.add(row)
    session.flush()
    event = Event(act, "column_profile", row.id or 0, note)
    history.record(session, actor, event, now)
    return row.id or 0
