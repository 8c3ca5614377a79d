"""A change of class in words: what is held, which proof is used, what is asked."""

from datetime import UTC, datetime

import pytest

from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.pages.election.view import election_view
from mobile_selfservice.pages.my_stipend.view import my_stipend_view
from mobile_selfservice.services.stipends import (
    asking,
    election_seen,
    own_stipend,
    stipend_clock,
)
from tests.services import elected
from tests.services.elected import town

JUNE = datetime(2026, 6, 15, 17, 0, tzinfo=UTC)


@pytest.fixture
def people(make):
    return town(make)


@pytest.fixture
def held(session, people):
    election = elected.entered(session, people, stipend_class=StipendClass.CELL)
    stipend_clock.run_due(session, people.employee.employer_id, now=JUNE)
    return election


def own(session, people):
    return my_stipend_view(own_stipend.own_stipend(session, people.employee, now=JUNE))


def draft(session, people):
    return asking.save(
        session, people.employee, wish=elected.wish(), contract=None, now=JUNE
    )


def test_a_holder_is_offered_the_other_class_with_the_proof_on_record(
    session, people, held
):
    view = own(session, people)

    assert (view.may_ask, view.may_change, view.changes) == (False, True, True)
    assert [option.value for option in view.classes] == ["smart"]
    assert (view.typed.stipend_class, view.typed.device_model) == (
        "smart",
        "Fairphone 5",
    )
    assert view.keeps_proof.startswith(
        "Your proof of contract on record is used: Verizon, Unlimited, $84.99 a month."
    )


def test_the_draft_of_a_change_may_be_sent_without_another_paper(session, people, held):
    draft(session, people)
    view = own(session, people)

    assert (view.may_ask, view.may_change, view.may_send) == (True, False, True)
    assert view.to_send.cost == "$84.99 a month, taxes included"
    assert "You hold the cell phone stipend of $25.00 a month" in view.held_now
    assert view.holds  # its proof is still renewed here


def test_who_asks_for_a_first_stipend_is_told_of_no_change(session, people):
    view = own(session, people)
    assert (view.changes, view.may_change, view.held_now) == (False, False, "")
    assert len(view.classes) == 2


def test_who_decides_reads_what_it_takes_the_place_of(session, people, held):
    made = draft(session, people)
    asking.submit(
        session,
        people.employee,
        election_id=made.election_id,
        version=made.version,
        now=JUNE,
    )
    for actor in (people.director, people.it, people.finance, people.auditor):
        found = election_seen.election_seen(
            session, actor, election_id=made.election_id, now=JUNE
        )
        assert "holds the cell phone stipend of $25.00" in (
            election_view(found).takes_over
        )
    before = election_seen.election_seen(
        session, people.director, election_id=held.id, now=JUNE
    )
    assert election_view(before).takes_over == ""


def test_a_draft_of_a_change_can_be_given_up_and_the_held_one_is_shown_again(
    session, people, held
):
    made = draft(session, people)
    assert own(session, people).may_withdraw
    asking.withdraw(
        session,
        people.employee,
        election_id=made.election_id,
        version=made.version,
        reason="",
        now=JUNE,
    )

    view = own(session, people)
    assert (view.state, view.may_change) == ("active", True)


def test_until_the_new_one_begins_the_page_says_what_is_paid(session, people, held):
    made = draft(session, people)
    election = asking.submit(
        session,
        people.employee,
        election_id=made.election_id,
        version=made.version,
        now=JUNE,
    )
    elected.approve(session, people.director, election, JUNE)
    elected.check(session, people.it, election, JUNE)
    elected.enter(session, people.finance, election, JUNE)

    view = own(session, people)
    assert view.state == "deferred"
    assert view.held_now == (
        "Until then the cell phone stipend of $25.00 a month is paid."
    )
    assert not view.may_change
