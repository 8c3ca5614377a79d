"""Importing off the request: one import at a time in a worker thread of this process.

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
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mobile_selfservice import clock
from mobile_selfservice.database import reading, transaction
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.codes.guidance import guidance_of
from mobile_selfservice.services.invoices import (
    import_course,
    import_files,
    invoice_import,
)
from mobile_selfservice.services.invoices.invoice_draft import Draft, Progress, drafted
from mobile_selfservice.services.invoices.invoice_import import Published
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
    lock: IO[bytes]
    progress: Progress


def begin(actor: Actor, files: Sequence[KeptFile]) -> Run:
    """Take up an import of kept files; `try_out` it next, here or in the worker."""
    with transaction() as session:
        import_id = invoice_import.begin(session, actor, files=files, now=clock.now())
        return _run(actor, import_id, files)


def try_again(actor: Actor, import_id: int) -> Run:
    """Take up a trial run that was stopped."""
    with transaction() as session:
        files = import_course.start_again(session, actor, import_id=import_id)
        return _run(actor, import_id, files)


def begin_publishing(actor: Actor, import_id: int) -> Run:
    """Take up the publication of a tried import."""
    with transaction() as session:
        files = import_course.start_publishing(session, actor, import_id=import_id)
        return _run(actor, import_id, files)


def in_background(run: Run, *, publishing: bool) -> Future[None]:
    """Leave a run to the worker thread."""
    _running[run.import_id] = run.progress
    return _worker.submit(_quietly, run, publishing=publishing)


def try_out(run: Run) -> TrialReport:
    """Read the files and keep what was found."""
    with _at_work(run), _draft(run) as draft:
        run.progress.enter("checking")
        with transaction() as session:
            return invoice_import.conclude_trial(
                session,
                run.actor,
                import_id=run.import_id,
                draft=draft,
                now=clock.now(),
            )


def publish(run: Run) -> Published:
    """Read the files again and publish them, wholly or not at all."""
    with _at_work(run), _draft(run) as draft, transaction() as session:
        return invoice_import.publish(
            session,
            run.actor,
            import_id=run.import_id,
            draft=draft,
            progress=run.progress,
            now=clock.now(),
        )


def progress_of(import_id: int) -> Progress | None:
    """Tell how far an import of this process has come; None if it is not one."""
    return _running.get(import_id)


def cancel(import_id: int) -> None:
    """Ask a running import to stop at its next step."""
    progress = _running.get(import_id)
    if progress:
        progress.is_canceled = True


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


def _run(actor: Actor, import_id: int, files: Sequence[KeptFile]) -> Run:
    """Hold an import before its state is saved, so that nobody takes it for dead."""
    return Run(actor, import_id, files, _locked(import_id), Progress())


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


@contextmanager
def _draft(run: Run) -> Iterator[Draft]:
    with ExitStack() as stack:
        folder = settings().uploads_dir
        sources = import_files.kept_sources(folder, run.files, stack)
        with reading() as session:
            guidance = guidance_of(session, run.actor.employer_id)
        reader = drafted(*sources, progress=run.progress, guidance=guidance)
        yield stack.enter_context(reader)


@contextmanager
def _at_work(run: Run) -> Iterator[None]:
    """Let go at the end; a run that fails is brought back to where it can go on."""
    _running[run.import_id] = run.progress
    try:
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


def _quietly(run: Run, *, publishing: bool) -> None:
    """Carry a run out where nobody waits for it: its outcome stands on its page."""
    try:
        if publishing:
            publish(run)
        else:
            try_out(run)
    except Refused as refusal:
        logger.info("import %s stopped: %s", run.import_id, refusal)
    except Exception:
        logger.exception("import %s failed", run.import_id)
