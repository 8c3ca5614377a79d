"""Importing off the request: one import at a time, in a process of its own.

The page asks `progress_of` how far it has come. An import holds a lock file while it
waits and runs; the operating system lets go of it when the process dies, so the next
start knows which imports were cut off (`note_interruptions`), whoever else still runs.
"""

import asyncio
import fcntl
import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from sqlmodel import Session

from mobile_selfservice import clock, database
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.database import reading, transaction
from mobile_selfservice.jobs import import_process
from mobile_selfservice.jobs.import_process import Order
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.codes.guidance import guidance_of
from mobile_selfservice.services.invoices import (
    import_course,
    import_files,
    invoice_import,
    invoice_pdf,
    items_ahead,
    kept_draft,
)
from mobile_selfservice.services.invoices.invoice_draft import (
    Draft,
    drafted,
    uncollected,
)
from mobile_selfservice.services.invoices.invoice_import import Published
from mobile_selfservice.services.invoices.kept_draft import DraftFiles
from mobile_selfservice.services.invoices.progress import Canceled, Progress
from mobile_selfservice.services.invoices.trial_report import KeptFile, TrialReport
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused
from mobile_selfservice.settings import settings

logger = logging.getLogger(__name__)
OUR_FAULT = (
    "Something went wrong on our side, so nothing was published. It has been recorded; "
    "try again, and tell your administrator if it happens again."
)

_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")
_running: dict[int, Progress] = {}


@dataclass(frozen=True)
class Run:
    """One import being tried or published, and the lock that says it is alive."""

    actor: Actor
    import_id: int
    files: Sequence[KeptFile]
    told: Particulars
    lock: IO[bytes]
    progress: Progress


def begin(
    actor: Actor, files: Sequence[KeptFile], told: Particulars | None = None
) -> Run:
    """Take up an import of kept files; `try_out` it next, here or in the worker.

    `told` is what is stated of the bill because the files leave it out; it is kept
    with the import, so that it is published as it was tried.
    """
    with transaction() as session:
        import_id = invoice_import.begin(
            session, actor, files=files, told=told, now=clock.now()
        )
        return _run(session, actor, import_id, files)


def try_again(actor: Actor, import_id: int) -> Run:
    """Take up a trial run that was stopped."""
    with transaction() as session:
        files = import_course.start_again(session, actor, import_id=import_id)
        return _run(session, actor, import_id, files)


def begin_publishing(actor: Actor, import_id: int) -> Run:
    """Take up the publication of a tried import."""
    with transaction() as session:
        files = import_course.start_publishing(session, actor, import_id=import_id)
        return _run(session, actor, import_id, files)


def in_background(run: Run, *, publishing: bool) -> Future[None]:
    """Leave a run to the worker thread, which has a process of its own do it."""
    _running[run.import_id] = run.progress
    return _worker.submit(_in_a_process, run, publishing=publishing)


def try_out(run: Run) -> TrialReport:
    """Read the files and keep what was found."""
    with _at_work(run), _read(run) as draft:
        run.progress.enter("checking")
        with transaction() as session:
            report = invoice_import.conclude_trial(
                session,
                run.actor,
                import_id=run.import_id,
                draft=draft,
                now=clock.now(),
            )
        if not draft.is_refused and not report.already:
            kept_draft.keep(draft, _draft_files(run.import_id))
        return report


def publish(run: Run) -> Published:
    """Publish what the trial read, wholly or not at all."""
    with _at_work(run):
        with _draft(run) as draft, _alone(run):
            items_ahead.write_ahead(
                database.engine(), draft, run.actor.employer_id, run.progress
            )
            with transaction() as session:
                published = invoice_import.publish(
                    session,
                    run.actor,
                    import_id=run.import_id,
                    draft=draft,
                    progress=run.progress,
                    now=clock.now(),
                )
        _draft_files(run.import_id).forget()
        return published


def progress_of(import_id: int) -> Progress | None:
    """Tell how far an import of this process has come; None if it is not one."""
    return _running.get(import_id)


def cancel(import_id: int) -> None:
    """Ask a running import to stop at its next step."""
    progress = _running.get(import_id)
    if progress:
        progress.is_canceled = True


def forget_draft(import_id: int) -> None:
    """Remove what the trial of a discarded import kept; its files stay."""
    _draft_files(import_id).forget()


async def find_interrupted() -> None:
    """Look for interrupted imports when a worker starts."""
    await asyncio.to_thread(note_interruptions)


def note_interruptions() -> None:
    """Find imports whose process is gone; they can be taken up again."""
    with reading() as session:
        unfinished = import_course.running_imports(session)
    for import_id in unfinished:
        try:
            lock = _locked(import_id)
        except ChangedMeanwhile:
            continue  # another process is at work on it
        with lock, transaction() as session:
            import_course.note_interruption(session, import_id=import_id)
    kept_draft.forget_old(settings().uploads_dir)
    items_ahead.sweep_if_alone(database.engine(), settings().uploads_dir)


def _run(
    session: Session, actor: Actor, import_id: int, files: Sequence[KeptFile]
) -> Run:
    """Hold an import before its state is saved, so that nobody takes it for dead."""
    told = import_course.told_of(session, actor, import_id=import_id)
    return Run(actor, import_id, files, told, _locked(import_id), Progress())


def _locked(import_id: int) -> IO[bytes]:
    folder = settings().uploads_dir
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = _private(folder / f"import-{import_id}.lock")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise ChangedMeanwhile("This import") from None
    return lock


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


def _alone(run: Run) -> AbstractContextManager[None]:
    engine, folder = database.engine(), settings().uploads_dir
    return items_ahead.alone(engine, folder, run.progress)


def _draft_files(import_id: int) -> DraftFiles:
    return DraftFiles(settings().uploads_dir, import_id, settings().secret_key)


def _guidance(run: Run) -> Guidance:
    with reading() as session:
        known = guidance_of(session, run.actor.employer_id)
    return replace(known, particulars=run.told)


@contextmanager
def _draft(run: Run) -> Iterator[Draft]:
    """Take up what the trial kept, else read the files again."""
    with kept_draft.taken_up(_draft_files(run.import_id), _guidance(run)) as kept:
        if kept:
            yield kept
            return
    with _read(run) as draft:
        yield draft


@contextmanager
def _read(run: Run) -> Iterator[Draft]:
    kept = _draft_files(run.import_id)
    kept.forget()
    with ExitStack() as stack:
        sources = import_files.kept_sources(kept.folder, run.files, stack)
        reader = drafted(
            *sources,
            progress=run.progress,
            guidance=_guidance(run),
            items_at=kept.items,
        )
        draft = stack.enter_context(reader)
        invoice_pdf.cross_check(draft, kept.folder, run.files, run.progress)
        stack.callback(_forget_unless_kept, kept)
        yield draft


def _forget_unless_kept(kept: DraftFiles) -> None:
    if not kept.rest.exists():
        kept.forget()


@contextmanager
def _at_work(run: Run) -> Iterator[None]:
    """Let go at the end; a run that fails is brought back to where it can go on."""
    _running[run.import_id] = run.progress
    try:
        with uncollected():
            yield
    except Refused as refusal:
        _step_back(run, str(refusal))
        raise
    except Exception:
        _step_back(run, OUR_FAULT)
        raise
    finally:
        _running.pop(run.import_id, None)
        run.lock.close()


def _step_back(run: Run, why: str) -> None:
    with transaction() as session:
        import_course.stop(session, run.actor, import_id=run.import_id, why=why)


def _in_a_process(run: Run, *, publishing: bool) -> None:
    order = Order(run.actor, run.import_id, run.files, run.told, publishing)
    try:
        import_process.carry_out(order, run.lock, run.progress)
    except Canceled as canceled:
        _step_back(run, str(canceled))
    except import_process.Died:
        logger.exception("import %s was cut off", run.import_id)
        _step_back(run, OUR_FAULT)
    finally:
        _running.pop(run.import_id, None)
        run.lock.close()


def quietly(run: Run, *, publishing: bool) -> bool:
    """Carry a run out where nobody waits for it: its outcome stands on its page.

    Return whether it came to an end that is a person's to look at, good or not.
    """
    try:
        if publishing:
            publish(run)
        else:
            try_out(run)
    except Refused as refusal:
        logger.info("import %s stopped: %s", run.import_id, refusal)
    except Exception:
        logger.exception("import %s failed", run.import_id)
        return False
    return True
