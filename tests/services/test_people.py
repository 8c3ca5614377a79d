from datetime import date

import pytest

from mobile_selfservice.models.organization import Person, RoleGrant
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.people import people
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW


@pytest.fixture
def administrator(make):
    return make.person(Role.ADMINISTRATOR)


def listed(session, actor, **asked):
    return people.list_people(session, actor, **asked, now=NOW)


def test_an_administrator_sees_who_may_do_what(session, make, administrator):
    clerk = make.person(Role.FINANCE, Role.EMPLOYEE)
    make.credential(clerk, "a hash", must_change=True, disabled_at=NOW)

    row = listed(session, administrator, search=clerk.name).rows[0]

    assert row.roles == (Role.EMPLOYEE, Role.FINANCE)
    assert (row.has_account, row.is_closed, row.must_change_password) == (
        True,
        True,
        True,
    )
    assert not row.is_own


def test_a_role_that_has_ended_is_not_shown(session, make, administrator):
    clerk = make.person(Role.FINANCE)
    session.get_one(Person, clerk.person_id).name = "Zelda Former"
    make.save(
        RoleGrant(
            person_id=clerk.person_id,
            role=Role.IT,
            valid_from=date(2020, 1, 1),
            valid_until=NOW.date(),
        )
    )

    assert listed(session, administrator, search="zelda").rows[0].roles == (
        Role.FINANCE,
    )


def test_search_takes_signs_as_they_are(session, make, administrator):
    assert listed(session, administrator, search="%").total == 0
    assert listed(session, administrator, search="E000").total == 1


def test_people_come_fifty_at_a_time(session, make, administrator):
    for _ in range(50):
        make.person()

    first, second = (listed(session, administrator, page=page) for page in (1, 2))

    assert (first.total, first.pages, len(first.rows), len(second.rows)) == (
        51,
        2,
        50,
        1,
    )
    assert listed(session, administrator, page=99).page == 2


@pytest.mark.parametrize(
    "role", [role for role in Role if role is not Role.ADMINISTRATOR], ids=str
)
def test_nobody_else_lists_people(session, make, role):
    with pytest.raises(NotPermitted):
        listed(session, make.person(role))
