import threading
from datetime import date

import pytest
from sqlalchemy import func
from sqlmodel import Session, select

from mobile_selfservice import database
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.jobs import import_invoice
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import (
    Bill,
    BillCharge,
    Invoice,
    InvoiceImport,
    UsageItem,
)
from mobile_selfservice.models.line import Line
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import (
    import_files,
    invoice_import,
    publication,
    trial_report,
)
from mobile_selfservice.services.invoices.progress import Canceled
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused
from mobile_selfservice.settings import settings
from tests.carriers.verizon_month import Month
from tests.factories import Factory

TABLES = (Invoice, Bill, BillCharge, UsageItem, Line)


@pytest.fixture
def portal(database_url, tmp_path, monkeypatch):
    """A portal of its own: a database that commits, and a folder for its files."""
    made = database.open_engine(database_url)
    monkeypatch.setattr(database, "engine", lambda: made)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield made
    made.dispose()
    settings.cache_clear()


@pytest.fixture
def finance(portal):
    with database.transaction() as session:
        return Factory(session).person(Role.FINANCE)


@pytest.fixture
def month(tmp_path):
    (tmp_path / "files").mkdir()
    return Month(tmp_path / "files")


def kept(month):
    folder = settings().uploads_dir
    return [import_files.store_path(folder, path, 10**9) for path in month.write()]


def tried(actor, month):
    run = import_invoice.begin(actor, kept(month))
    import_invoice.try_out(run)
    return run.import_id


def counts(engine):
    with Session(engine) as session:
        return [
            session.exec(select(func.count()).select_from(table)).one()
            for table in TABLES
        ]


def import_row(engine, import_id):
    with Session(engine) as session:
        return session.get(InvoiceImport, import_id)


def test_an_import_is_tried_and_then_published(portal, finance, month):
    import_id = tried(finance, month)
    assert counts(portal) == [0, 0, 0, 0, 0]

    published = import_invoice.publish(
        import_invoice.begin_publishing(finance, import_id)
    )

    assert (published.bills, published.items) == (2, 13)
    assert import_row(portal, import_id).state == "published"


def test_files_are_kept_by_what_they_hold_and_for_nobody_else(portal, finance, month):
    files = kept(month)

    for file in files:
        path = settings().uploads_dir / file.sha256
        assert path.stat().st_mode & 0o777 == 0o600
    assert len(list(settings().uploads_dir.iterdir())) == 4
    assert kept(month) == files


def test_a_file_that_is_too_large_is_not_kept(portal, month):
    path = month.write()[0]

    with pytest.raises(import_files.TooLarge):
        import_files.store_path(settings().uploads_dir, path, 100)

    assert list(settings().uploads_dir.iterdir()) == []


def test_a_fault_in_the_midst_of_writing_leaves_nothing(
    portal, finance, month, monkeypatch
):
    import_id = tried(finance, month)
    with Session(portal) as session:
        before = session.exec(select(func.count()).select_from(HistoryEntry)).one()
    whole = publication.copy_into_table

    def failing(session, rows, bills):
        yield from whole(session, list(rows)[:7], bills)
        raise OSError("the disk is full")

    monkeypatch.setattr(publication, "copy_into_table", failing)
    with pytest.raises(OSError, match="disk"):
        import_invoice.publish(import_invoice.begin_publishing(finance, import_id))

    assert counts(portal) == [0, 0, 0, 0, 0]
    with Session(portal) as session:
        after = session.exec(select(func.count()).select_from(HistoryEntry)).one()
    assert after == before
    row = import_row(portal, import_id)
    assert row.state == "tried"
    assert "nothing was published" in trial_report.read(row.report).stopped_by


def test_an_import_that_failed_can_be_published_after_all(
    portal, finance, month, monkeypatch
):
    import_id = tried(finance, month)
    with monkeypatch.context() as broken:
        broken.setattr(publication, "carry_marks", None)
        with pytest.raises(TypeError):
            import_invoice.publish(import_invoice.begin_publishing(finance, import_id))

    import_invoice.publish(import_invoice.begin_publishing(finance, import_id))

    assert counts(portal)[0] == 1


def test_a_canceled_import_publishes_nothing(portal, finance, month):
    import_id = tried(finance, month)
    run = import_invoice.begin_publishing(finance, import_id)
    run.progress.is_canceled = True

    with pytest.raises(Canceled):
        import_invoice.publish(run)

    assert counts(portal) == [0, 0, 0, 0, 0]
    assert import_row(portal, import_id).state == "tried"


def test_two_identical_imports_at_once_publish_once(portal, finance, month):
    runs = [
        import_invoice.begin_publishing(finance, tried(finance, month))
        for _ in range(2)
    ]
    outcomes = []
    together = threading.Barrier(2)

    def publish(run):
        together.wait()
        try:
            outcomes.append(import_invoice.publish(run))
        except Refused as refusal:
            outcomes.append(refusal)

    threads = [threading.Thread(target=publish, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds == ["AlreadyImported", "Published"]
    assert counts(portal)[:2] == [1, 2]
    assert counts(portal)[3] == 13


def test_one_import_cannot_be_published_twice_at_once(portal, finance, month):
    import_id = tried(finance, month)
    run = import_invoice.begin_publishing(finance, import_id)

    with pytest.raises(ChangedMeanwhile):
        import_invoice.begin_publishing(finance, import_id)
    run.lock.close()


def test_an_import_whose_process_died_can_be_taken_up_again(portal, finance, month):
    run = import_invoice.begin(finance, kept(month))
    run.lock.close()  # as the operating system does when a process dies

    import_invoice.note_interruptions()
    stopped = trial_report.read(import_row(portal, run.import_id).report)
    import_invoice.try_out(import_invoice.try_again(finance, run.import_id))

    assert stopped.is_interrupted
    assert import_row(portal, run.import_id).state == "tried"


def test_an_import_that_runs_is_not_taken_for_dead(portal, finance, month):
    run = import_invoice.begin(finance, kept(month))

    import_invoice.note_interruptions()

    report = trial_report.read(import_row(portal, run.import_id).report)
    assert not report.is_interrupted
    run.lock.close()


def test_the_worker_thread_does_the_same(portal, finance, month):
    run = import_invoice.begin(finance, kept(month))

    import_invoice.in_background(run, publishing=False).result(timeout=20)

    assert import_row(portal, run.import_id).state == "tried"
    assert import_invoice.progress_of(run.import_id) is None


def test_a_zip_and_its_own_files_are_the_same_import(portal, finance, month, tmp_path):
    import zipfile

    import_id = tried(finance, month)
    import_invoice.publish(import_invoice.begin_publishing(finance, import_id))
    packed = tmp_path / "raw.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in month.write():
            archive.write(path, f"folder/{path.name}")
    file = import_files.store_path(settings().uploads_dir, packed, 10**9)

    run = import_invoice.begin(finance, [file])
    report = import_invoice.try_out(run)

    assert report.already == import_id
    with pytest.raises(invoice_import.AlreadyImported):
        import_invoice.publish(import_invoice.begin_publishing(finance, run.import_id))


def test_what_was_stated_of_a_bill_is_kept_from_the_trial_to_the_publication(
    finance, tmp_path
):
    path = tmp_path / "calls.csv"
    path.write_text(
        "Date Time,Number,Destination,Minutes,Type\n"
        "02/18/2022 09:47 AM,(808) 555-0100,INCOMING,1 Min,--\n"
    )
    files = [import_files.store_path(settings().uploads_dir, path, 10**9)]
    told = Particulars("77", "8", date(2022, 3, 2), "209-555-0101")

    run = import_invoice.begin(finance, files, told)
    import_invoice.try_out(run)
    import_invoice.try_out(import_invoice.try_again(finance, run.import_id))
    import_invoice.publish(import_invoice.begin_publishing(finance, run.import_id))

    with database.reading() as session:
        invoice = session.exec(select(Invoice)).one()
        assert (invoice.account, invoice.number) == ("77", "8")
        assert invoice.bill_date == date(2022, 3, 2)


def test_the_same_files_with_another_account_are_another_bill(finance, tmp_path):
    path = tmp_path / "CSV_Calls_2095550101.csv"
    path.write_text(
        "Date Time,Number,Destination,Minutes,Type\n"
        "02/18/2022 09:47 AM,(808) 555-0100,INCOMING,1 Min,--\n"
    )
    files = [import_files.store_path(settings().uploads_dir, path, 10**9)]
    for account in ("77", "78"):
        run = import_invoice.begin(finance, files, Particulars(account=account))
        assert import_invoice.try_out(run).already is None
        import_invoice.publish(import_invoice.begin_publishing(finance, run.import_id))

    with database.reading() as session:
        assert len(session.exec(select(Invoice)).all()) == 2
