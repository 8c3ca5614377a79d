"""Leave told twice at the same moment, and a mark while the hourly look runs."""

import time

import pytest
from sqlmodel import Session, select

from mobile_selfservice.models.leave import (
    Leave,
    LineService,
    LongLeave,
    LongLeaveState,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.leave import long_leaves, service_marks, telling
from mobile_selfservice.services.leave.telling import TypedLeave
from tests.factories import NOW
from tests.services.away import FIRST, LAST, chosen, tell
from tests.services.test_races import saved  # noqa: F401


def holder(make):
    person, technician = make.person(), make.person(Role.IT)
    make.line(person)
    return person, technician


def away(make):
    person, technician = holder(make)
    leave_id = tell(make.session, person)
    return person, technician, leave_id, chosen(make.session, technician)


def test_two_clicks_at_once_tell_one_leave(saved):  # noqa: F811
    person, _ = saved.make(holder)

    def click(session):
        telling.tell(session, person, typed=TypedLeave("sick", FIRST, LAST), now=NOW)
        time.sleep(0.3)

    saved.at_once(click, click)

    with Session(saved.engine) as session:
        assert len(session.exec(select(Leave)).all()) == 1
        assert len(session.exec(select(LongLeave)).all()) == 1


@pytest.mark.parametrize("first", [0, 0.2])
def test_a_mark_and_the_hourly_look_at_once_both_come_through(
    saved,  # noqa: F811
    first,
):
    person, technician, _, choice = saved.make(away)

    def look(session):
        long_leaves.run_due(session, person.employer_id, now=NOW)
        time.sleep(0.5)

    def mark(session):
        time.sleep(first)
        service_marks.suspend(session, technician, chosen=choice, now=NOW)

    saved.at_once(look, mark)

    with Session(saved.engine) as session:
        assert session.exec(select(LineService.outcome)).all() == ["suspended"]


@pytest.mark.parametrize("first", [0, 0.2])
def test_a_mark_and_a_leave_taken_back_at_once_leave_it_to_be_put_back(
    saved,  # noqa: F811
    first,
):
    person, technician, leave_id, choice = saved.make(away)

    def withdraw(session):
        telling.withdraw(session, person, leave_id=leave_id, now=NOW)
        time.sleep(0.4)

    def mark(session):
        time.sleep(first)
        service_marks.suspend(session, technician, chosen=choice, now=NOW)

    saved.at_once(withdraw, mark)

    with Session(saved.engine) as session:
        assert session.exec(select(LongLeave.state)).one() == LongLeaveState.FELL_AWAY
        assert len(session.exec(select(LineService)).all()) <= 1
