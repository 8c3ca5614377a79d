"""What one payment pays of a year whose months need not pay the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobile_selfservice.policy.stipend_pay import (
    PayFrequency,
    PayTerms,
    months_of_payment,
    payment_of_months,
    payments_of_year,
)

EVEN = (Decimal("25.00"),) * 12
NONE = Decimal("0.00")
MONTHS = st.lists(
    st.decimals("0", "500", places=2, allow_nan=False), min_size=12, max_size=12
)
PERIODS = st.sampled_from([1, 2, 4, 12, 24, 26, 27, 52])


def terms(periods):
    return PayTerms(frequency=PayFrequency.PER_PAY_PERIOD, periods=periods)


@given(months=MONTHS, periods=PERIODS)
def test_the_payments_of_a_year_add_up_to_its_months(months, periods):
    paid = [
        payment_of_months(months, number, terms(periods)).amount
        for number in range(1, periods + 1)
    ]

    assert sum(paid) == sum(months)
    assert min(paid) >= 0


@pytest.mark.parametrize("periods", [4, 12, 24, 26, 52])
def test_even_months_are_paid_like_an_even_year(periods):
    paid = [
        payment_of_months(EVEN, number, terms(periods)).amount
        for number in range(1, periods + 1)
    ]

    assert tuple(paid) == payments_of_year(Decimal("25.00"), periods)


def test_a_payment_that_cuts_months_shows_what_is_due_before_and_after_it():
    (step,) = payment_of_months(EVEN, 7, terms(26)).steps

    assert step.text == (
        "payment 7 of 26 in the year: $80.77 due after it - $69.23 due before = $11.54"
    )
    assert (str(step.clause), step.reading) == ("Lodi 2011 §3.B.2.a", "AMB-52")


def test_a_quarter_shows_its_months_one_by_one():
    months = (*EVEN[:4], Decimal("40.00"), NONE, *EVEN[6:])

    paid = payment_of_months(months, 2, PayTerms(periods=4))

    assert paid.amount == Decimal("65.00")
    assert paid.steps[0].text == (
        "payment 2 of 4 in the year: $25.00 + $40.00 + $0.00 = $65.00"
    )


def test_a_stipend_of_two_months_is_paid_in_the_payments_that_reach_them():
    months = (*[NONE] * 4, *EVEN[:2], *[NONE] * 6)

    paid = {
        number: payment_of_months(months, number, terms(24)).amount
        for number in range(1, 25)
    }

    assert {number for number, amount in paid.items() if amount} == {9, 10, 11, 12}
    assert sum(paid.values()) == Decimal("50.00")


@pytest.mark.parametrize(
    ("number", "periods", "months"),
    [
        (1, 12, [1]),
        (12, 12, [12]),
        (2, 4, [4, 5, 6]),
        (1, 1, list(range(1, 13))),
        (3, 26, [1, 2]),
        (26, 26, [12]),
        (3, 24, [2]),
    ],
)
def test_which_months_a_payment_reaches_into(number, periods, months):
    assert list(months_of_payment(number, terms(periods))) == months


@pytest.mark.parametrize("number", [0, 13])
def test_a_year_has_no_other_payments(number):
    with pytest.raises(ValueError, match="payments 1 to 12"):
        payment_of_months(EVEN, number, terms(12))
