"""Items that are written before their bills, and what becomes of them."""

import pytest
from sqlalchemy import func, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from mobile_selfservice import database
from mobile_selfservice.jobs import import_invoice
from mobile_selfservice.models.invoice import Bill, UsageItem
from mobile_selfservice.models.rate_code import CodeUse
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import import_files, items_ahead
from mobile_selfservice.services.invoices.ahead import Ahead
from mobile_selfservice.services.invoices.item_rows import SQLITE_INSERT
from mobile_selfservice.services.invoices.progress import Canceled
from mobile_selfservice.services.refusals import ChangedMeanwhile
from mobile_selfservice.settings import settings
from tests.carriers.verizon_month import Month
from tests.factories import Factory


@pytest.fixture
def sqlite(new_database, tmp_path, monkeypatch):
    """A portal on SQLite that writes even a few items ahead."""
    made = database.open_engine(new_database("sqlite", tmp_path))
    monkeypatch.setattr(database, "engine", lambda: made)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(items_ahead, "WORTH_IT", 1)
    monkeypatch.setattr(items_ahead, "AT_ONCE", 4)
    settings.cache_clear()
    yield made
    made.dispose()
    settings.cache_clear()


@pytest.fixture
def tried(sqlite, tmp_path):
    """An import that was tried, taken up to be published."""
    with database.transaction() as session:
        actor = Factory(session).person(Role.FINANCE)
    (tmp_path / "files").mkdir()
    folder = settings().uploads_dir
    files = [
        import_files.store_path(folder, path, 10**9)
        for path in Month(tmp_path / "files").write()
    ]
    run = import_invoice.begin(actor, files)
    import_invoice.try_out(run)
    run = import_invoice.begin_publishing(actor, run.import_id)
    yield run
    run.lock.close()


def items(engine):
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(UsageItem)).one()


def test_every_item_ends_on_the_bill_of_its_line(sqlite, tried):
    published = import_invoice.publish(tried)

    assert (published.bills, published.items) == (2, 13)
    with Session(sqlite) as session:
        counted = dict(
            session.exec(
                select(Bill.number, func.count(col(UsageItem.id)))
                .join(UsageItem, col(UsageItem.bill_id) == col(Bill.id))
                .group_by(col(Bill.number))
            ).all()
        )
        expected = dict(session.exec(select(Bill.number, Bill.item_count)).all())
        strays = session.execute(text("PRAGMA foreign_key_check")).all()
        uses = session.exec(select(func.sum(CodeUse.items))).one()
    assert uses == 13
    assert counted == expected
    assert strays == []


def test_a_publication_stopped_between_two_portions_leaves_no_item(
    sqlite, tried, monkeypatch
):
    def stopped_after_one(engine, portions, ahead, progress):
        write(engine, iter([next(portions)]), ahead, progress)
        raise Canceled

    write = items_ahead._write
    monkeypatch.setattr(items_ahead, "_write", stopped_after_one)

    with pytest.raises(Canceled):
        import_invoice.publish(tried)

    assert items(sqlite) == 0


def test_items_of_a_publication_that_was_killed_are_swept_at_the_next_start(
    sqlite, tried, monkeypatch
):
    monkeypatch.setattr(items_ahead, "sweep", lambda engine: None)
    monkeypatch.setattr(import_invoice.invoice_import, "publish", None)
    with pytest.raises(TypeError):
        import_invoice.publish(tried)
    assert items(sqlite) == 13
    monkeypatch.undo()
    monkeypatch.setattr(database, "engine", lambda: sqlite)

    items_ahead.sweep_if_alone(sqlite, settings().uploads_dir)

    assert items(sqlite) == 0


def test_sweeping_takes_no_published_item_and_leaves_them_under_guard(sqlite, tried):
    import_invoice.publish(tried)

    items_ahead.sweep(sqlite)

    assert items(sqlite) == 13
    with (
        pytest.raises(IntegrityError, match="kept as they were written"),
        sqlite.execution_options(writer=True).begin() as connection,
    ):
        connection.execute(text("DELETE FROM usage_item"))


def test_nothing_is_swept_while_somebody_publishes(sqlite, tried, tmp_path):
    folder = settings().uploads_dir
    with items_ahead.alone(sqlite, folder, tried.progress):
        _stray(sqlite)
        items_ahead.sweep_if_alone(sqlite, folder)
        assert items(sqlite) == 1

    items_ahead.sweep_if_alone(sqlite, folder)
    assert items(sqlite) == 0


def _stray(engine):
    """Write one item of no bill, as a publication under way has a million of."""
    cells = [*("99", "1", "unknown", None, "voice", "2026-01-01 00:00:00.000000", "0")]
    cells += ["out", "x", "number", "", "", "1000", "minute", "peak", "", "0", "0"]
    connection = engine.raw_connection()
    connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    connection.driver_connection.execute(SQLITE_INSERT, [*cells, "0", ""])
    connection.driver_connection.execute("PRAGMA foreign_keys=ON")
    connection.close()


@pytest.mark.parametrize("ahead", [Ahead(1, frozenset({0}), 2), Ahead(0)])
def test_bills_are_made_only_where_every_item_stands(sqlite, ahead):
    with database.transaction() as session:
        if ahead.lines:
            with pytest.raises(ChangedMeanwhile):
                ahead.must_stand(session)
        else:
            ahead.must_stand(session)
