"""Whose forms a person lists, finds, and what waits for them."""

import pytest

from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.authorizations import form_list, form_view
from mobile_selfservice.services.authorizations.form_list import WantedForms
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW
from tests.services.authorization_forms import MORE, drafted, signed


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make):
    return make.person()


def ids(session, actor, **asked):
    found = form_list.page_of(session, actor, wanted=WantedForms(**asked), now=NOW)
    return [row.form_id for row in found.rows]


def test_a_draft_waits_for_its_department_and_nobody_else_sees_it(
    session, make, director, employee
):
    form = drafted(session, director, employee)
    auditor, dcm = make.person(Role.AUDITOR), make.person(Role.DCM)
    other = make.person(Role.DIRECTOR, department=make.city.library)

    assert ids(session, director) == [form.id]
    for reader in (auditor, dcm, other):
        assert ids(session, reader, show="open") == []
        with pytest.raises(NotPermitted):
            form_view.form_seen(session, reader, form_id=form.id, now=NOW)


def test_an_exception_waits_for_the_deputy_city_manager_alone(
    session, make, director, employee
):
    dcm, manager = make.person(Role.DCM), make.person(Role.CITY_MANAGER)
    form = signed(session, director, employee, **MORE)

    assert ids(session, dcm) == [form.id]
    assert ids(session, manager) == []
    assert ids(session, manager, show="open") == [form.id]
    assert ids(session, director) == []


def test_an_approved_form_waits_for_information_systems(
    session, make, director, employee
):
    clerk = make.person(Role.IT)
    form = signed(session, director, employee)

    assert ids(session, clerk) == [form.id]
    assert ids(session, clerk, words="nobody of that name") == []


def test_the_employee_reads_the_signed_form_for_them_and_lists_no_others(
    session, make, director, employee
):
    form = signed(session, director, employee)
    stranger = make.person()

    with pytest.raises(NotPermitted):
        ids(session, employee)
    assert form_view.form_seen(session, employee, form_id=form.id, now=NOW).is_own
    with pytest.raises(NotPermitted):
        form_view.form_seen(session, stranger, form_id=form.id, now=NOW)


def test_a_director_finds_the_own_staff_and_the_city_manager_the_directors(
    session, make, director, employee
):
    make.person(department=make.city.library)
    manager = make.person(Role.CITY_MANAGER)

    found = form_list.subjects(session, director, words="", now=NOW)
    numbers = {each.person_id for each in found}
    # The City Manager works in the same department here, as everybody of these tests.
    assert numbers == {director.person_id, employee.person_id, manager.person_id}
    led = form_list.subjects(session, manager, words="", now=NOW)
    assert [each.person_id for each in led] == [director.person_id]
    with pytest.raises(NotPermitted):
        form_list.subjects(session, employee, words="", now=NOW)
