"""Which published import was read with which version of a column profile."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from mobile_selfservice.models.column_profile import ColumnProfile, ProfileUse


def note(
    session: Session,
    employer_id: int,
    import_id: int,
    used: Iterable[tuple[str, int]],
) -> None:
    """Note the profiles (name and version) of an import, as it is published."""
    for name, version in sorted(set(used)):
        profile_id = session.exec(
            select(col(ColumnProfile.id)).where(
                ColumnProfile.employer_id == employer_id,
                ColumnProfile.name == name,
                ColumnProfile.version == version,
            )
        ).first()
        if profile_id is not None:
            session.add(ProfileUse(profile_id=profile_id, import_id=import_id))
