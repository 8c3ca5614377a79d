"""Whose a form is: its drafter's and the department's director's, nobody else's."""

import pytest

from mobile_selfservice.models.organization import Department
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.authorizations import (
    form_drafts,
    form_list,
    form_view,
)
from mobile_selfservice.services.authorizations.form_drafts import TypedStep, Wanted
from mobile_selfservice.services.authorizations.form_list import WantedForms
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW
from tests.services.authorization_forms import MORE, drafted, sign, signed


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def manager(make):
    return make.person(Role.CITY_MANAGER)


def acts(session, actor, form):
    seen = form_view.form_seen(session, actor, form_id=form.id, now=NOW)
    return {each.value for each in seen.acts}


def withdraw(session, actor, form):
    form_drafts.withdraw(session, actor, form_id=form.id, version=form.version, now=NOW)


def waiting(session, actor):
    found = form_list.page_of(session, actor, wanted=WantedForms(), now=NOW)
    assert found.waiting == len(found.rows)
    return [row.form_id for row in found.rows]


def test_the_city_manager_neither_writes_nor_withdraws_a_directors_own_draft(
    session, director, manager
):
    form = drafted(session, director, director)

    assert waiting(session, manager) == []
    with pytest.raises(NotPermitted):
        form_view.form_seen(session, manager, form_id=form.id, now=NOW)
    with pytest.raises(NotPermitted):
        form_drafts.save_step(
            session,
            manager,
            form_id=form.id,
            version=form.version,
            step=TypedStep({"need_why": "Something else"}, ("need_why",)),
            now=NOW,
        )
    with pytest.raises(NotPermitted):
        withdraw(session, manager, form)
    assert {"submit", "withdraw"} <= acts(session, director, form)


def test_the_city_manager_decides_on_a_directors_signed_form_but_cannot_withdraw_it(
    session, director, manager
):
    form = signed(session, director, director, **MORE)

    assert waiting(session, manager) == [form.id]
    assert acts(session, manager, form) == {"sign", "refuse", "refer_back"}
    with pytest.raises(NotPermitted):
        withdraw(session, manager, form)
    assert form.state == "exception_pending"


def test_the_city_manager_writes_and_withdraws_what_they_drafted(
    session, director, manager
):
    form = drafted(session, manager, director)

    assert waiting(session, manager) == [form.id]
    assert "submit" in acts(session, manager, form)
    assert "submit" in acts(session, director, form)
    withdraw(session, manager, form)
    assert form.state == "withdrawn"


def test_a_directors_draft_is_not_opened_to_the_city_manager_who_begins_one(
    session, director, manager
):
    own = drafted(session, director, director)

    begun = form_drafts.start(
        session,
        manager,
        person_id=director.person_id,
        wanted=Wanted("new_device", "cell"),
        now=NOW,
    )

    assert begun != own.id


def test_what_waits_for_the_city_manager_does_not_wait_for_information_systems(
    session, make, director, manager
):
    clerk = make.person(Role.IT)
    form = drafted(session, director, director)
    sign(session, director, form)

    assert form.waits_for == "city_manager"
    assert waiting(session, clerk) == []
    assert waiting(session, manager) == [form.id]


def test_the_business_unit_begins_with_the_departments_name(session, make, director):
    form = drafted(session, director, make.person())
    unit = session.get_one(Department, director.department_id)

    assert form.answers["business_unit"] == unit.name != unit.code
