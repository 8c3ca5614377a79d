from datetime import date
from decimal import Decimal

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.services.bills import my_bills
from tests.factories import NOW


def test_ones_own_released_bills_come_newest_first(session, make):
    employee, colleague = make.person(), make.person()
    march = make.bill(employee)
    february = make.bill(employee, invoice=make.invoice(month=date(2026, 2, 1)))
    make.bill(employee, state=BillState.PREPARED)
    make.bill(colleague)

    found = my_bills.my_bills(session, employee, now=NOW)

    assert [bill.bill_id for bill in found] == [march.id, february.id]
    assert found[0].days_left == 10


def test_money_is_open_only_once_the_bill_is_signed(session, make):
    employee = make.person()
    make.bill(employee, owed=Decimal("5.00"))
    signed = make.bill(
        employee,
        invoice=make.invoice(month=date(2026, 2, 1)),
        state=BillState.CERTIFIED,
        owed=Decimal("5.00"),
        tendered=Decimal("2.00"),
    )

    still_open, certified = my_bills.my_bills(session, employee, now=NOW)

    assert still_open.balance == Decimal("0.00")
    assert (certified.bill_id, certified.balance) == (signed.id, Decimal("3.00"))
