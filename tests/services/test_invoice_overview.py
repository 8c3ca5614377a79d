from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.invoice import Bill, BillState, InvoiceState
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import invoice_overview, line_holding
from mobile_selfservice.services.invoices.invoice_overview import Only
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW

READERS = {Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM}


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def invoice(make):
    """Three bills of $40.00: released, ready, and without a holder."""
    make.person(Role.DIRECTOR)
    invoice = make.invoice(
        state=InvoiceState.PREPARED,
        total_current=Decimal("125.00"),
        account_level=Decimal("5.00"),
    )
    states = (BillState.IN_REVIEW, BillState.PREPARED, BillState.PREPARED)
    bills = [
        make.bill(make.person(), invoice=invoice, state=state, cost=Decimal("40.00"))
        for state in states
    ]
    bills[2].holder_id = bills[2].department_id = None
    make.save(bills[2])
    gone = make.bill(make.person(), invoice=invoice, state=BillState.SUPERSEDED)
    make.save(gone)
    return invoice


def overview(session, actor, invoice):
    return invoice_overview.overview(session, actor, invoice_id=invoice.id, now=NOW)


def test_the_figures_add_up_to_the_invoice(session, finance, invoice):
    found = overview(session, finance, invoice).figures

    assert found.lines_total == Decimal("120.00")
    assert found.difference == Decimal("0.00")
    assert (found.bills, found.released, found.ready, found.ownerless) == (3, 1, 1, 1)


def test_only_finance_is_offered_to_release(session, make, finance, invoice):
    may = {
        role: overview(session, make.person(role), invoice).may_release
        for role in READERS
    }

    assert may == {role: role is Role.FINANCE for role in READERS}


def test_bills_without_a_holder_come_first(session, finance, invoice):
    page = invoice_overview.bills_page(session, finance, invoice_id=invoice.id, now=NOW)

    assert [row.holder == "" for row in page.rows] == [True, False, False]
    assert page.total == 3


def test_the_bills_can_be_narrowed(session, finance, invoice):
    counts = [
        invoice_overview.bills_page(
            session, finance, invoice_id=invoice.id, only=only, now=NOW
        ).total
        for only in (Only.OWNERLESS, Only.WAITING)
    ]

    assert counts == [1, 2]


def test_a_bill_past_its_day_says_by_how_many(session, make, finance, invoice):
    late = make.bill(make.person(), invoice=invoice, due_on=date(2026, 4, 7))

    page = invoice_overview.bills_page(session, finance, invoice_id=invoice.id, now=NOW)

    assert {row.bill_id: row.days_overdue for row in page.rows}[late.id] == 3


def bill_of(session, invoice) -> int:
    found = select(Bill.id).where(Bill.invoice_id == invoice.id)
    return session.exec(found).first()


def test_nobody_is_offered_to_themselves(session, finance, invoice):
    offered = line_holding.assignable_people(
        session, finance, bill_id=bill_of(session, invoice), search="", now=NOW
    )

    assert finance.person_id not in {person.person_id for person in offered}
    assert len(offered) > 3


def test_people_are_found_by_the_name_on_the_bill(session, make, finance, invoice):
    person = make.person()
    first, last = person.name.split()

    [found] = line_holding.assignable_people(
        session,
        finance,
        bill_id=bill_of(session, invoice),
        search=f"{last}, {first}",
        now=NOW,
    )

    assert (found.name, found.department) == (person.name, "Public Works")


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in READERS], ids=str
)
def test_nobody_else_may_look(session, make, invoice, role):
    with pytest.raises(NotPermitted):
        overview(session, make.person(role), invoice)
    with pytest.raises(NotPermitted):
        invoice_overview.bills_page(
            session, make.person(role), invoice_id=invoice.id, now=NOW
        )


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DCM], ids=str)
def test_those_who_only_read_are_not_given_the_list_of_people(
    session, make, invoice, role
):
    with pytest.raises(NotPermitted):
        line_holding.assignable_people(
            session,
            make.person(role),
            bill_id=bill_of(session, invoice),
            search="",
            now=NOW,
        )
