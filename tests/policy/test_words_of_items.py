"""What texts, data, add-ons, a year of use and a lost phone say, and whose clause."""

from decimal import Decimal

import pytest

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.features import (
    DataUse,
    FeatureUse,
    beyond_allowance,
    data_due,
    feature_due,
    tax_share,
)
from mobile_selfservice.policy.item_charges import (
    SharedTax,
    SideCharge,
    charged_beside,
)
from mobile_selfservice.policy.loss_share import LossTerms, loss_due
from mobile_selfservice.policy.voice_calls import Use
from mobile_selfservice.policy.voice_terms import TaxShare, VoiceTerms
from mobile_selfservice.policy.yearly_limit import (
    YearlyLimitTerms,
    YearOfUse,
    within_yearly_limit,
)
from tests.policy.workings import line_of

HERE = Clause("City of Elsewhere", "9")
OURS = "City of Elsewhere §9"
LODI = "Lodi 2011 §3.B.1"


def lines(explained):
    return [line_of(step) for step in explained.steps]


def texts(**facts):
    return FeatureUse(**({"uses": 1200, "rate": Decimal("0.05")} | facts))


def test_a_rate_and_what_lies_beyond_the_plan_cite_the_employers_clause():
    due = feature_due(
        texts(unit="text", allowance=1000, overage_rate=Decimal("0.10")), HERE
    )
    assert due.amount == Decimal("80.00")
    assert lines(due) == [
        f"1,200 texts × $0.05 = $60.00 | {OURS}",
        f"the carrier charged $0.00; the higher of the two is $60.00 "
        f"| = 60.00 | {OURS} | AMB-01",
        f"200 beyond the 1,000 in the plan × $0.10 = $20.00 "
        f"| = 20.00 | {OURS} | AMB-04",
    ]
    assert line_of(beyond_allowance(texts(allowance=1199)).steps[0]) == (
        f"1 beyond the 1,199 in the plan × $0.00 = $0.00 | = 0.00 | {LODI} | AMB-04"
    )


def test_a_rate_that_is_not_compared_stands_alone():
    alone = feature_due(texts(uses=1, is_compared=False), HERE)
    assert lines(alone) == [f"1 use × $0.05 = $0.05 | = 0.05 | {OURS}"]


def test_without_a_rate_the_reason_is_told():
    due = feature_due(
        texts(uses=2, rate=None, actual=Decimal("1.005"), why_no_rate="not agreed"),
        HERE,
    )
    assert lines(due) == [
        f"2 uses: not agreed, so the actual cost is owed, $1.01 | = 1.01 | {OURS}"
    ]
    assert line_of(feature_due(texts(uses=1, rate=None)).steps[0]) == (
        f"1 use: no rate is set, so the actual cost is owed, $0.00 | = 0.00 | {LODI}"
    )


def test_a_carriers_charge_beyond_the_plan_is_shared_by_what_caused_it():
    shared = beyond_allowance(
        texts(business_uses=800, allowance=1000, overage_charged=Decimal("40.00")),
        HERE,
    )
    # 2,000 used of 1,000: all 1,000 over are among the 1,200 personal ones.
    assert lines(shared) == [
        f"1,000 beyond the 1,000 in the plan: $40.00 × 1,000 ÷ 1,000 over = $40.00 "
        f"| = 40.00 | {OURS} | AMB-04"
    ]
    unexplained = beyond_allowance(
        texts(uses=3, allowance=1000, overage_charged=Decimal("40.00"))
    )
    assert lines(unexplained) == [
        f"0 beyond the 1,000 in the plan: $40.00 × 0 ÷ 0 over = $0.00 "
        f"| = 0.00 | {LODI} | AMB-04"
    ]


def test_data_cites_the_employers_clause_and_its_unit():
    use = DataUse(
        personal=Decimal("1.5"),
        business=Decimal("2"),
        rate=Decimal("0.50"),
        plan=Decimal("2"),
        block_price=Decimal("15.00"),
        unit="blocks",
    )
    due = data_due(use, HERE)
    assert due.amount == Decimal("30.75")
    assert lines(due) == [
        f"1.5 blocks × $0.50 = $0.75 | = 0.75 | {OURS} | AMB-13",
        f"extra blocks bought: 2; without personal data: 0; 2 × $15.00 = $30.00 "
        f"| = 30.00 | {OURS} | AMB-04",
    ]
    no_rate = DataUse(personal=Decimal("1"), rate=None)
    assert lines(data_due(no_rate)) == [
        f"1 GB of personal data: no rate is set, so none is owed at a rate "
        f"| = 0.00 | {LODI} | AMB-13"
    ]


def test_a_share_of_the_taxes_cites_the_employers_clause():
    share = tax_share(Decimal("3.00"), Decimal("45.00"), Decimal("7.00"), HERE)
    assert lines(share) == [
        f"tax $3.00 × $7.00 ÷ $45.00 = $0.47 | = 0.47 | {OURS} | AMB-11"
    ]
    none = tax_share(Decimal("3.00"), Decimal("0.00"), Decimal("7.00"), HERE)
    assert lines(none) == [
        f"nothing taxable on the bill: no tax is shared | = 0.00 | {OURS}"
    ]


ROAMING = SideCharge(Use.PERSONAL, Decimal("2.00"), Decimal("0.20"))
SHARED = SharedTax(Decimal("6.40"), Decimal("80.00"), cost=Decimal("10.00"))


def test_what_comes_beside_the_rate_cites_the_employers_clause():
    beside = charged_beside([ROAMING], VoiceTerms(clause=HERE), SHARED)
    assert beside.amount == Decimal("2.20")
    assert lines(beside) == [
        f"extra charges beside the rate: $2.00 | = 2.00 | {OURS} | AMB-06",
        f"tax printed on those charges: $0.20 | = 0.20 | {OURS} | AMB-11",
    ]
    proportional = VoiceTerms(clause=HERE, tax_share=TaxShare.PROPORTIONAL)
    assert lines(charged_beside([ROAMING], proportional, SHARED)) == [
        f"extra charges beside the rate: $2.00 | = 2.00 | {OURS} | AMB-06",
        f"tax $6.40 × $12.00 ÷ $80.00 = $0.96 | = 0.96 | {OURS} | AMB-11",
    ]


def test_tax_alone_on_a_personal_item_is_owed():
    only_tax = SideCharge(Use.PERSONAL, Decimal("0.00"), Decimal("0.20"))
    assert lines(charged_beside([only_tax], VoiceTerms(clause=HERE))) == [
        f"tax printed on those charges: $0.20 | = 0.20 | {OURS} | AMB-11"
    ]
    only_extra = SideCharge(Use.PERSONAL, Decimal("2.00"), Decimal("0.00"))
    assert lines(charged_beside([only_extra], VoiceTerms(clause=HERE))) == [
        f"extra charges beside the rate: $2.00 | = 2.00 | {OURS} | AMB-06"
    ]


FIFTEEN = YearlyLimitTerms(percent=Decimal("15.0"), clause=HERE)


@pytest.mark.parametrize(
    ("personal", "total", "said"),
    [
        (450, 3000, "450 of 3,000 min were personal, 15 %: within the 15 % of a year."),
        (0, 0, "0 of 0 min were personal, 0 %: within the 15 % of a year."),
    ],
)
def test_a_year_within_its_limit_is_noted_with_the_employers_clause(
    personal, total, said
):
    ruling = within_yearly_limit(YearOfUse(personal, total), FIFTEEN)
    assert [line_of(step) for step in ruling.notes] == [f"{said} | {OURS}"]
    assert ruling.refusals == ()


def test_a_year_above_its_limit_is_refused_with_the_employers_clause():
    ruling = within_yearly_limit(YearOfUse(1500, 3000), FIFTEEN)
    assert [line_of(step) for step in ruling.refusals] == [
        f"1,500 of 3,000 min were personal, 50 %: more than the 15 % of a year. "
        f"| {OURS}"
    ]
    assert ruling.notes == ()


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        (1, "first loss in the year: 12.5 % of $180.00 = $22.50 | = 22.50"),
        (2, "second loss in the year: 50 % of $180.00 = $90.00 | = 90.00"),
        (3, "third loss in the year: 50 % of $180.00 = $90.00 | = 90.00"),
        (4, "4th loss in the year: 50 % of $180.00 = $90.00 | = 90.00"),
    ],
)
def test_a_lost_phone_says_its_share(loss, said):
    terms = LossTerms(percents=(Decimal("12.50"), Decimal(50)), clause=HERE)
    assert lines(loss_due(Decimal("180.00"), loss, terms)) == [
        f"{said} | {OURS} | AMB-52"
    ]


def test_a_loss_that_is_not_charged_says_so():
    due = loss_due(Decimal("180.00"), 1, LossTerms(clause=HERE))
    assert lines(due) == [
        f"a lost phone is not charged to the employee | = 0.00 | {OURS}"
    ]
    with pytest.raises(ValueError, match=r"^the loss itself counts: .* number 1$"):
        loss_due(Decimal("180.00"), 0, LossTerms())
