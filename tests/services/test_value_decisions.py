"""The second person to a value, and taking one back in time (SOD-8)."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.policy import value_decisions, value_setting
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW
from tests.services.setting import (
    REASON,
    TEXT_RATE,
    edition,
    mark,
    set_value,
    texted,
)

EXEMPT = "personal_use.exempt_first_amount"


@pytest.fixture
def deputy(make):
    return make.person(Role.DCM)


def test_a_change_of_the_setters_own_open_bill_waits_for_a_second_person(
    session, make, deputy
):
    own = texted(make, deputy)
    others = texted(make, make.person())

    done = set_value(session, deputy, said="0.05", valid_from="2026-03-01")

    assert done.is_waiting
    session.refresh(others)
    assert others.owed == Decimal("0.00")
    with pytest.raises(LookupError):
        edition(session, deputy).amount(TEXT_RATE, NOW.date())

    with pytest.raises(value_decisions.OwnProposal):
        value_decisions.approve(session, deputy, value_id=done.value_id, now=NOW)
    second = make.person(Role.CITY_MANAGER)
    answered = value_decisions.approve(session, second, value_id=done.value_id, now=NOW)

    session.refresh(own)
    session.refresh(others)
    assert answered.changed == 2
    assert (own.owed, others.owed) == (Decimal("0.50"), Decimal("0.50"))
    with pytest.raises(value_decisions.NotWaiting):
        value_decisions.approve(session, second, value_id=done.value_id, now=NOW)


def test_marks_put_on_later_do_not_spare_the_setter_the_second_person(
    session, make, deputy
):
    own = make.bill(deputy)
    make.call(own)  # not marked yet, so no value alters what the bill comes to now

    done = set_value(
        session, deputy, EXEMPT, "9999.00", valid_from="2026-03-01", confirmed=True
    )

    assert done.is_waiting
    mark(session, deputy, own)
    assert bill_rating.rate(session, own).due == Decimal("1.40")


def test_a_value_that_bears_on_no_amount_needs_no_second_person(session, make):
    clerk = make.person(Role.FINANCE)
    make.bill(clerk)

    done = set_value(
        session, clerk, "personal_use.payment_methods", "cash", valid_from="2026-03-01"
    )

    assert not done.is_waiting


def test_a_value_that_released_bills_count_by_is_not_withdrawn(session, make, deputy):
    bill = texted(make, make.person())  # its statement is of March 16
    march_1 = NOW.replace(month=3, day=1)
    done = set_value(session, deputy, said="5.00", valid_from="2026-03-02", now=march_1)
    session.refresh(bill)
    assert bill.owed == Decimal("50.00")

    with pytest.raises(value_decisions.InForceAlready):
        value_decisions.withdraw(
            session, deputy, value_id=done.value_id, reason=REASON, now=march_1
        )

    assert bill_rating.rate(session, bill).due == Decimal("50.00")


def test_a_declined_value_never_counts(session, make, deputy):
    texted(make, deputy)
    done = set_value(session, deputy, said="0.05", valid_from="2026-03-01")
    second = make.person(Role.DCM)

    value_decisions.decline(
        session, second, value_id=done.value_id, reason=REASON, now=NOW
    )

    with pytest.raises(LookupError):
        edition(session, deputy).amount(TEXT_RATE, NOW.date())
    set_value(session, second, said="0.04")  # the way is free again


def test_no_other_value_is_set_beside_one_that_waits(session, make, deputy):
    texted(make, deputy)
    set_value(session, deputy, said="0.05", valid_from="2026-03-01")

    with pytest.raises(value_setting.OneWaits):
        set_value(session, make.person(Role.DCM), said="0.06")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DCM, Role.CITY_MANAGER}))
def test_nobody_else_is_the_second_person(session, make, deputy, role):
    texted(make, deputy)
    done = set_value(session, deputy, said="0.05", valid_from="2026-03-01")
    other = make.person(role)

    for answer in (value_decisions.approve, value_decisions.weigh_approval):
        with pytest.raises(NotPermitted):
            answer(session, other, value_id=done.value_id, now=NOW)
    for answer in (value_decisions.decline, value_decisions.withdraw):
        with pytest.raises(NotPermitted):
            answer(session, other, value_id=done.value_id, reason=REASON, now=NOW)


def test_a_value_is_withdrawn_before_its_day_and_not_after(session, deputy):
    done = set_value(session, deputy, said="0.05", valid_from="2026-07-01")
    begun = set_value(session, deputy, said="0.04", valid_from="2026-04-01")

    value_decisions.withdraw(
        session, deputy, value_id=done.value_id, reason=REASON, now=NOW
    )

    assert edition(session, deputy).amount(TEXT_RATE, date(2026, 7, 1)) == Decimal(
        "0.04"
    )
    with pytest.raises(value_decisions.InForceAlready):
        value_decisions.withdraw(
            session, deputy, value_id=begun.value_id, reason=REASON, now=NOW
        )
    with pytest.raises(value_decisions.NotWaiting):
        value_decisions.withdraw(
            session, deputy, value_id=done.value_id, reason=REASON, now=NOW
        )
