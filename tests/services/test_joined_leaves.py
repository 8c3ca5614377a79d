"""Two long leaves that become one, and one that becomes two again."""

from datetime import date

import pytest
from sqlmodel import select

from mobile_selfservice.models.leave import LongLeave, LongLeaveState
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.leave import service_marks, stipend_leave, telling
from mobile_selfservice.services.leave.service_marks import LineChosen
from mobile_selfservice.services.leave.telling import TypedLeave
from mobile_selfservice.services.refusals import ChangedMeanwhile
from tests.services import payroll
from tests.services.away import letters_to, long_leave_of, morning, seen, tell

MONDAY = morning(date(2026, 5, 4))
SPRING = date(2026, 5, 1), date(2026, 6, 30)
AUTUMN = date(2026, 8, 3), date(2026, 9, 30)
BETWEEN = date(2026, 7, 1), date(2026, 8, 2)


@pytest.fixture
def away(session, make):
    """Somebody with a City phone and two long leaves told, and who acts on it."""
    person, technician = make.person(), make.person(Role.IT)
    make.line(person)
    first, _ = (tell(session, person, *days, now=MONDAY) for days in (SPRING, AUTUMN))
    return person, technician, first


def mark_first(session, technician):
    """Say that the line is suspended for the leave in spring."""
    row = min(seen(session, technician, MONDAY), key=lambda each: each.first)
    chosen = LineChosen(row.long_leave_id, row.lines[0].line_id, row.version)
    service_marks.suspend(session, technician, chosen=chosen, now=MONDAY)
    return chosen


def subjects(session, person, since):
    return [letter.subject for letter in letters_to(session, person)[since:]]


def test_two_long_leaves_that_become_one_are_not_over_and_the_service_stays_suspended(
    session, away
):
    person, technician, _ = away
    before = mark_first(session, technician)
    told = len(letters_to(session, technician))
    tell(session, person, *BETWEEN, now=MONDAY)

    (row,) = seen(session, technician, MONDAY)
    assert (row.first, row.last) == (SPRING[0], AUTUMN[1])
    assert row.lines[0].is_suspended
    assert subjects(session, technician, told) == [
        f"Long leave: the phone service of {person.name}"
    ]
    assert seen(session, technician, MONDAY, show="over") == ()
    with pytest.raises(ChangedMeanwhile):
        service_marks.put_back(session, technician, chosen=before, now=MONDAY)


def test_a_leave_that_reaches_the_other_joins_it_too(session, away):
    person, technician, first = away
    told = len(letters_to(session, technician))
    longer = TypedLeave("sick", SPRING[0], BETWEEN[1])
    telling.change(session, person, leave_id=first, typed=longer, now=MONDAY)

    assert len(seen(session, technician, MONDAY)) == 1
    assert not any("over" in each for each in subjects(session, technician, told))


def test_both_words_on_a_line_become_one(session, away):
    person, technician, _ = away
    mark_first(session, technician)
    (autumn,) = (
        row for row in seen(session, technician, MONDAY) if row.first == AUTUMN[0]
    )
    chosen = LineChosen(autumn.long_leave_id, autumn.lines[0].line_id, autumn.version)
    service_marks.suspend(session, technician, chosen=chosen, now=MONDAY)
    tell(session, person, *BETWEEN, now=MONDAY)

    (row,) = seen(session, technician, MONDAY)
    back = LineChosen(row.long_leave_id, row.lines[0].line_id, row.version)
    service_marks.put_back(session, technician, chosen=back, now=MONDAY)
    assert not seen(session, technician, MONDAY)[0].lines[0].is_suspended


def test_what_is_parted_again_stands_as_two(session, away):
    person, technician, _ = away
    mark_first(session, technician)
    between = tell(session, person, *BETWEEN, now=MONDAY)
    telling.withdraw(session, person, leave_id=between, now=MONDAY)

    rows = seen(session, technician, MONDAY)
    assert sorted((row.first, row.state) for row in rows) == [
        (SPRING[0], LongLeaveState.STANDING),
        (AUTUMN[0], LongLeaveState.STANDING),
    ]
    assert len(session.exec(select(LongLeave)).all()) == 2


def test_nobody_is_reminded_of_a_stipend_whose_leave_only_grew(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    payroll.stipend(make, person)
    first, _ = (tell(session, person, *days, now=MONDAY) for days in (SPRING, AUTUMN))
    stipend_leave.suspend_stipend(session, director, leave_id=first, now=MONDAY)
    told = len(letters_to(session, director))
    tell(session, person, *BETWEEN, now=MONDAY)

    assert not any("is back" in each for each in subjects(session, director, told))
    assert long_leave_of(session, person) is not None
