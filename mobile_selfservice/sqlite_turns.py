"""Turns at writing into SQLite: who waits says so, and a long import lets them first.

SQLite lets one writer in at a time, and keeps no queue: who finds it taken looks again
now and then, and somebody who writes portion after portion would be in it every time.
Whoever waits therefore holds a lock on a file beside the database meanwhile, and an
import looks at it between two portions. The lock goes with the process that holds it.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 30_000  # milliseconds; the end of a large publication takes seconds
LOOKS_AGAIN = 0.0005
LETS_OTHERS_FOR = 0.25
BEGIN = "BEGIN IMMEDIATE"


def waiting_room(database: str | None) -> Path | None:
    """Name the file those who wait for a database hold; None if it is in memory."""
    if not database or ":memory:" in database:
        return None
    return Path(f"{database}-waiting")


def begin(connection: Any, room: Path | None) -> None:
    """Begin to write on a connection of SQLAlchemy's, as soon as nobody else does.

    Raises:
        sqlalchemy.exc.OperationalError: if others write for longer than PATIENCE.
    """
    driver = connection.connection.driver_connection
    if room is None or not _is_free(driver):
        with _waiting(room):
            connection.exec_driver_sql(BEGIN)


def _is_free(driver: Any) -> bool:
    """Begin if nobody writes; say whether it was so."""
    driver.execute("PRAGMA busy_timeout=0")
    try:
        driver.execute(BEGIN)
    except sqlite3.OperationalError as trouble:
        if trouble.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={PATIENCE}")
    return True


@contextmanager
def _waiting(room: Path | None) -> Iterator[None]:
    if room is None:
        yield
        return
    with _opened(room) as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield


@contextmanager
def looked_after(room: Path | None) -> Iterator["Others"]:
    """Look, for the length of an import, whether others wait to write."""
    if room is None:
        yield Others(None)
        return
    with _opened(room) as handle:
        yield Others(handle)


class Others:
    """Those who wait to write, as an import sees them."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    def go_first(self) -> None:
        """Wait until nobody waits any more, for a quarter of a second at most."""
        until = time.monotonic() + LETS_OTHERS_FOR
        while self._wait() and time.monotonic() < until:
            time.sleep(LOOKS_AGAIN)

    def _wait(self) -> bool:
        if self._handle is None:
            return False
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(self._handle, fcntl.LOCK_UN)
        return False


@contextmanager
def _opened(room: Path) -> Iterator[int]:
    handle = os.open(room, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)
