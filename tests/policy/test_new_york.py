"""New York's baselines and what its usage reports recommend."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.policy import activity, baseline
from mobile_selfservice.policy.activity import (
    ActivityTerms,
    DeviceType,
    HeldDevice,
    LineUse,
    activity_terms,
    plan_fits_ruling,
    window_start,
)
from mobile_selfservice.policy.baseline import (
    AddedLine,
    AgencyMonth,
    BaselineTerms,
    CountRule,
    NoServiceRate,
    Proration,
    TypeCount,
    baseline_terms,
    direct_bill,
    excess_lines,
    excess_of,
    service_rates,
)
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import built, examples, said, spoken, with_values

SUMMER = date(2026, 8, 1)
REPORT = Clause("NY ITS-P18-007", "4.0 Biannual Report")


def bill(example):
    month = built(AgencyMonth, example["month"])
    due = direct_bill(month, built(BaselineTerms, example.get("terms", {})))
    return {"amount": str(due.amount), "says": spoken(due.steps)}


def part(example):
    terms = built(BaselineTerms, example.get("terms", {}))
    due = baseline.device_month(
        Decimal(example["monthly"]), example["first"], example["last"], terms
    )
    assert [step.amount for step in due.steps] == [due.amount]
    return {"amount": str(due.amount), "says": spoken(due.steps)}


def line(example):
    terms = built(ActivityTerms, example.get("terms", {}))
    advice = activity.advise(built(LineUse, example["line"]), terms)
    return {"recommend": str(advice.recommend), "says": spoken(advice.steps)}


def plans(example):
    devices = built(tuple[HeldDevice, ...], example["devices"])
    counted = activity.data_plans(
        devices, built(ActivityTerms, example.get("terms", {}))
    )
    return {
        "count": counted.count,
        "flag": counted.is_flagged,
        "recommend": str(counted.recommend),
        "says": spoken(counted.steps),
    }


def savings(example):
    saved = activity.savings(
        *(Decimal(example[name]) for name in ("now", "after", "termination"))
    )
    amounts = [step.amount for step in saved.explained.steps]
    assert amounts == [saved.monthly, saved.first_year]
    assert saved.explained.amount == saved.first_year
    return {
        "answer": [str(saved.monthly), str(saved.first_year)],
        "says": spoken(saved.explained.steps),
    }


ANSWERS = {
    "bill": bill,
    "part": part,
    "line": line,
    "plans": plans,
    "savings": savings,
}


def shown(subject, example):
    answer = ANSWERS[subject](example)
    assert answer == {name: example[name] for name in answer}


@examples("new_york.toml", "bill")
def test_what_an_agency_is_billed(example):
    shown("bill", example)


@examples("new_york.toml", "part")
def test_a_device_for_a_part_of_a_month(example):
    shown("part", example)


@examples("new_york.toml", "line")
def test_what_a_report_recommends(example):
    shown("line", example)


@examples("new_york.toml", "plans")
def test_data_plans_of_one_user(example):
    shown("plans", example)


@examples("new_york.toml", "savings")
def test_what_a_change_would_save(example):
    shown("savings", example)


def test_the_smaller_amounts_add_up_to_the_bill():
    month = AgencyMonth(
        types=(TypeCount(device_type="cell", counts=(3,), rate=Decimal("18.00")),),
        international=(Decimal("5.00"),),
        agency_funded=(Decimal("1.00"),),
    )
    due = direct_bill(month)
    amounts = [str(step.amount) for step in due.steps]
    assert (amounts, str(due.amount)) == (["54.00", "5.00", "1.00"], "60.00")


def test_an_excess_without_a_rate_is_never_free():
    month = AgencyMonth(types=(TypeCount(device_type="mifi", counts=(1,)),))
    with pytest.raises(NoServiceRate) as refused:
        direct_bill(month)
    assert str(refused.value) == (
        "No service rate for mifi is in force. ITS Billing sets it "
        "(NY ITS-P18-007 §5.0 ITS)."
    )


def test_a_rate_nobody_published_is_not_set():
    with pytest.raises(NotSet, match=r"for mifi.*ITS Billing sets it"):
        service_rates(packaged("ny_its_p18_007"), SUMMER, ["mifi"])


def test_published_rates_are_read_by_type():
    edition = with_values(
        packaged("ny_its_p18_007"),
        {"service_rates@cell": "18.00", "service_rates@smartphone": "38.50"},
    )
    rates = service_rates(edition, SUMMER, ["smartphone", "cell"])
    assert rates == {"smartphone": Decimal("38.50"), "cell": Decimal("18.00")}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 6, 20), date(2026, 6, 19)),
        (date(2026, 6, 20), date(2026, 7, 1)),
        (date(2025, 6, 20), date(2026, 6, 30)),
    ],
)
def test_a_part_of_a_month_lies_in_one_month(first, last):
    with pytest.raises(ValueError, match=f"{first} to {last} is not a part of one"):
        baseline.device_month(Decimal("38.50"), first, last)


def test_the_newest_lines_are_the_excess():
    lines = [
        AddedLine("A", date(2026, 3, 1)),
        AddedLine("B", date(2026, 5, 1)),
        AddedLine("C", date(2026, 1, 1)),
        AddedLine("D", date(2026, 5, 1)),
    ]
    assert excess_lines(lines, 3) == ("D", "B", "A")
    assert excess_lines(lines, 0) == ()
    assert excess_lines(lines, -1) == ()


def test_the_terms_of_a_baseline():
    edition = packaged("ny_its_p18_007")
    assert baseline_terms(edition, SUMMER) == BaselineTerms(
        baseline_on=date(2020, 3, 31)
    )
    own = with_values(
        edition,
        {
            "baseline.net_across_types": True,
            "baseline.count_rule": "peak",
            "baseline.proration": "daily",
        },
    )
    terms = baseline_terms(own, SUMMER)
    assert (terms.net_across_types, terms.count_rule, terms.proration) == (
        True,
        CountRule.PEAK,
        Proration.DAILY,
    )


def test_the_terms_of_activity():
    edition = packaged("ny_its_p18_007")
    assert activity_terms(edition, SUMMER) == ActivityTerms()
    row = {
        "window": "3",
        "voice_minutes": "5",
        "data_mb": "0.5",
        "texts_count": "no",
    }
    own = with_values(
        edition,
        {
            "report.inactive_rule": [row],
            "report.min_days_in_service": 30,
            "plan.data_plans_per_user_max": 2,
        },
    )
    assert activity_terms(own, SUMMER) == ActivityTerms(
        voice_minutes=5,
        data_mb=Decimal("0.5"),
        texts_count=False,
        window_months=3,
        min_days_in_service=30,
        data_plans_max=2,
    )


def test_the_window_is_the_report_period_or_its_last_months():
    start, end = date(2026, 1, 1), date(2026, 6, 30)
    assert window_start(start, end, ActivityTerms()) == start
    three = window_start(start, end, ActivityTerms(window_months=3))
    assert three == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("device_type", "has_data", "why_not"),
    [
        ("cell", False, ""),
        ("cell", True, "A cell phone has a voice plan only."),
        ("smartphone", True, ""),
        ("smartphone", False, "A smartphone needs a data plan."),
        ("aircard", False, "A wireless aircard needs a data plan."),
        ("mifi", False, "A MiFi device needs a data plan."),
        ("mifi", True, ""),
        ("tablet", True, ""),
        ("tablet", False, ""),
    ],
)
def test_which_plan_fits_which_device(device_type, has_data, why_not):
    ruling = plan_fits_ruling(DeviceType(device_type), has_data=has_data)
    clause = " | NY ITS-P18-007 §Appendix A"
    assert said(ruling) == ([why_not + clause] if why_not else [])


counts = st.lists(st.integers(0, 40), max_size=5).map(tuple)
types = st.builds(
    TypeCount,
    device_type=st.sampled_from(["cell", "smartphone", "tablet"]),
    counts=counts,
    baseline=st.integers(0, 30),
    rate=st.sampled_from([Decimal("18.00"), Decimal("38.50"), Decimal("0.07")]),
)


@given(st.lists(types, max_size=4), st.sampled_from(CountRule))
@settings(max_examples=60, deadline=None)
def test_excess_is_never_below_none_and_netting_never_costs_more(held, rule):
    apart = BaselineTerms(count_rule=rule)
    netted = BaselineTerms(count_rule=rule, net_across_types=True)
    month = AgencyMonth(types=tuple(held))
    assert all(excess_of(each, apart) >= 0 for each in held)
    assert 0 <= direct_bill(month, netted).amount <= direct_bill(month, apart).amount


@given(types, st.integers(1, 20))
@settings(max_examples=60, deadline=None)
def test_a_higher_baseline_never_costs_more(held, more):
    higher = TypeCount(
        device_type=held.device_type,
        counts=held.counts,
        baseline=held.baseline + more,
        rate=held.rate,
    )
    dear, cheap = (
        direct_bill(AgencyMonth(types=(each,))).amount for each in (held, higher)
    )
    assert cheap <= dear
