"""What a change of leave asks anew, and what it leaves as it was told."""

from datetime import date, timedelta

import pytest

from mobile_selfservice.models.organization import Person
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.leave import leave_seen, stipend_leave, telling
from mobile_selfservice.services.leave.telling import (
    HasLeft,
    LeaveDaysWrong,
    TypedLeave,
)
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotUnderstood
from tests.factories import NOW
from tests.services import payroll
from tests.services.away import (
    FIRST,
    LAST,
    clock_strikes,
    letters_to,
    morning,
    suspend,
    tell,
)
from tests.services.elected import set_figure
from tests.services.setting import set_value


def change(session, person, leave_id, *typed, now=NOW):
    return telling.change(
        session, person, leave_id=leave_id, typed=TypedLeave(*typed), now=now
    )


def gone(session, make, person, on):
    row = session.get_one(Person, person.person_id)
    row.ended_on = on
    make.save(row)


def test_an_open_leave_of_more_than_two_years_gets_its_last_day(session, make):
    person = make.person()
    leave_id = tell(session, person, date(2026, 4, 1), None)
    later, last = morning(date(2028, 4, 20)), date(2028, 4, 18)

    with pytest.raises(LeaveDaysWrong):
        change(session, person, leave_id, "sick", date(2026, 4, 2), last, now=later)
    assert change(session, person, leave_id, "sick", date(2026, 4, 1), last, now=later)


def test_an_old_change_sent_again_is_told_that_another_changed_it_since(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    told = tell(session, person)
    first = change(session, person, told, "sick", FIRST, date(2026, 6, 20))
    change(session, director, first, "sick", FIRST, date(2026, 7, 20))

    with pytest.raises(ChangedMeanwhile):
        change(session, person, told, "sick", FIRST, date(2026, 6, 20))


def test_a_kind_that_counts_no_more_keeps_its_name_and_gets_its_last_day(session, make):
    person = make.person()
    leave_id = tell(session, person, date(2026, 4, 1), None, kind="annual")
    set_figure(make, "leave.kinds", ["sick"], since=date(2026, 6, 1))
    now, last = morning(date(2026, 6, 20)), date(2026, 6, 19)

    newer = change(session, person, leave_id, "annual", date(2026, 4, 1), last, now=now)
    (row,) = leave_seen.own_leaves(session, person, now=now).rows
    assert (row.leave_id, row.kind, row.last) == (newer, "annual", last)
    with pytest.raises(NotUnderstood):
        change(session, person, newer, "jury", date(2026, 4, 1), last, now=now)


def test_kinds_typed_on_one_line_are_two_kinds(session, make):
    manager = make.person(Role.CITY_MANAGER)
    set_value(session, manager, "leave.kinds", "sick, annual", valid_from="2026-04-01")

    kinds = leave_seen.own_leaves(session, manager, now=NOW).kinds
    assert kinds == ("sick", "annual")


def test_no_leave_is_told_for_somebody_who_has_left(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    leave_id = tell(session, person)
    gone(session, make, person, date(2026, 4, 1))

    with pytest.raises(HasLeft, match=f"{person.name} has left"):
        tell(session, person, LAST + timedelta(days=9), None, by=director)
    with pytest.raises(HasLeft):
        change(session, director, leave_id, "sick", FIRST, None)
    telling.withdraw(session, director, leave_id=leave_id, now=NOW)


def test_who_left_during_leave_is_said_to_have_left_and_not_to_be_back(session, make):
    person, technician = make.person(), make.person(Role.IT)
    make.line(person)
    tell(session, person)
    suspend(session, technician)
    gone(session, make, person, FIRST)
    clock_strikes(session, make.city.employer, FIRST)

    letter = letters_to(session, technician)[-1]
    assert letter.subject == f"Phone service of {person.name}, who has left"
    assert "has left. Put the service back, or end it with the carrier" in letter.body


def test_the_stipend_of_who_left_during_leave_is_to_be_ended(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    payroll.stipend(make, person)
    leave_id = tell(session, person)
    stipend_leave.suspend_stipend(session, director, leave_id=leave_id, now=NOW)
    gone(session, make, person, FIRST)
    clock_strikes(session, make.city.employer, FIRST)

    letter = letters_to(session, director)[-1]
    assert letter.subject == f"{person.name} has left: the stipend is still suspended"
    assert "End it on its page" in letter.body
