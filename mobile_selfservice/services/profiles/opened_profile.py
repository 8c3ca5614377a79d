"""One column profile to look at or change: saved, one to start from, or a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.profile_text import BadProfile
from mobile_selfservice.models.column_profile import ColumnProfile
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.services.profiles import (
    kept_profiles,
    sample,
    shipped_profiles,
)
from mobile_selfservice.services.profiles.kept_profiles import (
    MAPPING,
    READING,
    VersionSaved,
)
from mobile_selfservice.services.profiles.profile_texts import ProfileUnreadable
from mobile_selfservice.services.profiles.sample import SampleOf
from mobile_selfservice.services.refusals import Refused


class NothingToImport(Refused):
    """No file is kept with the profile."""

    def __init__(self) -> None:
        super().__init__(
            "No file is kept with this profile. Choose one under Invoices, Import."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A profile as it was opened; without a `profile` the portal makes a guess.

    `profile_id` is the saved version, None for one that is new. `newest_id` is the
    version that counts, and `is_retired` says whether it is still used.
    """

    profile_id: int | None = None
    profile: Profile | None = None
    versions: Sequence[VersionSaved] = ()
    newest_id: int | None = None
    is_retired: bool = False
    has_sample: bool = False
    may_map: bool = False
    time_zone: str = "UTC"


def opened(
    session: Session,
    actor: Actor,
    *,
    profile_id: int | None = None,
    shipped: str = "",
    now: datetime,
) -> Opened:
    """Open a saved version, a profile that comes with the portal, or an empty one.

    Raises:
        NotPermitted: if there is no such profile, or not for this person.
    """
    access.require(actor, *READING)
    may_map, time_zone = actor.has(*MAPPING), access.employer(session, actor).time_zone
    if profile_id is None:
        access.require(actor, *MAPPING)
        profile = shipped_profiles.shipped_profile(shipped) if shipped else None
        return Opened(profile=profile, may_map=may_map, time_zone=time_zone)
    row = access.column_profile(session, actor, profile_id)
    versions = kept_profiles.versions_of(session, actor.employer_id, row.name)
    return Opened(
        profile_id=profile_id,
        profile=_profile_of(row),
        versions=versions,
        newest_id=versions[0].profile_id,
        is_retired=versions[0].is_retired,
        has_sample=bool(row.sample),
        may_map=may_map,
        time_zone=time_zone,
    )


def files_of(
    session: Session, actor: Actor, *, of: SampleOf, now: datetime
) -> list[KeptFile]:
    """Return the files of a mapping, to begin an import of them.

    Raises:
        NothingToImport: if none are kept with it.
    """
    access.require(actor, *MAPPING)
    files = sample.files_of(session, actor, of)
    if not files:
        raise NothingToImport
    return files


def _profile_of(row: ColumnProfile) -> Profile:
    try:
        return kept_profiles.profile_of(row)
    except BadProfile as bad:
        raise ProfileUnreadable(bad) from None
