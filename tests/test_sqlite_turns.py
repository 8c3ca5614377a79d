"""Turns at writing into SQLite: who waits is let in between an import's portions."""

import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from mobile_selfservice import database, sqlite_turns

PLENTY = 20.0


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """A database of one table, that `database.transaction` writes into."""
    made = database.open_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    monkeypatch.setattr(database, "engine", lambda: made)
    with made.execution_options(writer=True).begin() as connection:
        connection.execute(text("CREATE TABLE mark (at INTEGER)"))
    yield made
    made.dispose()


@pytest.fixture
def others(engine):
    with sqlite_turns.looked_after(room(engine)) as seen:
        yield seen


def room(engine):
    return sqlite_turns.waiting_room(engine.url.database)


def mark():
    with database.transaction() as session:
        session.execute(text("INSERT INTO mark VALUES (1)"))


def marks(engine):
    with Session(engine) as session:
        return session.execute(text("SELECT count(*) FROM mark")).scalar_one()


def until(is_so):
    ends = time.monotonic() + PLENTY
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.005)
    assert is_so()


def test_where_nobody_waits_an_import_goes_on_at_once(engine, others):
    mark()
    began = time.monotonic()

    others.go_first()

    assert time.monotonic() - began < sqlite_turns.LETS_OTHERS_FOR / 2


def test_who_waits_is_seen_and_let_in_first(engine, others):
    holding = engine.raw_connection()
    holding.driver_connection.execute("BEGIN IMMEDIATE")
    waiting = threading.Thread(target=mark)
    waiting.start()
    until(others._wait)

    holding.driver_connection.execute("COMMIT")
    others.go_first()
    waiting.join(PLENTY)

    assert marks(engine) == 1
    assert not others._wait()
    holding.close()


def test_nobody_holds_up_an_import_for_good(engine, others):
    with sqlite_turns._waiting(room(engine)):
        began = time.monotonic()
        others.go_first()

    assert time.monotonic() - began >= sqlite_turns.LETS_OTHERS_FOR


def test_marks_get_in_while_somebody_writes_portion_after_portion(engine, others):
    ended = threading.Event()

    def import_on_and_on():
        connection = engine.raw_connection()
        driver = connection.driver_connection
        while not ended.is_set():
            others.go_first()
            driver.execute("BEGIN IMMEDIATE")
            driver.executemany("INSERT INTO mark VALUES (?)", [(0,)] * 2_000)
            driver.execute("COMMIT")
        connection.close()

    importing = threading.Thread(target=import_on_and_on)
    importing.start()
    try:
        began = time.monotonic()
        for _ in range(20):
            mark()
        took = time.monotonic() - began
    finally:
        ended.set()
        importing.join(PLENTY)

    with Session(engine) as session:
        asked = text("SELECT count(*) FROM mark WHERE at = 1")
        assert session.execute(asked).scalar_one() == 20
    assert took < PLENTY / 4


def test_who_waits_too_long_is_told_by_the_database(engine, monkeypatch):
    monkeypatch.setattr(sqlite_turns, "PATIENCE", 50)
    holding = engine.raw_connection()
    holding.driver_connection.execute("BEGIN IMMEDIATE")

    with pytest.raises(OperationalError, match="locked"):
        mark()

    holding.driver_connection.execute("ROLLBACK")
    holding.close()
    mark()
    assert marks(engine) == 1


def test_a_database_in_memory_has_no_waiting_room():
    assert sqlite_turns.waiting_room(":memory:") is None
    assert sqlite_turns.waiting_room(None) is None
    made = database.open_engine("sqlite://")
    with made.execution_options(writer=True).begin() as connection:
        connection.execute(text("CREATE TABLE mark (at INTEGER)"))
    with sqlite_turns.looked_after(None) as others:
        others.go_first()
    made.dispose()
