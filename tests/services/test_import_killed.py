"""`kill -9` at any moment of an import: nothing half there, and it succeeds after."""

import os
import random
import subprocess
import sys
import time

import pytest
from sqlalchemy import func
from sqlmodel import Session, col, select

from mobile_selfservice import database
from mobile_selfservice.jobs import import_invoice
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import (
    Bill,
    BillCharge,
    Invoice,
    InvoiceImport,
    UsageItem,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import import_files
from mobile_selfservice.settings import settings
from tests.carriers.verizon_month import Month
from tests.factories import Factory

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("IMPORT_KILLS", "5"))  # on each of the two databases
CALLS = 20_000
ITEMS = CALLS + 13
TABLES = (Invoice, Bill, BillCharge, UsageItem)


@pytest.fixture
def finance(database_url, tmp_path, monkeypatch):
    """Somebody of finance, in a database and folder that a command uses as well."""
    made = database.open_engine(database_url)
    monkeypatch.setattr(database, "engine", lambda: made)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    with database.transaction() as session:
        actor = Factory(session).person(Role.FINANCE)
    yield actor
    made.dispose()
    settings.cache_clear()


def month_files(folder, number):
    """Write a month with many calls, under an invoice number of its own."""
    folder.mkdir()
    month = Month(folder)
    for role, table in month.tables.items():
        for row in range(len(table) - 1):
            month.set(role, row, invoicenumber=str(number))
    month.tables["usage"] += [month.tables["usage"][1]] * CALLS
    return month.write()


def command(files):
    """Type the command an operator would, and wait until the import has begun."""
    before = set(settings().uploads_dir.glob("*.lock"))
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "mobile_selfservice",
            "import",
            "--as",
            "person1",
            *files,
        ],
        stdout=subprocess.DEVNULL,
    )
    while set(settings().uploads_dir.glob("*.lock")) == before:
        assert process.poll() is None
        time.sleep(0.005)
    return process


def carried_out(actor, files):
    """Import files from beginning to end; give the seconds that took."""
    began = time.monotonic()
    kept = [import_files.store_path(settings().uploads_dir, f, 10**9) for f in files]
    run = import_invoice.begin(actor, kept)
    import_invoice.try_out(run)
    import_invoice.publish(import_invoice.begin_publishing(actor, run.import_id))
    return time.monotonic() - began


def rows():
    """Count what stands in the tables, and the publications the history knows of."""
    with Session(database.engine()) as session:
        found = [
            session.exec(select(func.count()).select_from(table)).one()
            for table in TABLES
        ]
        told = col(HistoryEntry.act) == "import.published"
        return found, session.exec(select(func.count()).where(told)).one()


def states():
    with Session(database.engine()) as session:
        return list(session.exec(select(InvoiceImport.state)))


def test_an_import_killed_at_any_moment_leaves_nothing_half_and_then_goes_through(
    finance, tmp_path
):
    chance = random.Random(20260409)
    took = carried_out(finance, month_files(tmp_path / "whole", 1_000_000))
    one = rows()[0]
    assert one[3] == ITEMS

    for nth in range(1, KILLS + 1):
        files = month_files(tmp_path / f"month{nth}", 1_000_000 + nth)
        before = [count * nth for count in one]
        process = command(files)
        time.sleep(chance.uniform(0, took))
        process.kill()
        process.wait()
        import_invoice.note_interruptions()  # as the portal does when it starts
        found, published = rows()
        if published > nth:  # it was done before it was killed
            assert found == [count * (nth + 1) for count in one]
            continue
        assert found == before

        carried_out(finance, files)

        assert rows() == ([count * (nth + 1) for count in one], nth + 1)
        assert "publishing" not in states()
