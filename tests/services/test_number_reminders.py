"""Who holds a stipend and has no number on record hears of it once a month."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.mail import number_reminders
from mobile_selfservice.services.phones import own_number
from mobile_selfservice.services.phones.own_number import Told
from tests.factories import NOW
from tests.services.test_own_number import stipend


@pytest.fixture
def holder(make):
    person = make.person()
    stipend(make, person)
    make.person()
    return person


def write_due(session, holder, now=NOW):
    return number_reminders.write_due(session, holder.employer_id, now=now)


def test_a_missing_number_is_asked_for_once_a_month(session, holder):
    assert [write_due(session, holder) for _ in range(2)] == [1, 0]
    assert write_due(session, holder, NOW + timedelta(days=10)) == 0
    assert write_due(session, holder, NOW + timedelta(days=30)) == 1

    told = session.exec(select(Letter)).all()
    assert {letter.person_id for letter in told} == {holder.person_id}
    assert "has to be on record" in told[0].body


def test_a_number_on_record_ends_the_letters(session, holder):
    own_number.tell(session, holder, told=Told("(209) 555-0142", 0), now=NOW)

    assert write_due(session, holder) == 0
