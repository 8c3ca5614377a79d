from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import select, text

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.reimbursement import Payment, PayrollConsent, Tender
from mobile_selfservice.services import history
from mobile_selfservice.services.actors import Actor, Grant, Role
from mobile_selfservice.services.free_text import CardNumberTyped, TextNeeded
from mobile_selfservice.services.money import reimbursement
from mobile_selfservice.services.money.payroll_consent import NoConsent
from mobile_selfservice.services.money.reimbursement import (
    AlreadyHandled,
    NotReversible,
)
from mobile_selfservice.services.money.tendering import AmountOutOfRange
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import closing
from tests.factories import NOW
from tests.services.money import confirm, hand_in, reverse, sign, signed_bill


@pytest.fixture
def employee(make):
    return make.person()


@pytest.fixture
def clerk(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def bill(make, employee):
    return signed_bill(make, employee)


@pytest.fixture
def tender_id(session, employee, bill):
    return hand_in(session, employee, bill)


def decline(session, clerk, tender_id, reason="No check in the mail", version=1):
    reimbursement.decline(
        session, clerk, tender_id=tender_id, reason=reason, version=version, now=NOW
    )


def test_confirming_in_full_pays_the_bill(session, clerk, bill, tender_id):
    recorded = confirm(session, clerk, tender_id)

    assert recorded.still_owed == Decimal("0.00")
    assert recorded.receipt_number == "2026-000001"
    assert (bill.paid, bill.tendered) == (Decimal("12.30"), Decimal("12.30"))
    assert session.get(Tender, tender_id).state == "confirmed"


def test_confirming_a_part_leaves_the_rest_waiting(session, clerk, bill, tender_id):
    confirm(session, clerk, tender_id, "5.00")
    assert (bill.paid, bill.tendered) == (Decimal("5.00"), Decimal("12.30"))

    second = confirm(session, clerk, tender_id, "7.30", version=2)
    assert second.receipt_number == "2026-000002"
    assert bill.paid == Decimal("12.30")
    assert session.get(Tender, tender_id).state == "confirmed"


def test_declining_the_rest_makes_room_to_hand_it_in_again(
    session, employee, clerk, bill, tender_id
):
    confirm(session, clerk, tender_id, "5.00")
    decline(session, clerk, tender_id, version=2)

    assert bill.tendered == Decimal("5.00")
    hand_in(session, employee, bill, "7.30")
    assert bill.tendered == Decimal("12.30")


@pytest.mark.parametrize("amount", ["0.00", "-5.00", "12.31"])
def test_no_more_is_confirmed_than_was_handed_in(session, clerk, tender_id, amount):
    with pytest.raises(AmountOutOfRange):
        confirm(session, clerk, tender_id, amount)


def test_no_more_is_confirmed_than_a_later_statement_asks_for(
    session, make, clerk, bill, tender_id
):
    sign(make, bill, "4.00", sequence=2)

    with pytest.raises(AmountOutOfRange, match=r"\$4\.00 is still to be confirmed"):
        confirm(session, clerk, tender_id)


def test_confirming_needs_a_reference_without_a_card_number(session, clerk, tender_id):
    with pytest.raises(TextNeeded):
        confirm(session, clerk, tender_id, reference=" ")
    with pytest.raises(CardNumberTyped):
        confirm(session, clerk, tender_id, reference="4111 1111 1111 1111")


def test_a_double_click_records_one_payment(session, clerk, bill, tender_id):
    first = confirm(session, clerk, tender_id, key="the form's key")
    second = confirm(session, clerk, tender_id, key="the form's key")

    assert first == second
    assert len(session.exec(select(Payment)).all()) == 1


def test_a_stale_page_is_told_who_was_first(session, make, clerk, tender_id):
    confirm(session, clerk, tender_id, "5.00")
    other = make.person(Role.FINANCE)

    said = f"{clerk.name} recorded .5.00 of this payment on April 10, 2026, 10:00 AM"
    with pytest.raises(AlreadyHandled, match=said):
        confirm(session, other, tender_id, "7.30", version=1)
    with pytest.raises(AlreadyHandled, match="recorded"):
        decline(session, other, tender_id)


def test_a_declined_payment_is_not_confirmed(session, clerk, bill, tender_id):
    decline(session, clerk, tender_id)

    assert bill.tendered == Decimal("0.00")
    with pytest.raises(AlreadyHandled, match="declined this payment"):
        confirm(session, clerk, tender_id, version=2)
    letter = session.exec(select(Letter)).one()
    assert "No check in the mail" in letter.body


def test_declining_twice_by_a_double_click_declines_once(
    session, make, clerk, tender_id
):
    decline(session, clerk, tender_id)
    decline(session, clerk, tender_id)
    decline(session, clerk, tender_id, version=2)  # of a tab that knows the new one

    assert session.get(Tender, tender_id).version == 2
    assert len(session.exec(select(Letter)).all()) == 1
    with pytest.raises(AlreadyHandled):
        decline(session, make.person(Role.FINANCE), tender_id)
    with pytest.raises(AlreadyHandled):
        decline(session, clerk, tender_id, "The check was not signed")


def test_nobody_confirms_their_own_money(session, make):
    both = make.person(Role.EMPLOYEE, Role.FINANCE)
    bill = signed_bill(make, both)
    own = hand_in(session, both, bill)

    with pytest.raises(NotPermitted):
        confirm(session, both, own)
    with pytest.raises(NotPermitted):
        decline(session, both, own)


def test_whoever_signed_the_bill_confirms_nothing_on_it(
    session, make, clerk, bill, tender_id
):
    former_holder = make.person(Role.FINANCE)
    bill.holder_id = former_holder.person_id
    sign(make, bill, "12.30", sequence=2)
    bill.holder_id = make.person().person_id
    session.flush()

    with pytest.raises(NotPermitted):
        confirm(session, former_holder, tender_id)
    confirm(session, clerk, tender_id)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FINANCE])
def test_only_finance_confirms_declines_and_reverses(
    session, make, clerk, tender_id, role
):
    someone = make.person(role)
    for act in (confirm, decline):
        with pytest.raises(NotPermitted):
            act(session, someone, tender_id)
    paid = confirm(session, clerk, tender_id)
    with pytest.raises(NotPermitted):
        reverse(session, someone, paid.payment_id)


def test_a_clerk_of_another_agency_confirms_nothing(session, make, clerk, tender_id):
    fenced = Actor(
        person_id=clerk.person_id,
        employer_id=clerk.employer_id,
        department_id=clerk.department_id,
        agency_id=clerk.agency_id,
        name=clerk.name,
        grants=frozenset({Grant(Role.FINANCE, agency_id=10_000)}),
    )

    with pytest.raises(NotPermitted):
        confirm(session, fenced, tender_id)


def test_a_returned_payment_is_a_new_entry_and_owed_again(
    session, clerk, bill, tender_id
):
    paid = confirm(session, clerk, tender_id)
    back = reverse(session, clerk, paid.payment_id)

    assert back.still_owed == Decimal("12.30")
    assert (bill.paid, bill.tendered) == (Decimal("0.00"), Decimal("0.00"))
    amounts = session.exec(select(Payment.amount).order_by(Payment.id)).all()
    assert amounts == [Decimal("12.30"), Decimal("-12.30")]


def test_a_payment_comes_back_once(session, make, clerk, tender_id):
    paid = confirm(session, clerk, tender_id)
    back = reverse(session, clerk, paid.payment_id, key="the form's key")

    again = reverse(session, clerk, paid.payment_id, key="the form's key")
    assert again == back
    with pytest.raises(NotReversible, match=f"{clerk.name} took this payment back"):
        reverse(session, make.person(Role.FINANCE), paid.payment_id)
    with pytest.raises(NotReversible):
        reverse(session, clerk, back.payment_id)


def test_taking_a_payment_back_needs_a_reason(session, clerk, tender_id):
    paid = confirm(session, clerk, tender_id)

    with pytest.raises(TextNeeded, match="at least 10 letters"):
        reverse(session, clerk, paid.payment_id, reason="bounced")


def test_an_accepted_bill_closes_with_its_last_cent(session, clerk, bill, tender_id):
    bill.state = BillState.ACCEPTED
    confirm(session, clerk, tender_id, "12.29")
    assert bill.state == BillState.ACCEPTED

    last = confirm(session, clerk, tender_id, "0.01", version=2)
    assert bill.state == BillState.CLOSED
    reverse(session, clerk, last.payment_id)
    assert bill.state == BillState.ACCEPTED


def test_a_bill_paid_first_closes_when_it_is_accepted(session, clerk, bill, tender_id):
    confirm(session, clerk, tender_id)
    assert bill.state == BillState.CERTIFIED

    bill.state = BillState.ACCEPTED
    assert closing.close_if_settled(session, bill, NOW)


def test_consent_withdrawn_before_payday_stops_the_deduction(
    session, make, employee, clerk, bill
):
    consent = make.save(
        PayrollConsent(
            person_id=employee.person_id,
            wording="…",
            signed_name=employee.name,
            signed_at=NOW,
        )
    )
    waiting = hand_in(session, employee, bill, method="payroll", reference="")
    consent.withdrawn_at = NOW
    session.flush()

    with pytest.raises(NoConsent):
        confirm(session, clerk, waiting)


def test_the_employee_gets_a_receipt_by_letter(session, clerk, bill, tender_id):
    confirm(session, clerk, tender_id, "5.00")

    letter = session.exec(select(Letter)).one()
    assert letter.subject == "Receipt 2026-000001: $5.00 received"
    assert "Still owed for this bill: $7.30" in letter.body


def test_every_entry_stands_in_the_bills_history(session, clerk, bill, tender_id):
    paid = confirm(session, clerk, tender_id)
    reverse(session, clerk, paid.payment_id)

    notes = [event.note for event in history.timeline(session, "bill", bill.id)]
    assert notes == [
        "Handed in $12.30 by check",
        "Received $12.30, receipt 2026-000001",
        "Came back: $12.30. The bank returned the check",
    ]


def test_receipt_numbers_start_again_each_year(session, clerk, tender_id):
    confirm(session, clerk, tender_id, "5.00")
    later = NOW + timedelta(days=365)

    next_year = confirm(session, clerk, tender_id, "7.30", version=2, now=later)
    assert next_year.receipt_number == "2027-000001"


@pytest.mark.parametrize(
    "change", ["UPDATE payment SET amount = 1", "DELETE FROM payment"]
)
def test_the_database_keeps_every_payment(session, clerk, tender_id, change):
    confirm(session, clerk, tender_id)

    with pytest.raises(DatabaseError, match="kept as they were written"):
        session.execute(text(change))
