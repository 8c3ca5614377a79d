"""Other employers' policies, each asked through the rules for what it says itself.

Figures of plans and calls are invented; those of the employers stand in their editions.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from mobile_selfservice.policy.business_claim import (
    ClaimedCall,
    PhoneBill,
    claim_due,
    fraction_of_plan,
)
from mobile_selfservice.policy.claim_terms import claim_terms
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.loss_share import loss_due, loss_terms
from mobile_selfservice.policy.other_methods import NO_PERSONAL_USE
from mobile_selfservice.policy.parameters import NotSet, Setting
from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.review_deadline import review_due
from mobile_selfservice.policy.voice_calls import Call, Plan, PlanKind, Use, VoiceBill
from mobile_selfservice.policy.voice_terms import voice_terms
from mobile_selfservice.policy.yearly_limit import (
    YearOfUse,
    within_yearly_limit,
    yearly_limit_terms,
)
from mobile_selfservice.services.policy_in_force import packaged

TODAY = date(2026, 3, 2)
MINUTES_400 = Plan(
    kind=PlanKind.ALLOWANCE,
    allowance=400,
    overage_rate=Decimal("0.40"),
    base_charge=Decimal("40.00"),
)


def charged(edition, personal, business, on=TODAY, use=Use.PERSONAL, **bill):
    """Rate one bill of 400 minutes with a personal call; return what is due."""
    try:
        rate = edition.amount("personal_use.voice_rate_per_min", on)
    except NotSet:
        rate = Decimal(0)
    call = Call(use=use, rate=rate, minutes=personal)
    return voice_due(
        VoiceBill(plan=MINUTES_400, calls=(call,), business_minutes=business, **bill),
        voice_terms(edition, on),
    )


def set_by_the_employer(key, value):
    return Setting(key, value, date(2000, 1, 1), "The employer", "Set for this example")


def test_pasadena_charges_forty_cents_for_the_minutes_that_went_over():
    pasadena = packaged("pasadena_isd")
    assert charged(pasadena, personal=60, business=300).total == Decimal("0.00")
    due = charged(pasadena, personal=30, business=388)
    assert due.total == Decimal("7.20")
    cited = {step.clause for step in due.explained.steps}
    assert cited == {Clause("Pasadena ISD TX", "")}


def test_san_diego_charged_twelve_cents_until_july_2012_and_then_nothing():
    san_diego = packaged("san_diego_county")
    before, after = date(2012, 6, 30), date(2012, 7, 1)
    assert charged(san_diego, 25, 0, before).total == Decimal("3.00")
    assert charged(san_diego, 25, 0, after).total == Decimal("0.00")


def test_san_diego_pays_a_private_phone_at_the_rate_of_its_own_plan():
    county = packaged("san_diego_county")
    assert claim_terms(county, date(2012, 6, 30)).is_enabled is False
    bill = PhoneBill(
        base=Decimal("45.00"), allowance=450, calls=(ClaimedCall(minutes=30),)
    )
    assert claim_due([bill], claim_terms(county, TODAY)).amount == Decimal("3.00")


def test_fort_hays_charges_the_plans_rate_inside_and_the_overage_beyond():
    due = charged(packaged("fort_hays"), personal=30, business=390)
    # 40.00 ÷ 400 a minute for the 10 inside; 20 beyond at the carrier's 0.40.
    assert (due.base, due.overage, due.total) == (
        Decimal("1.00"),
        Decimal("8.00"),
        Decimal("9.00"),
    )


def test_sioux_falls_charges_every_personal_minute_at_the_overage_rate():
    due = charged(packaged("sioux_falls"), personal=20, business=100)
    assert due.total == Decimal("8.00")


def test_joseph_shares_the_monthly_charge_by_minutes():
    due = charged(packaged("joseph_or"), personal=60, business=340)
    assert due.total == Decimal("6.00")


def test_joseph_allows_no_incidental_use():
    due = charged(packaged("joseph_or"), 60, 340, use=Use.INCIDENTAL)
    assert due.total == Decimal("6.00")


def test_westlake_charges_only_what_comes_on_top():
    westlake = packaged("westlake_oh")
    assert charged(westlake, personal=100, business=300).total == Decimal("0.00")
    assert charged(westlake, personal=100, business=310).total == Decimal("4.00")


def test_grapevine_charges_by_the_plan_an_employee_is_on():
    grapevine = packaged("grapevine")
    with pytest.raises(NotSet):
        voice_terms(grapevine, TODAY)
    first = charged(grapevine.narrowed("plan_1"), personal=30, business=380)
    # 25 % of 40.00, and the 10 minutes above the plan.
    assert (first.base, first.overage) == (Decimal("10.00"), Decimal("4.00"))
    second = charged(grapevine.narrowed("plan_2"), personal=30, business=300)
    assert second.total == Decimal("3.00")


def test_ingham_charges_a_flat_fee_or_has_every_bill_certified():
    ingham = packaged("ingham_county")
    assert charged(ingham, 500, 0).total == Decimal("13.00")
    assert charged(ingham, 0, 0, has_text_or_data=True).total == Decimal("25.00")
    assert charged(ingham, 0, 0, option=NO_PERSONAL_USE).total == Decimal("0.00")
    assert ingham.flag("cert.required", TODAY) is False
    assert ingham.flag("cert.required", TODAY, NO_PERSONAL_USE) is True


def test_ingham_charges_half_a_lost_phone_and_all_of_the_second():
    terms = loss_terms(packaged("ingham_county"), TODAY)
    owed = [loss_due(Decimal("180.00"), which, terms).amount for which in (1, 2, 3)]
    assert owed == [Decimal("90.00"), Decimal("180.00"), Decimal("180.00")]
    assert terms.clause == Clause("Ingham County MI", "352.B")


def test_lodi_and_new_york_do_not_charge_a_lost_phone():
    for name in ("lodi_2011", "ny_its_p18_007"):
        terms = loss_terms(packaged(name), TODAY)
        assert loss_due(Decimal("180.00"), 1, terms).amount == Decimal("0.00")


def test_missouri_allows_fifteen_percent_of_a_year_and_not_a_minute_more():
    terms = yearly_limit_terms(packaged("missouri_st"), TODAY)
    assert within_yearly_limit(YearOfUse(450, 3000), terms).is_allowed
    assert not within_yearly_limit(YearOfUse(451, 3000), terms).is_allowed


def test_missouri_allows_no_personal_use_of_a_phone_paid_from_a_grant():
    granted = packaged("missouri_st").narrowed("grant-funded")
    assert granted.flag("personal_use.incidental.allowed", TODAY) is False


def test_rhinebeck_counts_fifteen_school_days():
    district = packaged("rhinebeck").with_settings(
        [
            set_by_the_employer("deadlines.timezone", "America/New_York"),
            Setting(
                "deadlines.holidays",
                ["2026-03-16", "2026-03-17"],
                date(2026, 1, 1),
                "The employer",
                "School calendar of the example",
                scope="school",
            ),
        ]
    )
    told = datetime(2026, 3, 2, 15, tzinfo=UTC)
    due = review_due(told, district, frozenset({date(2026, 3, 10)}))
    # Three weeks of five school days, and two days without school.
    assert due.due == date(2026, 3, 25)
    assert due.steps[0].clause == Clause("Rhinebeck CSD NY", "")


def test_fort_hays_counts_fifteen_days_of_the_calendar_it_sets():
    university = packaged("fort_hays").with_settings(
        [
            set_by_the_employer("deadlines.timezone", "America/Chicago"),
            set_by_the_employer("deadlines.day_kind", "calendar"),
            set_by_the_employer("deadlines.roll", "none"),
        ]
    )
    told = datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert review_due(told, university, frozenset()).due == date(2026, 3, 17)


def test_a_metro_inet_city_pays_two_thirds_of_its_own_plan():
    city = packaged("metro_inet_city")
    terms = claim_terms(city, TODAY)
    assert terms.own_fraction == Fraction(2, 3)
    paid = fraction_of_plan(Decimal("30.00"), Fraction(2, 3), terms)
    assert paid.amount == Decimal("20.00")
    assert paid.steps[0].clause == Clause("Metro-INET city MN", "7200")


def test_new_york_charges_no_personal_use_and_takes_no_claims():
    new_york = packaged("ny_its_p18_007")
    assert charged(new_york, personal=300, business=300).total == Decimal("0.00")
    assert claim_terms(new_york, TODAY).is_enabled is False
