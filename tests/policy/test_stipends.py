"""Run the worked examples of `stipends.toml`: who receives a stipend, and how much."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.kinds import Row
from mobile_selfservice.policy.stipend import (
    Standing,
    StipendClass,
    StipendFacts,
    may_receive,
    payable,
    stacked,
    stipend,
)
from mobile_selfservice.policy.stipend_limits import (
    NoCityCost,
    NoPrice,
    ScheduleLimits,
    cap,
    city_cost,
    schedule_allowed,
)
from mobile_selfservice.policy.stipend_proof import (
    equipment_allowance,
    is_proof_in_date,
    proof_due,
)
from mobile_selfservice.policy.stipend_terms import CapBasis, StipendTerms
from tests.policy.worked import built, examples, said, spoken

LODI = StipendTerms()
ALLOWANCES = (
    Row((("class", "cell"), ("amount", "100.00"), ("every_months", "24"))),
    Row((("class", "smart"), ("amount", "200.00"), ("every_months", "24"))),
    Row((("class", "tablet"), ("amount", "100.00"), ("every_months", ""))),
)


def terms_of(example):
    return built(StipendTerms, example.get("terms", {}))


def decided(example):
    return stipend(built(StipendFacts, example["facts"]), terms_of(example))


def allowed_to_set(example):
    limits = built(ScheduleLimits, example["limits"])
    return schedule_allowed(Decimal(example["amount"]), limits, terms_of(example))


def joined_up(example):
    amounts = {name: Decimal(each) for name, each in example["amounts"].items()}
    return stacked(amounts, terms_of(example))


def costed(example):
    bills = [Decimal(bill) for bill in example["bills"]]
    return city_cost(bills, Decimal(example["quote"]), terms_of(example))


def proved(example):
    return proof_due(
        example["proved_on"],
        example.get("contract_end"),
        terms_of(example),
        example.get("requested_on"),
    )


def equipped(example):
    return equipment_allowance(
        ALLOWANCES,
        example["class"],
        example["bought_on"],
        example.get("last_paid_on"),
        LODI,
    )


@examples("stipends.toml", "stipend")
def test_who_receives_a_stipend_and_how_much(example):
    found = decided(example)
    assert {
        "eligible": found.is_eligible,
        "amount": str(found.amount),
        "class": found.stipend_class,
    } == example["expect"]
    assert spoken(found.steps) == example["says"]


@examples("stipends.toml", "standing")
def test_what_must_be_so_for_anybody(example):
    found = may_receive(built(Standing, example["standing"]), terms_of(example))
    assert said(found) == example["says"]


@examples("stipends.toml", "schedule")
def test_what_an_official_may_set(example):
    assert said(allowed_to_set(example)) == example["says"]


@examples("stipends.toml", "stacked")
def test_several_classes(example):
    found = joined_up(example)
    assert str(found.amount) == example["amount"]
    assert [step.amount for step in found.steps] == [found.amount]
    assert spoken(found.steps) == example["says"]


@examples("stipends.toml", "city_cost")
def test_what_a_phone_costs_the_employer(example):
    found = costed(example)
    assert str(found.amount) == example["amount"]
    assert [step.amount for step in found.steps] == [found.amount]
    assert spoken(found.steps) == example["says"]


@examples("stipends.toml", "proof")
def test_when_the_contract_must_be_proved_again(example):
    found = proved(example)
    assert (found.due or "none") == example["due"]
    assert spoken(found.steps) == example["says"]


@examples("stipends.toml", "equipment")
def test_the_allowance_for_a_phone(example):
    found = equipped(example)
    assert str(found.amount) == example["amount"]
    assert said(found.ruling) == example["says"]


def test_a_proof_holds_on_its_last_day():
    proof = proof_due(date(2025, 8, 31), None, LODI)
    assert is_proof_in_date(proof, date(2026, 8, 31))
    assert not is_proof_in_date(proof, date(2026, 9, 1))


def test_a_proof_without_a_last_day_holds():
    once = StipendTerms(proof_months=None)
    assert is_proof_in_date(proof_due(date(2025, 8, 31), None, once), date.max)


@pytest.mark.parametrize(
    ("basis", "named"),
    [
        (CapBasis.MIN_RETAIL, "The lowest surveyed price is not known"),
        (CapBasis.EMPLOYER_PLAN, "The price of the employer’s plan is not known"),
    ],
)
def test_a_price_that_nobody_knows_is_not_taken_as_nothing(basis, named):
    terms = StipendTerms(cap_basis=basis)
    with pytest.raises(NoPrice) as missing:
        cap(None, terms)
    assert str(missing.value) == f"{named}, so the stipend has no limit yet."
    with pytest.raises(NoPrice):
        schedule_allowed(Decimal("1.00"), ScheduleLimits(), terms)


def test_a_cost_that_nobody_knows_is_not_taken_as_nothing():
    with pytest.raises(NoCityCost) as missing:
        city_cost([], None, LODI)
    assert (
        str(missing.value) == "Neither bills nor a quote say what the phone would cost."
    )


def test_no_stipends_cannot_be_joined():
    with pytest.raises(ValueError, match=r"^there is no stipend to join$"):
        stacked({}, LODI)


def test_each_step_of_the_working_shows_its_amount():
    wanted = StipendClass("cell", Decimal("25.00"), Decimal("49.99"))
    steps = payable(wanted, Decimal("30.00"), LODI).steps
    assert [str(step.amount) for step in steps] == ["25.00", "24.99", "30.00", "24.99"]


def test_a_refusal_shows_the_amount_it_rests_on():
    cell = StipendClass("cell", Decimal("25.00"), Decimal("60.00"))
    low = StipendFacts(
        wanted=cell, out_of_pocket=Decimal("30.00"), city_cost=Decimal("9.00")
    )
    nothing = StipendFacts(
        wanted=cell, out_of_pocket=Decimal("0.00"), city_cost=Decimal("9.00")
    )
    assert [step.amount for step in stipend(low, LODI).ruling.refusals] == [
        Decimal("9.00")
    ]
    assert [step.amount for step in stipend(nothing, LODI).ruling.refusals] == [
        Decimal("0.00")
    ]
    limits = ScheduleLimits(Decimal("60.00"), Decimal("40.00"))
    ruling = schedule_allowed(Decimal("41.00"), limits, LODI)
    assert [step.amount for step in ruling.refusals] == [
        Decimal("30.00"),
        Decimal("40.00"),
    ]
