"""`policy replay`: what it prints, what it refuses, and that it leaves no trace."""

import shutil
import tracemalloc
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import SQLModel, select, text

from mobile_selfservice import cli, database
from mobile_selfservice.jobs import replay_policy
from mobile_selfservice.jobs.replay_policy import Asked
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.policy_in_force import packaged
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.replay import replay
from mobile_selfservice.services.replay.compared_bill import Reach
from mobile_selfservice.services.replay.draft_edition import Change, Draft
from mobile_selfservice.services.replay.replay import (
    Course,
    Question,
    Reader,
    ReplayStopped,
)
from mobile_selfservice.settings import settings
from tests.factories import NOW, Factory
from tests.services.money import sign

MARCH = date(2026, 3, 1)
DRAFT = """
[edition]
id = "dearer"
extends = "lodi_2011"
title = "Twenty cents"
source = "Memo 12"
[values]
"personal_use.voice_rate_per_min" = [
  { from = 2011-03-02, value = "0.20", authority = "Draft" },
]
"""


@pytest.fixture
def actors(migrated_sqlite, tmp_path, monkeypatch):
    """A machine with a portal in which Emma certified 40 personal minutes in March."""
    shutil.copy(migrated_sqlite, tmp_path / "portal.db")
    made = database.open_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    monkeypatch.setattr(database, "engine", lambda: made)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    with database.transaction() as session:
        make = Factory(session)
        actors = {}
        for name, role in (
            ("fiona", Role.FINANCE),
            ("cora", Role.COUNSEL),
            ("emma", Role.EMPLOYEE),
        ):
            actors[name] = make.person(role)
            session.get(Person, actors[name].person_id).user_name = name
            session.get(Person, actors[name].person_id).name = name.capitalize()
        certified(make, actors["emma"], 40)
    (tmp_path / "draft.toml").write_text(DRAFT, "utf-8")
    yield actors
    made.dispose()
    settings.cache_clear()


def certified(make, holder, minutes, items=1, **details):
    bill = make.bill(holder, **details)
    for _ in range(items):
        item = make.call(bill, quantity=Decimal(minutes))
        make.save(
            ItemMark(
                item_id=item.id,
                bill_id=bill.id,
                mark="personal",
                marked_by=holder.person_id,
                marked_at=NOW,
            )
        )
    bill.owed = Decimal(minutes * items) / 10
    bill.item_count = items
    bill.state = BillState.CERTIFIED
    sign(make, bill, bill.owed)
    return bill


def run(tmp_path, *options, months=("2026-01", "2026-03")):
    first, last = months
    return cli.main(
        [
            *("policy", "replay", str(tmp_path / "draft.toml")),
            *("--from", first, "--to", last, *options),
        ]
    )


def test_it_says_what_would_have_been_owed_and_why(actors, tmp_path, capsys):
    assert run(tmp_path, "--as", "fiona") == 0

    told = capsys.readouterr().out
    assert "1 certified bill with 1 item: $4.00 as in force, $8.00" in told
    assert "0 people would owe less" in told
    assert "1 person more ($4.00)" in told
    assert "Public Works" in told
    assert "March 2026" in told
    assert "1. Emma, Public Works, March 2026" in told
    assert "Calls: 40 min × $0.20 = $8.00 (Lodi 2011 §3.B.1" in told
    assert "reading AMB-01" in told


def test_what_cannot_be_compared_is_said(actors, tmp_path, capsys):
    with database.transaction() as session:
        bill = session.exec(select(Bill)).one()
        bill.owed = Decimal("3.00")

    run(tmp_path, "--as", "fiona", months=("2026-03", "2026-03"))
    told = capsys.readouterr().out
    assert "tried on March 2026 against" in told
    assert "Under the policy in force 1 bill would come to something else" in told
    assert "certified $3.00, worked out anew $4.00" in told

    text_of = DRAFT.replace("lodi_2011", "wadsworth")
    (tmp_path / "draft.toml").write_text(text_of, "utf-8")
    run(tmp_path, "--as", "fiona")
    told = capsys.readouterr().out
    assert "Left out of every sum, because one policy lacks a figure: 1 bill." in told
    assert "1 bill, draft: How personal use is charged: no value" in told


def test_stipends_are_told_with_what_they_lack(actors, tmp_path, capsys):
    with database.transaction() as session:
        session.exec(select(Employer)).one().policy_edition = "alder_creek"
        session.add(
            Stipend(
                person_id=actors["emma"].person_id,
                stipend_class="cell",
                monthly_amount=Decimal("25.00"),
                out_of_pocket=Decimal("39.99"),
                held_from=date(2026, 2, 1),
                authority="Form 1",
            )
        )

    run(tmp_path, "--as", "fiona")
    told = capsys.readouterr().out
    assert "2 months, draft: Monthly stipend" in told or "draft: Retail" in told

    (tmp_path / "draft.toml").write_text(
        DRAFT.replace("lodi_2011", "alder_creek"), "utf-8"
    )
    run(tmp_path, "--as", "fiona")
    told = capsys.readouterr().out
    assert "Stipends of 1 person, 2 months together: $50.00 paid, $50.00" in told


def test_without_an_account_or_as_counsel_no_name_is_told(actors, tmp_path, capsys):
    assert run(tmp_path) == 0
    assert run(tmp_path, "--as", "cora") == 0

    told = capsys.readouterr().out
    assert "1. an employee, March 2026" in told
    assert "Emma" not in told


def test_an_employee_may_not(actors, tmp_path, capsys):
    assert run(tmp_path, "--as", "emma") == 1
    assert "not available to you" in capsys.readouterr().err


def test_the_rows_go_to_a_file_of_a_spreadsheet(actors, tmp_path):
    path = tmp_path / "rows.csv"

    run(tmp_path, "--as", "fiona", "--csv", str(path))

    head, row = path.read_text("utf-8-sig").splitlines()
    assert head.startswith("Month,Department,Employee,Certified")
    assert row == "2026-03,Public Works,Emma,4.00,4.00,8.00,4.00,"


def test_counsels_file_has_sums_only(actors, tmp_path):
    path = tmp_path / "rows.csv"

    run(tmp_path, "--as", "cora", "--csv", str(path))

    assert path.read_text("utf-8-sig").splitlines()[1] == (
        "2026-03,Departments of one or two people,1,4.00,4.00,8.00,4.00"
    )


@pytest.mark.parametrize(
    ("text_of", "says"),
    [
        (DRAFT.replace('"0.20"', '"a lot"'), "draft.toml: personal_use.voice_rate"),
        (DRAFT.replace("lodi_2011", "atlantis"), "which the portal does not have"),
        ("[edition", "draft.toml is not readable"),
    ],
)
def test_a_draft_that_cannot_be_used_is_refused(
    actors, tmp_path, capsys, text_of, says
):
    (tmp_path / "draft.toml").write_text(text_of, "utf-8")

    assert run(tmp_path) == 1
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(actors, tmp_path, capsys):
    (tmp_path / "draft.toml").unlink()

    assert run(tmp_path) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_months_and_employer_must_make_sense(actors, tmp_path, capsys):
    assert run(tmp_path, months=("2026-03", "2026-01")) == 1
    assert run(tmp_path, "--employer", "Atlantis") == 1
    assert run(tmp_path, "--employer", "City of Alder Creek") == 0
    told = capsys.readouterr()
    assert "Swap them" in told.err
    assert "There is: City of Alder Creek" in told.err
    with pytest.raises(SystemExit):
        run(tmp_path, months=("March", "April"))


def test_the_database_stays_the_same_but_for_one_row_of_history(actors, tmp_path):
    before = _everything()

    run(tmp_path, "--as", "fiona")

    after = _everything()
    assert len(after.pop("history_entry")) == len(before.pop("history_entry")) + 1
    assert after == before
    with database.reading() as session:
        (entry,) = session.exec(select(HistoryEntry)).all()
        assert (entry.act, entry.subject) == ("policy.replayed", "employer")
        assert entry.actor_id == actors["fiona"].person_id


def _everything():
    """Every row of every table, as the bytes at rest read back."""
    with database.reading() as session:
        return {
            table.name: session.execute(text(f"SELECT * FROM {table.name}")).all()
            for table in SQLModel.metadata.sorted_tables
        }


def asked(key="personal_use.voice_rate_per_min", value="0.20"):
    return Asked(Draft(changes=(Change(key, value),)), MARCH, MARCH)


def test_a_replay_in_the_background_keeps_its_rows_for_who_asked(actors):
    fiona = actors["fiona"]

    replayed = replay_policy.in_background("tab/1", fiona, asked(), Course()).result()

    path = replay_policy.file_of(fiona, replayed.key)
    assert replayed.findings.total.draft == Decimal("8.00")
    assert "Emma" in path.read_text("utf-8-sig")
    assert path.stat().st_mode & 0o077 == 0
    assert replay_policy.file_of(actors["cora"], replayed.key) is None
    assert replay_policy.file_of(fiona, "../../etc/passwd") is None


def test_a_stopped_replay_leaves_neither_file_nor_history(actors):
    course = Course(is_stopped=True)

    with pytest.raises(ReplayStopped):
        replay_policy.carry_out(actors["fiona"], asked(), course)

    assert not list((settings().data_dir / "replays").glob("*.csv"))
    with database.reading() as session:
        assert not session.exec(select(HistoryEntry)).all()


def test_a_replay_is_stopped_by_its_name_and_no_other(actors):
    course = Course()
    replay_policy.stop("tab/9")
    done = replay_policy.in_background("tab/2", actors["fiona"], asked(), course)
    done.result()
    replay_policy.stop("tab/2")  # it is over, and nothing happens

    assert not course.is_stopped


def test_rows_of_yesterday_are_removed(actors):
    import os

    replayed = replay_policy.carry_out(actors["fiona"], asked(), Course())
    path = replay_policy.file_of(actors["fiona"], replayed.key)
    os.utime(path, (0, 0))

    replay_policy.carry_out(actors["fiona"], asked(), Course())

    assert not path.exists()


def test_a_check_says_at_once_what_is_wrong(actors):
    replay_policy.check(actors["fiona"], asked())
    with pytest.raises(NotPermitted):
        replay_policy.check(actors["emma"], asked())
    with pytest.raises(replay_policy.draft_edition.DraftUnreadable):
        replay_policy.check(actors["fiona"], asked(value="dear"))


def test_memory_does_not_grow_with_the_number_of_months(actors):
    """Twelve months of 20 bills take little more than three of them at the peak."""
    with database.transaction() as session:
        make = Factory(session)
        make._city = None
        holders = [make.person() for _ in range(20)]
        for month in range(1, 13):
            invoice = make.invoice(
                month=date(2025, month, 1), bill_date=date(2025, month, 16)
            )
            for holder in holders:
                certified(make, holder, 10, items=5, invoice=invoice)
        employer = make.city.employer.id
    draft = packaged("alder_creek")
    peak(employer, draft, 12)  # what is made once: statements, editions

    quarter, year = (peak(employer, draft, last) for last in (3, 12))

    assert year < quarter * 1.25


def peak(employer: int, draft: Edition, last: int) -> int:
    reader = Reader(Reach(employer, frozenset({None})), knows_names=True)
    question = Question(draft, date(2025, 1, 1), date(2025, last, 1))
    tracemalloc.start()
    with database.reading() as session:
        found = replay.replay(session, reader, question, Course())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.total.bills == 20 * last
    return most


@pytest.mark.parametrize("wrong", ["2026-9", "2026-13", "September"])
def test_a_month_that_is_none_is_refused_saying_how_one_is_written(capsys, wrong):
    with pytest.raises(SystemExit):
        cli.main(["policy", "replay", "d.toml", "--from", wrong, "--to", "2026-10"])

    said = capsys.readouterr().err
    assert f"--from: '{wrong}' is not a month, written as 2026-09" in said
