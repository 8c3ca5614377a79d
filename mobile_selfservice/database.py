"""One engine, and two ways to use it: change everything or nothing, or only look.

SQLite and PostgreSQL run the same code (docs/decisions/0007). A changing transaction
takes SQLite's write lock at once (BEGIN IMMEDIATE), so that what it reads is still true
when it writes; on PostgreSQL the acts lock the rows they decide on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, create_engine

from mobile_selfservice import sqlite_turns
from mobile_selfservice.settings import settings

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else REPLACE deletes frozen rows unseen
    f"busy_timeout={sqlite_turns.PATIENCE}",
)

DEADLOCK = "40P01"  # PostgreSQL: two waited for each other, and this one was ended
MOST_TRIES = 4
Result = TypeVar("Result")


@cache
def engine() -> Engine:
    """Return this process's engine."""
    return open_engine(settings().database_url)


def open_engine(url: str) -> Engine:
    """Connect to a database, whichever of the two it is."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True
        )
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(parsed, connect_args={"check_same_thread": False})
    event.listen(made, "connect", _prepare_sqlite)
    room = sqlite_turns.waiting_room(parsed.database)
    event.listen(made, "begin", partial(_begin_sqlite, room))
    return made


@contextmanager
def transaction() -> Iterator[Session]:
    """Give a session that is saved whole at the end, or not at all."""
    writer = engine().execution_options(writer=True)
    with Session(writer, expire_on_commit=False) as session, session.begin():
        yield session


def change(act: Callable[[Session], Result]) -> Result:
    """Carry out an act wholly or not at all; again if it lost in a deadlock.

    Nothing is left of what lost, so the next time it meets what the other did. On a
    busy server both may lose, and meet once more.
    """
    for _ in range(MOST_TRIES - 1):
        try:
            with transaction() as session:
                return act(session)
        except DBAPIError as trouble:
            if getattr(trouble.orig, "sqlstate", "") != DEADLOCK:
                raise
    with transaction() as session:
        return act(session)


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session that looks and changes nothing."""
    with Session(engine(), expire_on_commit=False) as session:
        yield session
        session.rollback()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not open transactions itself
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(room: Path | None, connection: Any) -> None:
    if connection.get_execution_options().get("writer"):
        sqlite_turns.begin(connection, room)
    else:
        connection.exec_driver_sql("BEGIN")
