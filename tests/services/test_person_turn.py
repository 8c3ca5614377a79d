"""Leave, stipend and City phone of one person at once: one after the other."""

import time
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session, col, select

from mobile_selfservice.models.election import (
    ElectionState,
    PauseCause,
    StipendElection,
    StipendPause,
)
from mobile_selfservice.models.stipend import Stipend, StipendClass
from mobile_selfservice.services.leave import stipend_leave
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.services.stipends import (
    class_change,
    entering,
    exclusion,
    stipend_clock,
)
from mobile_selfservice.services.stipends.class_change import HeldSuspended
from tests.services import away, elected
from tests.services.test_class_change import JUNE, checked
from tests.services.test_races import saved  # noqa: F401


def with_a_stipend(make):
    people = elected.town(make)
    found = {"returned_on": date(2026, 4, 5), "quote": Decimal("0.00")}
    elected.entered(make.session, people, stipend_class=StipendClass.CELL, found=found)
    stipend_clock.run_due(make.session, people.employee.employer_id, now=JUNE)
    return people


def changing(make):
    """Somebody on long leave whose stipend of another class waits for finance."""
    people = with_a_stipend(make)
    election = checked(make.session, people)
    first, last = date(2026, 6, 1), date(2026, 8, 30)
    leave_id = away.tell(make.session, people.employee, first, last, now=JUNE)
    return people, election.id, election.version, leave_id


def entering_slowly(people, election_id, version):
    def enter(session):
        made = entering.enter(
            session, people.finance, election_id=election_id, version=version, now=JUNE
        )
        time.sleep(0.4)
        return made

    return enter


@pytest.mark.parametrize("enter_waits", [0, 0.2])
def test_a_stipend_suspended_while_a_class_change_is_entered_is_the_one_that_is_paid(
    saved,  # noqa: F811
    enter_waits,
):
    people, election_id, version, leave_id = saved.make(changing)
    enter = entering_slowly(people, election_id, version)

    def later(session):
        time.sleep(enter_waits)
        return enter(session)

    def suspend(session):
        time.sleep(0.2 - enter_waits)
        since = stipend_leave.suspend_stipend(
            session, people.director, leave_id=leave_id, now=JUNE
        )
        time.sleep(0.4)
        return since

    entered, _ = saved.at_once(later, suspend)

    with Session(saved.engine) as session:
        asked = select(StipendElection).order_by(col(StipendElection.id))
        before, after = session.exec(asked).all()
        (pause,) = session.exec(select(StipendPause)).all()
        going_on = select(Stipend.id).where(col(Stipend.held_until).is_(None))
        assert pause.cause == PauseCause.LEAVE
        assert pause.stipend_id == session.exec(going_on).one()
        if isinstance(entered, Refused):
            assert isinstance(entered, HeldSuspended)
            states = (ElectionState.SUSPENDED, ElectionState.WITH_PAYROLL)
        else:
            states = (ElectionState.ENDED, ElectionState.SUSPENDED)
        assert (before.state, after.state) == states


def test_a_class_change_and_a_city_phone_at_once_do_not_wait_for_each_other(
    saved,  # noqa: F811
    monkeypatch,
):
    people, election_id, version, _ = saved.make(changing)
    at_once = class_change.take_over

    def slowly(*given):
        time.sleep(0.3)
        return at_once(*given)

    monkeypatch.setattr(class_change, "take_over", slowly)

    def hand_out(session):
        time.sleep(0.15)
        person_id = people.employee.person_id
        return exclusion.device_issued(session, person_id, date(2026, 6, 15), JUNE)

    saved.at_once(entering_slowly(people, election_id, version), hand_out)

    with Session(saved.engine) as session:
        asked = select(StipendElection.state).order_by(col(StipendElection.id))
        assert session.exec(asked).all() in (
            [ElectionState.ENDED, ElectionState.SUSPENDED],
            [ElectionState.SUSPENDED, ElectionState.REFUSED],
        )


def test_the_hourly_job_and_a_suspension_at_once_both_come_through(
    saved,  # noqa: F811
):
    morning = away.morning(date(2026, 5, 2))

    def waiting(make):
        people = elected.town(make)
        found = {"returned_on": date(2026, 4, 5), "quote": Decimal("0.00")}
        elected.entered(
            make.session, people, stipend_class=StipendClass.CELL, found=found
        )
        first, last = date(2026, 5, 1), date(2026, 8, 30)
        told = away.tell(make.session, people.employee, first, last, now=morning)
        return people, told

    people, leave_id = saved.make(waiting)

    def strike(session):
        stipend_clock.run_for(session, people.employee.person_id, now=morning)
        time.sleep(0.4)

    def suspend(session):
        time.sleep(0.15)
        stipend_leave.suspend_stipend(
            session, people.director, leave_id=leave_id, now=morning
        )

    assert saved.at_once(strike, suspend) == [None, None]

    with Session(saved.engine) as session:
        state = session.exec(select(StipendElection.state)).one()
        assert state == ElectionState.SUSPENDED
