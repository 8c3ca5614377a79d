"""`policy explain`: the words of the screen at the operator's desk."""

import shutil
from datetime import date

import pytest

from mobile_selfservice import cli, clock, database
from mobile_selfservice.services.explain.explained_figures import FIGURES, explain
from mobile_selfservice.settings import settings
from tests.factories import NOW, Factory
from tests.services.setting import mark


@pytest.fixture
def town(migrated_sqlite, tmp_path, monkeypatch):
    """A machine with a portal in which Emma marked 14 minutes, due May 1."""
    shutil.copy(migrated_sqlite, tmp_path / "portal.db")
    made = database.open_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    monkeypatch.setattr(database, "engine", lambda: made)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    with database.transaction() as session:
        make = Factory(session)
        emma = make.person()
        bill = make.bill(emma, received_on=date(2026, 4, 1), due_on=date(2026, 5, 1))
        make.call(bill)
        mark(session, emma, bill)
    yield emma, bill.id
    made.dispose()
    settings.cache_clear()


@pytest.fixture
def say(capsys):
    def said(*words):
        code = cli.main(["policy", "explain", *words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return said


@pytest.mark.parametrize("figure", ["bill", "due-date", "overdue", "minutes"])
def test_a_figure_is_told_in_the_words_of_the_screen(town, say, figure):
    emma, bill_id = town
    with database.reading() as session:
        found = explain(session, emma, figure=figure, record=str(bill_id), now=NOW)

    code, out, _ = say(figure, str(bill_id))

    assert code == 0
    lines = out.splitlines()
    assert f"{found.label}: {found.working.said}" in lines
    for step in found.steps:
        assert f"  {step.line}" in lines


def test_the_values_and_readings_stand_below(town, say):
    _, out, _ = say("due-date", str(town[1]))

    assert "Days to certify" in out or "30 days, since March 2, 2011" in out
    assert "Reading AMB-32: Thirty days from department receipt" in out
    assert "the employer has not adopted it" in out


def test_a_value_is_told_for_a_day(town, say):
    key = "personal_use.voice_rate_per_min"

    code, out, _ = say("value", key, "--on", "2026-04-01")

    assert code == 0
    assert "on April 1, 2026" in out
    assert "$0.10 per minute" in out
    assert "since March 2, 2011" in out


def test_a_reading_of_ours_is_not_said_to_be_an_officials(town, say):
    _, out, _ = say("value", "personal_use.overage_mode", "--on", "2026-04-01")

    assert "since March 2, 2011, the portal's reading, reading AMB-03" in out


def test_a_value_nobody_has_set_says_who_sets_it(town, say):
    _, out, _ = say("value", "personal_use.text_rate_per_use", "--on", "2026-04-01")

    assert "no value is in force on April 1, 2026" in out


def test_a_reading_and_a_clause_are_told(town, say):
    _, out, _ = say("reading", "AMB-03")
    assert out.startswith("Reading AMB-03: ")
    assert "It is read as: " in out

    _, out, _ = say("clause", "LODI-SR-2")
    assert "First stipends: $25 a month" in out
    assert "figure stipend.schedule: holds both amounts" in out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("bill", "999"), "There is no bill of 999"),
        (("invoice", "x"), "There is no invoice of x"),
        (("team-cost", "1-never"), "There is no team-cost of 1-never"),
        (("value", "no.such"), "has no parameter no.such"),
        (("reading", "AMB-99"), "There is no reading AMB-99"),
        (("clause", "LODI-0"), "There is no clause LODI-0"),
        (("value", "cert.deadline_days", "--employer", "X"), "City of Alder Creek"),
    ],
)
def test_what_is_not_there_is_said_plainly(town, say, words, why):
    code, out, err = say(*words)

    assert code == 1
    assert out == ""
    assert why in err


def test_the_help_names_every_figure(capsys):
    with pytest.raises(SystemExit):
        cli.main(["policy", "explain", "--help"])

    said = "".join(capsys.readouterr().out.split())
    assert all(name in said for name in FIGURES)
