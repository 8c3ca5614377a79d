from datetime import timedelta

import pytest
from sqlmodel import select

from mobile_selfservice.models.credential import Credential
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.reimbursement import PayrollConsent
from mobile_selfservice.models.review import RememberedNumber
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.people import account, sign_in
from mobile_selfservice.services.people.sign_in import Limits, Visitor
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW

LIMITS = Limits(timedelta(minutes=30), timedelta(hours=12))


@pytest.fixture
def employee(make):
    person = make.person(Role.EMPLOYEE)
    make.credential(person, "a hash")
    return person


def open_for(session, person, at=NOW):
    visitor = Visitor("192.0.2.1", browser="Firefox")
    return sign_in.digest(sign_in.open_session(session, person.person_id, visitor, at))


def consent_of(make, person):
    return make.save(
        PayrollConsent(
            person_id=person.person_id,
            wording="I agree.",
            signed_name=person.name,
            signed_at=NOW,
        )
    )


def own(session, actor, session_hash=""):
    return account.own_account(
        session, actor, session_hash=session_hash, limits=LIMITS, now=NOW
    )


def test_a_person_sees_their_own_account(session, make, employee):
    found = own(session, employee)

    assert found.name == employee.name
    assert found.department == "Public Works"
    assert [held.role for held in found.roles] == [Role.EMPLOYEE]
    assert "/feeds/" in found.feed_address


def test_a_directors_role_says_which_department(session, make):
    director = make.person(Role.DIRECTOR)
    make.credential(director, "a hash")

    [held] = own(session, director).roles

    assert (held.role, held.reach) == (Role.DIRECTOR, "Public Works")


def test_only_sessions_that_still_live_are_listed(session, make, employee):
    here = open_for(session, employee)
    open_for(session, employee)
    open_for(session, employee, NOW - timedelta(minutes=31))
    ended = open_for(session, employee)
    sign_in.end_session(session, ended, NOW)
    somebody = make.person()
    make.credential(somebody, "a hash")
    open_for(session, somebody)

    found = own(session, employee, here).sessions

    assert len(found) == 2
    assert [each.is_this for each in found].count(True) == 1


def test_renewing_the_calendar_link_changes_it(session, employee):
    before = own(session, employee).feed_address

    account.renew_feed(session, employee, now=NOW)

    assert own(session, employee).feed_address != before
    credential = session.get_one(Credential, employee.person_id)
    assert credential.feed_version == 2
    assert session.exec(select(HistoryEntry.act)).all() == ["calendar.renewed"]


def test_consent_is_withdrawn_once(session, make, employee):
    consent_of(make, employee)
    assert own(session, employee).consent_signed_at == NOW

    account.withdraw_consent(session, employee, now=NOW)

    assert own(session, employee).consent_signed_at is None
    assert session.exec(select(PayrollConsent)).one().withdrawn_at == NOW
    with pytest.raises(ChangedMeanwhile):
        account.withdraw_consent(session, employee, now=NOW)


def test_only_ones_own_remembered_numbers_are_listed(session, make, employee):
    for person in (employee, make.person()):
        make.save(
            RememberedNumber(
                person_id=person.person_id,
                party="+12095550142",
                label="Home",
                mark="personal",
                remembered_at=NOW,
            )
        )

    [number] = own(session, employee).numbers

    assert (number.party, number.label, number.mark) == (
        "+12095550142",
        "Home",
        "personal",
    )


def test_nobody_withdraws_another_persons_consent(session, make, employee):
    consent_of(make, employee)

    with pytest.raises(ChangedMeanwhile):
        account.withdraw_consent(session, make.person(), now=NOW)


def test_without_an_account_there_is_nothing_to_see(session, make):
    with pytest.raises(NotPermitted):
        own(session, make.person())
