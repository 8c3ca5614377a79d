import pytest
from sqlmodel import select

from mobile_selfservice import cli, database
from mobile_selfservice.models.invoice import Bill, InvoiceImport
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services.actors import Role
from mobile_selfservice.settings import settings
from tests.carriers.verizon_month import Month
from tests.factories import Factory


@pytest.fixture
def month(migrated_sqlite, tmp_path, monkeypatch):
    """A bill month on a machine where fiona of finance has an account."""
    import shutil

    shutil.copy(migrated_sqlite, tmp_path / "portal.db")
    made = database.open_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    monkeypatch.setattr(database, "engine", lambda: made)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    with database.transaction() as session:
        make = Factory(session)
        for name, role in (("fiona", Role.FINANCE), ("emma", Role.EMPLOYEE)):
            person = make.person(role)
            session.get(Person, person.person_id).user_name = name
    (tmp_path / "files").mkdir()
    yield Month(tmp_path / "files")
    made.dispose()
    settings.cache_clear()


def run(month, *options, user="fiona"):
    files = [str(path) for path in month.write()]
    return cli.main(["import", *files, "--as", user, *options])


def count(table):
    with database.reading() as session:
        return len(session.exec(select(table)).all())


def test_an_invoice_that_ties_is_published(month, capsys):
    assert run(month) == 0

    told = capsys.readouterr().out
    assert "15 of 17 checks tie." in told
    assert "Published 2 bills with 13 items." in told
    assert count(Bill) == 2


def test_an_invoice_that_does_not_tie_is_published_and_said(month, capsys):
    month.set("lines", 2, totalcharges="40.99")

    assert run(month) == 3
    assert "failed: 642350544-00001" in capsys.readouterr().out
    assert count(Bill) == 2


def test_files_with_errors_are_refused(month, capsys):
    month.set("usage", 3, date="never")

    assert run(month) == 2
    assert "line 5, Date “never”" in capsys.readouterr().out
    assert count(Bill) == 0


def test_the_same_files_again_do_nothing(month, capsys):
    run(month)

    assert run(month) == 0
    assert "Already imported" in capsys.readouterr().out
    assert count(Bill) == 2


def test_a_trial_publishes_nothing(month):
    assert run(month, "--trial") == 0
    assert (count(Bill), count(InvoiceImport)) == (0, 1)


@pytest.mark.parametrize("user", ["emma", "nobody"])
def test_someone_else_may_not_import(month, capsys, user):
    assert run(month, user=user) == 1
    assert capsys.readouterr().err
    assert count(InvoiceImport) == 0
