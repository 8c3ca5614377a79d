"""An election goes from the wish to its first month, each act in its own hands."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.election import ElectionState
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.organization import Role
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.services import history
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.stipends import (
    approval,
    checking,
    election_decisions,
)
from mobile_selfservice.services.stipends.approval import SecondPersonNeeded, StatedNeed
from mobile_selfservice.services.stipends.election_decisions import decisions_of
from mobile_selfservice.services.stipends.refused_words import (
    AgainstPolicy,
    PenaltyUnknown,
    PhoneStillHeld,
)
from mobile_selfservice.services.stipends.weighing import PhoneCheck
from tests.factories import NOW
from tests.services import elected
from tests.services.elected import REASON, contract, town

RETURNED = date(2026, 4, 9)


@pytest.fixture
def people(make):
    return town(make)


def test_a_penalty_of_175_against_50_waits_four_months(session, make, people):
    make.line(people.employee)
    election = elected.approved(session, people)

    elected.check(
        session, people.it, election, returned_on=RETURNED, quote=Decimal("175.00")
    )
    stipend = elected.enter(session, people.finance, election)

    assert election.state == ElectionState.DEFERRED
    assert election.months_waited == 4
    assert election.first_month == stipend.held_from == date(2026, 9, 1)
    assert stipend.monthly_amount == Decimal("50.00")
    kept = decisions_of(session, election.id)[-2]
    assert "$175.00 ÷ $50.00 a month: 4 months" in [
        each["text"] for each in kept.working
    ]
    assert kept.edition == "lodi-2011"


def test_without_a_city_phone_the_stipend_begins_the_month_after_the_approval(
    session, people
):
    election = elected.entered(session, people)

    assert election.first_month == date(2026, 5, 1)
    assert election.penalty == 0
    assert election.state == ElectionState.DEFERRED


def test_the_carriers_fee_falls_month_by_month(session, make, people):
    make.line(people.employee)
    election = elected.approved(session, people)

    elected.check(
        session,
        people.it,
        election,
        returned_on=RETURNED,
        carrier="Verizon",
        contract_on=date(2025, 4, 1),
        completed_months=12,
    )

    assert election.penalty == Decimal("115.00")
    assert election.months_waited == 3


def test_a_city_phone_must_be_back_and_is_no_longer_held_from_that_day(
    session, make, people
):
    make.line(people.employee)
    election = elected.approved(session, people)
    with pytest.raises(PhoneStillHeld):
        elected.check(session, people.it, election)
    with pytest.raises(PenaltyUnknown):
        elected.check(session, people.it, election, returned_on=RETURNED)

    elected.check(session, people.it, election, returned_on=RETURNED, quote=Decimal(0))

    holding = session.exec(select(LineHolding)).one()
    assert holding.held_until == RETURNED


def test_a_phone_issued_before_payroll_enters_it_stands_in_the_way(
    session, make, people
):
    election = elected.checked(session, people)
    make.line(people.employee)

    with pytest.raises(AgainstPolicy, match="exclude each other"):
        elected.enter(session, people.finance, election)


def test_a_second_click_does_nothing_twice(session, people):
    election = elected.asked(session, people.employee)
    seen = election.version
    for _ in range(2):
        approval.approve(
            session,
            people.director,
            election_id=election.id,
            version=seen,
            need=elected.NEED,
            now=NOW,
        )
    seen = election.version
    for _ in range(2):
        checking.check_phone(
            session,
            people.it,
            election_id=election.id,
            version=seen,
            check=PhoneCheck(synchronizes=True, city_quote=Decimal("55.00")),
            now=NOW,
        )
    seen = election.version
    for _ in range(2):
        elected.entering.enter(
            session, people.finance, election_id=election.id, version=seen, now=NOW
        )

    steps = [each.step for each in decisions_of(session, election.id)]
    assert steps == ["asked", "approved", "checked", "entered"]
    assert len(session.exec(select(Stipend)).all()) == 1


def test_a_stale_tab_does_nothing(session, people):
    election = elected.asked(session, people.employee)
    with pytest.raises(ChangedMeanwhile):
        approval.approve(
            session,
            people.director,
            election_id=election.id,
            version=election.version - 1,
            need=elected.NEED,
            now=NOW,
        )


def test_each_act_is_its_offices_alone(session, make, people):
    other_director = make.person(Role.DIRECTOR, department=make.city.library)
    election = elected.asked(session, people.employee)
    others = (other_director, people.it, people.finance, people.auditor, people.dcm)
    for other in (*others, people.employee, people.manager):
        with pytest.raises(NotPermitted):
            elected.approve(session, other, election)
    elected.approve(session, people.director, election)
    for other in (people.director, people.finance, people.auditor, people.employee):
        with pytest.raises(NotPermitted):
            elected.check(session, other, election)
    elected.check(session, people.it, election)
    for other in (people.director, people.it, people.auditor, people.employee):
        with pytest.raises(NotPermitted):
            elected.enter(session, other, election)


def test_nobody_acts_on_their_own_stipend_whatever_their_roles(session, make, people):
    everything = make.person(
        Role.EMPLOYEE, Role.DIRECTOR, Role.IT, Role.FINANCE, Role.CITY_MANAGER
    )
    election = elected.asked(session, everything)
    with pytest.raises(NotPermitted):
        elected.approve(session, everything, election)
    elected.approve(session, people.manager, election)
    with pytest.raises(NotPermitted):
        elected.check(session, everything, election)
    elected.check(session, people.it, election)
    with pytest.raises(NotPermitted):
        elected.enter(session, everything, election)


def test_a_directors_own_goes_to_the_city_manager(session, make, people):
    colleague = make.person(Role.DIRECTOR)
    election = elected.asked(session, people.director)
    for other in (colleague, people.dcm, people.director):
        with pytest.raises(NotPermitted):
            elected.approve(session, other, election, need=StatedNeed())

    # A director may have a phone without a test (Lodi 2011 section 3.A.1).
    elected.approve(session, people.manager, election, need=StatedNeed())

    assert election.state == ElectionState.APPROVED
    last = decisions_of(session, election.id)[-1]
    assert (last.as_role, last.decided_by) == ("director", people.manager.person_id)


def test_the_need_must_be_shown(session, people):
    election = elected.asked(session, people.employee)
    with pytest.raises(AgainstPolicy, match=r"0 of the reasons of 4\.B\.1"):
        elected.approve(
            session,
            people.director,
            election,
            need=StatedNeed(grounds={"3.A.1": ("a",)}),
        )
    with pytest.raises(AgainstPolicy, match="at a fixed work station"):
        elected.approve(
            session,
            people.director,
            election,
            need=StatedNeed(grounds={"4.B.1": ("c",)}, fixed_share=Decimal(80)),
        )


def test_two_offices_approve_in_their_order_where_the_policy_says_so(
    session, make, people
):
    elected.set_figure(make, "stipend.approvers", ["director", "city_manager"])
    election = elected.asked(session, people.employee)
    with pytest.raises(NotPermitted):
        elected.approve(session, people.manager, election)
    elected.approve(session, people.director, election)
    assert election.state == ElectionState.ASKED

    elected.approve(session, people.manager, election)

    assert election.state == ElectionState.APPROVED


def test_who_holds_two_offices_approves_in_one_and_is_told_that_another_is_wanted(
    session, make, people
):
    elected.set_figure(make, "stipend.approvers", ["director", "city_manager"])
    both = make.person(Role.DIRECTOR, Role.CITY_MANAGER)
    election = elected.asked(session, people.employee)
    elected.approve(session, both, election)
    with pytest.raises(SecondPersonNeeded, match="wants the city manager as a second"):
        elected.approve(session, both, election)
    assert election.state == ElectionState.ASKED

    elected.approve(session, people.manager, election)

    assert election.state == ElectionState.APPROVED


def test_a_refusal_says_why_and_lets_the_employee_ask_again(session, people):
    election = elected.asked(session, people.employee)
    seen = election.version
    for _ in range(2):
        approval.refuse(
            session,
            people.director,
            election_id=election.id,
            version=seen,
            reason=REASON,
            now=NOW,
        )

    assert election.state == ElectionState.REFUSED
    with pytest.raises(ChangedMeanwhile):
        approval.refuse(
            session,
            people.director,
            election_id=election.id,
            version=seen,
            reason="The need is not shown",
            now=NOW,
        )
    letter = session.exec(select(Letter)).all()[-1]
    assert REASON in letter.body
    assert elected.asked(session, people.employee).id != election.id


def test_a_second_check_that_found_something_else_is_not_said_to_be_recorded(
    session, people
):
    election = elected.approved(session, people)
    for _ in range(2):
        elected.check(session, people.it, election)

    with pytest.raises(ChangedMeanwhile):
        elected.check(session, people.it, election, synchronizes=False)


def test_what_the_policy_refuses_at_the_check_is_kept_with_its_working(session, people):
    election = elected.approved(session, people)

    elected.check(session, people.it, election, city_quote=Decimal("30.00"))

    assert election.state == ElectionState.REFUSED
    last = decisions_of(session, election.id)[-1]
    assert "less than the stipend of $50.00" in last.reason
    assert last.working


def test_a_phone_that_does_not_synchronize_leaves_the_cell_stipend(session, people):
    election = elected.entered(session, people, found={"synchronizes": False})

    assert election.granted_class == "cell"
    assert election.monthly_amount == Decimal("25.00")


def test_the_own_cost_caps_the_stipend_and_lengthens_the_wait(session, make, people):
    make.line(people.employee)
    election = elected.checked(
        session,
        people,
        found={"returned_on": RETURNED, "quote": Decimal("175.00")},
        contracted=contract(monthly_cost=Decimal("20.00")),
    )

    assert election.monthly_amount == Decimal("20.00")
    assert election.months_waited == 9


def test_a_preview_keeps_nothing(session, people):
    election = elected.approved(session, people)
    weighed = checking.preview(
        session,
        people.it,
        election_id=election.id,
        check=PhoneCheck(synchronizes=True, city_quote=Decimal("55.00")),
        now=NOW,
    )
    assert weighed.ruling.amount == Decimal("50.00")
    assert election.state == ElectionState.APPROVED


def test_acts_are_in_the_history_and_sealed(session, people):
    election = elected.entered(session, people)
    acts = [
        each.act
        for each in history.timeline(session, election_decisions.SUBJECT, election.id)
    ]
    assert acts == [
        "election.asked",
        "election.approved",
        "election.checked",
        "election.entered",
    ]
    assert all(
        len(row.content_hash) == 64 for row in decisions_of(session, election.id)
    )
