import re
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.organization import RoleGrant
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.mail import review_reminders, signed_links
from tests.services.setting import set_value


@pytest.fixture
def deputy(make):
    return make.person(Role.DCM)


def remind(session, person, year, month, day):
    noon = datetime(year, month, day, 19, tzinfo=UTC)
    return review_reminders.write_due(session, person.employer_id, now=noon)


def letters(session):
    return session.exec(select(Letter).order_by(Letter.id)).all()


@pytest.fixture
def rate(session, deputy):
    """Set a yearly rate."""
    set_value(session, deputy, said="0.05", valid_from="2026-04-01")


@pytest.mark.usefixtures("rate")
def test_the_office_is_reminded_sixty_days_before_and_once(session, deputy):
    assert remind(session, deputy, 2027, 1, 30) == 0
    assert remind(session, deputy, 2027, 1, 31) == 1
    assert remind(session, deputy, 2027, 2, 1) == 0

    (letter,) = letters(session)
    assert letter.person_id == deputy.person_id
    assert "Rate for each personal text" in letter.body
    assert "to review by April 1, 2027" in letter.body
    (link,) = re.findall(r"http\S+/l/(\S+)", letter.body)
    at = datetime(2027, 2, 1, tzinfo=UTC)
    assert signed_links.read_letter_link(link, at).path == "/policy/values"
    entry = session.exec(
        select(HistoryEntry).where(HistoryEntry.act == "policy.review_reminded")
    ).one()
    assert entry.actor_id is None


@pytest.mark.usefixtures("rate")
def test_it_is_said_once_more_when_the_year_has_passed(session, deputy):
    remind(session, deputy, 2027, 1, 31)

    assert remind(session, deputy, 2027, 4, 1) == 1
    assert remind(session, deputy, 2027, 4, 2) == 0
    assert "not reviewed by April 1, 2027" in letters(session)[-1].body


@pytest.mark.usefixtures("rate")
def test_a_figure_nobody_reviewed_long_ago_is_in_no_letter(session, deputy):
    assert remind(session, deputy, 2028, 1, 1) == 0


@pytest.mark.usefixtures("rate")
def test_a_figure_set_again_in_time_needs_no_letter(session, deputy):
    set_value(session, deputy, said="0.05", valid_from="2027-04-01")

    assert remind(session, deputy, 2027, 3, 15) == 0


@pytest.mark.usefixtures("rate")
def test_a_deputy_of_one_agency_is_not_the_office(session, make, deputy):
    other = make.person()
    make.save(
        RoleGrant(
            person_id=other.person_id,
            role=Role.DCM,
            agency_id=make.city.agency.id,
            valid_from=date(2011, 3, 2),
        )
    )

    assert remind(session, deputy, 2027, 1, 31) == 1
