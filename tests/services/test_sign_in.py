import statistics
import time
from datetime import timedelta

import pytest

from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.people import accounts, passwords, sign_in
from mobile_selfservice.services.people.sign_in import Limits, TooManyTries, Visitor
from tests.factories import NOW

LIMITS = Limits(timedelta(minutes=30), timedelta(hours=12))
HOME = Visitor(address="192.0.2.1", known_browser="browser-of-the-owner")
STRANGER = Visitor(address="192.0.2.66")


@pytest.fixture
def employee(make):
    person = make.person(Role.EMPLOYEE)
    make.credential(person, "a hash")
    return person


def open_for(session, person, at=NOW):
    return sign_in.digest(sign_in.open_session(session, person.person_id, HOME, at))


def test_a_session_tells_who_it_belongs_to(session, employee):
    found = sign_in.look_up(session, open_for(session, employee), LIMITS, NOW)

    assert found.actor == employee


def test_a_session_ends_after_half_an_hour_without_use(session, employee):
    opened = open_for(session, employee)

    half_an_hour = NOW + timedelta(minutes=30)
    assert sign_in.look_up(session, opened, LIMITS, half_an_hour)
    assert not sign_in.look_up(
        session, opened, LIMITS, half_an_hour + timedelta(seconds=1)
    )


def test_a_session_in_use_still_ends_after_twelve_hours(session, employee):
    opened = open_for(session, employee)
    later = NOW + timedelta(hours=12)
    sign_in.touch(session, opened, later)

    assert sign_in.look_up(session, opened, LIMITS, later)
    assert not sign_in.look_up(session, opened, LIMITS, later + timedelta(seconds=1))


def test_signing_out_everywhere_ends_every_session_at_once(session, employee):
    first, second = open_for(session, employee), open_for(session, employee)

    accounts.sign_out_everywhere(session, employee, now=NOW)

    assert not sign_in.look_up(session, first, LIMITS, NOW)
    assert not sign_in.look_up(session, second, LIMITS, NOW)


def test_a_closed_account_loses_its_sessions(session, make, employee):
    opened = open_for(session, employee)
    administrator = make.person(Role.ADMINISTRATOR)

    accounts.set_disabled(
        session, administrator, person_id=employee.person_id, disabled=True, now=NOW
    )

    assert not sign_in.look_up(session, opened, LIMITS, NOW)


def test_someone_hammering_an_account_cannot_lock_its_owner_out(
    session, make, employee
):
    for _ in range(10):
        sign_in.note_failure(session, "person1", STRANGER, NOW)

    with pytest.raises(TooManyTries):
        sign_in.knock(session, "person1", STRANGER, NOW)
    assert sign_in.knock(session, "person1", HOME, NOW).person_id == employee.person_id


def test_one_address_cannot_try_many_accounts(session):
    for number in range(25):
        sign_in.note_failure(session, f"person{number}", STRANGER, NOW)

    with pytest.raises(TooManyTries):
        sign_in.knock(session, "person99", STRANGER, NOW)


def test_an_administrator_cannot_reset_their_own_password(session, make):
    administrator = make.person(Role.ADMINISTRATOR)

    with pytest.raises(accounts.OwnAccount):
        accounts.reset_password(
            session,
            administrator,
            person_id=administrator.person_id,
            new_hash="new",
            now=NOW,
        )


@pytest.mark.parametrize("password", ["x" * 20, "x" * 257])
def test_a_wrong_password_takes_as_long_as_a_name_that_does_not_exist(password):
    kept = passwords.hashed("another password, long")

    known, unknown = (
        statistics.median(timed(check) for _ in range(15))
        for check in (lambda: passwords.matches(password, kept), passwords.match_nobody)
    )

    assert 0.5 < known / unknown < 2  # a skipped hash is a hundred times quicker


def timed(check):
    start = time.process_time()
    check()
    return time.process_time() - start
