"""Other employers' stipends and late claims, asked through the rules.

The figures are those of their own texts; what a text leaves open is set in the example.
"""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.claim_rulings import ClaimOutcome, claim_age
from mobile_selfservice.policy.claim_terms import claim_terms
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.leave import (
    Leave,
    leave_ruling,
    leave_terms,
    stipend_on_leave,
)
from mobile_selfservice.policy.parameters import NotSet, Setting
from mobile_selfservice.policy.stipend import Standing, may_receive, stacked
from mobile_selfservice.policy.stipend_limits import (
    cap,
    schedule_allowed,
    schedule_limits,
    scheduled,
)
from mobile_selfservice.policy.stipend_pay import (
    PayFrequency,
    annual_pay,
    pay_terms,
    payments_of_year,
    per_pay_period,
    prorated,
)
from mobile_selfservice.policy.stipend_proof import equipment_allowance
from mobile_selfservice.policy.stipend_terms import stipend_terms
from mobile_selfservice.services.policy_in_force import packaged

TODAY = date(2026, 3, 2)


def set_by_the_employer(key, value):
    return Setting(key, value, date(2000, 1, 1), "The employer", "Set for this example")


def test_louisiana_pays_thirty_dollars_or_sixty_with_data():
    louisiana = packaged("louisiana_doa")
    assert scheduled(louisiana, TODAY, "cell") == Decimal("30.00")
    assert scheduled(louisiana, TODAY, "smart") == Decimal("60.00")
    assert louisiana.words("stipend.approvers", TODAY) == (
        "section_head",
        "commissioner",
    )
    with pytest.raises(NotSet):
        scheduled(louisiana, TODAY, "tablet")


@pytest.mark.parametrize(
    ("tier", "highest", "too_high"),
    [
        ("tier_1", "75.00", "75.01"),
        ("tier_2", "52.50", "52.51"),
        ("tier_3", "37.50", "37.51"),
    ],
)
def test_wadsworth_sets_no_tier_above_its_highest(tier, highest, too_high):
    wadsworth = packaged("wadsworth")
    terms = stipend_terms(wadsworth, TODAY)
    limits = schedule_limits(wadsworth, TODAY, tier)
    assert schedule_allowed(Decimal(highest), limits, terms).is_allowed
    refused = schedule_allowed(Decimal(too_high), limits, terms)
    assert f"${highest}" in refused.why_not


def test_washington_and_lee_adds_five_dollars_for_texts():
    university = packaged("washington_and_lee")
    amounts = {each: scheduled(university, TODAY, each) for each in ("smart", "text")}
    total = stacked(amounts, stipend_terms(university, TODAY))
    assert total.amount == Decimal("65.00")


def test_washington_and_lee_pays_for_a_phone_once():
    university = packaged("washington_and_lee")
    terms = stipend_terms(university, TODAY)
    listed = university.rows("stipend.equipment_allowance", TODAY)
    first = equipment_allowance(listed, "smart", TODAY, None, terms)
    assert (first.amount, first.ruling.is_allowed) == (Decimal("100.00"), True)
    again = equipment_allowance(listed, "smart", TODAY, date(2010, 1, 1), terms)
    assert not again.ruling.is_allowed


def test_loyola_pays_one_level_once_a_year():
    loyola = packaged("loyola_new_orleans")
    amounts = {each: scheduled(loyola, TODAY, each) for each in ("cell", "smart")}
    assert stacked(amounts, stipend_terms(loyola, TODAY)).amount == Decimal("50.00")
    terms = pay_terms(loyola, TODAY)
    assert terms.frequency is PayFrequency.ANNUAL
    assert annual_pay(Decimal("50.00"), 12, terms).amount == Decimal("600.00")


@pytest.mark.parametrize(
    ("level", "each_period", "a_year"),
    [
        ("level_1", "13.85", "360.00"),
        ("level_2", "23.08", "600.00"),
        ("level_3", "46.15", "1200.00"),
    ],
)
def test_monroe_county_pays_in_26_periods_what_it_prints(level, each_period, a_year):
    county = packaged("monroe_county")
    monthly, terms = scheduled(county, TODAY, level), pay_terms(county, TODAY)
    paid = per_pay_period(monthly, terms.periods, terms)
    assert paid.amount == Decimal(each_period)
    assert paid.steps[0].clause == Clause("Monroe County FL", "item O5")
    assert sum(payments_of_year(monthly, terms.periods)) == Decimal(a_year)


def test_monroe_county_pays_for_a_phone_every_two_years():
    county = packaged("monroe_county")
    terms = stipend_terms(county, TODAY)
    listed = county.rows("stipend.equipment_allowance", TODAY)
    too_soon = equipment_allowance(listed, "higher", TODAY, date(2024, 3, 3), terms)
    assert not too_soon.ruling.is_allowed
    again = equipment_allowance(listed, "higher", TODAY, date(2024, 3, 2), terms)
    assert (again.amount, again.ruling.is_allowed) == (Decimal("200.00"), True)


def test_kirklin_pays_the_last_month_by_the_day():
    kirklin = packaged("kirklin").with_settings(
        [set_by_the_employer("stipend.pay_frequency", "monthly")]
    )
    due = prorated(
        scheduled(kirklin, TODAY, ""),
        date(2026, 1, 1),
        date(2026, 1, 10),
        pay_terms(kirklin, TODAY),
    )
    assert due.amount == Decimal("12.90")


def test_kirklin_pays_nothing_during_long_leave():
    kirklin = packaged("kirklin").with_settings(
        [set_by_the_employer("leave.suspend_over_days", 45)]
    )
    terms = leave_terms(kirklin, TODAY)
    disabled = Leave(first=TODAY, last=date(2026, 3, 20), kind="disability")
    during = stipend_on_leave(leave_ruling(disabled, TODAY, terms), terms)
    assert during.unpaid_from == TODAY
    assert during.steps[0].clause == Clause("Kirklin IN", "33.02")


def test_kirklin_pays_nothing_for_a_prepaid_phone():
    terms = stipend_terms(packaged("kirklin"), TODAY)
    assert may_receive(Standing(), terms).is_allowed
    assert not may_receive(Standing(is_prepaid=True), terms).is_allowed


def test_sioux_falls_pays_at_most_half_the_districts_plan():
    district = packaged("sioux_falls").with_settings(
        [
            set_by_the_employer("stipend.stacking", "exclusive"),
            set_by_the_employer("stipend.proof_request_days", 10),
        ]
    )
    terms = stipend_terms(district, TODAY)
    limit = cap(Decimal("39.99"), terms)
    assert limit.amount == Decimal("19.99")
    assert "employer’s plan" in limit.steps[0].text


@pytest.mark.parametrize(
    ("submitted", "outcome"),
    [
        (date(2026, 3, 11), ClaimOutcome.NONTAXABLE),
        (date(2026, 3, 12), ClaimOutcome.TAXABLE),
        (date(2026, 5, 10), ClaimOutcome.TAXABLE),
        (date(2026, 5, 11), ClaimOutcome.REFUSED),
    ],
)
def test_boise_state_taxes_a_claim_after_60_days_and_refuses_it_after_120(
    submitted, outcome
):
    chosen = {
        "claim.enabled": True,
        "claim.rate_method": "actual_only",
        "claim.unlimited_rule": "none",
        "claim.cap_covers_actual": True,
    }
    boise = packaged("boise_state").with_settings(
        [set_by_the_employer(key, value) for key, value in chosen.items()]
    )
    aged = claim_age(date(2026, 1, 10), submitted, claim_terms(boise, TODAY))
    assert aged.outcome is outcome
