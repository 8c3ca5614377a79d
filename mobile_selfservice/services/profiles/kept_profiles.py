"""The profiles an employer keeps: the newest version of each name counts."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.profile_text import BadProfile, from_text
from mobile_selfservice.models.column_profile import ColumnProfile, ProfileUse
from mobile_selfservice.models.invoice import InvoiceImport
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor, Role

logger = logging.getLogger(__name__)
READING = (Role.FINANCE, Role.IT, Role.AUDITOR)
MAPPING = (Role.FINANCE, Role.IT)


@dataclass(frozen=True, slots=True)
class VersionSaved:
    """One version of a profile, and who saved it."""

    profile_id: int
    name: str
    carrier: str
    version: int
    by: str
    at: datetime
    is_retired: bool
    imports: int = 0
    last_import: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProfileList:
    """The employer's own profiles, in use and retired."""

    own: Sequence[VersionSaved]
    retired: Sequence[VersionSaved]
    may_map: bool
    time_zone: str


def profiles(session: Session, actor: Actor, *, now: datetime) -> ProfileList:
    """List an employer's profiles by name, with how many imports each read."""
    access.require(actor, *READING)
    newest = _newest(_versions(session, actor.employer_id))
    used = _uses(session, actor.employer_id)
    told = [_with_uses(one, used) for one in newest]
    return ProfileList(
        own=[one for one in told if not one.is_retired],
        retired=[one for one in told if one.is_retired],
        may_map=actor.has(*MAPPING),
        time_zone=access.employer(session, actor).time_zone,
    )


def versions_of(session: Session, employer_id: int, name: str) -> list[VersionSaved]:
    """List the versions of a profile, newest first. The caller checks access."""
    return [
        one
        for one in _versions(session, employer_id)
        if one.name.casefold() == name.casefold()
    ]


def live_profiles(session: Session, employer_id: int) -> tuple[Profile, ...]:
    """Give the profiles by which an employer's files are known again.

    One that a newer release of the portal cannot read is left out, and logged: it must
    not keep other files from being imported.
    """
    found = []
    for row in _newest_rows(session, employer_id):
        if row.is_retired:
            continue
        try:
            found.append(profile_of(row))
        except BadProfile as bad:
            logger.warning("profile %s cannot be used: %s", row.id, bad)
    return tuple(found)


def profile_of(row: ColumnProfile) -> Profile:
    """Read a saved version; its name, carrier and version are those of its row."""
    return replace(
        from_text(row.text), name=row.name, carrier=row.carrier, version=row.version
    )


def newest_row(session: Session, employer_id: int, name: str) -> ColumnProfile | None:
    """Find the newest version of a name, however it is capitalized."""
    for row in _newest_rows(session, employer_id):
        if row.name.casefold() == name.casefold():
            return row
    return None


def _newest_rows(session: Session, employer_id: int) -> list[ColumnProfile]:
    found = session.exec(
        select(ColumnProfile)
        .where(ColumnProfile.employer_id == employer_id)
        .order_by(func.lower(ColumnProfile.name), col(ColumnProfile.version))
    )
    return list({row.name: row for row in found}.values())


def _versions(session: Session, employer_id: int) -> list[VersionSaved]:
    found = session.exec(
        select(ColumnProfile, Person.name)
        .join(Person, col(Person.id) == ColumnProfile.saved_by)
        .where(ColumnProfile.employer_id == employer_id)
        .order_by(func.lower(ColumnProfile.name), col(ColumnProfile.version).desc())
    )
    return [
        VersionSaved(
            profile_id=row.id or 0,
            name=row.name,
            carrier=row.carrier,
            version=row.version,
            by=by,
            at=row.saved_at,
            is_retired=row.is_retired,
        )
        for row, by in found
    ]


def _newest(versions: Iterable[VersionSaved]) -> list[VersionSaved]:
    """Keep the first of each name: versions come newest first."""
    kept: dict[str, VersionSaved] = {}
    for one in versions:
        kept.setdefault(one.name, one)
    return list(kept.values())


def _uses(session: Session, employer_id: int) -> dict[str, tuple[int, datetime | None]]:
    """Count the published imports that each name read, whatever its version."""
    found = session.exec(
        select(
            ColumnProfile.name,
            func.count(func.distinct(ProfileUse.import_id)),
            func.max(InvoiceImport.published_at),
        )
        .join(ProfileUse, col(ProfileUse.profile_id) == ColumnProfile.id)
        .join(InvoiceImport, col(InvoiceImport.id) == ProfileUse.import_id)
        .where(ColumnProfile.employer_id == employer_id)
        .group_by(ColumnProfile.name)
    )
    return {name: (count, last) for name, count, last in found}


def _with_uses(
    one: VersionSaved, used: dict[str, tuple[int, datetime | None]]
) -> VersionSaved:
    imports, last = used.get(one.name, (0, None))
    return replace(one, imports=imports, last_import=last)
