"""An employee asks for a stipend: once, with a paper, and never for a prepaid phone."""

import pytest
from sqlalchemy.exc import IntegrityError

from mobile_selfservice.models.election import ElectionState, StipendElection
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.stated_reason import NumberInReason
from mobile_selfservice.services.stipends import asking
from mobile_selfservice.services.stipends.election_decisions import decisions_of
from mobile_selfservice.services.stipends.refused_words import (
    AgainstPolicy,
    HeldAlready,
    OpenAlready,
    ProofNeeded,
)
from tests.factories import NOW
from tests.services import elected
from tests.services.elected import contract, town


@pytest.fixture
def people(make):
    return town(make)


def test_a_prepaid_phone_is_refused_before_anything_is_sent(session, people):
    draft = elected.drafted(
        session, people.employee, contracted=contract(is_prepaid=True)
    )

    with pytest.raises(AgainstPolicy, match="A prepaid phone does not qualify"):
        asking.submit(
            session,
            people.employee,
            election_id=draft.id,
            version=draft.version,
            now=NOW,
        )
    assert draft.state == ElectionState.DRAFT


def test_without_a_paper_nothing_is_sent(session, people):
    made = asking.save(
        session,
        people.employee,
        wish=elected.wish(),
        contract=contract(),
        now=NOW,
    )
    with pytest.raises(ProofNeeded):
        asking.submit(
            session,
            people.employee,
            election_id=made.election_id,
            version=made.version,
            now=NOW,
        )


def test_asking_twice_makes_one_election(session, people):
    first = elected.drafted(session, people.employee)
    again = elected.drafted(session, people.employee)
    assert first.id == again.id
    sent = [
        asking.submit(
            session, people.employee, election_id=first.id, version=version, now=NOW
        )
        for version in (again.version, again.version)
        if version
    ]
    assert len({each.id for each in sent}) == 1
    assert [each.step for each in decisions_of(session, first.id)] == ["asked"]
    with pytest.raises(OpenAlready):
        elected.drafted(session, people.employee)


def test_the_database_keeps_a_second_open_election_out(session, make, people):
    elected.asked(session, people.employee)
    with pytest.raises(IntegrityError):
        make.save(
            StipendElection(
                employer_id=people.employee.employer_id,
                person_id=people.employee.person_id,
                department_id=people.employee.department_id,
                stipend_class="cell",
                begun_at=NOW,
            )
        )


def test_withdrawing_makes_room_for_another(session, people):
    election = elected.asked(session, people.employee)
    asking.withdraw(
        session,
        people.employee,
        election_id=election.id,
        version=election.version,
        reason="",
        now=NOW,
    )
    assert election.state == ElectionState.WITHDRAWN
    assert elected.drafted(session, people.employee).id != election.id


def test_who_holds_a_stipend_does_not_ask_for_another(session, people):
    elected.entered(session, people)
    with pytest.raises(HeldAlready):
        elected.drafted(session, people.employee)


def test_somebody_elses_election_is_neither_sent_nor_withdrawn(session, people):
    election = elected.drafted(session, people.employee)
    known = {"election_id": election.id, "version": election.version, "now": NOW}
    for other in (people.director, people.it, people.finance):
        with pytest.raises(NotPermitted):
            asking.submit(session, other, **known)
        with pytest.raises(NotPermitted):
            asking.withdraw(session, other, reason="", **known)


def test_no_phone_number_goes_into_what_is_kept_for_good(session, people):
    with pytest.raises(NumberInReason, match="what the work needs"):
        elected.drafted(
            session, people.employee, duties="Call the plant at 209-555-0142 at night"
        )
    for field in ("carrier", "plan"):
        with pytest.raises(NumberInReason, match=field):
            elected.drafted(
                session,
                people.employee,
                contracted=contract(**{field: "Of (209) 555-0142"}),
            )
