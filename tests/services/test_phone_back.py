"""A City phone that stopped a stipend comes back: who is told, who lets it go on."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.election import (
    ElectionState,
    StipendElection,
    StipendPause,
)
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.organization import Agency, RoleGrant
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.pages.election.view import election_view
from mobile_selfservice.pages.my_stipend.view import my_stipend_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.stipends import (
    election_list,
    election_seen,
    own_stipend,
    proof_requests,
    stipend_clock,
)
from mobile_selfservice.services.stipends.phone_back import came_back_on
from mobile_selfservice.services.stipends.proof_requests import NotSuspended
from tests.factories import NOW
from tests.services.elected import town
from tests.services.handed_out import approved_form, handed_out, take_back
from tests.services.payroll import stipend

TODAY = date(2026, 4, 10)
LAST_MONTH = NOW - timedelta(days=30)


@pytest.fixture
def people(make):
    return town(make, figures=False)


@pytest.fixture
def election(session, make, people):
    """A stipend that is paid since January, in the portal's own election."""
    row = stipend(make, people.employee)
    stipend_clock.record_held(session, people.employee.employer_id, now=LAST_MONTH)
    return election_of(session, row)


@pytest.fixture
def form(session, make, people, election):
    """A City phone handed out a month ago: the stipend stops with April."""
    made = approved_form(make, people.employee, people.director)
    handed_out(session, people.it, made, people.employee, now=LAST_MONTH)
    assert election.state == ElectionState.SUSPENDED
    return made


def election_of(session, row: Stipend):
    asked = select(StipendElection).where(StipendElection.stipend_id == row.id)
    return session.exec(asked).one()


def told(session) -> list[int]:
    asked = select(Letter.person_id).where(
        col(Letter.occasion).startswith("stipend-may-go-on/")
    )
    return sorted(session.exec(asked).all())


def waiting(session, actor):
    rows = election_list.page_of(session, actor, now=NOW).rows
    return [row.my_part for row in rows]


def restore(session, actor, people):
    return proof_requests.restore_by_hand(
        session, actor, person_id=people.employee.person_id, now=NOW
    )


def test_director_and_finance_are_told_that_it_may_go_on(session, people, form):
    take_back(session, people.it, form)

    assert told(session) == sorted(
        [people.director.person_id, people.finance.person_id]
    )
    asked = select(Letter).where(col(Letter.subject).contains("may go on"))
    body = session.exec(asked).first().body
    assert "came back on April 10, 2026" in body
    assert "suspended for it from April 2026 on and is not paid again by itself" in body


def test_nothing_goes_on_by_itself(session, people, election, form):
    take_back(session, people.it, form)

    assert election.state == ElectionState.SUSPENDED
    assert session.exec(select(StipendPause)).one().paused_until is None


def test_it_waits_for_the_director_and_finance_and_no_longer_once_it_goes_on(
    session, people, election, form
):
    assert waiting(session, people.director) == []
    take_back(session, people.it, form)
    for actor in (people.director, people.finance):
        assert waiting(session, actor) == ["Say whether it is paid again"]
    for actor in (people.it, people.manager, people.auditor):
        assert waiting(session, actor) == []

    assert restore(session, people.finance, people) == "Paid again from May 2026."
    assert waiting(session, people.director) == []
    assert election.state == ElectionState.ACTIVE


def test_a_second_click_lets_it_go_on_once(session, make, people, election, form):
    take_back(session, people.it, form)
    first = restore(session, people.director, people)

    assert restore(session, people.director, people) == first
    with pytest.raises(NotSuspended):
        restore(session, people.finance, people)
    with pytest.raises(NotPermitted):
        restore(session, people.employee, people)
    with pytest.raises(NotPermitted):
        restore(
            session, make.person(Role.DIRECTOR, department=make.city.library), people
        )
    assert session.exec(select(StipendPause)).one().paused_until == date(2026, 5, 1)


def test_both_screens_say_that_the_phone_is_back(session, people, election, form):
    take_back(session, people.it, form)

    found = election_seen.election_seen(
        session, people.director, election_id=election.id, now=NOW
    )
    view = election_view(found)
    assert view.may_restore
    assert view.phone_back.startswith("The City phone came back on April 10, 2026.")
    own = my_stipend_view(own_stipend.own_stipend(session, people.employee, now=NOW))
    assert "Your director or finance says whether" in own.phone_back


def test_who_still_carries_a_city_phone_is_not_written_about(
    session, make, people, form
):
    make.line(people.employee)
    take_back(session, people.it, form)

    assert told(session) == []
    assert came_back_on(session, people.employee.person_id, TODAY) is None


def test_a_phone_given_back_on_the_day_it_was_handed_out_counts_too(
    session, make, people, election
):
    made = approved_form(make, people.employee, people.director)
    handed_out(session, people.it, made, people.employee, now=NOW)
    take_back(session, people.it, made)

    assert len(told(session)) == 2
    holding = session.exec(select(LineHolding)).one()
    assert holding.held_until == TODAY + timedelta(days=1)


def test_without_a_stipend_nobody_is_written_to(session, make, people):
    made = approved_form(make, people.employee, people.director)
    handed_out(session, people.it, made, people.employee, now=LAST_MONTH)
    take_back(session, people.it, made)

    assert told(session) == []


def test_of_a_directors_stipend_those_above_are_told_and_never_the_director(
    session, make, people
):
    stipend(make, people.director)
    stipend_clock.record_held(session, people.director.employer_id, now=LAST_MONTH)
    made = approved_form(make, people.director, people.manager)
    handed_out(session, people.it, made, people.director, now=LAST_MONTH)
    take_back(session, people.it, made)

    above = (people.manager, people.dcm, people.finance)
    assert told(session) == sorted(each.person_id for each in above)


def test_finance_of_another_agency_is_not_told(session, make, people, form):
    other = make.save(Agency(employer_id=make.city.employer.id, name="Utility"))
    fenced = make.person(Role.AUDITOR)
    grant = {"role": Role.FINANCE, "valid_from": date(2026, 1, 1)}
    make.save(RoleGrant(person_id=fenced.person_id, agency_id=other.id, **grant))
    take_back(session, people.it, form)

    assert people.finance.person_id in told(session)
    assert fenced.person_id not in told(session)
