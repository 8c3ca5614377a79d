"""Replaying off the event loop: one at a time in a worker thread of this process.

It reads in one transaction and writes in another, the history's one row, so that nobody
waits for it. Its rows for a spreadsheet go to a private file that is kept for a day.
"""

import csv
import os
import re
import secrets
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from mobile_selfservice import clock
from mobile_selfservice.database import reading, transaction
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.replay import draft_edition, replay
from mobile_selfservice.services.replay.draft_edition import Draft
from mobile_selfservice.services.replay.findings import Findings
from mobile_selfservice.services.replay.replay import Course, Question
from mobile_selfservice.services.replay.table import written
from mobile_selfservice.settings import settings

KEPT_SECONDS = 24 * 3600
KEY = re.compile(r"[0-9a-f]{32}")

_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="replay")
_running: dict[str, Course] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A draft as handed in, and the first and the last month to try it on."""

    draft: Draft
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay found, and the key of the file that has its rows."""

    findings: Findings
    key: str


def check(actor: Actor, asked: Asked) -> None:
    """Say at once what is wrong with a draft or its months.

    Raises:
        DraftUnreadable, MonthsUnclear, NotPermitted: in words for the person.
    """
    with reading() as session:
        replay.reader_of(actor)
        replay.months_between(asked.first, asked.last)
        draft_edition.edition_drafted(session, actor.employer_id, asked.draft)


def in_background(
    name: str, actor: Actor, asked: Asked, course: Course
) -> Future[Replayed]:
    """Leave a replay to the worker thread; `stop` knows it by its name."""
    _running[name] = course
    work = _worker.submit(carry_out, actor, asked, course)
    work.add_done_callback(lambda _: _running.pop(name, None))
    return work


def stop(name: str) -> None:
    """Ask a replay of this process to stop at its next bill, if it still runs."""
    course = _running.get(name)
    if course:
        course.is_stopped = True


def carry_out(actor: Actor, asked: Asked, course: Course) -> Replayed:
    """Replay, keep the rows for a spreadsheet, and note in the history that it was."""
    reader, key = replay.reader_of(actor), secrets.token_hex(16)
    course.pass_on()
    with reading() as session, _kept(_file_name(actor, key)) as file:
        draft = draft_edition.edition_drafted(session, actor.employer_id, asked.draft)
        table = written(csv.writer(file), knows_names=reader.knows_names)
        findings = replay.replay(
            session,
            reader,
            Question(draft, asked.first, asked.last),
            course,
            table.add,
        )
        table.finish()
    with transaction() as session:
        replay.record(session, actor, findings=findings, now=clock.now())
    return Replayed(findings, key)


def file_of(actor: Actor, key: str) -> Path | None:
    """Return the file of a person's own replay; None if there is no such file."""
    if not KEY.fullmatch(key):
        return None
    path = _folder() / _file_name(actor, key)
    return path if path.is_file() else None


def _file_name(actor: Actor, key: str) -> str:
    return f"{actor.person_id}-{key}.csv"


def _folder() -> Path:
    return settings().data_dir / "replays"


@contextmanager
def _kept(name: str) -> Iterator[IO[str]]:
    """Open a private file; one that is not finished is removed."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _remove_old(folder)
    path = folder / name
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _remove_old(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
