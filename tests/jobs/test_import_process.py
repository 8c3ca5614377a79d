"""The process of its own that an import runs in, and the draft it leaves behind."""

import os
import signal
import time

import pytest
from sqlmodel import Session

from mobile_selfservice import database
from mobile_selfservice.carriers.codes import (
    CodeBook,
    CodeEntry,
    Standing,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.records import UsageClass
from mobile_selfservice.jobs import import_invoice, import_process
from mobile_selfservice.models.invoice import InvoiceImport
from mobile_selfservice.services.invoices import import_files, kept_draft, trial_report
from mobile_selfservice.services.invoices.invoice_draft import drafted
from mobile_selfservice.services.invoices.kept_draft import DraftFiles
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.settings import settings
from tests.carriers.verizon_month import Month
from tests.jobs.test_import_invoice import finance, month, portal  # noqa: F401

MAPPED = Guidance(
    CodeBook(
        [
            CodeEntry(
                "verizon",
                UsageCode("CallWait"),
                Treatment(UsageClass.FREE, False),
                standing=Standing.SET,
            )
        ]
    )
)


@pytest.fixture
def tried_draft(tmp_path):
    """A draft that was tried and kept, and where it is kept."""
    (tmp_path / "files").mkdir()
    files = DraftFiles(tmp_path, 1, "a key")
    paths = Month(tmp_path / "files").write()
    with drafted(*paths, progress=Progress(), items_at=files.items) as draft:
        kept_draft.keep(draft, files)
    return draft, files


def test_a_kept_draft_is_taken_up_as_it_was(tried_draft):
    draft, files = tried_draft

    with kept_draft.taken_up(files, Guidance()) as again:
        items = list(again.items.rows())

        assert again.content_hash == draft.content_hash
        assert again.reading.invoices == draft.reading.invoices
        assert len(items) == 13


def test_a_kept_draft_is_for_nobody_else(tried_draft):
    _, files = tried_draft

    for path in (files.items, files.rest):
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_draft_read_under_other_codes_is_passed_over(tried_draft):
    with kept_draft.taken_up(tried_draft[1], MAPPED) as again:
        assert again is None


@pytest.mark.parametrize("name", ["items", "rest"])
def test_a_draft_somebody_has_touched_is_passed_over(tried_draft, name):
    path = getattr(tried_draft[1], name)
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with kept_draft.taken_up(tried_draft[1], Guidance()) as again:
        assert again is None


def test_a_draft_under_another_key_is_passed_over(tried_draft):
    files = DraftFiles(tried_draft[1].folder, 1, "another key")

    with kept_draft.taken_up(files, Guidance()) as again:
        assert again is None


def test_drafts_nobody_published_for_a_week_are_removed(tried_draft):
    _, files = tried_draft
    week_ago = time.time() - kept_draft.KEPT_SECONDS - 1
    os.utime(files.items, (week_ago, week_ago))

    kept_draft.forget_old(files.folder)

    assert not files.items.exists()
    assert files.rest.exists()


def test_publishing_leaves_no_draft_behind(portal, finance, month):  # noqa: F811
    import_id = tried(finance, month)
    assert list(settings().uploads_dir.glob("*.items"))

    import_invoice.publish(import_invoice.begin_publishing(finance, import_id))

    assert not list(settings().uploads_dir.glob("*.items"))
    assert not list(settings().uploads_dir.glob("*.draft"))


def tried(actor, files):
    run = import_invoice.begin(actor, kept(files))
    import_invoice.try_out(run)
    return run.import_id


def kept(files):
    folder = settings().uploads_dir
    return [import_files.store_path(folder, path, 10**9) for path in files.write()]


def test_a_process_that_is_killed_is_told_of_on_the_imports_page(
    portal,  # noqa: F811
    finance,  # noqa: F811
    month,  # noqa: F811
    monkeypatch,
):
    follow = import_process._follow

    def killing(process, order, progress):
        os.kill(process.pid, signal.SIGKILL)
        follow(process, order, progress)

    monkeypatch.setattr(import_process, "_follow", killing)
    run = import_invoice.begin(finance, kept(month))

    import_invoice.in_background(run, publishing=False).result(timeout=60)

    with Session(database.engine()) as session:
        row = session.get(InvoiceImport, run.import_id)
    assert "on our side" in trial_report.read(row.report).stopped_by
    import_invoice.try_out(import_invoice.try_again(finance, run.import_id))


def test_an_import_in_its_own_process_can_be_stopped(
    portal,  # noqa: F811
    finance,  # noqa: F811
    month,  # noqa: F811
):
    month.tables["usage"] += [month.tables["usage"][1]] * 200_000
    run = import_invoice.begin(finance, kept(month))

    outcome = import_invoice.in_background(run, publishing=False)
    while run.progress.phase != "reading":
        time.sleep(0.01)
    import_invoice.cancel(run.import_id)
    asked = time.monotonic()
    outcome.result(timeout=60)

    with Session(database.engine()) as session:
        row = session.get(InvoiceImport, run.import_id)
    assert "stopped before it was done" in trial_report.read(row.report).stopped_by
    assert time.monotonic() - asked < 5


def test_a_process_that_does_not_heed_a_stop_is_ended(
    portal,  # noqa: F811
    finance,  # noqa: F811
    month,  # noqa: F811
    monkeypatch,
):
    def deaf(process, order, progress):
        progress.is_canceled = True
        process.wait(timeout=30)  # never told, so it waits for its order

    monkeypatch.setattr(import_process, "_follow", deaf)
    monkeypatch.setattr(import_process, "STOPS_WITHIN", 0.1)
    run = import_invoice.begin(finance, kept(month))

    import_invoice.in_background(run, publishing=False).result(timeout=60)

    with Session(database.engine()) as session:
        row = session.get(InvoiceImport, run.import_id)
    assert "was stopped" in trial_report.read(row.report).stopped_by
