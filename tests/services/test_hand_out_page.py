"""How a form's phone stands, for those who may read the form; and its paper."""

import pytest

from mobile_selfservice.pages.hand_out.view import hand_out_view
from mobile_selfservice.pages.phone_receipt.view import receipt_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.phones import (
    handing_out,
    issue_receipt,
    my_phone,
)
from mobile_selfservice.services.phones.issue_paper import (
    phone_receipt_pdf,
    phone_receipt_words,
)
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW
from tests.services.handed_out import (
    approved_form,
    handed_out,
    make_ready,
    order,
    take_back,
)
from tests.services.test_own_number import stipend


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def clerk(make):
    return make.person(Role.IT, department=make.city.library)


@pytest.fixture
def person(make):
    return make.person()


@pytest.fixture
def form(make, person, director):
    return approved_form(make, person, director)


def seen(session, actor, form):
    return handing_out.handing_out(session, actor, form_id=form.id, now=NOW)


def test_the_next_step_is_information_systems_and_nobody_elses(
    session, clerk, director, form
):
    assert seen(session, clerk, form).may_order
    assert not seen(session, director, form).may_order
    order(session, clerk, form)
    found = seen(session, clerk, form)
    assert (found.may_order, found.may_make_ready, found.may_cancel) == (
        False,
        True,
        True,
    )


def test_the_page_begins_with_what_the_form_asked_for(session, clerk, form):
    view = hand_out_view(seen(session, clerk, form))

    assert view.asked.contract_months == "12"
    assert view.asked.price == "49.99"
    assert "a contract of at most 12 months" in view.limits
    assert view.clause == "Lodi 2011 §4.A"


def test_to_others_the_page_looks_missing(session, make, form):
    for other in (make.person(), make.person(Role.FINANCE)):
        with pytest.raises(NotPermitted):
            seen(session, other, form)


def test_a_phone_for_oneself_is_handed_out_by_a_colleague(
    session, make, clerk, director
):
    own = approved_form(make, clerk, director)
    view = hand_out_view(seen(session, clerk, own))

    assert not view.may_order
    assert view.idle == "This phone is for you, so a colleague hands it out."


def test_what_came_back_and_what_is_missing_stand_on_the_page(
    session, person, clerk, form
):
    handed_out(session, clerk, form, person)
    assert hand_out_view(seen(session, clerk, form)).to_return[0].name == "back_phone"
    take_back(session, clerk, form, back_clip="", note="It broke in the field")

    view = hand_out_view(seen(session, clerk, form))
    assert view.phone.missing == "Belt clip"
    assert view.phone.note == "It broke in the field"
    assert not view.may_take_back


def test_the_signed_receipt_prints_what_was_signed(session, person, clerk, form):
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form, kit_clip="")
    unsigned = issue_receipt.receipt(session, person, issue_id=issue_id, now=NOW)
    assert receipt_view(unsigned).file_href == ""
    with pytest.raises(NotPermitted):
        phone_receipt_pdf(unsigned)
    signature = issue_receipt.Signature(unsigned.fingerprint, person.name, agrees=True)
    signed = issue_receipt.sign(
        session, person, issue_id=issue_id, signature=signature, now=NOW
    )

    words = phone_receipt_words(signed)
    assert words["lacking"] == ["Belt clip"]
    assert words["signature"][0] == ["Signed electronically by", person.name]
    assert signed.fingerprint in words["proof"]
    assert phone_receipt_pdf(signed).startswith(b"%PDF-")
    view = receipt_view(signed)
    assert (view.signed_by, view.can_sign) == (person.name, False)
    assert view.duties[0].place == "Lodi 2011 §3.B.1"


def test_my_phone_shows_what_is_coming_and_then_what_one_has(
    session, person, clerk, form
):
    order(session, clerk, form)
    (coming,) = my_phone.my_phone(session, person, now=NOW).coming
    assert (coming.state, coming.model) == ("ordered", "Flip 4")
    make_ready(session, clerk, form)
    issue_id = my_phone.my_phone(session, person, now=NOW).coming[0].issue_id
    shown = issue_receipt.receipt(session, person, issue_id=issue_id, now=NOW)
    signature = issue_receipt.Signature(shown.fingerprint, person.name, agrees=True)
    issue_receipt.sign(session, person, issue_id=issue_id, signature=signature, now=NOW)

    found = my_phone.my_phone(session, person, now=NOW)
    assert found.coming == ()
    assert [phone.kit[0] for phone in found.phones] == ["Battery"]
    assert my_phone.my_phone(session, clerk, now=NOW).phones == ()


def test_who_holds_a_stipend_and_who_hands_out_read_what_the_phone_stops(
    session, make, person, clerk, form
):
    assert hand_out_view(seen(session, clerk, form)).warning == ""
    stipend(make, person)
    told = hand_out_view(seen(session, clerk, form)).warning
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form)
    shown = issue_receipt.receipt(session, person, issue_id=issue_id, now=NOW)

    assert f"{person.name}’s stipend is suspended from May 2026" in told
    assert "Your stipend is suspended from May 2026" in receipt_view(shown).warning
