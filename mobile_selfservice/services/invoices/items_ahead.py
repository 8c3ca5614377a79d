"""Items written ahead of their bills, in portions that nobody has to wait for.

SQLite lets one writer in at a time: a million items in one transaction would keep every
mark waiting. So the items of an invoice that is new go first, some hundred at a time,
under numbers that no bill has yet, and nobody can see them; then one short transaction
makes the bills of these numbers. An import that ends before that leaves items of no
bill, which `sweep` removes. Whoever writes ahead or sweeps holds `publishing.lock`.
docs/decisions/0016.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, text
from sqlmodel import Session, select

from mobile_selfservice import sqlite_turns
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.services.codes import code_uses
from mobile_selfservice.services.invoices import invoice_trial, line_matching, revision
from mobile_selfservice.services.invoices.ahead import Ahead
from mobile_selfservice.services.invoices.invoice_draft import Draft
from mobile_selfservice.services.invoices.item_rows import CELL, COLUMNS, NOT_KNOWN
from mobile_selfservice.services.invoices.line_parts import earlier_spans
from mobile_selfservice.services.invoices.progress import Progress

WORTH_IT = 10_000
AT_ONCE = 250
BILLS_AT_ONCE = 25
COPIED_EVERY = 16  # portions; as many fill less of the log than SQLite's own measure
USUAL_PAGES = 1_000
ASK_AGAIN = 0.2
OF_NO_BILL = "bill_id > (SELECT coalesce(max(id), 0) FROM bill)"
TRIGGER = "usage_item_no_delete"
CODES_INSERT = (
    f"INSERT INTO code_use ({', '.join(code_uses.COLUMNS)}) "  # noqa: S608 our names
    f"VALUES ({', '.join('?' * len(code_uses.COLUMNS))})"
)


@contextmanager
def alone(engine: Engine, folder: Path, progress: Progress) -> Iterator[None]:
    """Be the only one who publishes into SQLite; whatever is left over is swept."""
    if engine.dialect.name != "sqlite":
        yield
        return
    with _lock_file(folder) as lock:
        while not _taken(lock):
            progress.must_go_on()
            time.sleep(ASK_AGAIN)
        sweep(engine)
        try:
            yield
        except BaseException:
            sweep(engine)
            raise


def sweep_if_alone(engine: Engine, folder: Path) -> None:
    """Remove what a publication that was cut off left, unless one is at work."""
    if engine.dialect.name == "sqlite":
        with _lock_file(folder) as lock:
            if _taken(lock):
                sweep(engine)


def sweep(engine: Engine) -> None:
    """Remove the items of no bill. The caller holds the lock."""
    with engine.execution_options(writer=True).begin() as connection:
        asked = text(f"SELECT 1 FROM usage_item WHERE {OF_NO_BILL} LIMIT 1")  # noqa: S608
        if connection.execute(asked).first() is None:
            return
        # Published items may not be deleted; these were never published.
        asked = text("SELECT sql FROM sqlite_master WHERE name = :name")
        trigger = connection.execute(asked, {"name": TRIGGER}).scalar_one()
        connection.execute(text(f"DROP TRIGGER {TRIGGER}"))
        connection.execute(text(f"DELETE FROM usage_item WHERE {OF_NO_BILL}"))  # noqa: S608
        connection.execute(text(f"DELETE FROM code_use WHERE {OF_NO_BILL}"))  # noqa: S608
        connection.exec_driver_sql(trigger)


def write_ahead(
    engine: Engine, draft: Draft, employer_id: int, progress: Progress
) -> None:
    """Write the items of lines with one holder, if every invoice is new; lock held.

    Few items, a revision and PostgreSQL, where writers do not wait, need none of it.
    What was written stands in `draft.ahead`.
    """
    if engine.dialect.name != "sqlite" or draft.reading.items_taken < WORTH_IT:
        return
    with Session(engine) as session:
        lines = _lines_of_one_holder(session, employer_id, draft)
        first = (session.exec(select(func.max(Bill.id))).one() or 0) + 1
        session.rollback()
    if lines:
        progress.enter("publishing")
        progress.rows = 0
        _write(engine, _portions(draft, lines), Ahead(first, lines), progress)
        draft.ahead = Ahead(first, lines, progress.rows)


def _write(
    engine: Engine,
    portions: Iterator[list[Any]],
    ahead: Ahead,
    progress: Progress,
) -> None:
    """Write portion by portion, each in a transaction of its own, then count codes."""
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # their bills come last
    driver.execute("PRAGMA wal_autocheckpoint=0")
    room = sqlite_turns.waiting_room(engine.url.database)
    insert, bill_ids = _insert_from(ahead.first), ahead.bill_ids
    try:
        with sqlite_turns.looked_after(room) as others:
            database = _InTurns(driver, others)
            for portion in portions:
                database.write(insert, portion)
                progress.rows += len(portion)
                progress.must_go_on()
            for start in range(0, len(bill_ids), BILLS_AT_ONCE):
                counted = code_uses.counted_on(bill_ids[start : start + BILLS_AT_ONCE])
                # To count takes far longer than to write down, and holds up nobody.
                rows = driver.execute(_as_sql(counted, engine)).fetchall()
                database.write(CODES_INSERT, rows)
                progress.must_go_on()
    finally:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        driver.execute(f"PRAGMA wal_autocheckpoint={USUAL_PAGES}")
        driver.execute("PRAGMA foreign_keys=ON")
        connection.close()


class _InTurns:
    """Write some rows at a time, and let those who wait for the database go first.

    The log is copied into the database between two turns, where nobody waits for it; by
    itself SQLite would do so at the end of somebody's write.
    """

    def __init__(self, driver: Any, others: sqlite_turns.Others) -> None:
        self._driver, self._others = driver, others
        self._written = 0

    def write(self, statement: str, rows: list[Any]) -> None:
        """Write some rows in a transaction of their own."""
        self._others.go_first()
        self._driver.execute("BEGIN IMMEDIATE")
        self._driver.executemany(statement, rows)
        self._driver.execute("COMMIT")
        self._written += 1
        if self._written % COPIED_EVERY == 0:
            self._driver.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _as_sql(statement: Any, engine: Engine) -> str:
    wanted = {"literal_binds": True}
    return str(statement.compile(dialect=engine.dialect, compile_kwargs=wanted))


def _portions(draft: Draft, lines: frozenset[int]) -> Iterator[list[Any]]:
    """Give the rows of these lines, cell by cell, the line's index first."""
    known = frozenset(map(str, lines))
    for block in draft.items.rows().blocks():
        for start in range(0, len(block), AT_ONCE):
            rows = [row.split(CELL) for row in block[start : start + AT_ONCE]]
            if chosen := [row for row in rows if row[0] in known]:
                yield chosen


def _insert_from(first: int) -> str:
    """Give the statement that makes a bill's number of a line's index by itself."""
    values = dict.fromkeys(COLUMNS, "?") | {
        "bill_id": f"? + {first}",
        "counts": f"nullif(?, char({ord(NOT_KNOWN)}))",
    }
    return (
        f"INSERT INTO usage_item ({', '.join(values)}) "  # noqa: S608 our own names
        f"VALUES ({', '.join(values.values())})"
    )


def _lines_of_one_holder(
    session: Session, employer_id: int, draft: Draft
) -> frozenset[int]:
    """Give the lines (by index) that were not handed over; none of a revision."""
    lines: set[int] = set()
    for invoice in draft.invoices:
        if revision.newest(session, employer_id, invoice):
            return frozenset()
        term = invoice_trial.term_of(invoice)
        known = line_matching.matches(session, employer_id, invoice.lines, term)
        ids = {match.line_id for match in known.values()}
        shared = earlier_spans(session, ids, term)
        lines |= {
            draft.items.of(invoice.head.key, number).index
            for number in invoice.lines
            if number not in known or known[number].line_id not in shared
        }
    return frozenset(lines)


@contextmanager
def _lock_file(folder: Path) -> Iterator[int]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / "publishing.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
