"""Lines that wait: nobody holds them, nobody billed them, or two invoices did."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.models.invoice import BillState, InvoiceState
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.lines.owner_queue import Queue, queue
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import MONTH, NOW

NEXT_MONTH = date(2026, 4, 1)


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def waits(session, make, finance):
    def look(**asked) -> Queue:
        return queue(session, finance, now=NOW, **asked)

    return look


def orphan(make, **details):
    """A prepared bill of a line that nobody holds."""
    bill = make.bill(
        make.person(), state=BillState.PREPARED, **({"user_name": ""} | details)
    )
    bill.line_id = make.line(number=f"+1916555{bill.id:04}").id
    bill.holder_id = bill.department_id = None
    return make.save(bill)


def test_without_any_invoice_nothing_waits(waits):
    assert waits() == Queue()


def test_a_bill_without_a_holder_waits_with_what_it_costs(waits, make):
    bill = orphan(make)

    found = waits()

    assert [row.bill_id for row in found.unowned] == [bill.id]
    assert (found.unowned[0].cost, found.unowned_total) == (Decimal("42.50"), 1)
    assert found.unowned[0].suggestions == ()
    assert found.may_assign


def test_the_name_on_the_bill_suggests_the_one_person_who_has_it(waits, make):
    person = make.person()
    first, last = person.name.upper().split()
    orphan(make, user_name=f"{last}, {first}")

    [hint] = waits().unowned[0].suggestions

    assert (hint.name, hint.why) == (person.name, "The bill prints this name.")


def test_who_held_the_line_before_is_suggested_with_the_day_they_gave_it_back(
    waits, make
):
    before = make.person()
    bill = orphan(make)
    make.save(
        LineHolding(
            line_id=bill.line_id,
            person_id=before.person_id,
            department_id=before.department_id,
            held_from=date(2024, 1, 1),
            held_until=date(2026, 1, 31),
        )
    )

    [hint] = waits().unowned[0].suggestions

    assert hint.person_id == before.person_id
    assert hint.why == "Held the line until January 31, 2026."


def test_the_cost_center_suggests_the_only_person_whose_bills_carry_it(waits, make):
    person = make.person()
    make.bill(person, cost_center="0045:0603")
    orphan(make, cost_center="0045:0603")

    [hint] = waits().unowned[0].suggestions

    assert hint.person_id == person.person_id
    assert "cost center 0045:0603" in hint.why


def test_a_cost_center_that_two_people_share_suggests_nobody(waits, make):
    for _ in range(2):
        make.bill(make.person(), cost_center="0045:0603")
    orphan(make, cost_center="0045:0603")

    assert waits().unowned[0].suggestions == ()


def test_who_left_is_not_suggested(session, waits, make):
    gone = make.person()
    session.get(Person, gone.person_id).ended_on = date(2026, 1, 1)
    orphan(make, user_name=gone.name)

    assert waits().unowned[0].suggestions == ()


def test_a_line_that_is_held_and_no_longer_billed_is_listed_with_its_last_month(
    waits, make
):
    stays, goes = make.person(), make.person()
    line = make.bill(goes, month=MONTH)
    make.bill(stays, month=MONTH)
    april = make.invoice(month=NEXT_MONTH, bill_date=date(2026, 4, 16))
    bill = make.bill(stays, invoice=april)
    bill.line_id = make.bill(stays, month=MONTH).line_id

    missing = {row.number: row for row in waits().unbilled}

    assert missing[line.number].holder == goes.name
    assert missing[line.number].last_billed == MONTH


def test_a_line_whose_account_has_no_invoice_yet_is_not_missed(waits, make):
    elsewhere = make.bill(make.person(), invoice=make.invoice(account="other"))
    april = make.invoice(month=NEXT_MONTH, bill_date=date(2026, 4, 16))
    make.bill(make.person(), invoice=april)

    assert elsewhere.number not in {row.number for row in waits().unbilled}


def test_a_line_that_moved_is_billed_twice_and_its_refund_counts(waits, make):
    holder = make.person()
    old = make.bill(holder, cost=Decimal("-12.10"))
    new = make.bill(holder, invoice=make.invoice(account="new"), number=old.number)

    [twice] = waits().twice

    assert (twice.number, twice.net) == (old.number, Decimal("30.40"))
    assert [bill.account for bill in twice.bills] == ["642350544-00001", "new"]
    assert new.number == old.number


def test_a_superseded_bill_is_not_a_second_one(waits, make):
    bill = make.bill(make.person())
    make.bill(
        make.person(),
        invoice=make.invoice(state=InvoiceState.SUPERSEDED),
        number=bill.number,
        state=BillState.SUPERSEDED,
    )

    assert waits().twice == []


def test_the_queue_is_given_fifty_at_a_time(waits, make):
    for _ in range(51):
        orphan(make)

    first, second = waits(), waits(page=2)

    assert (len(first.unowned), len(second.unowned), second.pages) == (50, 1, 2)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DCM])
def test_others_read_and_assign_nothing(session, make, role):
    orphan(make)
    assert not queue(session, make.person(role), now=NOW).may_assign


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.DIRECTOR, Role.COUNSEL])
def test_nobody_else_may_look(session, make, role):
    with pytest.raises(NotPermitted):
        queue(session, make.person(role), now=NOW)
