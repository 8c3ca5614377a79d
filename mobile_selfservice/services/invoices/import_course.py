"""The course of an import: what state it is in, and who may move it on.

An import that stops early (canceled, a fault, a restart) has written nothing: it goes
back to where it can be taken up again, and says why it stopped.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.models.invoice import ImportState, InvoiceImport
from mobile_selfservice.services import access, history
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.invoices import trial_report
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.services.refusals import ChangedMeanwhile

ACTING = (Role.FINANCE, Role.IT)
RUNNING = (ImportState.READING, ImportState.PUBLISHING)


def acting_on(session: Session, actor: Actor, import_id: int) -> InvoiceImport:
    """Return an import, locked, to those who may act on it."""
    access.require(actor, *ACTING)
    return access.invoice_import(session, actor, import_id, lock=True)


def start_publishing(
    session: Session, actor: Actor, *, import_id: int
) -> list[KeptFile]:
    """Mark a tried import as being published; return the files to read.

    Raises:
        ChangedMeanwhile: if it is not waiting to be published.
    """
    row = acting_on(session, actor, import_id)
    if row.state != ImportState.TRIED:
        raise ChangedMeanwhile("This import")
    row.state = ImportState.PUBLISHING
    return _kept_files(session, row, is_interrupted=False, stopped_by="")


def start_again(session: Session, actor: Actor, *, import_id: int) -> list[KeptFile]:
    """Take a trial run up again, stopped or done; return the files to read.

    Raises:
        ChangedMeanwhile: if it is running, or there is nothing left to try.
    """
    row = acting_on(session, actor, import_id)
    if row.state != ImportState.TRIED and not _is_stuck(row):
        raise ChangedMeanwhile("This import")
    row.state = ImportState.READING
    return _kept_files(session, row, is_interrupted=False, stopped_by="")


def told_of(session: Session, actor: Actor, *, import_id: int) -> Particulars:
    """Return what was stated of an import's bill because its files leave it out."""
    return trial_report.read(acting_on(session, actor, import_id).report).told


def stop(session: Session, actor: Actor, *, import_id: int, why: str) -> None:
    """Note that a run ended early, and why; what it had begun is undone already."""
    row = acting_on(session, actor, import_id)
    if row.state in RUNNING:
        _step_back(session, row, why)


def note_interruption(session: Session, *, import_id: int) -> None:
    """Note that the process that ran an import is gone. The portal itself does this."""
    row = session.get(InvoiceImport, import_id, with_for_update=True)
    if row is not None and row.state in RUNNING:
        _step_back(session, row, "The portal was restarted while it was running.")


def running_imports(session: Session) -> list[int]:
    """List the imports that say they are being read or published."""
    found = session.exec(
        select(InvoiceImport.id).where(col(InvoiceImport.state).in_(RUNNING))
    )
    return [import_id for import_id in found if import_id is not None]


def discard(session: Session, actor: Actor, *, import_id: int, now: datetime) -> None:
    """Put an import aside for good; what it had found is kept.

    Raises:
        ChangedMeanwhile: if it is running or published.
    """
    row = acting_on(session, actor, import_id)
    is_waiting = row.state in (ImportState.TRIED, ImportState.REFUSED)
    if not is_waiting and not _is_stuck(row):
        raise ChangedMeanwhile("This import")
    row.state = ImportState.DISCARDED
    note_act(session, actor, row, "import.discarded", "Discarded; nothing changed", now)


def _is_stuck(row: InvoiceImport) -> bool:
    if row.state != ImportState.READING:
        return False
    return trial_report.read(row.report).is_interrupted


def _kept_files(
    session: Session, row: InvoiceImport, *, is_interrupted: bool, stopped_by: str
) -> list[KeptFile]:
    report = trial_report.read(row.report)
    report.is_interrupted, report.stopped_by = is_interrupted, stopped_by
    row.report = trial_report.written(report)
    session.add(row)
    return report.files


def _step_back(session: Session, row: InvoiceImport, why: str) -> None:
    """Bring a running import back to where it can be taken up again."""
    if row.state == ImportState.PUBLISHING:
        row.state = ImportState.TRIED
    _kept_files(session, row, is_interrupted=True, stopped_by=why)


def note_act(
    session: Session,
    actor: Actor,
    row: InvoiceImport,
    act: str,
    note: str,
    now: datetime,
) -> None:
    """Write an act on an import into its history."""
    session.add(row)
    history.record(session, actor, Event(act, "import", row.id or 0, note), now)
