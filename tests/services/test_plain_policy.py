"""The policy an employer follows, read by anybody."""

from datetime import UTC, date, datetime

from mobile_selfservice.models.organization import Role
from mobile_selfservice.services.people import identity
from mobile_selfservice.services.policy import plain_policy

NOW = datetime(2026, 10, 1, 6, 30, tzinfo=UTC)


def test_before_the_first_set_up_there_is_nothing_to_read(session):
    assert plain_policy.read(session, now=NOW) is None


def test_the_page_tells_the_employers_own_edition_on_its_own_day(session, make):
    make.city.employer.policy_edition = "alder_creek"

    told = plain_policy.read(session, now=NOW)

    assert told.employer == "City of Alder Creek"
    assert told.title == "City of Alder Creek cellular phone policy"
    assert told.day == date(2026, 9, 30)  # half past eleven at night in California
    assert told.places[0].own_heading == "Purpose"


def test_the_frame_knows_which_policy_its_reader_is_under(session, make):
    who = identity.who_am_i(session, make.person(Role.EMPLOYEE), now=NOW)

    assert who.policy == "Lodi 2011"
