from decimal import Decimal

import pytest

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.services import history
from mobile_selfservice.services.statements import closing
from tests.factories import NOW

OWED = Decimal("12.30")


@pytest.fixture
def bill_of(make):
    return lambda **details: make.bill(make.person(), **details)


def test_an_accepted_bill_that_owes_nothing_closes(session, bill_of):
    bill = bill_of(state=BillState.ACCEPTED)

    assert closing.close_if_settled(session, bill, NOW)
    assert bill.state == BillState.CLOSED
    (entry,) = history.timeline(session, "bill", bill.id)
    assert entry.who == "The portal"
    assert entry.note == "Closed: nothing is owed"


def test_an_accepted_bill_stays_open_until_the_last_cent_is_paid(session, bill_of):
    bill = bill_of(state=BillState.ACCEPTED, owed=OWED, paid=Decimal("12.29"))
    assert not closing.close_if_settled(session, bill, NOW)

    bill.paid = OWED
    assert closing.close_if_settled(session, bill, NOW)
    assert bill.version == 2


def test_a_paid_bill_does_not_close_before_its_director_accepts(session, bill_of):
    bill = bill_of(state=BillState.CERTIFIED, owed=OWED, paid=OWED)

    assert not closing.close_if_settled(session, bill, NOW)
    assert bill.state == BillState.CERTIFIED


def test_a_closed_bill_opens_again_when_its_payment_comes_back(session, bill_of):
    bill = bill_of(state=BillState.CLOSED, owed=OWED, paid=OWED)
    assert not closing.open_if_unsettled(session, bill, NOW)

    bill.paid = Decimal("0.00")
    assert closing.open_if_unsettled(session, bill, NOW)
    assert bill.state == BillState.ACCEPTED
