"""What a City phone would stop is told before it is signed for."""

from datetime import UTC, date, datetime

import pytest

from mobile_selfservice.components.stipend_and_phone import stopped_in_words
from mobile_selfservice.services.stipends import stipend_clock
from mobile_selfservice.services.stipends.exclusion import device_issued
from mobile_selfservice.services.stipends.stopped import Stopped, stopped_by_device
from tests.services import elected
from tests.services.elected import town

JUNE = datetime(2026, 6, 15, 17, 0, tzinfo=UTC)


@pytest.fixture
def people(make):
    return town(make)


@pytest.fixture
def held(session, people):
    election = elected.entered(session, people)
    stipend_clock.run_due(session, people.employee.employer_id, now=JUNE)
    return election


def test_what_a_city_phone_would_stop_is_told_before(session, people, held):
    person_id = people.employee.person_id
    on = date(2026, 6, 15)

    assert stopped_by_device(session, person_id, on) == Stopped(date(2026, 7, 1))
    device_issued(session, person_id, on, JUNE)
    assert stopped_by_device(session, person_id, on) is None


def test_an_open_wish_for_a_stipend_is_told_too(session, people):
    elected.approved(session, people)
    person_id = people.employee.person_id

    stops = stopped_by_device(session, person_id, date(2026, 4, 10))
    assert stops == Stopped(None, ends_wish=True)


def test_who_has_neither_is_told_nothing(session, people):
    on = date(2026, 4, 10)
    assert stopped_by_device(session, people.employee.person_id, on) is None


def test_the_warning_names_the_month_and_whose_stipend():
    warning = stopped_in_words(Stopped(date(2026, 7, 1), ends_wish=False), "Your")

    assert "Your stipend is suspended from July 2026" in warning
    assert stopped_in_words(None, "Your") == ""
    both = stopped_in_words(Stopped(None, ends_wish=True), "Wren Ames’s")
    assert "Wren Ames’s election of a stipend ends" in both
