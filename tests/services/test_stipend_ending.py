"""A stipend ends with a month, keeps apart from a City phone, and renews if it must."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.election import ElectionState, StipendElection
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.organization import Role
from mobile_selfservice.models.stipend import Stipend, StipendClass
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.stipends import proof_requests, stipend_clock
from mobile_selfservice.services.stipends.ending import (
    EndInThePast,
    EndTooFarAhead,
    NothingToEnd,
    end_stipend,
)
from mobile_selfservice.services.stipends.exclusion import device_issued
from mobile_selfservice.services.stipends.proof_requests import PhoneIsBack
from mobile_selfservice.services.stipends.stipend_months import stipends_of_month
from tests.factories import NOW
from tests.services import elected
from tests.services.elected import town

JUNE = datetime(2026, 6, 15, 17, 0, tzinfo=UTC)
WHY = "Transferred to a desk in the library"


@pytest.fixture
def people(make):
    return town(make)


@pytest.fixture
def held(session, people):
    election = elected.entered(session, people)
    stipend_clock.run_due(session, people.employee.employer_id, now=JUNE)
    return election


def paid(session, people, *month):
    rows = stipends_of_month(session, people.employee.employer_id, date(*month, 1))
    return [(row.amount, row.note) for row in rows]


def end(session, actor, people, last, now=JUNE):
    return end_stipend(session, actor, people.employee.person_id, last, WHY, now)


def test_the_last_month_is_paid_whole(session, people, held):
    for _ in range(2):
        end(session, people.director, people, date(2026, 7, 9))

    assert held.state == ElectionState.ENDED
    assert paid(session, people, 2026, 7) == [(Decimal("50.00"), "Last month")]
    assert not paid(session, people, 2026, 8)


def test_a_stipend_that_waits_is_called_off(session, people):
    election = elected.entered(session, people)
    end(session, people.director, people, date(2026, 4, 30), NOW)

    row = session.exec(select(Stipend)).one()
    assert row.held_until == row.held_from
    assert election.state == ElectionState.ENDED
    assert not paid(session, people, 2026, 5)


def test_a_month_that_is_over_stays_paid(session, people, held):
    with pytest.raises(EndInThePast):
        end(session, people.director, people, date(2026, 5, 31))


def test_who_ends_a_stipend(session, make, people, held):
    elsewhere = make.person(Role.DIRECTOR, department=make.city.library)
    for other in (make.person(), elsewhere, people.auditor):
        with pytest.raises(NotPermitted):
            end(session, other, people, date(2026, 7, 1))
    end(session, people.employee, people, date(2026, 7, 1))


def test_who_holds_none_has_none_to_end(session, make, people):
    with pytest.raises(NothingToEnd):
        end(session, people.director, people, date(2026, 7, 1))


def test_an_issued_city_phone_suspends_the_stipend_from_the_next_month(
    session, people, held
):
    person_id = people.employee.person_id
    assert device_issued(session, person_id, date(2026, 6, 15), JUNE)
    assert not device_issued(session, person_id, date(2026, 6, 15), JUNE)

    assert held.state == ElectionState.SUSPENDED
    assert paid(session, people, 2026, 6)
    assert not paid(session, people, 2026, 7)


def test_an_issued_city_phone_ends_a_wish_that_is_still_open(session, people):
    election = elected.approved(session, people)
    person_id = people.employee.person_id

    assert device_issued(session, person_id, date(2026, 4, 10), NOW)

    assert election.state == ElectionState.REFUSED


def test_it_goes_on_once_the_phone_is_back_and_not_before(session, make, people, held):
    person_id = people.employee.person_id
    line = make.line(people.employee)
    device_issued(session, person_id, date(2026, 6, 15), JUNE)

    def restore(actor=people.director):
        return proof_requests.restore_by_hand(
            session, actor, person_id=person_id, now=JUNE
        )

    with pytest.raises(NotPermitted):
        restore(people.employee)
    with pytest.raises(PhoneIsBack):
        restore()
    holding = session.exec(
        select(LineHolding).where(LineHolding.line_id == line.id)
    ).one()
    holding.held_until = date(2026, 6, 10)
    session.flush()

    assert restore() == "Paid again from July 2026."
    assert held.state == ElectionState.ACTIVE


def test_an_inactive_account_suspends_from_the_next_month(session, people, held):
    since = proof_requests.suspend_inactive(
        session,
        people.finance,
        person_id=people.employee.person_id,
        reason="The carrier says that the number is cancelled",
        now=JUNE,
    )
    assert since == date(2026, 7, 1)
    assert held.state == ElectionState.SUSPENDED


def test_stipends_from_before_the_portal_get_a_record_once(session, make, people):
    make.save(
        Stipend(
            person_id=make.person().person_id,
            stipend_class=StipendClass.CELL,
            monthly_amount=Decimal("25.00"),
            out_of_pocket=Decimal("39.99"),
            held_from=date(2025, 7, 1),
            authority="Personnel action form 2025-001",
        )
    )
    employer_id = people.employee.employer_id
    assert stipend_clock.record_held(session, employer_id, now=NOW) == 1
    assert stipend_clock.record_held(session, employer_id, now=NOW) == 0
    election = session.exec(select(StipendElection)).one()
    assert election.state == ElectionState.ACTIVE


def test_an_approval_ends_with_the_fiscal_year_where_the_policy_says_so(
    session, make, people
):
    elected.set_figure(make, "stipend.annual_renewal", True)
    elected.set_figure(make, "fiscal_year_start", "07-01")
    election = elected.entered(session, people)
    assert election.granted_until == date(2026, 6, 30)

    stipend_clock.run_due(
        session,
        people.employee.employer_id,
        now=datetime(2026, 7, 1, 17, 0, tzinfo=UTC),
    )

    assert election.state == ElectionState.ENDED
    assert paid(session, people, 2026, 6) == [(Decimal("50.00"), "Last month")]
    assert not paid(session, people, 2026, 7)


def test_where_a_part_of_a_month_counts_the_first_month_pays_less(
    session, make, people
):
    elected.set_figure(make, "etf.deferral_rounding", "partial")
    make.line(people.employee)
    elected.entered(
        session,
        people,
        found={"returned_on": date(2026, 4, 9), "quote": Decimal("175.00")},
    )
    assert paid(session, people, 2026, 8) == [
        (Decimal("25.00"), "First month, after 3 months without a stipend")
    ]
    assert paid(session, people, 2026, 9) == [(Decimal("50.00"), "")]


@pytest.mark.parametrize("last", [date(9999, 12, 1), date(2036, 7, 1)])
def test_a_last_month_more_than_ten_years_ahead_is_refused_in_words(
    session, people, held, last
):
    with pytest.raises(EndTooFarAhead):
        end(session, people.director, people, last)
    assert held.state == ElectionState.ACTIVE
