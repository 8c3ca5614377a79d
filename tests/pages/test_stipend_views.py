"""Stipends in words: where one stands, what waits, and what a check would lead to."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.pages.election.view import election_view, outcome_view
from mobile_selfservice.pages.my_stipend.view import arrival, my_stipend_view
from mobile_selfservice.pages.stipends.view import stipends_view
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.stipends import (
    checking,
    election_list,
    election_seen,
    exclusion,
    own_stipend,
)
from mobile_selfservice.services.stipends.weighing import PhoneCheck
from tests.factories import NOW
from tests.services import elected
from tests.services.elected import contract, town


@pytest.fixture
def people(make):
    return town(make)


def own(session, people):
    return my_stipend_view(own_stipend.own_stipend(session, people.employee, now=NOW))


def seen(session, actor, election):
    found = election_seen.election_seen(
        session, actor, election_id=election.id, now=NOW
    )
    return election_view(found)


def test_who_has_none_may_ask_and_sees_what_is_set(session, people):
    view = own(session, people)
    assert view.may_ask
    assert view.title == "You have no stipend"
    assert [option.hint for option in view.classes] == [
        "Calls. Set to $25.00 a month, before its limits.",
        "E-mail and calls. Set to $50.00 a month, before its limits.",
    ]


def test_a_draft_asks_for_its_paper_then_to_be_sent(session, people):
    elected.asking.save(
        session, people.employee, wish=elected.wish(), contract=contract(), now=NOW
    )
    view = own(session, people)
    assert view.upload_to == f"/files/proofs/{view.draft_proof.proof_id}"
    assert not view.may_send
    elected.drafted(session, people.employee)
    view = own(session, people)
    assert view.may_send
    assert view.waiting_proof.cost == "$84.99 a month, taxes included"


def test_what_was_worked_out_opens_into_its_steps(session, make, people):
    make.line(people.employee)
    elected.entered(
        session,
        people,
        found={"returned_on": date(2026, 4, 9), "quote": Decimal("175.00")},
    )
    view = own(session, people)
    figures = {row.label: row.words for row in view.figures}
    assert figures["Each month"] == "$50.00"
    assert figures["Months without a stipend"] == "4 months"
    assert figures["First month paid"] == "September 2026"
    assert "$175.00 ÷ $50.00 a month: 4 months" in [
        step.text for step in view.worked[0].steps
    ]
    assert (
        view.next
        == "It begins in September 2026. Keep your contract active until then."
    )
    assert view.pdf


def test_a_smaller_class_says_why_with_its_amount_and_its_wait(session, make, people):
    make.line(people.employee)
    found = {
        "returned_on": date(2026, 4, 9),
        "quote": Decimal("50.00"),
        "synchronizes": False,
    }
    elected.checked(session, people, found=found)

    assert own(session, people).lower == (
        "You asked for the smart phone stipend and get the cell phone stipend: $25.00 "
        "a month, first paid for July 2026, after 2 months without one. The phone does "
        "not synchronize with the employer’s e-mail by itself. The cell stipend takes "
        "its place."
    )


def test_who_gets_what_was_asked_for_is_told_of_no_other_class(session, people):
    elected.checked(session, people)
    assert own(session, people).lower == ""


def test_what_was_sent_stays_readable(session, people):
    elected.asked(session, people.employee)
    view = own(session, people)
    said = {row.label: row.words for row in view.sent}
    assert said["Model of your phone"] == "Fairphone 5"
    assert said["Sent on"] == "April 10, 2026"
    assert view.sent_proof.cost == "$84.99 a month, taxes included"
    assert view.sent_proof.file


def test_a_prepaid_contract_is_told_off_before_its_paper_is_wanted(session, people):
    def typed(**details):
        elected.asking.save(
            session,
            people.employee,
            wish=elected.wish(),
            contract=contract(**details),
            now=NOW,
        )
        return own(session, people)

    view = typed(is_prepaid=True)
    assert view.against == "A prepaid phone does not qualify. (Lodi 2011 §3.B.2.d)"
    assert view.upload_to == ""
    view = typed()
    assert view.against == ""
    assert view.upload_to


def test_a_stipend_suspended_before_it_begins_still_waits_for_its_month(
    session, make, people
):
    make.line(people.employee)
    found = {"returned_on": date(2026, 4, 9), "quote": Decimal("175.00")}
    elected.entered(session, people, found=found)
    exclusion.device_issued(session, people.employee.person_id, NOW.date(), NOW)

    view = own(session, people)

    assert (view.state, view.place) == ("suspended", 4)
    assert view.pauses[0].startswith("From September 2026 on: not paid.")
    assert "Suspended from September 2026." in view.happened[-1].what


def test_each_office_sees_its_own_form_alone(session, people):
    election = elected.asked(session, people.employee)
    director = seen(session, people.director, election)
    assert director.may_approve
    assert director.needs_reasons
    assert len(director.reasons) == 8
    assert director.proof.file
    it = seen(session, people.it, election)
    assert not it.may_approve
    assert it.waits_for == "This waits for: director."
    assert not it.proof.file
    elected.approve(session, people.director, election)
    assert seen(session, people.it, election).may_check
    assert not seen(session, people.finance, election).may_enter


def test_a_directors_own_names_the_city_manager(session, people):
    election = elected.asked(session, people.director)
    view = seen(session, people.director, election)
    assert view.is_own
    assert "City Manager" in view.waits_for
    assert seen(session, people.manager, election).may_approve


def test_an_outcome_says_what_it_comes_to_before_it_is_kept(session, people):
    election = elected.approved(session, people)

    def outcome(quote, synchronizes=True):
        check = PhoneCheck(synchronizes=synchronizes, city_quote=Decimal(quote))
        return outcome_view(
            checking.preview(
                session, people.it, election_id=election.id, check=check, now=NOW
            )
        )

    granted = outcome("55.00")
    assert granted.sentence == "$50.00 a month (smart phone), first paid for May 2026."
    lower = outcome("55.00", synchronizes=False).sentence
    assert lower.startswith("$25.00 a month (cell phone), first paid for May 2026. The")
    assert lower.endswith("The cell stipend takes its place.")
    refused = outcome("30.00")
    assert not refused.is_granted
    assert "less than the stipend" in refused.sentence


def test_the_list_says_what_waits_for_whom(session, people):
    elected.asked(session, people.employee)
    rows = {
        who: stipends_view(election_list.page_of(session, actor, now=NOW)).rows
        for who, actor in (("director", people.director), ("it", people.it))
    }
    assert [row.my_part for row in rows["director"]] == ["Approve or refuse"]
    assert rows["it"] == []
    under_way = election_list.page_of(session, people.it, show="under_way", now=NOW)
    assert stipends_view(under_way).summary == "1 entry"


def test_employees_have_no_list(session, people):
    with pytest.raises(NotPermitted):
        election_list.page_of(session, people.employee, now=NOW)


def test_a_paper_that_could_not_be_kept_is_said_so():
    assert arrival({"problem": "kind"})[1] == "danger"
    assert arrival({"handed_in": "1"})[1] == "success"
    assert arrival({"problem": "<script>"}) == ("", "")
