"""A form that was referred back says why, by whom, until it is signed again."""

import pytest

from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.authorizations import (
    form_decisions,
    form_list,
    form_view,
)
from mobile_selfservice.services.authorizations.form_decisions import Answer
from mobile_selfservice.services.authorizations.form_list import WantedForms
from tests.factories import NOW
from tests.services.authorization_forms import MORE, drafted, sign, signed

REASON = "Say how many calls a night there are"


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make):
    return make.person()


def seen(session, actor, form):
    return form_view.form_seen(session, actor, form_id=form.id, now=NOW)


def listed(session, actor, form):
    wanted = WantedForms(show="open")
    found = form_list.page_of(session, actor, wanted=wanted, now=NOW)
    (row,) = [each for each in found.rows if each.form_id == form.id]
    return row


def refer_back(session, dcm, form):
    form_decisions.refer_back(
        session, dcm, form_id=form.id, answer=Answer(form.version, REASON), now=NOW
    )


def test_the_reason_and_who_gave_it_stand_on_the_form_and_in_the_list(
    session, make, director, employee
):
    dcm = make.person(Role.DCM)
    form = signed(session, director, employee, **MORE)
    refer_back(session, dcm, form)

    for reader in (director, dcm):
        referral = seen(session, reader, form).referral
        assert (referral.reason, referral.by) == (REASON, dcm.name)
        assert listed(session, reader, form).is_referred_back


def test_signed_again_it_is_referred_back_no_longer(session, make, director, employee):
    form = signed(session, director, employee, **MORE)
    refer_back(session, make.person(Role.DCM), form)

    sign(session, director, form)

    assert seen(session, director, form).referral is None
    assert not listed(session, director, form).is_referred_back


def test_a_new_draft_was_not_referred_back(session, director, employee):
    form = drafted(session, director, employee)

    assert seen(session, director, form).referral is None
    assert not listed(session, director, form).is_referred_back
