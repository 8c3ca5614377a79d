"""Run the worked examples of `early_termination.toml`."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.early_termination import (
    DeferralMode,
    DeferralRounding,
    Election,
    FeeSchedule,
    NoStipend,
    ProjectedStipend,
    TerminationTerms,
    WaitFrom,
    base_month,
    deferral,
    fee_schedule,
    penalty,
    quoted_penalty,
    termination_terms,
)
from mobile_selfservice.policy.early_termination_advice import (
    break_even,
    wait_or_elect,
)
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import built, examples, spoken, with_values

TODAY = date(2026, 3, 2)
LODI = TerminationTerms()


def terms_of(example):
    return built(TerminationTerms, example.get("terms", {}))


def elected(example):
    return built(Election, example["election"])


def evened(example):
    facts = dict(example["facts"])
    is_deferred = facts.pop("is_deferred")
    amounts = {name: Decimal(amount) for name, amount in facts.items()}
    return break_even(**amounts, is_deferred=is_deferred, terms=LODI)


def advised(example):
    return wait_or_elect(
        elected(example), example["left"], LODI, example.get("contract_end")
    )


@examples("early_termination.toml", "penalty")
def test_what_the_carrier_charges(example):
    schedule = built(FeeSchedule, example["schedule"])
    owed = penalty(schedule, example["completed"], LODI)
    assert str(owed.amount) == example["amount"]
    assert [step.amount for step in owed.steps] == [owed.amount]
    assert spoken(owed.steps) == example["says"]


@examples("early_termination.toml", "deferral")
def test_how_long_the_stipend_waits(example):
    wait = deferral(elected(example), terms_of(example))
    assert {
        "months": wait.months,
        "first_month": wait.first_month,
        "first_amount": str(wait.first_amount),
    } == example["expect"]
    assert spoken(wait.steps) == example["says"]


@examples("early_termination.toml", "no_stipend")
def test_a_phone_that_cannot_be_given_up_for_a_stipend(example):
    with pytest.raises(NoStipend) as refused:
        deferral(elected(example), terms_of(example))
    assert str(refused.value) == example["complaint"]


@examples("early_termination.toml", "break_even")
def test_when_the_city_has_its_penalty_back(example):
    found = evened(example)
    assert found.months == (None if example["months"] == "none" else example["months"])
    assert spoken(found.steps) == example["says"]


@examples("early_termination.toml", "advice")
def test_whether_to_wait_for_the_contract_to_end(example):
    found = advised(example)
    expected = example["expect"]
    assert str(found.advice) == expected["advice"]
    assert found.first_stipend_in == expected["first_stipend_in"]
    assert found.first_month == expected["first_month"]
    assert (found.wait_until or "none") == expected["wait_until"]
    assert spoken(found.steps) == example["says"]


def test_the_part_of_a_month_that_is_left_shows_its_amount():
    terms = TerminationTerms(rounding=DeferralRounding.PARTIAL)
    election = Election(
        penalty=Decimal("100.00"), stipend=Decimal("30.00"), start=date(2026, 5, 1)
    )
    assert [step.amount for step in deferral(election, terms).steps] == [
        None,
        None,
        Decimal("20.00"),
    ]


def test_a_penalty_is_never_less_than_nothing():
    election = Election(
        penalty=Decimal("-0.01"), stipend=Decimal("30.00"), start=date(2026, 5, 1)
    )
    with pytest.raises(ValueError, match="is less than nothing"):
        deferral(election, LODI)


def test_the_carriers_quote_is_taken_as_it_is():
    quoted = quoted_penalty(Decimal("87.50"), LODI)
    assert quoted.amount == Decimal("87.50")
    assert [step.amount for step in quoted.steps] == [Decimal("87.50")]
    assert spoken(quoted.steps) == ["the carrier quotes $87.50 | Lodi 2011 §3.B.2.c"]


@pytest.mark.parametrize(
    ("approved", "returned", "month"),
    [
        (date(2026, 3, 31), date(2026, 2, 1), date(2026, 4, 1)),
        (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 12, 5), date(2026, 12, 5), date(2027, 1, 1)),
    ],
)
def test_the_month_after_approval_and_return_would_be_the_first(
    approved, returned, month
):
    assert base_month(approved, returned) == month


def test_lodi_counts_the_wait_as_its_edition_says():
    assert termination_terms(packaged("lodi_2011"), TODAY) == LODI


def test_every_choice_of_the_wait_comes_from_the_edition():
    edition = with_values(
        packaged("lodi_2011"),
        {
            "etf.deferral_rounding": "partial",
            "etf.deferral_mode": "running",
            "etf.projected_stipend": "schedule",
            "etf.wait_from": "relinquishment",
        },
    )
    assert termination_terms(edition, TODAY) == TerminationTerms(
        rounding=DeferralRounding.PARTIAL,
        mode=DeferralMode.RUNNING,
        projected=ProjectedStipend.SCHEDULE,
        wait_from=WaitFrom.RELINQUISHMENT,
    )


def test_the_working_names_the_employers_own_clause():
    edition = with_values(
        packaged("wadsworth"),
        {
            "etf.deferral_rounding": "ceil",
            "etf.deferral_mode": "fixed",
            "etf.projected_stipend": "payable",
            "etf.wait_from": "stipend_start",
        },
    )
    clause = edition.parameter("etf.deferral_mode").clause
    assert termination_terms(edition, TODAY).clause == clause
    assert clause != LODI.clause


FEES = [
    {"carrier": "Verizon", "class": "cell", "start": "175.00", "monthly_drop": "5.00"},
    {"carrier": "Verizon", "class": "smart", "start": "350.00", "floor": "20.00"},
]


def test_the_fee_of_a_contract_is_found_by_carrier_and_class():
    edition = with_values(packaged("lodi_2011"), {"etf.fee_schedule": FEES})
    assert fee_schedule(edition, TODAY, "Verizon", "cell") == FeeSchedule(
        Decimal(175), Decimal(5), Decimal(0)
    )
    assert fee_schedule(edition, TODAY, "Verizon", "smart") == FeeSchedule(
        Decimal(350), Decimal(0), Decimal(20)
    )


@pytest.mark.parametrize("sought", [("Verizon", "tablet"), ("AT&T", "cell")])
def test_a_fee_that_nobody_recorded_is_not_taken_as_nothing(sought):
    edition = with_values(packaged("lodi_2011"), {"etf.fee_schedule": FEES})
    with pytest.raises(NotSet) as missing:
        fee_schedule(edition, TODAY, *sought)
    assert f"for {', '.join(sought)}" in str(missing.value)
