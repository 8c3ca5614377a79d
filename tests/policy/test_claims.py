"""Run the worked examples of `claims.toml`: business calls on a private phone."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from mobile_selfservice.policy.business_claim import (
    ClaimIncomplete,
    PhoneBill,
    claim_due,
    fraction_of_plan,
)
from mobile_selfservice.policy.claim_rulings import (
    Claimant,
    SubmittedBeforeIncurred,
    claim_age,
    may_claim,
)
from mobile_selfservice.policy.claim_terms import (
    ClaimMethod,
    ClaimTerms,
    UnlimitedRule,
    claim_terms,
)
from mobile_selfservice.policy.explained import Clause, Step
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import built, examples, said, spoken, with_values

TODAY = date(2026, 3, 2)


def terms_of(example):
    raw = dict(example.get("terms", {}))
    fraction = raw.pop("own_fraction", None)
    if fraction:
        raw["own_fraction"] = Fraction(*fraction)
    return built(ClaimTerms, raw)


def month(text):
    return date.fromisoformat(f"{text}-01")


@examples("claims.toml", "claim")
def test_what_a_claim_pays(example):
    bills = [built(PhoneBill, bill) for bill in example["bills"]]
    paid = {month(m): Decimal(a) for m, a in example.get("paid_before", {}).items()}

    due = claim_due(bills, terms_of(example), paid)

    expected = example["expect"]
    assert str(due.amount) == expected["amount"]
    assert due.explained.amount == due.amount
    assert [str(each).lower() for each in due.rates] == expected["rates"]
    assert sum(due.by_month.values()) == due.amount
    if "by_month" in expected:
        by_month = {month(m): Decimal(a) for m, a in expected["by_month"].items()}
        assert dict(due.by_month) == by_month
        assert list(due.by_month) == sorted(by_month)
    assert spoken(due.explained.steps) == example["says"]


@examples("claims.toml", "incomplete")
def test_a_claim_without_a_figure_it_needs(example):
    bill = built(PhoneBill, example["bill"])
    with pytest.raises(ClaimIncomplete) as refused:
        claim_due([bill], terms_of(example))
    assert str(refused.value) == example["complaint"]


@examples("claims.toml", "may_claim")
def test_who_may_claim(example):
    found = may_claim(built(Claimant, example["claimant"]), terms_of(example))

    assert list(found.calls_accepted) == example["accepted"]
    assert said(found.ruling) == example["says"]
    assert found.is_allowed is (not found.ruling.refusals)


@examples("claims.toml", "age")
def test_how_late_a_claim_may_be(example):
    age = claim_age(example["incurred"], example["submitted"], terms_of(example))

    assert {"days": age.days, "outcome": str(age.outcome)} == example["expect"]
    assert spoken(age.steps) == example["says"]


def test_a_claim_cannot_come_before_its_call():
    with pytest.raises(
        SubmittedBeforeIncurred, match="2026-01-01 is before 2026-01-02"
    ):
        claim_age(date(2026, 1, 2), date(2026, 1, 1), ClaimTerms())


def test_an_amount_shows_beside_each_step_that_comes_to_one():
    bill = built(
        PhoneBill,
        {"base": "45.00", "allowance": 450, "calls": [{"minutes": 110}]},
    )
    steps = claim_due([bill], ClaimTerms()).explained.steps
    assert [step.amount for step in steps] == [None, Decimal("11.00"), Decimal("10.00")]

    nothing = claim_due([], ClaimTerms()).explained
    assert nothing.steps == (
        Step("the claim pays $0.00", Clause("Lodi 2011", "3.B.3"), Decimal("0.00")),
    )


def test_a_sum_paid_once_for_a_bill_shows_its_cents():
    terms = ClaimTerms(method=ClaimMethod.PERCENT_OF_BILL, percent=Decimal(15))
    bill = built(
        PhoneBill, {"base": "50.10", "allowance": 9, "calls": [{"minutes": 1}]}
    )
    first, *_ = claim_due([bill], terms).explained.steps
    assert first.amount == Decimal("7.52")


def test_an_unlimited_plan_shows_that_its_minutes_come_to_nothing():
    bill = built(
        PhoneBill, {"base": "50.10", "allowance": "none", "calls": [{"minutes": 1}]}
    )
    first, *_ = claim_due([bill], ClaimTerms()).explained.steps
    assert first.amount == Decimal("0.00")


def test_two_thirds_of_the_employers_plan():
    paid = fraction_of_plan(Decimal("30.00"), Fraction(2, 3), ClaimTerms())
    assert str(paid.amount) == "20.00"
    assert spoken(paid.steps) == ["$30.00 × 2 ÷ 3 = $20.00 | Lodi 2011 §3.B.3"]
    assert paid.steps[0].amount == Decimal("20.00")


def test_lodi_pays_claims_as_its_edition_says():
    assert claim_terms(packaged("lodi_2011"), TODAY) == ClaimTerms()


def test_an_employer_that_does_not_mention_claims_has_none():
    edition = packaged("joseph_or")
    terms = claim_terms(edition, TODAY)
    assert not terms.is_enabled
    assert terms.clause == edition.parameter("claim.enabled").clause


def test_every_choice_of_a_claim_comes_from_the_edition():
    edition = with_values(
        packaged("lodi_2011"),
        {
            "claim.rate_method": "own_fraction",
            "claim.own_fraction": [3, 4],
            "claim.unlimited_rule": "flat",
            "claim.flat_amount": "4.00",
            "claim.monthly_cap": "12.00",
            "claim.cap_covers_actual": False,
            "claim.exclude_free_usage": False,
            "claim.require_call_details": False,
            "claim.submit_days": [30, 90],
        },
    )
    assert claim_terms(edition, TODAY) == ClaimTerms(
        method=ClaimMethod.OWN_FRACTION,
        own_fraction=Fraction(3, 4),
        unlimited_rule=UnlimitedRule.FLAT,
        flat_amount=Decimal("4.00"),
        monthly_cap=Decimal("12.00"),
        cap_covers_actual=False,
        exclude_free_usage=False,
        requires_call_details=False,
        taxable_after=30,
        refuse_after=90,
    )


@pytest.mark.parametrize(
    ("values", "taken"),
    [
        (
            {"claim.rate_method": "percent_of_bill", "claim.percent": "20"},
            {"method": ClaimMethod.PERCENT_OF_BILL, "percent": Decimal(20)},
        ),
        (
            {"claim.unlimited_rule": "percent", "claim.percent": "20"},
            {"unlimited_rule": UnlimitedRule.PERCENT, "percent": Decimal(20)},
        ),
        (
            {"claim.rate_method": "flat", "claim.flat_amount": "7.00"},
            {"method": ClaimMethod.FLAT, "flat_amount": Decimal("7.00")},
        ),
        (
            {"claim.rate_method": "same_as_personal"},
            {
                "method": ClaimMethod.SAME_AS_PERSONAL,
                "personal_rate": Decimal("0.10"),
            },
        ),
    ],
)
def test_a_method_brings_the_figure_it_needs(values, taken):
    edition = with_values(packaged("lodi_2011"), values)
    assert claim_terms(edition, TODAY) == ClaimTerms(**taken)


def test_a_method_whose_figure_nobody_set_cannot_be_used():
    edition = with_values(packaged("lodi_2011"), {"claim.rate_method": "flat"})
    with pytest.raises(NotSet, match="Flat amount for claims"):
        claim_terms(edition, TODAY)


def test_limits_that_a_policy_does_not_have_limit_nothing():
    edition = with_values(
        packaged("pasadena_isd"),
        {
            "claim.enabled": True,
            "claim.rate_method": "actual_only",
            "claim.unlimited_rule": "none",
            "claim.cap_covers_actual": True,
        },
    )
    terms = claim_terms(edition, TODAY)
    assert terms.monthly_cap is None
    assert terms.taxable_after is None
    assert terms.refuse_after is None
    assert not terms.exclude_free_usage
    assert not terms.requires_call_details
    assert terms.clause == edition.parameter("claim.rate_method").clause
