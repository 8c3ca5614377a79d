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

from sqlalchemy import Engine, Insert, func, text
from sqlmodel import Session, select

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.services.codes import code_uses
from mobile_selfservice.services.invoices import invoice_trial, line_matching, revision
from mobile_selfservice.services.invoices.ahead import Ahead
from mobile_selfservice.services.invoices.invoice_draft import Draft
from mobile_selfservice.services.invoices.item_rows import SQLITE_INSERT, taken_apart
from mobile_selfservice.services.invoices.line_parts import earlier_spans
from mobile_selfservice.services.invoices.progress import Progress

WORTH_IT = 10_000
AT_ONCE = 250
BILLS_AT_ONCE = 5
ASK_AGAIN = 0.2
OF_NO_BILL = "bill_id > (SELECT coalesce(max(id), 0) FROM bill)"
TRIGGER = "usage_item_no_delete"


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
        bills = {str(line): str(first + line) for line in lines}
        ids = sorted(first + line for line in lines)
        _write(engine, _portions(draft, bills), ids, progress)
        draft.ahead = Ahead(first, lines, progress.rows)


def _write(
    engine: Engine,
    portions: Iterator[list[Any]],
    bill_ids: list[int],
    progress: Progress,
) -> None:
    """Write portion by portion, each in a transaction of its own, then count codes."""
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # their bills come last
    try:
        for portion in portions:
            with _leaving_as_long():
                driver.execute("BEGIN IMMEDIATE")
                driver.executemany(SQLITE_INSERT, portion)
                driver.execute("COMMIT")
            progress.rows += len(portion)
            progress.must_go_on()
        for start in range(0, len(bill_ids), BILLS_AT_ONCE):
            counted = code_uses.counting(bill_ids[start : start + BILLS_AT_ONCE])
            with _leaving_as_long():
                driver.execute(_as_sql(counted, engine))  # a transaction of its own
            progress.must_go_on()
    finally:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        driver.execute("PRAGMA foreign_keys=ON")
        connection.close()


@contextmanager
def _leaving_as_long() -> Iterator[None]:
    """Leave the database to others for as long as it was held.

    Who waits for SQLite looks now and then whether it is free, and queues nowhere: a
    short pause would be missed again and again.
    """
    began = time.monotonic()
    yield
    time.sleep(time.monotonic() - began)


def _as_sql(statement: Insert, engine: Engine) -> str:
    wanted = {"literal_binds": True}
    return str(statement.compile(dialect=engine.dialect, compile_kwargs=wanted))


def _portions(draft: Draft, bills: dict[str, str]) -> Iterator[list[Any]]:
    for block in draft.items.rows().blocks():
        rows = [cells for row in block if (cells := taken_apart(row, bills))]
        for start in range(0, len(rows), AT_ONCE):
            yield rows[start : start + AT_ONCE]


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
