"""What may be ordered, which plan is cheaper, and how many data plans."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.plan_choice import (
    DataPlanExceptions,
    DataPlanTerms,
    LowUseTerms,
    TextPrices,
    cheaper_texting,
    data_plan_ruling,
    data_plan_terms,
    low_use,
    low_use_terms,
)
from mobile_selfservice.policy.plan_limits import (
    Order,
    OrderTerms,
    order_ruling,
    order_terms,
)
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import built, examples, said, spoken, with_values

SUMMER = date(2026, 8, 1)


def order(example):
    ruling = order_ruling(
        built(Order, example["order"]), built(OrderTerms, example.get("terms", {}))
    )
    return {"allowed": ruling.is_allowed, "says": said(ruling)}


def texting(example):
    choice = cheaper_texting(example["texts"], built(TextPrices, example["prices"]))
    answer = [str(choice.cheaper), str(choice.by_text), str(choice.by_plan)]
    assert [step.amount for step in choice.steps] == [choice.by_text, choice.by_plan]
    return {"answer": answer, "says": spoken(choice.steps)}


def low_use_of(example):
    judged = low_use(example["minutes"], built(LowUseTerms, example.get("terms", {})))
    return {"meets": judged.meets, "says": spoken(judged.steps)}


def data_plan(example):
    ruling = data_plan_ruling(
        example["data_plans"],
        is_justified=example["is_justified"],
        terms=built(DataPlanTerms, example.get("terms", {})),
    )
    return {"allowed": ruling.is_allowed, "says": said(ruling)}


ANSWERS = {
    "order": order,
    "texting": texting,
    "low_use": low_use_of,
    "data_plan": data_plan,
}


@examples("orders.toml", "order")
def test_an_order(example):
    answer = order(example)
    assert answer == {name: example[name] for name in answer}


@examples("orders.toml", "texting")
def test_the_cheaper_way_to_text(example):
    answer = texting(example)
    assert answer == {name: example[name] for name in answer}


@examples("orders.toml", "low_use")
def test_a_phone_that_is_little_used(example):
    answer = low_use_of(example)
    assert answer == {name: example[name] for name in answer}


@examples("orders.toml", "data_plan")
def test_data_plans_of_one_person(example):
    answer = data_plan(example)
    assert answer == {name: example[name] for name in answer}


def test_texts_cannot_be_fewer_than_none():
    with pytest.raises(ValueError, match="cannot be negative"):
        cheaper_texting(-1, TextPrices(per_text=Decimal("0.20"), plan=Decimal("5.00")))


def test_the_lodi_edition_gives_the_limits_that_stand_for_lodi():
    terms = order_terms(packaged("lodi_2011"), SUMMER)
    minutes = Clause("Lodi 2011", "3.B.1.a")
    assert terms == replace(
        OrderTerms(), clause=minutes, replacement_clause=terms.replacement_clause
    )
    assert terms.replacement_clause.policy == "Lodi 2011"
    new_york = order_terms(packaged("ny_its_p18_007"), SUMMER)
    assert not new_york.on_state_contract
    assert new_york.purchase_clause == Clause("NY ITS-P18-007", "")
    assert not new_york.texts_blocked
    assert low_use_terms(packaged("lodi_2011"), SUMMER) == LowUseTerms()


def test_before_a_policy_is_adopted_nothing_is_limited():
    edition = packaged("lodi_2011")
    before = edition.adopted.replace(year=edition.adopted.year - 1)
    terms = order_terms(edition, before)
    assert order_ruling(Order(minutes=999, has_texting=True), terms).is_allowed
    assert not terms.on_state_contract
    assert data_plan_terms(edition, before).exceptions is DataPlanExceptions.JUSTIFIED


def test_the_demo_city_has_maximum_prices():
    edition = packaged("alder_creek")
    terms = order_terms(edition, SUMMER)
    assert (terms.max_price, terms.max_smart_price, terms.max_upfront) == (
        edition.amount("price.max_phone", SUMMER),
        edition.amount("price.max_smart_unsubsidised", SUMMER),
        edition.amount("price.max_upfront", SUMMER),
    )


def test_an_employer_sets_every_limit_under_its_own_clause():
    keys = {
        "plan.voice_minutes_max": 250,
        "plan.smart_minutes_min": 150,
        "plan.contract_months_max": 24,
        "plan.text_default_blocked": False,
        "price.max_phone": "80.00",
        "price.max_smart_unsubsidised": "300.00",
        "price.max_upfront": "60.00",
        "plan.replacement_months_min": 18,
        "plan.low_use_threshold": [5, 2],
    }
    edition = with_values(packaged("lodi_2011"), keys)
    assert order_terms(edition, SUMMER) == OrderTerms(
        minutes_max=250,
        smart_minutes_min=150,
        contract_months_max=24,
        texts_blocked=False,
        max_price=Decimal("80.00"),
        max_smart_price=Decimal("300.00"),
        max_upfront=Decimal("60.00"),
        replacement_months_min=18,
        clause=edition.parameter("plan.voice_minutes_max").clause,
        free_calls_clause=edition.parameter("plan.voice_minutes_max").clause,
        contract_clause=edition.parameter("plan.contract_months_max").clause,
        price_clause=edition.parameter("price.max_phone").clause,
        texting_clause=edition.parameter("plan.text_default_blocked").clause,
        replacement_clause=edition.parameter("plan.replacement_months_min").clause,
        prices_set_by="Deputy City Manager",
    )
    assert low_use_terms(edition, SUMMER).minutes == 5
    assert low_use_terms(edition, SUMMER).cycles == 2


def test_new_york_limits_data_plans_and_lodi_does_not():
    clause = Clause("NY ITS-P18-007", "4.0 Provisioning")
    assert data_plan_terms(packaged("ny_its_p18_007"), SUMMER) == DataPlanTerms(
        most=1, exceptions=DataPlanExceptions.JUSTIFIED, clause=clause
    )
    assert data_plan_terms(packaged("lodi_2011"), SUMMER).most is None


def test_an_employer_may_make_the_limit_of_data_plans_hard():
    keys = {"plan.data_plans_per_user_max": 2, "plan.data_plans_exceptions": "hard"}
    terms = data_plan_terms(with_values(packaged("ny_its_p18_007"), keys), SUMMER)
    assert (terms.most, terms.exceptions) == (2, DataPlanExceptions.HARD)
