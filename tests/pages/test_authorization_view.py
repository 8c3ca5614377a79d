"""What the pages of authorization forms say, without a browser."""

import pytest

from mobile_selfservice.pages.authorization.view import authorization_view
from mobile_selfservice.pages.authorizations.view import forms_view, subject_rows
from mobile_selfservice.pages.phone_needs.view import phone_needs_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.authorizations import (
    form_decisions,
    form_list,
    form_pdf,
    form_view,
    need_review,
)
from mobile_selfservice.services.authorizations.form_drafts import Wanted
from mobile_selfservice.services.authorizations.form_list import WantedForms
from tests.factories import NOW
from tests.services.authorization_forms import MORE, NEED, SERVICE, drafted, signed


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make):
    return make.person()


def view_of(session, actor, form, step="who", *, mark=False):
    seen = form_view.form_seen(session, actor, form_id=form.id, now=NOW)
    return authorization_view(seen, step, mark=mark)


def test_a_draft_shows_its_step_and_what_is_wrong_only_once_it_was_saved(
    session, director, employee
):
    form = drafted(session, director, employee, minutes="many")

    fresh = view_of(session, director, form, "service")
    saved = view_of(session, director, form, "service", mark=True)

    assert (fresh.is_draft, fresh.step_number, fresh.faults) == (True, 2, [])
    assert [each.field for each in saved.faults] == ["minutes"]
    assert saved.problems.minutes.startswith("The minutes: type a whole number")
    assert saved.typed.minutes == "many"


def test_a_limit_is_named_with_its_clause_and_who_consents(session, director, employee):
    form = drafted(session, director, employee, minutes="300")

    view = view_of(session, director, form, "service", mark=True)

    (one,) = view.exceeded
    assert one.text.startswith("300 minutes; the limit is 200 minutes.")
    assert one.clause == "Lodi 2011 §3.B.1.a"
    assert one.consent == "the department director and the Deputy City Manager"
    assert view.problems.minutes_why != ""
    assert not view.may_sign


def test_a_director_is_told_that_the_city_manager_consents(session, director):
    form = drafted(session, director, director, **MORE)

    (one,) = view_of(session, director, form, "sign").exceeded

    assert one.text.endswith("More needs the City Manager’s consent.")
    assert one.consent == "the City Manager"


def test_nothing_is_held_against_a_step_that_was_not_opened_yet(
    session, director, employee
):
    form = drafted(session, director, employee, plan_kind="", minutes="")

    assert view_of(session, director, form, "service").exceeded == []


def test_a_signed_form_shows_what_was_signed_and_whose_consent_is_awaited(
    session, make, director, employee
):
    dcm = make.person(Role.DCM)
    form = signed(session, director, employee, **MORE)

    view = view_of(session, dcm, form)

    assert not view.is_draft
    assert view.title == f"City phone for {employee.name}"
    assert view.signed_by == director.name
    assert [(each.office, each.is_given) for each in view.consents] == [
        ("The department director", True),
        ("The Deputy City Manager", False),
    ]
    assert view.acts == ["refer_back", "refuse", "sign"]
    said = {each.label: each.words for each in view.said}
    assert said["Price of the phone"] == "$49.99"
    assert said["Percent of the work day in the field"] == "70 %"
    assert view.pdf == f"/files/authorizations/{form.id}.pdf"


def test_the_employee_may_decline_and_finds_no_way_to_the_order(
    session, make, director, employee
):
    form = signed(session, director, employee)

    mine = view_of(session, employee, form)
    clerk = view_of(session, make.person(Role.IT), form)

    assert (mine.acts, mine.phone) == (["decline"], "")
    assert (clerk.acts, clerk.phone) == ([], f"/authorizations/{form.id}/phone")


def test_an_end_has_three_steps_and_says_which_phone(session, make, director, employee):
    make.line(employee, number="+12095550177")
    form = drafted(session, director, employee, Wanted("end_service"))

    view = view_of(session, director, form, "end")

    assert (view.shape, view.step_number, view.line) == ("end", 1, "(209) 555-0177")


def test_a_stipend_for_who_carries_a_phone_says_that_nobody_has_both(
    session, make, director, employee
):
    make.line(employee)
    form = drafted(session, director, employee, Wanted("stipend", "smart"))

    assert "Nobody has both" in view_of(session, director, form).notice


def test_the_list_counts_what_waits_and_finds_people(session, director, employee):
    form = drafted(session, director, employee)
    wanted = WantedForms()
    found = form_list.page_of(session, director, wanted=wanted, now=NOW)

    view = forms_view(found, wanted, reads_needs=True)
    people = form_list.subjects(session, director, words=employee.name, now=NOW)

    assert view.rows[0].href == f"/authorizations/{form.id}"
    assert view.rows[0].waits_for == "The director"
    assert view.links[0].words == "Waits for you (1)"
    assert [each.name for each in subject_rows(people)] == [employee.name]


def test_a_phone_without_bills_is_listed_without_bars(
    session, make, director, employee
):
    make.line(employee)

    view = phone_needs_view(need_review.due_page(session, director, now=NOW))

    assert view.summary == "1 phone to justify again"
    assert (view.rows[0].months, view.rows[0].is_idle) == ([], False)


def test_the_signed_form_is_printed_with_every_field_and_signature(
    session, director, employee
):
    form = signed(session, director, employee, **MORE)

    shown = form_view.signed_form(session, employee, form_id=form.id, now=NOW)
    words = form_pdf.form_words(shown)

    assert ["Carrier", "Verizon"] in words["said"]
    assert words["exceptions"][0]["source"] == "Lodi 2011 §3.B.1.a, reading AMB-30"
    assert words["signature"][0] == ["Signed electronically by", director.name]
    assert form_pdf.form_pdf(shown).startswith(b"%PDF-")


def test_a_step_is_done_when_its_required_answers_are_there(
    session, director, employee
):
    empty = drafted(session, director, employee, **dict.fromkeys(NEED | SERVICE, ""))
    assert view_of(session, director, empty, "sign").steps_done == [0]

    whole = drafted(session, director, director)
    assert view_of(session, director, whole).steps_done == [0, 1, 2]


def test_a_step_without_the_reasons_the_policy_asks_for_is_not_done(
    session, director, employee
):
    grounds = {"ground:3.A.1:b": "", "ground:4.B.1:c": ""}
    form = drafted(session, director, employee, **grounds)

    assert view_of(session, director, form).steps_done == [0, 2]


def test_a_missing_answer_is_asked_for_in_a_plain_sentence(session, director, employee):
    form = drafted(session, director, employee, need_why="", alternatives="", plan="")

    needed = view_of(session, director, form, "need", mark=True)
    service = view_of(session, director, form, "service", mark=True)

    assert [each.text for each in needed.faults] == [
        "Say why it is needed.",
        "Say which other ways were looked at.",
    ]
    assert service.problems.plan == "Name the plan."


def test_a_form_referred_back_says_so_with_the_reason_and_by_whom(
    session, make, director, employee
):
    dcm = make.person(Role.DCM)
    form = signed(session, director, employee, **MORE)
    reason = "Say how many calls a night there are"
    answer = form_decisions.Answer(form.version, reason)
    form_decisions.refer_back(session, dcm, form_id=form.id, answer=answer, now=NOW)

    for step in ("who", "sign"):
        view = view_of(session, director, form, step)
        assert (view.state, view.is_draft) == ("referred_back", True)
        assert (view.referral.reason, view.referral.by) == (reason, dcm.name)
    wanted = WantedForms()
    found = form_list.page_of(session, director, wanted=wanted, now=NOW)
    assert forms_view(found, wanted, reads_needs=True).rows[0].state == "referred_back"


def test_what_happened_is_told_oldest_first(session, director, employee):
    form = signed(session, director, employee)

    told = [each.what for each in view_of(session, director, form).happenings]
    assert told[0].startswith("Form begun for")
    assert told[-1].startswith("Approved")
