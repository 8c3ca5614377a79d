"""A phone that comes back: what is missing, whose line it is no longer."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from mobile_selfservice.models.authorization import AuthorizationAction
from mobile_selfservice.models.device_issue import DeviceIssue
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.phones import issue_return
from mobile_selfservice.services.phones.issue_fields import FieldsWrong
from mobile_selfservice.services.phones.issue_return import NotTakenBack
from mobile_selfservice.services.phones.phone_standing import standing_of
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.handed_out import BACK, approved_form, handed_out, take_back

TODAY = date(2026, 4, 10)
A_MONTH_AGO = NOW - timedelta(days=30)


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
def form(session, make, person, director, clerk):
    """A form whose phone was handed out a month ago."""
    made = approved_form(make, person, director)
    handed_out(session, clerk, made, person, now=A_MONTH_AGO)
    return made


def ending_form(make, person, director, line_id):
    end = {"action": AuthorizationAction.END_SERVICE, "line_id": line_id}
    return approved_form(make, person, director, device_class="", **end)


def test_a_phone_that_is_back_is_nobodys_and_its_form_closed(
    session, person, clerk, form
):
    take_back(session, clerk, form)

    issue = session.exec(select(DeviceIssue)).one()
    assert (form.state, issue.state, issue.missing) == ("closed", "returned", [])
    assert (issue.received_by, issue.received_on) == (clerk.person_id, TODAY)
    assert not standing_of(session, person.person_id, TODAY).has_device
    assert session.exec(select(LineHolding)).one().held_until == TODAY


def test_the_form_that_ends_the_service_is_open_until_the_phone_is_back(
    session, make, person, director, clerk, form
):
    end = ending_form(make, person, director, form.line_id)
    take_back(session, clerk, end)

    assert (form.state, end.state) == ("closed", "closed")


def test_a_phone_from_before_the_portal_comes_back_on_its_form(
    session, make, person, director, clerk
):
    line = make.line(person)
    end = ending_form(make, person, director, line.id)
    take_back(session, clerk, end)

    assert end.state == "closed"
    assert not standing_of(session, person.person_id, TODAY).has_device


def test_what_is_missing_is_named_with_a_note_and_told(session, person, clerk, form):
    with pytest.raises(FieldsWrong, match="Say what is missing"):
        take_back(session, clerk, form, back_charger="")

    take_back(session, clerk, form, back_charger="", note="Lost on a field trip")

    issue = session.exec(select(DeviceIssue)).one()
    assert (issue.missing, issue.return_note) == (["charger"], "Lost on a field trip")
    told = select(Letter).where(Letter.occasion == f"phone-returned/{form.id}")
    letter = session.exec(told).one()
    assert letter.person_id == person.person_id
    assert "missing: Wall charger. Lost on a field trip." in letter.body


@pytest.mark.parametrize("day", ["2026-04-11", "2026-03-10", "", "soon"])
def test_the_day_lies_between_the_signature_and_today(session, clerk, form, day):
    with pytest.raises(FieldsWrong):
        take_back(session, clerk, form, received_on=day)
    assert form.state == "active"


@pytest.mark.parametrize("role", set(Role) - {Role.IT})
def test_nobody_but_information_systems_takes_a_phone_back(session, make, form, role):
    with pytest.raises(NotPermitted):
        take_back(session, make.person(role), form)


def test_a_second_click_takes_back_once(session, clerk, form):
    seen = {"form_id": form.id, "version": form.version, "typed": BACK, "now": NOW}
    for _ in ("click", "second click"):
        issue_return.take_back(session, clerk, **seen)

    told = select(Letter).where(Letter.occasion == f"phone-returned/{form.id}")
    assert len(session.exec(told).all()) == 1
    with pytest.raises(ChangedMeanwhile):
        issue_return.take_back(session, clerk, **{**seen, "version": form.version - 2})


def test_where_the_policy_asks_for_counsel_a_phone_waits_for_their_word(
    session, make, clerk, form
):
    make.city.employer.policy_edition = "ny_its_p18_007"
    session.flush()

    with pytest.raises(NotTakenBack, match="must be consulted first"):
        take_back(session, clerk, form)
    take_back(session, clerk, form, is_consulted="on")
    assert form.state == "closed"


def test_the_second_of_two_clerks_is_told_that_their_answer_was_not_kept(
    session, make, clerk, form
):
    seen = {"form_id": form.id, "version": form.version, "now": NOW}
    issue_return.take_back(session, clerk, typed=BACK, **seen)

    others = BACK | {"note": "The screen is broken"}
    for who, typed in ((make.person(Role.IT), BACK), (clerk, others)):
        with pytest.raises(ChangedMeanwhile):
            issue_return.take_back(session, who, typed=typed, **seen)
    assert session.exec(select(DeviceIssue)).one().return_note == ""


def test_a_second_click_on_the_form_that_ends_the_service_takes_back_once(
    session, make, person, director, clerk, form
):
    end = ending_form(make, person, director, form.line_id)
    some = {key: said for key, said in BACK.items() if key != "back_charger"}
    typed = some | {"note": "Lost on a field trip"}
    seen = {"form_id": end.id, "version": end.version, "typed": typed, "now": NOW}
    for _ in ("click", "second click"):
        issue_return.take_back(session, clerk, **seen)

    issue = session.exec(select(DeviceIssue)).one()
    assert (issue.state, issue.missing) == ("returned", ["charger"])
