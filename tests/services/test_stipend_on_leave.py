"""A stipend during long leave: it goes on, and rests only by its director's word."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from mobile_selfservice.models.election import PauseCause, StipendPause
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.leave import leave_seen, stipend_leave, telling
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.stipends import (
    exclusion,
    proof_requests,
    stipend_clock,
)
from mobile_selfservice.services.stipends.ending import NothingToEnd
from mobile_selfservice.services.stipends.proof_requests import LeaveStops
from tests.factories import NOW
from tests.services import payroll
from tests.services.away import (
    LAST,
    clock_strikes,
    letters_to,
    morning,
    tell,
)

JUNE = date(2026, 6, 1)  # the month after the first day away


@pytest.fixture
def away(session, make):
    """Somebody with a stipend who is away for long, their director, and the leave."""
    person, director = make.person(), make.person(Role.DIRECTOR)
    payroll.stipend(make, person)
    stipend_clock.record_held(session, make.city.employer.id, now=NOW)
    return person, director, tell(session, person)


def suspend(session, director, leave_id, now=NOW):
    return stipend_leave.suspend_stipend(session, director, leave_id=leave_id, now=now)


def pauses(session):
    return session.exec(select(StipendPause)).all()


def test_the_director_suspends_it_from_the_month_after_the_first_day(session, away):
    person, director, leave_id = away

    assert suspend(session, director, leave_id) == JUNE
    assert suspend(session, director, leave_id) == JUNE
    (pause,) = pauses(session)
    assert (pause.cause, pause.paused_from) == (PauseCause.LEAVE, JUNE)
    assert pause.reason == "Long leave."  # neither days nor kind
    assert letters_to(session, person)[-1].subject == (
        "Your stipend is suspended from June 2026"
    )
    (row,) = leave_seen.led_leaves(session, director, now=NOW).rows
    assert (row.stipend.paused_from, row.may_suspend) == (JUNE, False)


def test_nobody_else_suspends_it_and_nobody_their_own(session, make, away):
    person, _, leave_id = away
    others = (
        person,
        make.person(),
        make.person(Role.DIRECTOR, department=make.city.library),
        make.person(Role.FINANCE),
        make.person(Role.IT),
        make.person(Role.CITY_MANAGER),
    )
    for other in others:
        with pytest.raises(NotPermitted):
            suspend(session, other, leave_id)
    assert pauses(session) == []


def test_a_leave_that_is_not_long_suspends_nothing(session, away):
    person, director, leave_id = away
    telling.withdraw(session, person, leave_id=leave_id, now=NOW)
    short = tell(session, person, LAST, LAST)

    for each in (leave_id, short):
        with pytest.raises(ChangedMeanwhile):
            suspend(session, director, each)


def test_who_holds_no_stipend_has_none_to_suspend(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    make.line(person)
    leave_id = tell(session, person)

    with pytest.raises(NothingToEnd):
        suspend(session, director, leave_id)


def test_the_return_reminds_the_director_who_lets_it_go_on(session, make, away):
    person, director, leave_id = away
    suspend(session, director, leave_id)
    back = LAST + timedelta(days=1)
    clock_strikes(session, make.city.employer, back)

    letter = letters_to(session, director)[-1]
    assert "is back: the stipend is still suspended" in letter.subject
    proof_requests.restore_by_hand(
        session, director, person_id=person.person_id, now=morning(back)
    )
    (pause,) = pauses(session)
    assert pause.paused_until == date(2026, 7, 1)


def stopped_by(session):
    return [each.cause for each in pauses(session) if each.paused_until is None]


def with_a_phone_in_between(session, make, away):
    """Suspended for leave, and for a City phone that is back by now."""
    person, director, leave_id = away
    suspend(session, director, leave_id)
    exclusion.device_issued(session, person.person_id, NOW.date(), NOW)
    return {"person_id": person.person_id, "now": NOW}


@pytest.mark.parametrize("role", [Role.FINANCE, Role.IT, Role.CITY_MANAGER])
def test_who_lets_it_go_on_after_a_city_phone_leaves_the_directors_word_on_the_leave(
    session, make, away, role
):
    asked = with_a_phone_in_between(session, make, away)
    clerk = make.person(role)
    said = proof_requests.restore_by_hand(session, clerk, **asked)

    assert said == "The stipend stays suspended for another reason."
    assert stopped_by(session) == [PauseCause.LEAVE]
    assert proof_requests.restore_by_hand(session, clerk, **asked) == said
    with pytest.raises(LeaveStops, match="suspended for long leave"):
        proof_requests.restore_by_hand(session, make.person(role), **asked)


def test_a_double_click_on_the_phone_does_not_lift_the_directors_own_leave(
    session, make, away
):
    _, director, _ = away
    asked = with_a_phone_in_between(session, make, away)
    for _ in "12":
        proof_requests.restore_by_hand(session, director, **asked)

    assert stopped_by(session) == [PauseCause.LEAVE]


def test_the_director_may_take_the_own_word_back_while_the_leave_lasts(session, away):
    person, director, leave_id = away
    suspend(session, director, leave_id)
    asked = {"person_id": person.person_id, "now": NOW}

    said = proof_requests.restore_by_hand(session, director, **asked)
    assert said.startswith("Paid again from")
    assert proof_requests.restore_by_hand(session, director, **asked) == said
    assert stopped_by(session) == []


def test_a_leave_far_ahead_leaves_the_months_before_it_paid(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    payroll.stipend(make, person)
    leave_id = tell(session, person, date(2027, 3, 1), date(2027, 6, 30))

    assert "from April 2027 at the earliest" in letters_to(session, director)[0].body
    (row,) = leave_seen.led_leaves(session, director, now=NOW).rows
    assert row.unpaid_from == date(2027, 4, 1)
    assert suspend(session, director, leave_id) == date(2027, 4, 1)


def test_a_short_leave_that_is_over_does_not_stand_for_the_long_one(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    payroll.stipend(make, person)
    short = tell(session, person, date(2026, 1, 5), date(2026, 1, 6))
    long = tell(session, person)

    with pytest.raises(ChangedMeanwhile):
        suspend(session, director, short)
    with pytest.raises(ChangedMeanwhile):  # over, and the hourly job not yet by
        suspend(session, director, long, morning(LAST + timedelta(days=1)))
    assert pauses(session) == []
