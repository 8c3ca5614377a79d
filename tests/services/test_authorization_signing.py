"""Signing an authorization form: what it needs, what follows, what is kept."""

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select

from mobile_selfservice.models.authorization import (
    AuthorizationDecision,
    AuthorizationForm,
    AuthorizationSubmission,
)
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.authorizations import form_signing as signing
from mobile_selfservice.services.authorizations.form_drafts import Wanted
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.authorization_forms import MORE, drafted, sign, signed


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make):
    return make.person()


def moves_of(session, form):
    found = session.exec(
        select(AuthorizationDecision)
        .where(AuthorizationDecision.form_id == form.id)
        .order_by(col(AuthorizationDecision.id))
    )
    return [(each.act, each.decided_by) for each in found]


def test_a_form_within_every_limit_is_approved_by_the_portal_when_it_is_signed(
    session, director, employee
):
    form = signed(session, director, employee)

    assert form.state == "approved"
    assert str(form.approved_on) == "2026-04-10"
    assert form.waits_for == "it"
    assert moves_of(session, form) == [
        ("submit", director.person_id),
        ("approve", None),
    ]
    told = session.exec(select(Letter.person_id, Letter.subject)).all()
    assert (employee.person_id, "Approved: a phone for work") in told


def test_three_hundred_minutes_wait_for_the_deputy_city_manager(
    session, make, director, employee
):
    dcm = make.person(Role.DCM)

    form = signed(session, director, employee, **MORE)

    assert (form.state, form.waits_for) == ("exception_pending", "dcm")
    kept = session.exec(select(AuthorizationSubmission)).one()
    (exceeded,) = kept.record["exceptions"]
    assert exceeded["text"] == (
        "300 minutes; the limit is 200 minutes. More needs the Deputy City Manager’s "
        "consent."
    )
    assert exceeded["clause"] == "Lodi 2011 §3.B.1.a"
    assert exceeded["consent"] == (
        "the department director and the Deputy City Manager"
    )
    assert session.exec(select(Letter.person_id)).all() == [dcm.person_id]


def test_thirteen_months_and_a_phone_outside_the_catalogue_are_two_exceptions(
    session, director, employee
):
    form = signed(
        session,
        director,
        employee,
        contract_months="13",
        is_in_catalogue="",
        exception_why="The carrier offers no shorter contract here",
    )

    kept = session.exec(select(AuthorizationSubmission)).one()
    assert kept.exceptions == ["contract", "catalogue"]
    assert form.state == "exception_pending"


def test_more_minutes_are_not_signed_without_the_directors_reasons(
    session, director, employee
):
    form = drafted(session, director, employee, minutes="300")

    with pytest.raises(signing.NotReady, match="Say why more minutes"):
        sign(session, director, form)
    assert form.state == "draft"


def test_texting_is_approved_with_the_directors_reasons_and_is_no_exception(
    session, director, employee
):
    form = signed(
        session,
        director,
        employee,
        has_texting="on",
        texting_why="Alarms of the pumps come as text messages",
    )

    kept = session.exec(select(AuthorizationSubmission)).one()
    assert (form.state, kept.exceptions) == ("approved", [])
    assert kept.record["notes"][-1]["clause"] == "Lodi 2011 §3.B.1.b"


def test_who_sits_at_a_desk_and_meets_no_reason_of_the_first_list_is_not_eligible(
    session, director, employee
):
    desk = {"ground:3.A.1:b": "", "fixed_share": "80", "field_share": "20"}
    form = drafted(session, director, employee, **desk)

    with pytest.raises(signing.NotEligible, match="at least 80 % bars"):
        sign(session, director, form)


def test_another_departments_director_neither_drafts_nor_signs(
    session, make, director, employee
):
    other = make.person(Role.DIRECTOR, department=make.city.library)

    with pytest.raises(NotPermitted):
        drafted(session, other, employee)
    form = drafted(session, director, employee)
    with pytest.raises(NotPermitted):
        sign(session, other, form)


def test_an_employee_neither_drafts_nor_signs_for_themselves(
    session, director, employee
):
    with pytest.raises(NotPermitted):
        drafted(session, employee, employee)
    form = drafted(session, director, employee)
    with pytest.raises(NotPermitted):
        sign(session, employee, form)


def test_a_second_click_signs_nothing_twice(session, make, director, employee):
    form = drafted(session, director, employee)
    shown = shown_of(session, form)
    for _ in range(2):
        state = signing.sign(
            session,
            director,
            form_id=form.id,
            signature=shown.__class__(shown.version, shown.fingerprint, director.name),
            now=NOW,
        )
        assert state == "approved"
    assert len(session.exec(select(AuthorizationSubmission)).all()) == 1


def shown_of(session, form):
    from mobile_selfservice.models.organization import Person
    from mobile_selfservice.services.authorizations import form_record

    person = session.get_one(Person, form.person_id)
    case = form_record.case_of(session, form, person, NOW.date())
    shown = signing.prepared(session, case)
    return signing.FormSignature(form.version, shown.fingerprint, "")


def test_what_changed_since_it_was_shown_is_not_signed(session, director, employee):
    form = drafted(session, director, employee)
    shown = shown_of(session, form)
    form.answers = form.answers | {"minutes": "150"}

    with pytest.raises(ChangedMeanwhile):
        signing.sign(
            session,
            director,
            form_id=form.id,
            signature=signing.FormSignature(
                form.version, shown.fingerprint, director.name
            ),
            now=NOW,
        )


def test_another_name_under_the_form_signs_nothing(session, director, employee):
    form = drafted(session, director, employee)
    shown = shown_of(session, form)

    with pytest.raises(signing.NameNotTyped, match=director.name):
        signing.sign(
            session,
            director,
            form_id=form.id,
            signature=signing.FormSignature(
                form.version, shown.fingerprint, "Somebody Else"
            ),
            now=NOW,
        )


def test_what_was_signed_and_decided_is_never_changed(session, director, employee):
    signed(session, director, employee)
    kept = session.exec(select(AuthorizationSubmission)).one()
    kept.signed_name = "Another"

    with pytest.raises(DatabaseError):
        session.flush()
    session.rollback()


def test_a_directors_own_form_waits_for_the_city_manager(session, make, director):
    manager = make.person(Role.CITY_MANAGER)

    form = signed(session, director, director)

    assert (form.state, form.waits_for) == ("submitted", "city_manager")
    assert session.exec(select(Letter.person_id)).all() == [manager.person_id]


def test_the_need_for_a_stipend_is_approved_the_same_way(session, director, employee):
    form = signed(session, director, employee, Wanted("stipend", "smart"))

    assert (form.state, form.waits_for) == ("approved", "employee")
    assert session.exec(select(AuthorizationForm.line_id)).one() is None
    notes = session.exec(
        select(HistoryEntry.note).where(HistoryEntry.act == "authorization.approved")
    ).all()
    assert notes == ["Approved: No limit is exceeded."]
