from datetime import timedelta
from decimal import Decimal

import pytest

from mobile_selfservice.services.actors import Actor, Grant, Role
from mobile_selfservice.services.money import payments_of_bill, payments_queue
from mobile_selfservice.services.money.payments_queue import QueueFilter
from mobile_selfservice.services.refusals import NotPermitted, NotUnderstood
from tests.factories import NOW
from tests.services.money import confirm, hand_in, signed_bill


@pytest.fixture
def clerk(make):
    return make.person(Role.FINANCE)


def queue(session, reader, **wanted):
    return payments_queue.read(
        session, reader, wanted=QueueFilter(**wanted), now=NOW + timedelta(days=1)
    )


def test_the_oldest_tender_comes_first_and_answered_ones_leave(session, make, clerk):
    employee = make.person()
    bill = signed_bill(make, employee)
    first = hand_in(session, employee, bill, "5.00")
    second = hand_in(session, employee, bill, "7.30")

    waiting = queue(session, clerk)
    assert [row.tender_id for row in waiting.rows] == [first, second]
    assert (waiting.count, waiting.total) == (2, Decimal("12.30"))

    confirm(session, clerk, first, "5.00")
    assert [row.tender_id for row in queue(session, clerk).rows] == [second]
    received = queue(session, clerk, show="confirmed")
    assert [row.tender_id for row in received.rows] == [first]


def test_the_queue_turns_pages_and_forgives_one_too_many(session, make, clerk):
    employee = make.person()
    bill = signed_bill(make, employee)
    for _ in range(51):
        hand_in(session, employee, bill, "0.10")

    assert len(queue(session, clerk).rows) == 50
    last = queue(session, clerk, page=9)
    assert (len(last.rows), last.page, last.pages) == (1, 2, 2)


def test_the_queue_narrows_by_method_name_number_and_reference(session, make, clerk):
    employee, other = make.person(), make.person()
    by_check = hand_in(session, employee, signed_bill(make, employee))
    bill = signed_bill(make, other)
    in_cash = hand_in(session, other, bill, method="cash", reference="Envelope 100%")

    def found(**wanted):
        return [row.tender_id for row in queue(session, clerk, **wanted).rows]

    assert found(method="cash") == [in_cash]
    assert found(search=employee.name.upper()) == [by_check]
    assert found(search="100%") == [in_cash]
    assert found(search=bill.number[-4:]) == [in_cash]
    assert found(search="%") == [in_cash]


def test_ones_own_payment_is_shown_as_ones_own(session, make):
    both = make.person(Role.EMPLOYEE, Role.FINANCE)
    bill = signed_bill(make, both)
    hand_in(session, both, bill)

    assert queue(session, both).rows[0].is_own
    shown = payments_of_bill.of_bill(session, both, bill_id=bill.id, now=NOW)
    assert not shown.may_act


def test_the_queue_stops_at_the_fence_of_an_agency(session, make, clerk):
    employee = make.person()
    hand_in(session, employee, signed_bill(make, employee))
    fenced = Actor(
        person_id=clerk.person_id,
        employer_id=clerk.employer_id,
        department_id=clerk.department_id,
        agency_id=clerk.agency_id,
        name=clerk.name,
        grants=frozenset({Grant(Role.FINANCE, agency_id=10_000)}),
    )

    assert queue(session, fenced).rows == ()
    assert len(queue(session, make.person(Role.AUDITOR)).rows) == 1


OTHERS = [role for role in Role if role not in (Role.FINANCE, Role.AUDITOR)]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_reads_the_queue_or_a_bills_money(session, make, role):
    employee, reader = make.person(), make.person(role)
    bill = signed_bill(make, employee)

    with pytest.raises(NotPermitted):
        queue(session, reader)
    with pytest.raises(NotPermitted):
        payments_of_bill.of_bill(session, reader, bill_id=bill.id, now=NOW)


def test_an_auditor_reads_a_bills_money_and_acts_on_nothing(session, make):
    employee = make.person()
    bill = signed_bill(make, employee)
    hand_in(session, employee, bill, "5.00")

    auditor = make.person(Role.AUDITOR)
    shown = payments_of_bill.of_bill(session, auditor, bill_id=bill.id, now=NOW)
    assert not shown.may_act
    assert shown.standing.waiting == Decimal("5.00")
    assert shown.handed_in[0].reference == "1042"


def test_the_form_to_pay_is_for_the_one_who_owes(session, make, clerk):
    employee = make.person()
    bill = signed_bill(make, employee)

    form = payments_of_bill.pay_form(session, employee, bill_id=bill.id, now=NOW)
    assert form.methods == ("cash", "check", "card", "payroll")
    assert form.payments.standing.room == Decimal("12.30")
    assert employee.name in form.consent.wording
    assert form.consent.signed_at is None
    with pytest.raises(NotPermitted):
        payments_of_bill.pay_form(session, clerk, bill_id=bill.id, now=NOW)


def test_a_filter_survives_the_way_through_the_address():
    wanted = QueueFilter("declined", "check", "Ann & Bo", 3)
    assert payments_queue.write_filter(wanted) == (
        "show=declined&method=check&q=Ann+%26+Bo&page=3"
    )
    assert payments_queue.write_filter(QueueFilter()) == ""
    query = {"show": "declined", "method": "check", "q": "Ann & Bo", "page": "3"}
    assert payments_queue.read_filter(query) == wanted


@pytest.mark.parametrize(
    "query", [{"show": "all"}, {"method": "gold"}, {"page": "-1"}, {"q": "a\x00"}]
)
def test_an_address_no_page_writes_is_refused(query):
    with pytest.raises(NotUnderstood):
        payments_queue.read_filter(query)
