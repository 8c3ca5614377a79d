"""An approved form states the need for a stipend only if it covers the class asked."""

from dataclasses import replace

import pytest

from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.pages.election.view import election_view
from mobile_selfservice.services.authorizations.form_drafts import Wanted
from mobile_selfservice.services.authorizations.needs import approved_need
from mobile_selfservice.services.stipends import election_seen
from mobile_selfservice.services.stipends.approval import StatedNeed
from mobile_selfservice.services.stipends.refused_words import AgainstPolicy
from tests.factories import NOW
from tests.services.authorization_forms import signed
from tests.services.elected import approve, asked, town

CALLS = Wanted("new_device", "cell")


@pytest.fixture
def people(make):
    return town(make)


def page(session, people, election):
    found = election_seen.election_seen(
        session, people.director, election_id=election.id, now=NOW
    )
    return election_view(found)


def test_a_form_for_calls_does_not_state_the_need_of_a_smart_stipend(session, people):
    signed(session, people.director, people.employee, CALLS)
    election = asked(session, people.employee)

    shown = page(session, people, election)

    assert shown.needs_reasons
    assert "states the need already" not in shown.need_note
    with pytest.raises(AgainstPolicy):
        approve(session, people.director, election, need=StatedNeed())
    assert approve(session, people.director, election).state == "approved"


def test_a_form_for_calls_states_the_need_of_a_cell_stipend(session, people):
    form = signed(session, people.director, people.employee, CALLS)
    election = asked(session, people.employee, stipend_class=StipendClass.CELL)

    shown = page(session, people, election)

    assert not shown.needs_reasons
    assert "states the need already" in shown.need_note
    assert approve(session, people.director, election, need=StatedNeed()).state == (
        "approved"
    )
    need = approved_need(session, people.employee.person_id, NOW.date())
    assert (need.form_id, need.covers("cell"), need.covers("smart")) == (
        form.id,
        True,
        False,
    )


def test_a_smart_form_or_a_need_for_data_covers_a_smart_stipend(session, people):
    signed(session, people.director, people.employee, CALLS)
    found = approved_need(session, people.employee.person_id, NOW.date())

    assert not found.covers("smart")
    assert replace(found, device_class="smart").covers("smart")
    assert replace(found, needs_data=True).covers("smart")


def test_whoever_approves_reads_what_goes_back_and_what_it_likely_pays(
    session, make, people
):
    make.line(people.employee)
    election = asked(session, people.employee)

    shown = page(session, people, election)

    assert "carries a City phone" in shown.return_note
    assert "goes back to Information Systems" in shown.return_note
    assert shown.likely.startswith(
        "The smart phone stipend is set to $50.00 a month; for this contract it comes "
        "to $50.00 at most."
    )
    approve(session, people.director, election)
    assert page(session, people, election).likely == ""
