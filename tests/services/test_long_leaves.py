"""Long leave: who is told, what Information Systems marks, and the return."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.leave import LineService, LongLeaveState
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.free_text import TextNeeded
from mobile_selfservice.services.leave import (
    leave_seen,
    long_leave_list,
    service_marks,
    telling,
)
from mobile_selfservice.services.leave.service_marks import LineChosen
from mobile_selfservice.services.leave.telling import TypedLeave
from mobile_selfservice.services.phones import my_phone
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services import payroll
from tests.services.away import (
    FIRST,
    LAST,
    chosen,
    clock_strikes,
    letters_to,
    long_leave_of,
    morning,
    seen,
    suspend,
    tell,
)

State = LongLeaveState
DAY_46 = FIRST + timedelta(days=45)
WHY_ON = "The storm line of the pump house is forwarded to it."


@pytest.fixture
def away(session, make):
    """Somebody with a City phone who is away for 46 days; and who acts on it."""
    person, technician = make.person(), make.person(Role.IT)
    make.line(person, label="Flip 4")
    tell(session, person)
    return person, technician


def test_information_systems_learns_days_and_phone_and_no_kind(session, away):
    person, technician = away

    (letter,) = letters_to(session, technician)
    assert person.name in letter.subject
    assert "from May 1, 2026 to June 15, 2026: 46 calendar days" in letter.body
    assert "until June 15, 2026, the last day away" in letter.body
    assert "more than 45 (Lodi 2011 §4.A)" in letter.body
    assert "- Flip 4 ending in " in letter.body
    (row,) = seen(session, technician)
    assert not hasattr(row, "kind")
    assert not any(kind in letter.body for kind in ("sick", "annual"))
    assert "2095550" not in letter.body


def test_nobody_is_told_twice(session, make, away):
    _, technician = away

    for day in (date(2026, 4, 10), FIRST, LAST):
        assert clock_strikes(session, make.city.employer, day) == 0
    assert len(letters_to(session, technician)) == 1


def test_who_has_no_phone_concerns_nobody(session, make):
    person, technician = make.person(), make.person(Role.IT)
    director = make.person(Role.DIRECTOR)
    tell(session, person)

    assert long_leave_of(session, person) is None
    assert letters_to(session, technician) == letters_to(session, director) == []


def test_a_shared_phone_that_one_answers_for_is_not_carried(session, make):
    person, technician = make.person(), make.person(Role.IT)
    line = make.line(person, kind="pooled")
    asked = select(LineHolding).where(LineHolding.line_id == line.id)
    holding = session.exec(asked).one()
    holding.is_custodian = True
    make.save(holding)
    tell(session, person)

    assert letters_to(session, technician) == []


def test_an_open_leave_is_found_on_the_46th_day_and_not_before(session, make):
    person, technician = make.person(), make.person(Role.IT)
    make.line(person)
    tell(session, person, last=None)

    assert clock_strikes(session, make.city.employer, DAY_46 - timedelta(days=1)) == 0
    assert clock_strikes(session, make.city.employer, DAY_46) == 1
    assert "with no end known" in letters_to(session, technician)[0].body


def test_information_systems_marks_it_once_and_the_holder_is_told(session, away):
    person, technician = away
    choice = suspend(session, technician)
    service_marks.suspend(session, technician, chosen=choice, now=NOW)

    assert len(session.exec(select(LineService)).all()) == 1
    assert seen(session, technician)[0].lines[0].is_suspended
    (letter,) = letters_to(session, person)
    assert letter.subject == "The service of your phone is suspended"
    (row,) = leave_seen.own_leaves(session, person, now=NOW).rows
    assert row.lines[0].is_suspended
    (phone,) = my_phone.my_phone(session, person, now=NOW).phones
    assert phone.suspended_on == NOW.date()


def test_a_service_is_left_on_for_a_reason_and_suspended_later(session, away):
    _, technician = away
    choice = chosen(session, technician)
    with pytest.raises(TextNeeded):
        service_marks.leave_on(session, technician, chosen=choice, reason="so", now=NOW)
    for _ in "12":
        service_marks.leave_on(
            session, technician, chosen=choice, reason=WHY_ON, now=NOW
        )

    (line,) = seen(session, technician)[0].lines
    assert (line.outcome, line.reason) == ("left_on", WHY_ON)
    suspend(session, technician)
    assert len(session.exec(select(LineService)).all()) == 2


def test_a_page_that_is_out_of_date_marks_nothing(session, make, away):
    _, technician = away
    colleague = make.person(Role.IT)
    choice = suspend(session, technician)

    for act in (service_marks.suspend, service_marks.put_back):
        with pytest.raises(ChangedMeanwhile):
            act(session, colleague, chosen=choice, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        service_marks.leave_on(
            session, technician, chosen=choice, reason=WHY_ON, now=NOW
        )


def test_nobody_else_marks_anything_and_nobody_marks_their_own(session, make, away):
    _, technician = away
    choice = chosen(session, technician)
    roles = (Role.EMPLOYEE, Role.DIRECTOR, Role.FINANCE, Role.AUDITOR, Role.DCM)
    make.line(technician)
    tell(session, technician)
    own = long_leave_of(session, technician)
    mine = LineChosen(own.id, choice.line_id, own.version)

    for who, what in [(make.person(role), choice) for role in roles] + [
        (technician, mine)
    ]:
        with pytest.raises(NotPermitted):
            service_marks.suspend(session, who, chosen=what, now=NOW)
        with pytest.raises(NotPermitted):
            service_marks.put_back(session, who, chosen=what, now=NOW)
    assert len(seen(session, technician)) == 1  # not one's own


def test_a_line_of_somebody_else_is_not_marked_with_this_leave(session, make, away):
    _, technician = away
    other = make.line(make.person())
    row = seen(session, technician)[0]
    choice = LineChosen(row.long_leave_id, other.id, row.version)

    with pytest.raises(NotPermitted):
        service_marks.suspend(session, technician, chosen=choice, now=NOW)


def test_only_information_systems_and_auditors_read_the_list(session, make, away):
    auditor = make.person(Role.AUDITOR)

    (row,) = long_leave_list.page_of(session, auditor, now=NOW).rows
    assert (row.days, row.may_act) == (46, False)
    for role in (Role.EMPLOYEE, Role.DIRECTOR, Role.FINANCE, Role.DCM):
        with pytest.raises(NotPermitted):
            long_leave_list.page_of(session, make.person(role), now=NOW)


def test_the_return_asks_for_the_service_and_lifts_it(session, make, away):
    person, technician = away
    suspend(session, technician)
    back = LAST + timedelta(days=1)
    clock_strikes(session, make.city.employer, LAST)
    assert long_leave_of(session, person).state == State.STANDING

    assert clock_strikes(session, make.city.employer, back) == 1
    assert long_leave_of(session, person).state == State.OVER
    assert "Put the service back" in letters_to(session, technician)[-1].body
    choice = chosen(session, technician, morning(back))
    for _ in "12":
        service_marks.put_back(session, technician, chosen=choice, now=morning(back))
    assert seen(session, technician, morning(back)) == ()
    (over,) = seen(session, technician, morning(back), show="over")
    assert over.lines[0].back_on == back
    assert letters_to(session, person)[-1].subject == (
        "The service of your phone is back"
    )


def test_a_suspended_line_given_back_meanwhile_stays_listed(session, make, away):
    person, technician = away
    suspend(session, technician)
    asked = select(LineHolding).where(LineHolding.person_id == person.person_id)
    holding = session.exec(asked).one()
    holding.held_until = FIRST
    make.save(holding)

    (row,) = seen(session, technician, morning(LAST))
    assert row.lines[0].is_suspended
    back = chosen(session, technician, morning(LAST))
    service_marks.put_back(session, technician, chosen=back, now=morning(LAST))
    assert seen(session, technician, morning(LAST))[0].lines == ()


def test_who_is_back_early_says_so_and_no_day_is_lost(session, away):
    person, technician = away
    suspend(session, technician)
    (row,) = leave_seen.own_leaves(session, person, now=NOW).rows
    early = TypedLeave("sick", FIRST, date(2026, 5, 20))
    telling.change(session, person, leave_id=row.leave_id, typed=early, now=NOW)

    assert long_leave_of(session, person).state == State.FELL_AWAY
    assert "not on long leave after all" in letters_to(session, technician)[-1].body
    (listed,) = seen(session, technician)  # its service is still suspended
    assert (listed.days, listed.lines[0].is_suspended) == (0, True)


def test_a_longer_leave_is_told_anew_with_its_new_end(session, away):
    person, technician = away
    (row,) = leave_seen.own_leaves(session, person, now=NOW).rows
    longer = TypedLeave("sick", FIRST, date(2026, 6, 30))
    telling.change(session, person, leave_id=row.leave_id, typed=longer, now=NOW)

    assert "to June 30, 2026: 61 calendar" in letters_to(session, technician)[-1].body
    assert len(seen(session, technician)) == 1


def test_a_mark_seen_before_the_days_changed_is_refused(session, away):
    person, technician = away
    choice = chosen(session, technician)
    (row,) = leave_seen.own_leaves(session, person, now=NOW).rows
    telling.withdraw(session, person, leave_id=row.leave_id, now=NOW)

    with pytest.raises(ChangedMeanwhile):
        service_marks.suspend(session, technician, chosen=choice, now=NOW)


def test_a_leave_taken_back_and_told_again_is_told_again(session, away):
    person, technician = away
    (row,) = leave_seen.own_leaves(session, person, now=NOW).rows
    telling.withdraw(session, person, leave_id=row.leave_id, now=NOW)
    tell(session, person)

    subjects = [letter.subject for letter in letters_to(session, technician)]
    assert len(subjects) == 3
    assert long_leave_of(session, person).state == State.STANDING


def test_who_leaves_the_city_is_on_leave_no_more(session, make, away):
    person, _ = away
    gone = session.get_one(Person, person.person_id)
    gone.ended_on = FIRST
    make.save(gone)
    clock_strikes(session, make.city.employer, FIRST)

    assert long_leave_of(session, person).state == State.FELL_AWAY


def test_a_stipend_holders_leave_is_flagged_and_the_stipend_goes_on(session, make):
    person, technician = make.person(), make.person(Role.IT)
    director = make.person(Role.DIRECTOR)
    stipend = payroll.stipend(make, person)
    tell(session, person)

    (letter,) = letters_to(session, director)
    assert "is on long leave and holds a stipend" in letter.subject
    assert "the stipend goes on; the director is told" in letter.body
    assert letters_to(session, technician) == []
    assert session.get_one(type(stipend), stipend.id).held_until is None
    (row,) = leave_seen.led_leaves(session, director, now=NOW).rows
    assert row.stipend.steps[0].reading == "AMB-26"


def test_a_directors_stipend_is_flagged_to_the_city_manager(session, make):
    director, manager = make.person(Role.DIRECTOR), make.person(Role.CITY_MANAGER)
    payroll.stipend(make, director)
    tell(session, director)

    assert len(letters_to(session, manager)) == 1
    assert letters_to(session, director) == []


def test_what_follows_stands_in_the_history(session, make, away):
    _, technician = away
    choice = suspend(session, technician)
    back = chosen(session, technician)
    service_marks.put_back(session, technician, chosen=back, now=NOW)

    acts = session.exec(
        select(HistoryEntry.act)
        .where(HistoryEntry.act.startswith("leave"))
        .order_by(col(HistoryEntry.id))
    ).all()
    assert acts == [
        "leave.told",
        "leave.notified",
        "leave.suspended",
        "leave.put_back",
    ]
    assert choice.version + 1 == back.version
