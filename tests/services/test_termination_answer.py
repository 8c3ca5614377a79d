"""What giving up a phone early comes to, asked as every screen asks it."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.early_termination import FeeSchedule, StipendChange
from mobile_selfservice.policy.early_termination_advice import Advice
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.services.choice.termination_answer import (
    FeeAfter,
    Method,
    TerminationQuestion,
    answer,
)
from mobile_selfservice.services.choice.termination_months import Has
from mobile_selfservice.services.policy_in_force import packaged

LODI = packaged("lodi_2011")


def asked(**details) -> TerminationQuestion:
    usual = {
        "charge": Decimal("175.00"),
        "stipend": Decimal("50.00"),
        "approved_on": date(2026, 3, 10),
        "returned_on": date(2026, 3, 20),
    }
    return TerminationQuestion(**(usual | details))


def lodi_with(**choices):
    return LODI.with_settings(
        Setting(
            key=key.replace("__", "."),
            value=value,
            valid_from=date(2011, 3, 2),
            set_by="Deputy City Manager",
            authority="Memo",
        )
        for key, value in choices.items()
    )


def test_175_dollars_against_a_stipend_of_50_wait_four_months():
    found = answer(LODI, asked())

    assert found.penalty.amount == Decimal("175.00")
    assert found.base_month == date(2026, 4, 1)
    assert (found.wait.months, found.wait.first_month) == (4, date(2026, 8, 1))
    assert found.method is Method.FIXED
    assert found.advice is None
    assert found.break_even_waiting is None


def test_a_fee_that_falls_month_by_month_is_worked_out():
    fee = FeeAfter(FeeSchedule(Decimal("175.00"), Decimal("5.00")), 5)

    found = answer(LODI, asked(charge=fee, stipend=Decimal("25.00")))

    assert found.penalty.amount == Decimal("150.00")
    assert "$175.00 − $5.00 × 5 months = $150.00" in found.penalty.steps[0].text
    assert found.wait.months == 6


def test_the_months_show_a_wait_and_then_the_stipend():
    found = answer(LODI, asked())

    assert [month.now for month in found.months[:5]] == [Has.NOTHING] * 4 + [
        Has.STIPEND
    ]
    assert sum(month.stipend for month in found.months[:6]) == Decimal("100.00")
    assert len(found.months) == 12


def test_a_contract_that_ends_within_the_wait_is_worth_waiting_for():
    found = answer(LODI, asked(contract_end=date(2026, 7, 15)))

    assert found.months_left == 4
    assert found.advice.advice is Advice.WAIT
    assert found.advice.wait_until == date(2026, 7, 15)
    # The stipend comes in the same month, and the phone is kept until then.
    assert found.advice.first_month == found.wait.first_month == date(2026, 8, 1)
    assert [month.waited for month in found.months[:5]] == [Has.PHONE] * 4 + [
        Has.STIPEND
    ]


def test_a_contract_that_ends_later_than_the_wait_is_not():
    found = answer(LODI, asked(contract_end=date(2026, 8, 1)))

    assert found.months_left == 5
    assert found.advice.advice is Advice.ELECT


def test_break_even_is_where_the_months_turn_positive():
    found = answer(LODI, asked(stipend=Decimal("25.00"), city_cost=Decimal("45.00")))

    assert found.break_even_waiting.months == 4
    assert found.break_even_at_once.months == 9
    balances = [month.balance for month in found.months]
    assert balances[2] < 0 <= balances[3] == Decimal("5.00")
    at_once = [month.balance_at_once for month in found.months]
    assert at_once[7] < 0 <= at_once[8]


def test_without_a_stipend_the_answer_says_why_and_nothing_more():
    found = answer(LODI, asked(stipend=Decimal("0.00")))

    assert "could never be made up" in found.refused
    assert found.wait is None
    assert found.months == ()


def test_the_other_ways_of_counting_stand_beside_the_policys_own():
    found = answer(LODI, asked(charge=Decimal("180.00"), stipend=Decimal("25.00")))

    waits = {other.method: other.wait for other in found.others}
    assert found.wait.months == 8
    assert waits[Method.PARTIAL].months == 7
    assert waits[Method.PARTIAL].first_amount == Decimal("20.00")
    assert waits[Method.RUNNING].months == 8


def test_a_policy_that_counts_month_by_month_follows_a_new_stipend():
    edition = lodi_with(etf__deferral_mode="running")
    changes = (StipendChange(3, Decimal("50.00")),)

    found = answer(edition, asked(stipend=Decimal("25.00"), changes=changes))

    assert found.method is Method.RUNNING
    assert found.wait.months == 5
    assert found.months[5].stipend == Decimal("50.00")


def test_a_policy_that_counts_exactly_pays_the_rest_of_the_last_month():
    edition = lodi_with(etf__deferral_rounding="partial")

    found = answer(edition, asked(charge=Decimal("180.00"), stipend=Decimal("25.00")))

    assert found.method is Method.PARTIAL
    paid = [month.stipend for month in found.months[:9]]
    assert paid == [Decimal(0)] * 7 + [Decimal("20.00"), Decimal("25.00")]


def test_a_negative_penalty_is_no_question():
    with pytest.raises(ValueError, match="less than nothing"):
        answer(LODI, asked(charge=Decimal("-1.00")))
