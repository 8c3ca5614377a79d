"""What the screens of certifying, paying and confirming say, without a browser."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mobile_selfservice.components.payments import payment_rows
from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.pages.certify.view import certify_view
from mobile_selfservice.pages.pay.view import pay_view
from mobile_selfservice.pages.payment.view import payment_view
from mobile_selfservice.pages.payments.view import payments_view
from mobile_selfservice.pages.statement.view import statement_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.money import (
    payments_of_bill,
    payments_queue,
    reimbursement,
)
from mobile_selfservice.services.money.payments_queue import QueueFilter
from mobile_selfservice.services.statements import certification, statement
from tests.factories import NOW
from tests.services.money import confirm, hand_in, reverse, sign, signed_bill


@pytest.fixture
def employee(make):
    return make.person()


@pytest.fixture
def clerk(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def personal_bill(session, make, employee):
    """A bill with fourteen personal minutes, ready to be signed."""
    bill = make.bill(employee)
    session.add(
        ItemMark(
            item_id=make.call(bill).id,
            bill_id=bill.id,
            mark="personal",
            marked_by=employee.person_id,
            marked_at=NOW,
        )
    )
    session.flush()
    return bill


def prepared(session, employee, bill, at=NOW):
    return certification.prepare(session, employee, bill_id=bill.id, now=at)


def test_certifying_shows_the_sentence_the_amount_and_its_working(
    session, employee, personal_bill
):
    ready = prepared(session, employee, personal_bill)
    view = certify_view(ready)

    assert view.title == "Certify your bill for March 2026"
    assert view.statement == "Personal use to reimburse"
    assert view.sentence == ready.draft.sentence
    assert view.amount == "$1.40"
    assert view.worked[0].summary == "Calls: $1.40"
    assert view.worked[0].steps[0].text == "14 min × $0.10 = $1.40"
    assert (view.late, view.why_not, view.signed_on) == ("", "", "")


def test_certifying_late_says_by_how_much(session, employee, personal_bill):
    late = NOW + timedelta(days=11)

    said = certify_view(prepared(session, employee, personal_bill, late)).late
    assert said.startswith("This bill was due on April 20, 2026, 1 day ago.")


def signed_view(session, employee, bill):
    found = statement.statement_of(session, employee, bill_id=bill.id, now=NOW)
    return statement_view(found)


def test_the_statement_leads_on_until_everything_is_done(
    session, employee, clerk, personal_bill
):
    bill = personal_bill
    signature = prepared(session, employee, bill).draft.signature
    certification.certify(
        session, employee, bill_id=bill.id, signature=signature, now=NOW
    )
    view = signed_view(session, employee, bill)
    assert (view.next_step, view.to_pay) == ("Next: hand in $1.40.", "$1.40")
    assert [line.amount for line in view.lines][:2] == ["$1.40", "$0.00"]

    waiting = hand_in(session, employee, bill, "1.40")
    view = signed_view(session, employee, bill)
    assert view.next_step == "Finance has still to confirm $1.40."
    assert view.to_pay == ""

    bill.state = BillState.ACCEPTED
    confirm(session, clerk, waiting, "1.40")
    view = signed_view(session, employee, bill)
    assert view.next_step == "Everything is done. This bill is closed."
    assert view.step == 4

    assert not statement_view(
        statement.statement_of(session, clerk, bill_id=bill.id, now=NOW)
    ).to_pay


def test_a_statement_sent_back_asks_for_a_signature_and_no_money(
    session, employee, personal_bill
):
    bill = personal_bill
    signature = prepared(session, employee, bill).draft.signature
    certification.certify(
        session, employee, bill_id=bill.id, signature=signature, now=NOW
    )
    bill.state = BillState.IN_REVIEW

    view = signed_view(session, employee, bill)
    assert view.next_step.startswith("The director sent this statement back.")
    assert view.to_pay == ""


def test_the_pay_screen_proposes_what_is_left(session, make, employee):
    bill = signed_bill(make, employee)
    hand_in(session, employee, bill, "5.00")

    form = payments_of_bill.pay_form(session, employee, bill_id=bill.id, now=NOW)
    view = pay_view(form)
    assert (view.owed, view.waiting, view.room) == ("$12.30", "$5.00", "$7.30")
    assert view.room_typed == "7.30"
    assert [each.label for each in view.methods][-1] == "From my next pay"
    assert view.can_pay


@pytest.mark.parametrize(
    ("state", "owed", "said"),
    [
        (BillState.RELEASED, None, "Certify the bill first"),
        (BillState.CERTIFIED, "0.00", "Nothing is owed"),
        (BillState.IN_REVIEW, "4.00", "The director sent your statement back"),
    ],
)
def test_the_pay_screen_says_why_there_is_nothing_to_pay(
    session, make, employee, state, owed, said
):
    bill = make.bill(employee, state=state)
    if owed is not None:
        sign(make, bill, owed)

    form = payments_of_bill.pay_form(session, employee, bill_id=bill.id, now=NOW)
    view = pay_view(form)
    assert not view.can_pay
    assert view.closing.startswith(said)


def test_finance_sees_what_to_answer_and_what_can_come_back(
    session, make, employee, clerk
):
    bill = signed_bill(make, employee)
    tender_id = hand_in(session, employee, bill)
    confirm(session, clerk, tender_id, "5.00")

    def view():
        found = payments_of_bill.of_bill(session, clerk, bill_id=bill.id, now=NOW)
        return payment_view(found)

    (waiting,) = view().to_answer
    assert waiting.waiting_typed == "7.30"
    (received,) = view().to_reverse
    assert "2026-000001: $5.00" in received.label

    reverse(session, clerk, received.payment_id)
    assert view().to_reverse == []


def test_each_tender_says_what_became_of_it(session, make, employee, clerk):
    bill = signed_bill(make, employee)
    declined, back, part = (
        hand_in(session, employee, bill, amount) for amount in ("2.00", "3.00", "4.00")
    )
    reimbursement.decline(
        session,
        clerk,
        tender_id=declined,
        reason="No check in the mail",
        version=1,
        now=NOW,
    )
    reverse(session, clerk, confirm(session, clerk, back, "3.00").payment_id)
    confirm(session, clerk, part, "1.00")
    hand_in(session, employee, bill, "1.00")

    found = payments_of_bill.of_bill(session, clerk, bill_id=bill.id, now=NOW)
    rows = payment_rows(found.handed_in)
    assert [row.state for row in rows] == [
        "Not received",
        "Came back",
        "Received in part",
        "Waits for Finance",
    ]
    assert "No check in the mail" in rows[0].note
    assert rows[1].received[1].text.startswith("$3.00 came back")
    assert rows[2].note == "$3.00 still waits for Finance"
    assert rows[1].received[0].href.startswith("/files/receipts/")


def test_the_queue_counts_what_was_handed_in(session, make, employee, clerk):
    hand_in(session, employee, signed_bill(make, employee))
    wanted = QueueFilter()

    queue = payments_queue.read(session, clerk, wanted=wanted, now=NOW)
    view = payments_view(queue, wanted)
    assert view.summary == "1 payment, $12.30 handed in"
    assert view.rows[0].how == "Check 1042"
    assert queue.total == Decimal("12.30")
