"""Deciding on a form: who consents, who refuses, who sends it back, who declines."""

from datetime import timedelta

import pytest
from sqlmodel import select, text

from mobile_selfservice.models.authorization import AuthorizationSubmission
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.policy.eligibility import Need
from mobile_selfservice.services.actors import Actor, Grant, Role
from mobile_selfservice.services.authorizations import form_decisions as decisions
from mobile_selfservice.services.authorizations import form_drafts, form_view, needs
from mobile_selfservice.services.authorizations.form_decisions import Answer
from mobile_selfservice.services.authorizations.form_drafts import TypedStep, Wanted
from mobile_selfservice.services.kept_record import RecordDiffers
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.authorization_forms import MORE, drafted, sign, signed

# Takes the database's own guard away, as nobody but its owner could.
LOOSENED = {
    "sqlite": ["DROP TRIGGER authorization_submission_no_update"],
    "postgresql": [
        "ALTER TABLE authorization_submission "
        "DISABLE TRIGGER authorization_submission_frozen"
    ],
}
WHY = "The smaller plan is enough for this work"


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make):
    return make.person()


@pytest.fixture
def dcm(make):
    return make.person(Role.DCM)


@pytest.fixture
def manager(make):
    return make.person(Role.CITY_MANAGER)


def decide(act, session, actor, form, reason="", version=None):
    answer = Answer(version or form.version, reason)
    return act(session, actor, form_id=form.id, answer=answer, now=NOW)


def test_the_deputy_city_managers_signature_completes_the_directors(
    session, director, employee, dcm
):
    form = signed(session, director, employee, **MORE)

    assert decide(decisions.consent, session, dcm, form) == "approved"
    seen = form_view.form_seen(session, dcm, form_id=form.id, now=NOW)
    assert [each.office for each in seen.signed.consents] == [
        "the department director",
        "the Deputy City Manager",
        "Approved",
    ]


def test_a_directors_own_exception_goes_to_the_city_manager_and_to_nobody_else(
    session, director, dcm, manager
):
    form = signed(session, director, director, **MORE)

    assert form.waits_for == "city_manager"
    with pytest.raises(ChangedMeanwhile):
        decide(decisions.consent, session, dcm, form)
    with pytest.raises(NotPermitted):
        decide(decisions.refuse, session, dcm, form, WHY)
    assert decide(decisions.consent, session, manager, form) == "approved"


def test_who_gains_by_an_exception_never_consents_whatever_office_they_hold(
    session, make, director
):
    deputy = make.person(Role.EMPLOYEE, Role.DCM)
    form = signed(session, director, deputy, **MORE)

    with pytest.raises(NotPermitted):
        decide(decisions.consent, session, deputy, form)
    assert form.state == "exception_pending"


def test_the_city_manager_signs_for_the_deputys_own_exception(
    session, make, director, manager
):
    deputy = make.person(Role.EMPLOYEE, Role.DCM)
    form = signed(session, director, deputy, **MORE)

    assert form.waits_for == "dcm|city_manager"
    seen = form_view.form_seen(session, manager, form_id=form.id, now=NOW)
    assert seen.offices == ("the Deputy City Manager or the City Manager",)
    told = select(Letter.person_id).where(Letter.subject.contains("waits for you"))
    assert session.exec(told).all() == [manager.person_id]
    assert decide(decisions.consent, session, manager, form) == "approved"
    assert decide(decisions.consent, session, manager, form) == "approved"


def test_another_deputy_may_sign_for_the_deputys_own_exception(
    session, make, director, dcm
):
    deputy = make.person(Role.EMPLOYEE, Role.DCM)
    form = signed(session, director, deputy, **MORE)

    assert decide(decisions.consent, session, dcm, form) == "approved"


def test_the_city_manager_signs_no_other_employees_exception(
    session, director, employee, manager
):
    form = signed(session, director, employee, **MORE)

    assert form.waits_for == "dcm"
    with pytest.raises(ChangedMeanwhile):
        decide(decisions.consent, session, manager, form)


def test_one_person_in_two_offices_does_not_sign_for_both(session, make, employee):
    both = make.person(Role.DIRECTOR, Role.DCM)
    form = signed(session, both, employee, **MORE)

    with pytest.raises(ChangedMeanwhile):
        decide(decisions.consent, session, both, form)
    assert form.state == "exception_pending"


def test_a_second_click_consents_once(session, director, employee, dcm):
    form = signed(session, director, employee, **MORE)
    version = form.version

    for _ in range(2):
        answered = decide(decisions.consent, session, dcm, form, version=version)
        assert answered == "approved"
    seen = form_view.form_seen(session, dcm, form_id=form.id, now=NOW)
    assert len(seen.signed.consents) == 3


def test_a_form_that_was_referred_back_is_corrected_and_signed_anew(
    session, director, employee, dcm
):
    form = signed(session, director, employee, **MORE)
    decide(decisions.refer_back, session, dcm, form, WHY)

    assert (form.state, form.waits_for) == ("draft", "director")
    told = session.exec(
        select(Letter.body).where(Letter.person_id == director.person_id)
    ).all()
    assert any(WHY in body for body in told)
    form_drafts.save_step(
        session,
        director,
        form_id=form.id,
        version=form.version,
        step=TypedStep({"minutes": "200"}, ("minutes", "minutes_why")),
        now=NOW,
    )
    assert sign(session, director, form) == "approved"
    seen = form_view.form_seen(session, director, form_id=form.id, now=NOW)
    assert seen.signed.number == 2


def test_an_approved_form_is_referred_back_until_it_is_ordered(
    session, director, employee, dcm
):
    form = signed(session, director, employee)

    decide(decisions.refer_back, session, dcm, form, WHY)

    assert (form.state, form.approved_on) == ("draft", None)
    assert needs.approved_need(session, employee.person_id, NOW.date()) is None


def test_a_refusal_needs_a_reason_and_is_told(session, director, employee, dcm):
    form = signed(session, director, employee, **MORE)

    with pytest.raises(decisions.stated_reason.free_text.TextNeeded):
        decide(decisions.refuse, session, dcm, form)
    assert decide(decisions.refuse, session, dcm, form, WHY) == "refused"
    told = session.exec(
        select(Letter.body).where(Letter.person_id == employee.person_id)
    ).one()
    assert WHY in told


def test_a_directors_own_form_within_the_limits_is_approved_by_the_city_manager(
    session, director, dcm, manager
):
    form = signed(session, director, director)

    with pytest.raises(NotPermitted):
        decide(decisions.approve, session, dcm, form)
    assert decide(decisions.approve, session, manager, form) == "approved"


def test_a_form_whose_record_is_not_what_was_signed_is_not_approved(
    session, director, employee, dcm, manager
):
    forms = [
        (decisions.consent, dcm, signed(session, director, employee, **MORE)),
        (decisions.approve, manager, signed(session, director, director)),
    ]
    for drop in LOOSENED[session.get_bind().dialect.name]:
        session.execute(text(drop))
    for kept in session.exec(select(AuthorizationSubmission)).all():
        kept.record = kept.record | {"action": "something else"}

    for act, decider, form in forms:
        with pytest.raises(RecordDiffers, match="does not match what was signed"):
            decide(act, session, decider, form)


def test_an_employee_declines_the_approved_phone_and_the_need_still_holds(
    session, director, employee
):
    form = signed(session, director, employee)

    decide(decisions.decline, session, employee, form)

    need = needs.approved_need(session, employee.person_id, NOW.date())
    assert need is not None
    assert (need.form_id, need.was_declined) == (form.id, True)
    assert need.need == Need(
        grounds={"3.A.1": ("b",), "4.B.1": ("c",)},
        fixed_share=need.need.fixed_share,
        field_share=need.need.field_share,
    )
    with pytest.raises(NotPermitted):
        decide(decisions.decline, session, director, form)


def test_no_need_holds_before_the_day_it_was_approved(session, director, employee):
    signed(session, director, employee)

    day_before = NOW.date() - timedelta(days=1)
    assert needs.approved_need(session, employee.person_id, day_before) is None


def test_what_somebody_saw_in_an_old_tab_is_not_decided(
    session, director, employee, dcm
):
    form = signed(session, director, employee, **MORE)

    with pytest.raises(ChangedMeanwhile):
        decide(decisions.consent, session, dcm, form, version=form.version - 1)


def test_another_agencys_deputy_city_manager_has_no_say(
    session, make, director, employee
):
    form = signed(session, director, employee, **MORE)
    away = make.person(Role.DCM)
    fenced = Actor(
        person_id=away.person_id,
        employer_id=away.employer_id,
        department_id=away.department_id,
        agency_id=away.agency_id,
        name=away.name,
        grants=frozenset({Grant(Role.DCM, agency_id=away.agency_id + 1000)}),
    )

    with pytest.raises(NotPermitted):
        decide(decisions.consent, session, fenced, form)


def test_it_carries_out_an_approved_change_of_plan(session, make, director, employee):
    make.line(employee)
    clerk = make.person(Role.IT)
    form = signed(session, director, employee, Wanted("change", "cell"))

    assert form.line_id is not None
    assert decide(decisions.carry_out, session, clerk, form) == "closed"
    with pytest.raises(NotPermitted):
        decide(decisions.carry_out, session, director, form)


def test_the_end_of_service_asks_for_the_equipment(session, make, director, employee):
    line = make.line(employee)
    form = signed(
        session,
        director,
        employee,
        Wanted("end_service"),
        ending_why="The duty moved to the night crew",
        last_day="2026-04-30",
        equipment="Phone, charger",
    )

    assert (form.state, form.waits_for, form.line_id) == ("ending", "it", line.id)


def test_a_form_that_would_end_nothing_is_not_begun(session, director, employee):
    with pytest.raises(form_drafts.NothingToEnd):
        drafted(session, director, employee, Wanted("end_service"))
    with pytest.raises(form_drafts.NothingToEnd):
        drafted(session, director, employee, Wanted("end_stipend"))


def test_a_withdrawn_form_stays_withdrawn(session, director, employee):
    form = signed(session, director, employee, **MORE)
    version = form.version
    for _ in range(2):
        form_drafts.withdraw(
            session, director, form_id=form.id, version=version, now=NOW
        )
    assert form.state == "withdrawn"
