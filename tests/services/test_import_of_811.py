"""An 811 becomes an invoice with a bill for each telephone."""

from decimal import Decimal

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.invoice import Bill, BillCharge, Invoice, UsageItem
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import invoice_import
from mobile_selfservice.services.invoices.invoice_import import AlreadyImported
from tests.carriers.x12.interchange import COMPACT, WHOLE, interchange, statement
from tests.factories import NOW


@pytest.fixture
def invoice_file(tmp_path):
    path = tmp_path / "invoice.edi"
    path.write_text(interchange(statement(*WHOLE), isa=COMPACT, end="~"))
    return path


def test_an_811_becomes_a_bill_for_each_telephone(session, make, invoice_file):
    finance = make.person(Role.FINANCE)
    published = invoice_import.take_in(
        session, finance, sources=[invoice_file], now=NOW
    )
    assert (published.bills, published.items, published.is_tied) == (2, 2, True)
    invoice = session.exec(select(Invoice)).one()
    assert (invoice.carrier, invoice.number) == ("alder telephone", "9876543210")
    first, second = session.exec(select(Bill).order_by(col(Bill.number)))
    assert (first.cost, second.cost) == (Decimal("31.29"), Decimal("34.99"))
    items = session.exec(select(UsageItem).where(UsageItem.bill_id == first.id)).all()
    assert sum(item.airtime + item.extra + item.tax for item in items) == Decimal(
        "1.30"
    )
    assert {item.counts for item in items} == {None}
    charges = session.exec(select(BillCharge).where(BillCharge.bill_id == first.id))
    assert sum(charge.amount for charge in charges) == first.cost


def test_the_same_811_twice_changes_nothing(session, make, invoice_file):
    finance = make.person(Role.FINANCE)
    invoice_import.take_in(session, finance, sources=[invoice_file], now=NOW)
    with pytest.raises(AlreadyImported):
        invoice_import.take_in(session, finance, sources=[invoice_file], now=NOW)
    assert len(session.exec(select(Bill)).all()) == 2
