"""A stipend run: started, looked at, handed over to payroll and locked."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select, text

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend_run import StipendRun, StipendRunLine
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.services.actors import Actor, Grant, Role
from mobile_selfservice.services.payroll import hand_over, run_list, run_view
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.payroll import (
    hand,
    paid,
    pay_by,
    say_how_taxed,
    seen,
    start,
    stipend,
)

MAY = datetime(2026, 5, 10, 17, 0, tzinfo=UTC)


@pytest.fixture
def finance(session, make):
    clerk = make.person(Role.FINANCE)
    say_how_taxed(session, clerk)
    return clerk


@pytest.fixture
def wren(make):
    return make.person()


def test_the_first_run_is_of_the_month_it_is_started_in(session, finance):
    found = run_list.all_runs(session, finance, now=NOW)

    assert found.following.words == "April 2026"
    assert (found.following.first_day, found.following.pay_on) == (
        date(2026, 4, 1),
        date(2026, 4, 30),
    )
    assert (found.is_first, found.may_start) == (True, True)


def test_a_run_shows_who_is_paid_how_much_and_how_it_was_worked_out(
    session, make, finance, wren
):
    held = stipend(make, wren)
    shown = seen(session, finance, start(session, finance))

    (line,) = shown.lines
    assert (line.person_id, line.amount) == (wren.person_id, Decimal("25.00"))
    assert line.reason == "Cell phone stipend, April 2026"
    assert [step.line for step in line.steps] == [
        "April 2026: $25.00, paid whole (Lodi 2011 §3.B.2.a, reading AMB-26)"
    ]
    assert (shown.regular_total, shown.line_count) == (Decimal("25.00"), 1)
    assert shown.differences[0].change == "new"
    assert held.id == line.stipend_id


def test_handing_over_keeps_the_lines_and_locks_them(session, make, finance, wren):
    stipend(make, wren)
    run_id = start(session, finance)

    done = hand(session, finance, run_id)

    assert (done.lines, done.total) == (1, Decimal("25.00"))
    kept = session.get(StipendRun, run_id)
    assert (kept.state, kept.tax_treatment) == ("handed_over", "nontaxable")
    for change in (
        "UPDATE stipend_run SET pay_on = '2026-05-01'",
        "DELETE FROM stipend_run",
        "UPDATE stipend_run_line SET amount = 1",
        "DELETE FROM stipend_run_line",
    ):
        with (
            pytest.raises(DatabaseError, match="kept as they were"),
            session.begin_nested(),
        ):
            session.execute(text(change))


def test_no_line_is_put_into_a_run_that_was_handed_over(session, make, finance, wren):
    stipend(make, wren)
    run_id = paid(session, finance)
    (line,) = session.exec(select(StipendRunLine)).all()
    told = line.model_dump(exclude={"id"})

    with (
        pytest.raises(DatabaseError, match="takes no more lines"),
        session.begin_nested(),
    ):
        make.save(StipendRunLine(**told))
    assert session.get(StipendRun, run_id).line_count == 1


def test_what_is_learned_later_does_not_change_a_run_handed_over(
    session, make, finance, wren
):
    held = stipend(make, wren)
    run_id = paid(session, finance)
    held.held_until = date(2026, 4, 1)
    session.get(Person, wren.person_id).name = "Another Name"
    session.flush()

    (line,) = seen(session, finance, run_id).lines
    assert (line.amount, line.name) == (Decimal("25.00"), wren.name)


def test_a_second_click_starts_and_hands_over_nothing_twice(
    session, make, finance, wren
):
    stipend(make, wren)
    period = run_list.all_runs(session, finance, now=NOW).following
    first = start(session, finance, period)
    assert start(session, finance, period) == first
    shown = seen(session, finance, first)

    for _ in range(2):
        hand_over.hand_over(session, finance, run_id=first, seen=shown.seen, now=NOW)

    assert len(session.exec(select(StipendRun)).all()) == 1
    assert len(session.exec(select(StipendRunLine)).all()) == 1
    acts = session.exec(
        select(HistoryEntry.act)
        .where(col(HistoryEntry.act).startswith("stipend_run"))
        .order_by(col(HistoryEntry.id))
    ).all()
    assert acts == ["stipend_run.started", "stipend_run.handed_over"]


def test_what_was_not_looked_at_is_not_handed_over(session, make, finance, wren):
    stipend(make, wren)
    run_id = start(session, finance)
    looked_at = seen(session, finance, run_id).seen
    stipend(make, make.person(), "50.00")

    with pytest.raises(ChangedMeanwhile):
        hand_over.hand_over(session, finance, run_id=run_id, seen=looked_at, now=NOW)
    assert not session.exec(select(StipendRunLine)).all()


def test_nobody_hands_over_a_run_that_pays_themselves(session, make, finance):
    stipend(make, finance)
    run_id = start(session, finance)

    shown = seen(session, finance, run_id)
    assert not shown.may_hand_over
    assert "pays your own stipend" in shown.blockers[0]
    with pytest.raises(hand_over.OwnStipend, match="colleague of finance"):
        hand(session, finance, run_id)

    assert hand(session, make.person(Role.FINANCE), run_id).lines == 1


def test_without_a_tax_treatment_nothing_is_handed_over(session, make, wren):
    clerk = make.person(Role.FINANCE)
    stipend(make, wren)
    run_id = start(session, clerk)

    assert "How a stipend is taxed" in seen(session, clerk, run_id).blockers[0]
    with pytest.raises(NotSet, match="taxed"):
        hand(session, clerk, run_id)


@pytest.mark.parametrize(
    "role", [Role.EMPLOYEE, Role.DIRECTOR, Role.IT, Role.DCM, Role.ADMINISTRATOR]
)
def test_nobody_else_reads_or_pays(session, make, finance, role):
    run_id, stranger = start(session, finance), make.person(role)

    for act in (
        lambda: run_list.all_runs(session, stranger, now=NOW),
        lambda: seen(session, stranger, run_id),
        lambda: hand_over.hand_over(session, stranger, run_id=run_id, seen="", now=NOW),
        lambda: hand_over.take_back(
            session, stranger, run_id=run_id, version=1, now=NOW
        ),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_an_auditor_reads_and_does_nothing(session, make, finance, wren):
    stipend(make, wren)
    run_id, auditor = start(session, finance), make.person(Role.AUDITOR)

    shown = seen(session, auditor, run_id)
    assert (shown.line_count, shown.may_pay, shown.may_hand_over) == (1, False, False)
    with pytest.raises(NotPermitted):
        hand_over.hand_over(session, auditor, run_id=run_id, seen=shown.seen, now=NOW)


def test_finance_of_one_agency_pays_nobody(session, make, finance):
    fenced = Actor(
        person_id=finance.person_id,
        employer_id=finance.employer_id,
        department_id=finance.department_id,
        agency_id=finance.agency_id,
        name=finance.name,
        grants=frozenset({Grant(Role.FINANCE, finance.agency_id)}),
    )
    with pytest.raises(NotPermitted):
        run_list.all_runs(session, fenced, now=NOW)


def test_one_run_at_a_time_and_one_after_the_other(session, finance):
    period = run_list.all_runs(session, finance, now=NOW).following
    start(session, finance, period)
    later = replace(
        period,
        number=5,
        first_day=date(2026, 5, 1),
        last_day=date(2026, 5, 31),
        pay_on=date(2026, 5, 31),
    )
    assert run_list.all_runs(session, finance, now=NOW).following is None

    with pytest.raises(hand_over.OneIsOpen, match="April 2026 is still open"):
        start(session, finance, later)


def test_the_next_run_is_the_next_month_and_overlaps_nothing(session, finance):
    paid(session, finance)
    following = run_list.all_runs(session, finance, now=MAY).following
    assert following.words == "May 2026"

    overlapping = replace(following, first_day=date(2026, 4, 20))
    with pytest.raises(hand_over.DaysWrong, match=r"up to April 30, 2026"):
        start(session, finance, overlapping, MAY)
    june = replace(following, number=6)
    with pytest.raises(ChangedMeanwhile):
        start(session, finance, june, MAY)


@pytest.mark.parametrize(
    ("details", "why"),
    [
        ({"first_day": date(9999, 1, 1), "last_day": date(9999, 12, 31)}, "later"),
        ({"last_day": date(2026, 3, 31)}, "before its first day"),
        ({"last_day": date(9999, 12, 31)}, "no longer than a year"),
        ({"year": 1999}, "not of the pay year 1999"),
        ({"pay_on": date(2026, 9, 1)}, "pay date is not in the period"),
        ({"number": 13}, "pays 12 times a year"),
        ({"periods": 26}, "pays 12 times a year"),
    ],
)
def test_days_that_fit_no_period_start_nothing(session, finance, details, why):
    period = run_list.all_runs(session, finance, now=NOW).following

    with pytest.raises(hand_over.DaysWrong, match=why):
        start(session, finance, replace(period, **details))
    assert not session.exec(select(StipendRun)).all()


def test_pay_periods_of_another_length_begin_where_the_last_one_ended(session, finance):
    paid(session, finance)
    pay_by(session, finance, "quarterly")

    found = run_list.all_runs(session, finance, now=MAY)

    assert found.following is None
    assert "from the first day of a year" in found.problem


def test_an_open_run_is_taken_back_and_one_handed_over_is_not(session, finance):
    run_id = start(session, finance)
    hand_over.take_back(session, finance, run_id=run_id, version=1, now=NOW)
    assert not session.exec(select(StipendRun)).all()

    run_id = paid(session, finance)
    with pytest.raises(ChangedMeanwhile):
        hand_over.take_back(session, finance, run_id=run_id, version=2, now=NOW)


def test_who_has_left_is_not_paid_and_is_named(session, make, finance, wren):
    stipend(make, wren)
    session.get(Person, wren.person_id).ended_on = date(2026, 3, 20)
    session.flush()

    shown = seen(session, finance, start(session, finance))

    assert shown.lines == ()
    assert shown.notices[0].startswith(f"{wren.name} left on March 20, 2026")


def test_a_stipend_of_half_a_month_is_paid_by_the_day_where_the_policy_says(
    session, make, finance, wren
):
    pay_by(session, finance, "monthly", proration="daily")
    stipend(make, wren, since=date(2026, 4, 16))

    (line,) = seen(session, finance, start(session, finance)).lines

    assert line.amount == Decimal("12.50")
    assert "15 ÷ 30 days = $12.50" in line.steps[0].text


def test_differences_tell_who_is_new_changed_paused_and_gone(session, make, finance):
    before = {name: make.person() for name in ("stays", "changes", "ends")}
    rows = {name: stipend(make, who) for name, who in before.items()}
    paid(session, finance)
    rows["ends"].held_until = date(2026, 5, 1)
    rows["changes"].held_until = date(2026, 5, 1)
    stipend(make, before["changes"], "40.00", since=date(2026, 5, 1))
    stipend(make, make.person(), since=date(2026, 5, 1))

    shown = seen(session, finance, start(session, finance, now=MAY), MAY)

    assert shown.compared_with == "April 2026"
    assert sorted((one.change, one.before, one.after) for one in shown.differences) == [
        ("changed", Decimal("25.00"), Decimal("40.00")),
        ("ended", Decimal("25.00"), Decimal("0.00")),
        ("new", Decimal("0.00"), Decimal("25.00")),
    ]


def test_lines_come_a_page_at_a_time(session, make, finance):
    for _ in range(52):
        stipend(make, make.person())
    run_id = start(session, finance)

    second = run_view.one_run(session, finance, run_id=run_id, page=2, now=NOW)

    assert (len(second.lines), second.pages, second.line_count) == (2, 2, 52)
    assert second.regular_total == Decimal("1300.00")
