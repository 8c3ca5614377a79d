"""Run the worked examples of `methods.toml`, and what each method says."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.other_methods import (
    FeeTerms,
    flat_fee,
    percent_of,
    share_of_base,
)
from mobile_selfservice.policy.personal_use import WAYS, voice_due
from mobile_selfservice.policy.voice_calls import (
    Call,
    Plan,
    PlanIncomplete,
    PlanKind,
    Use,
    VoiceBill,
)
from mobile_selfservice.policy.voice_terms import (
    ActualCost,
    Method,
    OverageMode,
    RateBasis,
    Scope,
    TaxShare,
    VoiceCap,
    VoiceTerms,
)

EXAMPLES = tomllib.loads(
    Path(__file__).with_name("methods.toml").read_text(encoding="utf-8")
)["voice"]
CHOICES = {
    "use": Use,
    "kind": PlanKind,
    "method": Method,
    "rate_basis": RateBasis,
    "actual_cost": ActualCost,
    "scope": Scope,
    "overage_mode": OverageMode,
    "tax_share": TaxShare,
    "cap": VoiceCap,
    "option": str,
}
ELSEWHERE = Clause("City of Elsewhere", "9.1")


def typed(facts):
    return {
        name: CHOICES[name](fact)
        if name in CHOICES
        else Decimal(fact)
        if isinstance(fact, str)
        else fact
        for name, fact in facts.items()
    }


def due_of(example):
    calls = [Call(**typed({"rate": "0.10", **call})) for call in example["calls"]]
    apart = {"name", "terms", "plan", "calls", "why", "expect"}
    facts = typed({name: example[name] for name in example if name not in apart})
    plan = Plan(**typed(example["plan"]))
    terms = VoiceTerms(**typed(example["terms"]), clause=ELSEWHERE)
    return voice_due(VoiceBill(plan=plan, calls=tuple(calls), **facts), terms)


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["name"] for e in EXAMPLES])
def test_a_method_comes_out_as_worked_by_hand(example):
    due = due_of(example)
    expected = example["expect"]
    assert {
        name: answer if isinstance(answer := getattr(due, name), int) else str(answer)
        for name in expected
    } == expected
    assert {step.clause for step in due.explained.steps} == {ELSEWHERE}


def working(method, calls=(), **facts):
    plan = Plan(
        kind=PlanKind.ALLOWANCE,
        allowance=100,
        overage_rate=Decimal("0.40"),
        base_charge=Decimal("40.00"),
    )
    terms = VoiceTerms(method=method, **facts)
    bill = VoiceBill(plan=plan, calls=tuple(calls), business_minutes=20)
    return [step.text for step in voice_due(bill, terms).explained.steps]


TWENTY = Call(
    use=Use.PERSONAL, rate=Decimal("0.10"), minutes=20, airtime=Decimal("0.50")
)
USED = "40 min used, 100 in the plan: no overage"


@pytest.mark.parametrize(
    ("method", "terms", "sentences"),
    [
        (Method.FLAT_RATE, {}, ["20 min × $0.10 = $2.00", "total $2.00"]),
        (
            Method.INCREMENTAL_COST_ONLY,
            {},
            [
                "no rate is charged; the carrier charged $0.50 for these calls",
                USED,
                "total $0.50",
            ],
        ),
        (
            Method.RATE_INSIDE_ACTUAL_OUTSIDE,
            {},
            [
                "20 min × $0.10 = $2.00",
                "the carrier charged $0.50 for minutes beyond the plan",
                USED,
                "total $2.50",
            ],
        ),
        (
            Method.PRO_RATA_BASE,
            {},
            [
                "$40.00 × 20 ÷ 40 min = $20.00",
                "the carrier charged $0.50 for these calls",
                USED,
                "total $20.50",
            ],
        ),
        (
            Method.PERCENT_OF_BASE,
            {"percent": Decimal("12.50")},
            ["12.5 % of $40.00 = $5.00", USED, "total $5.00"],
        ),
        (
            Method.FLAT_MONTHLY_FEE,
            {"fee_voice": Decimal(13)},
            ["flat monthly fee for calls: $13.00", "total $13.00"],
        ),
        (Method.NONE, {}, ["personal use is not charged", "total $0.00"]),
        (
            Method.HIGHER_OF_RATE_AND_ACTUAL,
            {"actual_cost": ActualCost.BASE_SHARE_BY_ALLOWANCE},
            [
                "20 min × $0.10 = $2.00",
                "20 min are worth $8.00 of the base charge",
                "the actual cost of these calls is $8.50; "
                "the higher of $2.00 and $8.50 is $8.50",
                USED,
                "total $8.50",
            ],
        ),
        (
            Method.FLAT_RATE,
            {"rate_basis": RateBasis.PLAN_RATE},
            ["20 min × $40.00 ÷ 100 min = $8.00", "total $8.00"],
        ),
    ],
)
def test_every_method_shows_its_arithmetic(method, terms, sentences):
    assert working(method, [TWENTY], **terms) == sentences


def test_a_fee_and_a_share_have_their_own_line_on_the_form():
    fee = VoiceTerms(method=Method.FLAT_MONTHLY_FEE, fee_voice=Decimal(13))
    bill = VoiceBill(plan=Plan(kind=PlanKind.UNLIMITED), calls=())
    assert voice_due(bill, fee).form_lines[0].label == "Monthly fee for personal use"
    assert WAYS[Method.PERCENT_OF_BASE].label == "Share of the base charge"
    assert set(WAYS) == set(Method)


BARE = Plan(kind=PlanKind.UNLIMITED)


@pytest.mark.parametrize(
    ("terms", "plan", "complaint"),
    [
        ({"method": Method.FLAT_MONTHLY_FEE}, BARE, "fee is not set"),
        ({"method": Method.PERCENT_OF_BASE}, BARE, "share of the base charge is not"),
        (
            {"method": Method.PERCENT_OF_BASE, "percent": Decimal(25)},
            BARE,
            "base charge is not known",
        ),
        ({"method": Method.PRO_RATA_BASE}, BARE, "base charge is not known"),
        ({"actual_cost": ActualCost.BASE_SHARE_BY_USE}, BARE, "base charge is not"),
        ({"rate_basis": RateBasis.PLAN_RATE}, BARE, "needs its base charge"),
        ({"rate_basis": RateBasis.PLAN_OVERAGE_RATE}, BARE, "beyond it is not known"),
    ],
)
def test_a_missing_figure_is_said_and_never_taken_as_zero(terms, plan, complaint):
    bill = VoiceBill(plan=plan, calls=(replace(TWENTY, airtime=Decimal(0)),))
    with pytest.raises(PlanIncomplete, match=complaint):
        voice_due(bill, VoiceTerms(**terms))


def test_a_business_bill_needs_none_of_those_figures():
    bill = VoiceBill(plan=BARE, calls=(), business_minutes=40)
    for terms in (
        VoiceTerms(method=Method.PRO_RATA_BASE),
        VoiceTerms(rate_basis=RateBasis.PLAN_RATE),
        VoiceTerms(actual_cost=ActualCost.BASE_SHARE_BY_USE),
    ):
        assert voice_due(bill, terms).total == 0


FEES = FeeTerms(voice=Decimal("13.00"), full=Decimal("25.00"))


def test_the_flat_fee_follows_what_the_line_is_used_for():
    assert flat_fee("", FEES, has_text_or_data=False).amount == Decimal("13.00")
    assert flat_fee("", FEES, has_text_or_data=True).amount == Decimal("25.00")
    assert flat_fee("", FEES, has_text_or_data=True).steps[0].text == (
        "flat monthly fee for calls with texts or data: $25.00"
    )
    none = flat_fee("no_personal_use", FEES, has_text_or_data=True)
    assert str(none.amount) == "0.00"
    assert "every bill must be certified" in none.steps[0].text


def test_a_quarter_of_the_base_charge_and_a_share_by_minutes():
    assert percent_of(Decimal("39.99"), Decimal(25)).amount == Decimal("10.00")
    assert share_of_base(Decimal("40.00"), 60, 400).amount == Decimal("6.00")
    assert share_of_base(Decimal("40.00"), 1, 3).amount == Decimal("13.33")
    assert str(share_of_base(Decimal("40.00"), 0, 0).amount) == "0.00"
