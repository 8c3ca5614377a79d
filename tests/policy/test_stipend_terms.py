"""What decides a stipend comes from the edition in force, and is never guessed."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.policy.stipend_limits import (
    NoCityCost,
    ScheduleLimits,
    city_cost,
    schedule_limits,
    scheduled,
    surveyed_price,
)
from mobile_selfservice.policy.stipend_terms import (
    CapBasis,
    CostBasis,
    CostCompare,
    Stacking,
    StipendTerms,
    stipend_terms,
)
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import spoken, with_values

TODAY = date(2026, 3, 2)
# What every edition must say before its stipends can be decided.
CHOSEN = {"stipend.stacking": "exclusive", "stipend.proof_request_days": 10}
SURVEY = [
    {
        "carrier": carrier,
        "plan": "Basic",
        "class": of,
        "price": price,
        "surveyed_on": "2026-01-15",
    }
    for carrier, of, price in [
        ("Alpha", "cell", "61.00"),
        ("Beta", "cell", "9.50"),
        ("Gamma", "cell", "30.00"),
        ("Alpha", "smart", "99.99"),
    ]
]


def lodi(**values):
    return with_values(packaged("lodi_2011"), values)


def test_lodi_decides_stipends_as_its_edition_says():
    assert stipend_terms(packaged("lodi_2011"), TODAY) == StipendTerms()


def test_every_choice_of_a_stipend_comes_from_the_edition():
    edition = with_values(
        packaged("lodi_2011"),
        {
            "stipend.cap_pct_of_min_retail": "75",
            "stipend.cap_basis": "employer_plan",
            "stipend.cap_out_of_pocket": False,
            "stipend.city_cost_compare": "nominal",
            "stipend.city_cost_basis": "plan_quote",
            "stipend.city_cost_months": 6,
            "stipend.prepaid_allowed": True,
            "stipend.stacking": "additive",
            "stipend.proof_interval_months": 6,
            "stipend.proof_request_days": 5,
        },
    )
    assert stipend_terms(edition, TODAY) == StipendTerms(
        cap_percent=Decimal(75),
        cap_basis=CapBasis.EMPLOYER_PLAN,
        caps_at_own_cost=False,
        cost_compare=CostCompare.NOMINAL,
        cost_basis=CostBasis.PLAN_QUOTE,
        cost_months=6,
        prepaid_allowed=True,
        stacking=Stacking.ADDITIVE,
        proof_months=6,
        proof_request_days=5,
    )


def test_a_policy_need_not_compare_costs():
    edition = with_values(
        packaged("lodi_2011"),
        {
            "stipend.require_city_cost_not_less": False,
            "stipend.city_cost_months": 6,
        },
    )
    assert stipend_terms(edition, TODAY) == StipendTerms(needs_city_cost=False)


def test_a_condition_that_a_policy_does_not_have_binds_nobody():
    edition = with_values(packaged("pasadena_isd"), CHOSEN)
    terms = stipend_terms(edition, TODAY)
    assert terms.cap_percent is None
    assert terms.cap_basis is CapBasis.MIN_RETAIL
    assert not terms.caps_at_own_cost
    assert not terms.needs_city_cost
    assert terms.prepaid_allowed
    assert terms.proof_months is None


def test_the_working_names_the_employers_own_clauses():
    edition = with_values(packaged("pasadena_isd"), CHOSEN)
    terms = stipend_terms(edition, TODAY)
    for clause, key in [
        (terms.clause, "stipend.cap_pct_of_min_retail"),
        (terms.data_clause, "stipend.qualified_devices"),
        (terms.contract_clause, "stipend.proof_interval_months"),
        (terms.cost_clause, "stipend.require_city_cost_not_less"),
    ]:
        assert clause == edition.parameter(key).clause
        assert clause.policy == "Pasadena ISD TX"


def test_the_lowest_price_surveyed_for_the_class_is_taken():
    edition = lodi(**{"stipend.retail_survey": SURVEY})
    cell = surveyed_price(edition, TODAY, "cell")
    assert cell.amount == Decimal("9.50")
    assert [step.amount for step in cell.steps] == [Decimal("9.50")]
    assert spoken(cell.steps) == [
        "lowest surveyed price: $9.50, Beta Basic, surveyed 2026-01-15"
        " | Lodi 2011 §3.B.2.a | AMB-18"
    ]
    assert surveyed_price(edition, TODAY, "smart").amount == Decimal("99.99")


def test_a_class_nobody_surveyed_has_no_price():
    edition = lodi(**{"stipend.retail_survey": SURVEY})
    with pytest.raises(NotSet) as missing:
        surveyed_price(edition, TODAY, "tablet")
    assert "for tablet: no value is in force on March 2, 2026" in str(missing.value)


def test_without_a_survey_no_amount_can_be_set():
    with pytest.raises(NotSet):
        schedule_limits(packaged("lodi_2011"), TODAY, "cell")


def test_an_amount_nobody_set_is_not_taken_as_nothing():
    assert scheduled(packaged("lodi_2011"), TODAY, "cell") == Decimal("25.00")
    with pytest.raises(NotSet):
        scheduled(packaged("lodi_2011"), TODAY, "tablet")
    with pytest.raises(NotSet):
        scheduled(packaged("lodi_2011"), date(2011, 3, 1), "cell")


def test_what_limits_an_amount_that_is_about_to_be_set():
    surveyed = {"stipend.retail_survey": SURVEY}
    assert schedule_limits(lodi(**surveyed), TODAY, "smart") == ScheduleLimits(
        Decimal("99.99")
    )
    both = lodi(**surveyed, **{"stipend.max_schedule@smart": "48.00"})
    assert schedule_limits(both, TODAY, "smart", Decimal("7.00")) == ScheduleLimits(
        Decimal("99.99"), Decimal("48.00")
    )


def test_an_employer_may_measure_by_its_own_plan():
    edition = lodi(**{"stipend.cap_basis": "employer_plan"})
    assert schedule_limits(edition, TODAY, "cell", Decimal("44.00")) == ScheduleLimits(
        Decimal("44.00")
    )


def test_an_employer_without_a_share_of_a_price_is_limited_by_its_highest_amount():
    edition = with_values(
        packaged("pasadena_isd"), {"stipend.max_schedule@tier 1": "75.00"}
    )
    assert schedule_limits(
        edition, TODAY, "tier 1", Decimal("44.00")
    ) == ScheduleLimits(None, Decimal("75.00"))


def test_a_quote_that_is_asked_for_is_not_replaced_by_bills():
    terms = StipendTerms(cost_basis=CostBasis.PLAN_QUOTE)
    with pytest.raises(NoCityCost):
        city_cost([Decimal("40.00")], None, terms)
