"""What comes beside the rate for personal texts, data and add-ons."""

from decimal import Decimal

import pytest

from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.features import (
    FeatureUse,
    beyond_allowance,
    feature_due,
)
from mobile_selfservice.policy.item_charges import (
    ITEM_CHARGES,
    SharedTax,
    SideCharge,
    actual_alone,
    at_least_actual,
    charged_beside,
)
from mobile_selfservice.policy.voice_calls import Use
from mobile_selfservice.policy.voice_terms import (
    IncidentalExempts,
    Method,
    TaxShare,
    VoiceTerms,
)

PERSONAL = SideCharge(Use.PERSONAL, Decimal("2.00"), Decimal("0.20"))
INCIDENTAL = SideCharge(Use.INCIDENTAL, Decimal("1.00"), Decimal("0.10"))
BUSINESS = SideCharge(Use.BUSINESS, Decimal("9.00"), Decimal("0.90"))


def read(explained):
    return str(explained.amount), [step.text for step in explained.steps]


def test_extra_charges_and_printed_tax_are_owed_beside_the_rate():
    beside = charged_beside([PERSONAL, BUSINESS], VoiceTerms())
    assert read(beside) == (
        "2.20",
        [
            "extra charges beside the rate: $2.00",
            "tax printed on those charges: $0.20",
        ],
    )
    assert [step.reading for step in beside.steps] == ["AMB-06", "AMB-11"]


def test_an_incidental_item_pays_them_unless_it_is_free_of_everything():
    beside = charged_beside([INCIDENTAL], VoiceTerms())
    assert str(beside.amount) == "1.10"
    assert beside.steps[0].reading == "AMB-08"
    free = VoiceTerms(incidental_exempts=IncidentalExempts.ALL)
    assert read(charged_beside([INCIDENTAL], free)) == ("0.00", [])


def test_where_no_incidental_use_is_allowed_the_mark_frees_from_nothing():
    strict = VoiceTerms(
        incidental_allowed=False, incidental_exempts=IncidentalExempts.ALL
    )
    beside = charged_beside([INCIDENTAL], strict)
    assert str(beside.amount) == "1.10"
    assert beside.steps[0].reading == "AMB-06"


def test_tax_may_be_shared_by_the_personal_part_of_the_charges():
    proportional = VoiceTerms(tax_share=TaxShare.PROPORTIONAL)
    shared = SharedTax(Decimal("6.40"), Decimal("80.00"), cost=Decimal("10.00"))
    assert read(charged_beside([PERSONAL], proportional, shared)) == (
        "2.96",
        [
            "extra charges beside the rate: $2.00",
            "tax $6.40 × $12.00 ÷ $80.00 = $0.96",
        ],
    )


@pytest.mark.parametrize("tax_share", [TaxShare.NONE, TaxShare.PROPORTIONAL])
def test_without_personal_charges_there_is_no_tax_to_share(tax_share):
    terms = VoiceTerms(tax_share=tax_share)
    shared = SharedTax(Decimal("6.40"), Decimal("80.00"))
    assert read(charged_beside([BUSINESS], terms, shared)) == ("0.00", [])


def test_every_method_says_what_it_charges_for_texts_and_data():
    assert set(ITEM_CHARGES) == set(Method)


def test_a_method_without_a_rate_charges_what_the_carrier_did():
    assert read(actual_alone("0.5 GB", Decimal("1.25"))) == (
        "1.25",
        ["0.5 GB: no rate is charged; the carrier charged $1.25"],
    )


def texts(**facts):
    usual = {"uses": 30, "rate": Decimal("0.05"), "unit": "text"}
    return FeatureUse(**(usual | facts))


def test_a_flat_rate_is_not_compared_with_the_carriers_charge():
    alone = feature_due(texts(actual=Decimal("6.00"), is_compared=False))
    assert read(alone) == ("1.50", ["30 texts × $0.05 = $1.50"])


def test_the_carriers_charge_beyond_the_plan_is_shared_by_what_personal_texts_caused():
    # 190 + 30 of 200: 20 over, all personal.
    beyond = beyond_allowance(
        texts(business_uses=190, allowance=200, overage_charged=Decimal("4.00"))
    )
    assert read(beyond) == (
        "4.00",
        ["20 beyond the 200 in the plan: $4.00 × 20 ÷ 20 over = $4.00"],
    )


def test_business_texts_beyond_the_plan_are_not_owed():
    beyond = beyond_allowance(
        texts(business_uses=290, allowance=200, overage_charged=Decimal("24.00"))
    )
    assert str(beyond.amount) == "6.00"  # 120 over, 30 personal: 24.00 × 30 ÷ 120


def test_a_charge_the_listed_texts_do_not_explain_falls_on_nobody():
    beyond = beyond_allowance(
        texts(business_uses=1, allowance=200, overage_charged=Decimal("4.00"))
    )
    assert str(beyond.amount) == "0.00"


def test_without_an_allowance_nothing_lies_beyond_it():
    assert read(beyond_allowance(texts())) == ("0.00", [])


@pytest.mark.parametrize(("charged", "owed"), [("3.00", "3.00"), ("1.00", "2.00")])
def test_data_costs_at_least_what_the_carrier_charged(charged, owed):
    at_rate = Explained(Decimal("2.00"), ())
    assert read(at_least_actual(at_rate, Decimal(charged))) == (
        owed,
        [f"the carrier charged ${charged}; the higher is ${owed}"],
    )
    assert at_least_actual(at_rate, Decimal("0.00")) is at_rate
