"""What a personal call costs while nobody has said what the carrier's code means."""

from decimal import Decimal

import pytest

from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.voice_calls import Call, Plan, PlanKind, Use, VoiceBill
from mobile_selfservice.policy.voice_terms import Method, RateBasis, Scope, VoiceTerms

RATE = Decimal("0.10")
PLAN = Plan(kind=PlanKind.ALLOWANCE, allowance=20, base_charge=Decimal("40.00"))


def call(minutes, *, airtime="0", extra="0", is_mapped=False, use=Use.PERSONAL):
    return Call(
        use=use,
        rate=RATE,
        minutes=minutes,
        counts=is_mapped,
        airtime=Decimal(airtime),
        extra=Decimal(extra),
        is_mapped=is_mapped,
    )


def due(*calls, **terms):
    bill = VoiceBill(plan=PLAN, calls=calls, overage_charged=Decimal("4.50"))
    return voice_due(bill, VoiceTerms(**terms))


def words(found):
    return [step.text for step in found.explained.steps]


def test_no_rate_is_charged_and_the_working_says_for_how_many_minutes():
    found = due(call(14))

    assert found.total == 0
    assert found.free_personal_minutes == 0
    assert "14 min under codes that are not mapped: no rate is charged" in words(found)


@pytest.mark.parametrize("scope", list(Scope))
def test_what_the_carrier_charged_is_owed_beside_the_rate_of_known_calls(scope):
    found = due(call(5, airtime="2.07"), call(3, is_mapped=True), scope=scope)

    assert found.total == Decimal("2.37")
    assert "the carrier charged $2.07 for calls whose code is not mapped" in words(
        found
    )


def test_an_extra_charge_printed_on_such_a_call_is_owed():
    assert due(call(5, extra="0.79")).total == Decimal("0.79")


def test_it_does_not_use_up_the_plan():
    found = due(call(50), call(15, is_mapped=True))

    assert found.total == Decimal("1.50")
    assert found.overage == 0


def test_free_use_that_is_rated_elsewhere_does_not_make_it_known():
    assert due(call(5), free_usage_rated=True).total == 0


@pytest.mark.parametrize(
    ("method", "owed"),
    [
        (Method.FLAT_RATE, "0.00"),
        (Method.INCREMENTAL_COST_ONLY, "2.07"),
        (Method.RATE_INSIDE_ACTUAL_OUTSIDE, "2.07"),
        (Method.PRO_RATA_BASE, "2.07"),
    ],
)
def test_other_methods_charge_no_minute_of_it_either(method, owed):
    assert due(call(5, airtime="2.07"), method=method).total == Decimal(owed)


def test_a_plan_that_does_not_say_its_rate_is_not_asked_for_it():
    bill = VoiceBill(
        plan=Plan(kind=PlanKind.UNLIMITED), calls=(call(5, airtime="1.00"),)
    )

    found = voice_due(bill, VoiceTerms(rate_basis=RateBasis.PLAN_RATE))

    assert found.total == Decimal("1.00")


def test_an_incidental_call_under_such_a_code_is_incidental():
    found = due(call(5, airtime="2.07", use=Use.INCIDENTAL))

    assert (found.total, found.incidental_minutes) == (Decimal("0.00"), 5)
