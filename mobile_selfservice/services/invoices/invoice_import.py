"""Importing a carrier's invoice: begin, try, then publish or discard.

Reading the files needs no database and may take minutes, so whoever runs an import
(jobs/import_invoice.py) reads first and changes the tables after:

    import_id = begin(session, actor, files=kept, now=now)
    guidance = guidance_of(session, actor.employer_id)
    with drafted(*paths, progress=progress, guidance=guidance) as draft:
        conclude_trial(session, actor, import_id=import_id, draft=draft, now=now)
    ...somebody looks at the trial...
    with drafted(*paths, progress=progress, guidance=guidance) as draft:
        publish(session, actor, import_id=import_id, draft=draft, now=now)

`take_in` does all of it in one transaction of the caller's, for the demo city and
tests. What else may become of an import stands in import_course.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.carriers.archive import Source
from mobile_selfservice.carriers.codes import CodeEntry
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.models.invoice import (
    ImportState,
    Invoice,
    InvoiceImport,
    InvoiceState,
)
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.codes.guidance import guidance_of
from mobile_selfservice.services.invoices import revision, trial_report
from mobile_selfservice.services.invoices.import_course import (
    ACTING,
    acting_on,
    note_act,
)
from mobile_selfservice.services.invoices.invoice_draft import (
    Draft,
    content_hash,
    drafted,
)
from mobile_selfservice.services.invoices.invoice_trial import report_on
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.publication import Publication
from mobile_selfservice.services.invoices.trial_report import KeptFile, TrialReport
from mobile_selfservice.services.profiles import profile_uses
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused


class CannotPublish(Refused):
    """The files hold errors, so nothing of them may be published."""

    def __init__(self) -> None:
        super().__init__(
            "These files cannot be published: some of their rows could not be read. "
            "The list of findings says which. Download them again from the carrier "
            "and import the new files."
        )


class AlreadyImported(Refused):
    """The very same content is published and still stands."""

    def __init__(self, earlier_id: int) -> None:
        super().__init__(
            f"These files are already imported (import {earlier_id}), so nothing was "
            "done. There is nothing left to do."
        )
        self.earlier_id = earlier_id


class FilesChanged(Refused):
    """The kept files are not those the trial read."""

    def __init__(self) -> None:
        super().__init__(
            "The files kept for this import are no longer those of its trial run, so "
            "nothing was published. Discard it and import the files again."
        )


class CodesChanged(Refused):
    """Somebody said what a rate code means while the files were being read."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed what a rate code means while these files were read, so "
            "nothing was published. Publish again: they are read anew."
        )


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication wrote."""

    import_id: int
    invoice_ids: tuple[int, ...]
    bills: int
    items: int
    is_tied: bool


def begin(
    session: Session,
    actor: Actor,
    *,
    files: Sequence[KeptFile],
    told: Particulars | None = None,
    now: datetime,
) -> int:
    """Take up an import of these kept files; its trial is still to come.

    `told` is what is stated of the bill because the files leave it out.
    """
    access.require(actor, *ACTING)
    report = TrialReport(files=list(files), told=told or Particulars())
    row = InvoiceImport(
        employer_id=actor.employer_id,
        content_hash=content_hash(file.sha256 for file in files),
        file_names=[file.name for file in files],
        uploaded_by=actor.person_id,
        uploaded_at=now,
        report=trial_report.written(report),
    )
    session.add(row)
    session.flush()
    note = f"Chose {len(files)} {'file' if len(files) == 1 else 'files'} to import"
    note_act(session, actor, row, "import.begun", note, now)
    return row.id or 0


def conclude_trial(
    session: Session, actor: Actor, *, import_id: int, draft: Draft, now: datetime
) -> TrialReport:
    """Keep what the trial run found, and whether the import may be published.

    Raises:
        ChangedMeanwhile: if the import is no longer being read.
    """
    row = acting_on(session, actor, import_id)
    if row.state != ImportState.READING:
        raise ChangedMeanwhile("This import")
    earlier = trial_report.read(row.report)
    report = report_on(session, actor.employer_id, draft, earlier.files)
    report.told = earlier.told
    row.content_hash = draft.content_hash or row.content_hash
    row.format = ", ".join(sorted({one.carrier for one in report.invoices}))
    report.already = _standing(session, row)
    row.state = ImportState.REFUSED if draft.is_refused else ImportState.TRIED
    row.report = trial_report.written(report)
    note = "The files hold errors" if draft.is_refused else "The trial run is done"
    note_act(session, actor, row, f"import.{row.state}", note, now)
    return report


def publish(
    session: Session,
    actor: Actor,
    *,
    import_id: int,
    draft: Draft,
    progress: Progress | None = None,
    now: datetime,
) -> Published:
    """Publish an import, wholly or not at all.

    Two imports of the same content at once publish once: the employer's lock lets one
    go first, and the other finds that it is done.

    Raises:
        CannotPublish: if the files hold errors.
        AlreadyImported: if the very same content stands published.
        FilesChanged: if the draft is of other files than the trial.
        CodesChanged: if rate codes were mapped otherwise while the files were read.
        ChangedMeanwhile: if something else was published since the trial.
    """
    access.require(actor, *ACTING)
    session.get(Employer, actor.employer_id, with_for_update=True)
    row = acting_on(session, actor, import_id)
    _may_publish(session, row, draft)
    if draft.guidance.codes.entries != _codes(session, actor):
        raise CodesChanged
    revisions = revision.revisions(session, actor.employer_id, draft)
    report = trial_report.read(row.report)
    against = {one.key: one.earlier and one.earlier.id for one in revisions}
    if against != report.against:
        raise ChangedMeanwhile("What is published")
    publication = Publication(
        session, actor, import_id, draft, now, progress or Progress()
    )
    publication.write(revisions)
    profiles = [one.profile for one in draft.files if one.profile]
    profile_uses.note(session, actor.employer_id, import_id, profiles)
    row.state = ImportState.PUBLISHED
    row.published_by, row.published_at = actor.person_id, now
    bills = publication.bills
    note = f"Published {bills:,} bills with {publication.items:,} items"
    note_act(session, actor, row, "import.published", note, now)
    return Published(
        import_id,
        tuple(publication.invoice_ids),
        bills,
        publication.items,
        report.is_tied,
    )


def _may_publish(session: Session, row: InvoiceImport, draft: Draft) -> None:
    if row.state == ImportState.PUBLISHED:
        raise AlreadyImported(row.id or 0)
    if row.state == ImportState.REFUSED or draft.is_refused:
        raise CannotPublish
    if row.state not in (ImportState.TRIED, ImportState.PUBLISHING):
        raise ChangedMeanwhile("This import")
    if row.content_hash != draft.content_hash:
        raise FilesChanged
    earlier_id = _standing(session, row)
    if earlier_id is not None:
        raise AlreadyImported(earlier_id)


def take_in(
    session: Session, actor: Actor, *, sources: Sequence[Source], now: datetime
) -> Published:
    """Import and publish files within the caller's own transaction.

    Raises:
        CannotPublish: if the files hold errors.
        AlreadyImported: if the very same content stands published.
    """
    guidance = guidance_of(session, actor.employer_id)
    with drafted(*sources, progress=Progress(), guidance=guidance) as draft:
        files = [KeptFile(source.name, "", 0) for source in sources]
        import_id = begin(session, actor, files=files, now=now)
        conclude_trial(session, actor, import_id=import_id, draft=draft, now=now)
        return publish(session, actor, import_id=import_id, draft=draft, now=now)


def _codes(session: Session, actor: Actor) -> tuple[CodeEntry, ...]:
    return guidance_of(session, actor.employer_id).codes.entries


def _standing(session: Session, row: InvoiceImport) -> int | None:
    """Find the published import of the same content, if its invoices still stand."""
    return session.exec(
        select(InvoiceImport.id)
        .join(Invoice, col(Invoice.import_id) == InvoiceImport.id)
        .where(
            InvoiceImport.employer_id == row.employer_id,
            InvoiceImport.content_hash == row.content_hash,
            InvoiceImport.state == ImportState.PUBLISHED,
            Invoice.state != InvoiceState.SUPERSEDED,
        )
    ).first()
