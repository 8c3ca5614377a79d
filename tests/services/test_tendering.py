from datetime import UTC, date, datetime
from decimal import Decimal
from time import process_time

import pytest
from sqlmodel import select

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.reimbursement import PayrollConsent, Tender
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.free_text import (
    CardNumberTyped,
    TextNeeded,
    holds_card_number,
    tidy,
)
from mobile_selfservice.services.money import payroll_consent, tendering
from mobile_selfservice.services.money.payroll_consent import (
    NoConsent,
    NotSigned,
    SignedConsent,
)
from mobile_selfservice.services.money.tendering import AmountOutOfRange, NothingToPay
from mobile_selfservice.services.money.typed_amount import NotAnAmount, dollars_typed
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.money import hand_in, offer, signed_bill

CARD = "4111 1111 1111 1111"  # the test number every card network publishes
FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


@pytest.fixture
def employee(make):
    return make.person()


@pytest.fixture
def bill(make, employee):
    return signed_bill(make, employee)


def test_money_handed_in_waits_for_finance(session, employee, bill):
    hand_in(session, employee, bill, "5.00")

    assert bill.tendered == Decimal("5.00")
    assert bill.paid == Decimal("0.00")
    assert session.exec(select(Tender.state)).all() == ["waiting"]


def test_it_counts_from_the_day_it_was_handed_in_where_the_city_is(
    session, employee, bill
):
    late_evening = datetime(2026, 4, 21, 6, 30, tzinfo=UTC)  # April 20 in Lodi

    tendering.tender(
        session, employee, bill_id=bill.id, offer=offer(), now=late_evening
    )

    assert session.exec(select(Tender.tendered_on)).all() == [date(2026, 4, 20)]


def test_a_double_click_hands_in_once(session, employee, bill):
    first = hand_in(session, employee, bill, "5.00", key="the form's key")
    second = hand_in(session, employee, bill, "5.00", key="the form's key")

    assert first == second
    assert bill.tendered == Decimal("5.00")


def test_another_bills_key_opens_nothing(session, make, employee, bill):
    hand_in(session, employee, bill, key="the form's key")
    other = make.person()

    with pytest.raises(NotPermitted):
        hand_in(session, other, signed_bill(make, other), key="the form's key")


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "12.31", "0.001", "99999.99"])
def test_an_amount_outside_what_is_owed_is_refused(session, employee, bill, amount):
    with pytest.raises(AmountOutOfRange):
        hand_in(session, employee, bill, amount)


def test_what_is_handed_in_twice_never_exceeds_what_is_owed(session, employee, bill):
    hand_in(session, employee, bill, "7.30")

    with pytest.raises(AmountOutOfRange, match=r"\$5\.00 is still to be handed in"):
        hand_in(session, employee, bill, "5.01")
    hand_in(session, employee, bill, "5.00")
    with pytest.raises(NothingToPay):
        hand_in(session, employee, bill, "0.01")


def test_a_bill_that_is_not_certified_takes_no_money(session, make, employee):
    bill = make.bill(employee, owed=Decimal("12.30"))

    with pytest.raises(NothingToPay):
        hand_in(session, employee, bill)


def test_a_bill_back_in_review_takes_no_money(session, employee, bill):
    bill.state = BillState.IN_REVIEW

    with pytest.raises(NothingToPay):
        hand_in(session, employee, bill)


def test_nobody_hands_in_for_someone_else(session, make, bill):
    for role in Role:
        with pytest.raises(NotPermitted):
            hand_in(session, make.person(role), bill)


def test_a_check_needs_its_number(session, employee, bill):
    with pytest.raises(TextNeeded):
        hand_in(session, employee, bill, reference="  ")
    hand_in(session, employee, bill, method="cash", reference="")


@pytest.mark.parametrize(
    "written", [CARD, "card 4111-1111-1111-1111 exp 1/30", "4111111111111111"]
)
def test_a_card_number_is_never_stored(session, employee, bill, written):
    with pytest.raises(CardNumberTyped):
        hand_in(session, employee, bill, method="card", reference=written)
    assert session.exec(select(Tender)).all() == []


@pytest.mark.parametrize(
    "written",
    ["1042", "2026-04-10 drawer 2", "4111 1111 1111 1112", "0000000000000000", "…1111"],
)
def test_other_numbers_are_no_card_numbers(written):
    assert not holds_card_number(written)


@pytest.mark.parametrize("digits", ["1", "1 ", "1.", "12 ", "1" * 19 + " "])
def test_long_rows_of_digits_are_read_in_one_go(digits):
    written = digits * 20_000

    began = process_time()
    holds_card_number(written)

    assert process_time() - began < 2  # every group with every other took minutes


def test_a_card_number_is_seen_among_other_groups():
    assert holds_card_number(f"7 12 {CARD} 99 1")
    assert holds_card_number(" ".join(CARD.replace(" ", "")))


def test_a_text_far_beyond_its_length_is_refused_unread():
    with pytest.raises(TextNeeded, match="under 80 letters"):
        tidy("\u200b" * 801, "The reference", 80)


def test_a_card_number_in_other_digits_is_seen_too():
    assert holds_card_number(CARD.translate(FULL_WIDTH))


def test_pay_is_touched_only_with_written_consent(session, employee, bill):
    with pytest.raises(NoConsent):
        hand_in(session, employee, bill, method="payroll", reference="")

    wording = payroll_consent.consent_of(session, employee).wording
    signed = SignedConsent(wording, True, "  person   1 ")
    hand_in(session, employee, bill, method="payroll", reference="", consent=signed)

    (consent,) = session.exec(select(PayrollConsent)).all()
    assert consent.wording == wording
    assert session.exec(select(Tender.consent_id)).all() == [consent.id]


def test_a_withdrawn_consent_does_not_count(session, make, employee, bill):
    make.save(
        PayrollConsent(
            person_id=employee.person_id,
            wording="…",
            signed_name=employee.name,
            signed_at=NOW,
            withdrawn_at=NOW,
        )
    )

    with pytest.raises(NoConsent):
        hand_in(session, employee, bill, method="payroll", reference="")


def test_a_consent_is_signed_with_ones_own_name_under_the_words_shown(
    session, employee, bill
):
    wording = payroll_consent.consent_of(session, employee).wording
    for refusal, signed in (
        (NotSigned, SignedConsent(wording, True, "Person 2")),
        (NotSigned, SignedConsent(wording, False, "Person 1")),
        (ChangedMeanwhile, SignedConsent("Take it all", True, "Person 1")),
    ):
        with pytest.raises(refusal):
            hand_in(session, employee, bill, method="payroll", consent=signed)
    assert session.exec(select(PayrollConsent)).all() == []


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("12.30", "12.30"), (" $1,204.5 ", "1204.50"), ("7", "7.00"), ("$ 0.05", "0.05")],
)
def test_amounts_are_read_as_people_type_them(typed, amount):
    assert dollars_typed(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["", "twelve", "1.234", "-5", "1e3", "12,30", "NaN", "5 5", "١٢", "9" * 9]
)
def test_anything_else_is_no_amount(typed):
    with pytest.raises(NotAnAmount):
        dollars_typed(typed)
