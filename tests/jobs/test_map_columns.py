"""Files whose columns are mapped: looked at and tried, and nothing is imported."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from mobile_selfservice import clock, database
from mobile_selfservice.carriers.mapped.profile import Place
from mobile_selfservice.jobs import map_columns, try_profile
from mobile_selfservice.jobs.map_columns import CannotOpen
from mobile_selfservice.jobs.try_profile import Wanted
from mobile_selfservice.models.invoice import Invoice, InvoiceImport
from mobile_selfservice.pages.profile.filling import mapping_view
from mobile_selfservice.pages.profile.trial_view import trial_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import import_files
from mobile_selfservice.services.invoices.import_files import NoLongerKept
from mobile_selfservice.services.invoices.progress import Canceled, Progress
from mobile_selfservice.services.profiles import mapping as mappings
from mobile_selfservice.services.profiles import sample
from mobile_selfservice.services.profiles.sample import SampleOf
from mobile_selfservice.services.profiles.stated_bill import NOTHING, NotADate, stated
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.settings import settings
from tests.factories import Factory
from tests.services.profiles import VALLEY, valley_profile

NO_YEAR = VALLEY.replace("/2026", "")


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
def clerk(portal):
    with database.transaction() as session:
        make = Factory(session)
        clerk = make.person(Role.FINANCE)
        make.line(clerk, number="+12095550101")
        return clerk


@pytest.fixture
def kept(clerk):
    """Return a function that keeps a file for its columns, and says where it is."""

    def keep(text=VALLEY, name="usage.csv"):
        chunks = [text.encode() if isinstance(text, str) else text]
        file = import_files.store(settings().uploads_dir, name, chunks, 1_000_000)
        with database.transaction() as session:
            number = sample.keep_sample(session, clerk, files=[file], now=clock.now())
        return SampleOf(sample_id=number)

    return keep


def tried(clerk, of, profile=None, told=NOTHING, progress=None):
    wanted = Wanted(
        of=of, file="usage.csv", profile=profile or valley_profile(), told=told
    )
    return try_profile.carry_out(clerk, wanted, progress or Progress())


def test_a_file_is_shown_under_a_guess_that_can_be_corrected(clerk, kept):
    of = kept()
    looked = map_columns.take_up(clerk, of, None, NOTHING)
    assert looked.profile.columns["quantity"] == Place(heading="Length")
    assert not any(row.bad for row in looked.seen.read)

    changed = mappings.with_column(looked.mapping, 6, "destination")
    again = map_columns.look(clerk, of, "usage.csv", changed, NOTHING)
    assert again.profile.columns["destination"] == Place(heading="Where")
    assert again.seen.read[2].said["destination"] == "LODI, CA"


def test_numbers_are_hidden_unless_they_are_lines_the_portal_knows(clerk, kept):
    looked = map_columns.take_up(clerk, kept(), valley_profile(), NOTHING)
    seen = looked.seen

    assert [row.said["line"] for row in seen.read] == [
        "+12095550101",
        "+12095550101",
        "+xxxxxxxxx02",
    ]
    shown = str(mapping_view(looked))
    assert "209-555-0101" in shown
    for hidden in ("555-0102", "5550102", "555-0142", "5550142"):
        assert hidden not in shown


def test_a_wrong_mapping_reveals_nobody_s_number(clerk, kept):
    of = kept()
    looked = map_columns.take_up(clerk, of, valley_profile(), NOTHING)
    for field in ("line", "account", "description", "origin", "user_name", "total"):
        wrong = mappings.with_column(looked.mapping, 3, field)
        again = map_columns.look(clerk, of, "usage.csv", wrong, NOTHING)

        assert "555-0142" not in str(mapping_view(again)), field
        assert "5550142" not in str(mapping_view(again)), field


def test_a_row_taken_for_the_headings_reveals_nobody_s_number(clerk, kept):
    of = kept()
    looked = map_columns.take_up(clerk, of, valley_profile(), NOTHING)
    moved = mappings.with_option(looked.mapping, "skip_rows", "3")

    again = map_columns.look(clerk, of, "usage.csv", moved, NOTHING)
    assert "555-0142" not in str(mapping_view(again))


def test_the_whole_file_is_tried_and_nothing_is_imported(clerk, kept, portal):
    done = tried(clerk, kept())
    view = trial_view(done)

    assert view.verdict == (
        "4 rows gone through, all of them read: 2 numbers, 3 items, $0.15 in all."
    )
    assert [line[0] for line in view.lines] == ["(209) 555-0101", "+xxxxxxxxx02"]
    with Session(portal) as session:
        assert session.exec(select(Invoice)).all() == []
        assert session.exec(select(InvoiceImport)).all() == []


def test_a_trial_says_which_rows_an_import_would_refuse(clerk, kept):
    view = trial_view(tried(clerk, kept(VALLEY.replace("12:15", "25:15"))))

    assert view.tone == "warn"
    assert "1 could not be read" in view.verdict
    assert view.findings[0][2:4] == ["6", "Call time"]


def test_a_profile_without_a_name_can_be_tried(clerk, kept):
    assert not tried(
        clerk, kept(), replace(valley_profile(), name="", carrier="")
    ).reading.is_refused


def test_days_without_a_year_take_it_from_the_bill_date_that_is_stated(clerk, kept):
    of = kept(NO_YEAR)
    told = stated({"bill_date": "2026-03-20", "invoice": " 77 "})

    done = tried(clerk, of, told=told)
    (invoice,) = done.reading.invoices.values()
    assert (invoice.head.number, str(invoice.head.bill_date)) == ("77", "2026-03-20")
    looked = map_columns.take_up(clerk, of, valley_profile(), told)
    assert looked.seen.read[0].said["date"] == "2026-03-04"
    with pytest.raises(NotADate):
        stated({"bill_date": "soon"})


def test_a_trial_that_is_stopped_says_so(clerk, kept):
    with pytest.raises(Canceled):
        tried(clerk, kept(), progress=Progress(is_canceled=True))


@pytest.mark.parametrize("junk", [b"\x00\x01\x02", b"", b"PK\x03\x04 no zip"])
def test_a_file_that_cannot_be_opened_is_refused_in_words(clerk, kept, junk):
    with pytest.raises(CannotOpen):
        map_columns.take_up(clerk, kept(junk), None, NOTHING)


def test_a_file_that_is_gone_is_told(clerk, kept):
    of = kept()
    for path in settings().uploads_dir.iterdir():
        path.unlink()

    with pytest.raises(NoLongerKept):
        map_columns.take_up(clerk, of, None, NOTHING)


def test_files_somebody_else_chose_are_out_of_reach(clerk, kept):
    of = kept()
    with database.transaction() as session:
        director = Factory(session).person(Role.DIRECTOR)

    for look in (
        lambda: map_columns.take_up(director, of, None, NOTHING),
        lambda: tried(director, of),
    ):
        with pytest.raises(NotPermitted):
            look()
