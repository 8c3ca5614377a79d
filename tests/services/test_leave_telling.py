"""Telling a leave, changing it, taking it back; and who may."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.leave import Leave
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.leave import leave_seen, telling
from mobile_selfservice.services.leave.telling import (
    LeaveDaysWrong,
    LeavesOverlap,
    TypedLeave,
)
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotPermitted,
    NotUnderstood,
)
from tests.factories import NOW
from tests.services.away import FIRST, LAST, letters_to, tell

BACK_EARLY = TypedLeave("sick", FIRST, date(2026, 5, 20))


def change(session, person, leave_id, typed=BACK_EARLY):
    return telling.change(session, person, leave_id=leave_id, typed=typed, now=NOW)


def own(session, person):
    return leave_seen.own_leaves(session, person, now=NOW).rows


def test_a_leave_is_counted_with_its_first_and_last_day(session, make):
    person = make.person()
    tell(session, person)

    (row,) = own(session, person)
    assert (row.days, row.is_long, row.notice_on) == (46, True, NOW.date())
    assert row.steps[0].text == ("May 1, 2026 to June 15, 2026: 46 days, more than 45")
    assert str(row.steps[0].clause) == "Lodi 2011 §4.A"


def test_sick_and_annual_leave_over_a_weekend_are_one_interruption(session, make):
    person = make.person()
    tell(session, person, FIRST, date(2026, 6, 5))  # to a Friday
    tell(session, person, date(2026, 6, 8), LAST, kind="annual")  # from the Monday

    later, earlier = own(session, person)
    assert (later.joined, later.days, earlier.days) == (2, 46, 46)
    assert later.is_long
    assert earlier.is_long


def test_a_working_day_between_parts_them(session, make):
    person = make.person()
    tell(session, person, FIRST, date(2026, 6, 4))
    tell(session, person, date(2026, 6, 8), LAST)

    assert [(row.days, row.is_long) for row in own(session, person)] == [
        (8, False),
        (35, False),
    ]


def test_a_second_click_tells_nothing_twice(session, make):
    person = make.person()

    assert tell(session, person) == tell(session, person)
    assert len(session.exec(select(Leave)).all()) == 1
    told = select(HistoryEntry).where(HistoryEntry.act == "leave.told")
    assert len(session.exec(told).all()) == 1


def test_a_changed_leave_keeps_what_was_told_before(session, make):
    person = make.person()
    first = tell(session, person)
    second = change(session, person, first)

    assert change(session, person, first) == second
    assert session.get_one(Leave, first).ended_by == person.person_id
    assert session.get_one(Leave, second).changes_id == first
    assert [row.leave_id for row in own(session, person)] == [second]


def test_a_leave_taken_back_is_gone_and_a_second_click_does_nothing(session, make):
    person = make.person()
    leave_id = tell(session, person)
    for _ in "12":
        telling.withdraw(session, person, leave_id=leave_id, now=NOW)

    assert own(session, person) == ()
    taken = select(HistoryEntry).where(HistoryEntry.act == "leave.withdrawn")
    assert len(session.exec(taken).all()) == 1


def test_what_somebody_else_changed_meanwhile_is_not_changed(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    leave_id = tell(session, person)
    change(session, director, leave_id)

    with pytest.raises(ChangedMeanwhile):
        change(session, person, leave_id, TypedLeave("annual", FIRST, LAST))
    with pytest.raises(ChangedMeanwhile):
        telling.withdraw(session, person, leave_id=leave_id, now=NOW)


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (LAST, FIRST, LeaveDaysWrong),
        (date(2036, 5, 1), None, LeaveDaysWrong),
        (date(2016, 5, 1), date(2016, 5, 2), LeaveDaysWrong),
        (FIRST, date(2036, 5, 1), LeaveDaysWrong),
        (LAST, None, LeavesOverlap),
        (FIRST - timedelta(days=9), FIRST, LeavesOverlap),
    ],
)
def test_days_that_cannot_be_are_refused(session, make, first, last, refusal):
    person = make.person()
    tell(session, person)

    with pytest.raises(refusal, match="Nothing was saved"):
        tell(session, person, first, last)


def test_a_kind_that_the_policy_does_not_count_is_not_understood(session, make):
    with pytest.raises(NotUnderstood):
        tell(session, make.person(), kind="jury")


def test_the_director_tells_it_for_the_own_people_and_nobody_else_does(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    leave_id = tell(session, person, by=director)

    (row,) = leave_seen.led_leaves(session, director, now=NOW).rows
    assert (row.leave_id, row.kind, row.told_by) == (leave_id, "sick", director.name)
    others = (
        make.person(),
        make.person(Role.DIRECTOR, department=make.city.library),
        make.person(Role.IT),
        make.person(Role.AUDITOR),
        make.person(Role.CITY_MANAGER),
    )
    for other in others:
        with pytest.raises(NotPermitted):
            tell(session, person, date(2026, 9, 1), date(2026, 9, 2), by=other)
        with pytest.raises(NotPermitted):
            change(session, other, leave_id)
        with pytest.raises(NotPermitted):
            telling.withdraw(session, other, leave_id=leave_id, now=NOW)


def test_whose_leave_another_tells_gets_a_letter_with_its_days(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    leave_id = tell(session, person, by=director)
    change(session, director, leave_id)

    told, changed = letters_to(session, person)
    assert "leave told: May 1, 2026 to June 15, 2026" in told.body
    assert "leave changed: May 1, 2026 to May 20, 2026, before" in changed.body
    assert "sick" not in told.body + changed.body
    tell(session, director)
    assert letters_to(session, director) == []


def test_a_directors_own_leave_is_told_by_the_city_manager_or_themselves(session, make):
    director, manager = make.person(Role.DIRECTOR), make.person(Role.CITY_MANAGER)
    colleague = make.person(Role.DIRECTOR)
    tell(session, director, by=manager)

    assert len(own(session, director)) == 1
    assert len(leave_seen.led_leaves(session, manager, now=NOW).rows) == 1
    assert leave_seen.led_leaves(session, colleague, now=NOW).rows == ()
    with pytest.raises(NotPermitted):
        tell(session, director, date(2026, 9, 1), None, by=colleague)


def test_only_who_decides_looks_for_people_and_finds_only_theirs(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    make.person(department=make.city.library)

    found = leave_seen.led_people(session, director, search="person", now=NOW)
    assert found == ((person.person_id, f"{person.name}, Public Works"),)
    assert leave_seen.led_people(session, director, search=" ", now=NOW) == ()
    for other in (person, make.person(Role.IT), make.person(Role.AUDITOR)):
        with pytest.raises(NotPermitted):
            leave_seen.led_people(session, other, search="person", now=NOW)
        with pytest.raises(NotPermitted):
            leave_seen.led_leaves(session, other, now=NOW)


def test_what_is_over_is_listed_apart(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    tell(session, person, date(2026, 2, 2), date(2026, 2, 6))
    tell(session, person)

    now = leave_seen.led_leaves(session, director, now=NOW).rows
    over = leave_seen.led_leaves(session, director, show="over", now=NOW).rows
    assert ([row.first for row in now], [row.is_over for row in over]) == (
        [FIRST],
        [True],
    )


def test_no_history_says_of_which_kind_a_leave_is(session, make):
    person = make.person()
    leave_id = tell(session, person)
    change(session, person, leave_id, TypedLeave("annual", FIRST, LAST))

    written = session.exec(select(HistoryEntry)).all()
    assert not any(
        word in f"{entry.note} {entry.details}"
        for entry in written
        for word in ("sick", "annual")
    )


def test_where_the_policy_knows_no_limit_a_leave_is_kept_and_is_never_long(
    session, make
):
    make.city.employer.policy_edition = "ny_its_p18_007"
    person = make.person()
    tell(session, person, kind="other")

    (row,) = own(session, person)
    assert (row.is_long, row.joined, row.steps) == (False, 0, ())
