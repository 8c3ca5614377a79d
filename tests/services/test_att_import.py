"""AT&T's reports become invoices and bills like any carrier's."""

from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.invoice import Bill, BillCharge, Invoice, UsageItem
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import invoice_import
from tests.carriers.att.att_month import CURRENT, FAN_ROW, POOLED, Month
from tests.factories import NOW


@pytest.fixture
def month(tmp_path):
    return Month(tmp_path)


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


def every(session, table):
    return list(session.exec(select(table)).all())


def published(session, finance, month):
    invoice_import.take_in(session, finance, sources=month.write(), now=NOW)
    return {one.account: one for one in every(session, Invoice)}


def test_a_month_that_its_raw_file_states_ties_to_the_cent(session, month, finance):
    invoice = published(session, finance, month.has(raw=[CURRENT]))["287000000001"]
    assert (invoice.carrier, invoice.total_current) == ("att", Decimal("117.47"))
    assert invoice.account_level == Decimal("15.00")
    assert invoice.ties
    costs = {bill.number[-1]: bill.cost for bill in every(session, Bill)}
    assert costs == {"1": Decimal("42.47"), "2": Decimal("60.00")}
    assert len(every(session, UsageItem)) == 4


def test_without_a_stated_total_a_month_is_never_said_to_tie(session, month, finance):
    assert not published(session, finance, month)["287000000001"].ties


def test_a_pools_net_is_on_the_bill_and_adds_nothing_to_its_cost(
    session, month, finance
):
    published(session, finance, month.has(pooling=[POOLED]))
    assert {bill.cost for bill in every(session, Bill)} == {
        Decimal("42.47"),
        Decimal("60.00"),
    }
    pooled = [one for one in every(session, BillCharge) if "Pooled" in one.description]
    assert [(one.amount, one.is_shared) for one in pooled] == [(Decimal(0), True)]


def test_a_foundation_accounts_invoice_has_no_bills(session, month, finance):
    invoices = published(session, finance, month.has(raw=[FAN_ROW, CURRENT]))
    foundation = invoices["01234567"]
    assert foundation.total_current == Decimal("117.47")
    assert not [
        bill for bill in every(session, Bill) if bill.invoice_id == foundation.id
    ]
