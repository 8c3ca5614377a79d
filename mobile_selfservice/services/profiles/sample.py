"""The files on which columns are mapped: handed in, of an import, or of a profile.

Files are kept by what they hold (services/invoices/import_files.py). A page names
only where they come from; this module asks whether the person may have them.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.column_profile import ProfileSample
from mobile_selfservice.models.invoice import ImportState
from mobile_selfservice.services import access, history
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.invoices import trial_report
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.services.profiles.kept_profiles import MAPPING
from mobile_selfservice.services.refusals import NotPermitted


@dataclass(frozen=True, slots=True)
class SampleOf:
    """Where the files of a mapping come from; at most one is said."""

    sample_id: int | None = None
    import_id: int | None = None
    profile_id: int | None = None


def keep_sample(
    session: Session, actor: Actor, *, files: Sequence[KeptFile], now: datetime
) -> int:
    """Note files that were handed in for their columns; nothing is imported."""
    access.require(actor, *MAPPING)
    row = ProfileSample(
        employer_id=actor.employer_id,
        files=as_kept(files),
        kept_by=actor.person_id,
        kept_at=now,
    )
    session.add(row)
    session.flush()
    count = f"{len(files)} {'file' if len(files) == 1 else 'files'}"
    note = f"Chose {count} to map the columns of"
    event = Event("profile.file_chosen", "employer", actor.employer_id, note)
    history.record(session, actor, event, now)
    return row.id or 0


def files_of(session: Session, actor: Actor, of: SampleOf) -> list[KeptFile]:
    """Return the kept files a mapping is made on; empty where none were chosen.

    Of imports only one that was refused because no layout fits can be mapped.

    Raises:
        NotPermitted: if they are not this person's to see.
    """
    if of.sample_id is not None:
        return _kept(access.profile_sample(session, actor, of.sample_id).files)
    if of.import_id is not None:
        row = access.invoice_import(session, actor, of.import_id)
        report = trial_report.read(row.report)
        # Calls that were read and published are no business of who maps columns.
        if not (row.state == ImportState.REFUSED and report.is_of_no_layout):
            raise NotPermitted
        return report.files
    if of.profile_id is not None:
        return _kept(access.column_profile(session, actor, of.profile_id).sample)
    return []


def as_kept(files: Sequence[KeptFile]) -> list[dict[str, Any]]:
    """Write kept files the way a profile keeps them."""
    return [asdict(file) for file in files]


def _kept(files: Sequence[dict[str, Any]]) -> list[KeptFile]:
    return [KeptFile(**file) for file in files]
