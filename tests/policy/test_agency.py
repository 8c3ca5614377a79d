"""An agency's answer to a usage report, and its Mobile Device Plan."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.policy import agency_report, mobile_device_plan
from mobile_selfservice.policy.agency_report import (
    Answer,
    ItemAnswer,
    ReportTerms,
    Silence,
    deemed_answer,
    issue_dates,
    report_terms,
    response_clock,
)
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.mobile_device_plan import (
    MobileDevicePlan,
    PlanLine,
    PlanRole,
    PlanTerms,
    changes,
    covers,
    plan_terms,
    review_due,
    submit_due,
)
from mobile_selfservice.policy.plan_choice import DataPlanTerms
from mobile_selfservice.policy.review_deadline import (
    Calendar,
    Roll,
    is_business_day,
    local_date,
)
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import built, examples, said, spoken, with_values

SUMMER = date(2026, 8, 1)
ALBANY = Calendar(timezone="America/New_York")
JULY_1 = datetime(2026, 7, 1, 13, 0, tzinfo=UTC)


def clock(example):
    counted = response_clock(
        datetime.fromisoformat(example["issued"]),
        built(Calendar, example["calendar"]),
        built(ReportTerms, example.get("terms", {})),
    )
    return {
        "respond_by": counted.respond_by,
        "deemed_at": counted.deemed_at.isoformat(),
        "says": spoken(counted.steps),
    }


def answer(example):
    ruling = agency_report.answer_ruling(
        built(ItemAnswer, example["given"]), response_clock(JULY_1, ALBANY), "its"
    )
    return {"allowed": ruling.is_allowed, "says": said(ruling)}


def tally(example):
    answers = (
        [Answer.ACCEPT] * example["accepted"]
        + [Answer.REJECT] * example["rejected"]
        + [None] * example["silent"]
    )
    terms = built(ReportTerms, example.get("terms", {}))
    stands = agency_report.tally(answers, is_over=example["over"], terms=terms)
    assert stands.is_answered is (stands.open == 0)
    return {
        "tally": [
            stands.accepted,
            stands.rejected,
            stands.deemed,
            stands.escalated,
            stands.open,
        ],
        "says": spoken(stands.steps),
    }


def plan(example):
    ruling = mobile_device_plan.content_ruling(
        built(MobileDevicePlan, example["plan"]),
        built(PlanTerms, example.get("terms", {})),
    )
    return {"allowed": ruling.is_allowed, "says": said(ruling)}


def certify(example):
    ruling = mobile_device_plan.certify_ruling(
        built(mobile_device_plan.PlanCertification, example["act"]),
        built(MobileDevicePlan, example["plan"]),
    )
    return {"allowed": ruling.is_allowed, "says": said(ruling)}


ANSWERS = {
    "clock": clock,
    "answer": answer,
    "tally": tally,
    "plan": plan,
    "certify": certify,
}


def shown(subject, example):
    answered = ANSWERS[subject](example)
    assert answered == {name: example[name] for name in answered}


@examples("agency.toml", "clock")
def test_how_long_a_report_may_be_answered(example):
    shown("clock", example)


@examples("agency.toml", "answer")
def test_one_answer(example):
    shown("answer", example)


@examples("agency.toml", "tally")
def test_how_a_report_stands(example):
    shown("tally", example)


@examples("agency.toml", "plan")
def test_what_a_plan_must_hold(example):
    shown("plan", example)


@examples("agency.toml", "certify")
def test_who_certifies_a_plan(example):
    shown("certify", example)


@pytest.mark.parametrize(
    ("silence", "deemed"),
    [
        (Silence.ACCEPT, Answer.ACCEPT),
        (Silence.REJECT, Answer.REJECT),
        (Silence.ESCALATE, None),
    ],
)
def test_what_an_item_without_an_answer_becomes(silence, deemed):
    assert deemed_answer(ReportTerms(silence=silence)) is deemed


def test_reports_go_out_on_every_second_billing_date():
    terms = ReportTerms(anchor=date(2020, 10, 31))
    found = issue_dates(date(2026, 4, 30), date(2027, 4, 30), terms)
    assert found == (date(2026, 4, 30), date(2026, 10, 31), date(2027, 4, 30))


def test_the_day_before_a_billing_date_is_before_it():
    terms = ReportTerms(anchor=date(2020, 10, 15))
    assert issue_dates(date(2026, 4, 16), date(2026, 10, 14), terms) == ()
    assert issue_dates(date(2026, 4, 15), date(2026, 4, 15), terms) == (
        date(2026, 4, 15),
    )


def test_dates_before_the_anchor_are_counted_back_from_it():
    terms = ReportTerms(anchor=date(2026, 7, 1), cycle_months=3)
    found = issue_dates(date(2025, 12, 1), date(2026, 7, 1), terms)
    assert found == (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1))


def test_reports_need_a_billing_date_to_be_counted_from():
    with pytest.raises(ValueError, match="no billing date is set"):
        issue_dates(SUMMER, SUMMER)


@pytest.mark.parametrize("months", [0, 1, 4, -3])
def test_reports_go_with_the_quarterly_invoices(months):
    terms = ReportTerms(anchor=SUMMER, cycle_months=months)
    with pytest.raises(ValueError, match="quarterly invoices"):
        issue_dates(SUMMER, SUMMER, terms)


def test_the_terms_of_a_report():
    edition = packaged("ny_its_p18_007")
    assert report_terms(edition, SUMMER) == ReportTerms()
    own = with_values(
        edition,
        {
            "report.response_days": 20,
            "report.silence": "escalate",
            "report.cycle": 3,
            "report.anchor": "2026-01-01",
        },
    )
    assert report_terms(own, SUMMER) == ReportTerms(
        response_days=20,
        silence=Silence.ESCALATE,
        cycle_months=3,
        anchor=date(2026, 1, 1),
    )
    assert agency_report.REMINDERS == (-14, -7, -1)


def test_the_first_plan_was_due_ninety_days_after_the_policy():
    due = submit_due(date(2020, 7, 15), ALBANY)
    assert due.due == date(2020, 10, 13)
    assert spoken(due.steps) == [
        "issued Wednesday, July 15, 2020, which does not count; 90 calendar days later "
        "is Tuesday, October 13, 2020 | NY ITS-P18-007 §4.0 Mobile Device Plan | AMB-35"
    ]


def test_the_policy_is_reviewed_after_two_years():
    assert review_due(date(2020, 12, 22)) == date(2022, 12, 22)
    assert review_due(date(2020, 2, 29), PlanTerms(review_years=1)) == date(2021, 2, 28)


def test_the_terms_of_a_plan():
    edition = packaged("ny_its_p18_007")
    review = Clause("NY ITS-P18-007", "8.0")
    assert plan_terms(edition, SUMMER) == PlanTerms(review_clause=review)
    own = with_values(
        edition,
        {
            "mdp.submit_days": 60,
            "mdp.certifiers": ["sheriff"],
            "mdp.review_years": 3,
            "plan.data_plans_per_user_max": 2,
        },
    )
    assert plan_terms(own, SUMMER) == PlanTerms(
        submit_days=60,
        certifiers=("sheriff",),
        review_years=3,
        data_plans=DataPlanTerms(most=2),
        review_clause=review,
    )


AMES = PlanLine(
    name="Wren Ames",
    email="wren@agency.example",
    justification="on call",
    role="On-call",
    device_type="cell",
)
ROLE = PlanRole("On-call", frozenset({"cell"}), "reached off-hours")
PLAN = MobileDevicePlan((ROLE,), (AMES,))


def test_a_plan_covers_a_user_for_a_type_of_device():
    assert covers(PLAN, " Wren@Agency.example", "cell")
    assert not covers(PLAN, "wren@agency.example", "smartphone")
    assert not covers(PLAN, "reed@agency.example", "cell")
    assert not covers(MobileDevicePlan((ROLE,), ()), "wren@agency.example", "cell")


def test_any_change_of_a_plan_is_certified_again():
    reed = PlanLine(
        name="Reed", email="r@x", justification="j", role="On-call", device_type="cell"
    )
    other = PlanRole("On-call", frozenset({"smartphone"}), "reached off-hours")
    assert changes(PLAN, MobileDevicePlan((ROLE,), (AMES,))) == ()
    assert changes(PLAN, MobileDevicePlan((other,), (AMES, reed))) == (
        "role On-call",
        "user Reed",
    )
    assert changes(MobileDevicePlan((), (AMES, reed)), PLAN) == (
        "role On-call",
        "user Reed",
    )
    two = MobileDevicePlan((ROLE,), (AMES, reed))
    assert changes(two, MobileDevicePlan((ROLE,), (reed, AMES))) == ()


zones = st.sampled_from(
    ["America/New_York", "America/Los_Angeles", "Africa/Cairo", "Pacific/Apia"]
)
FIRST = datetime(2010, 1, 1, tzinfo=UTC)
moments = st.integers(0, 20 * 365 * 24 * 60).map(
    lambda minutes: FIRST + timedelta(minutes=minutes)
)
off = st.frozensets(st.dates(date(2010, 1, 1), date(2030, 3, 1)), max_size=4)


@given(moments, zones, st.sampled_from(Roll), off, st.integers(0, 90))
@settings(max_examples=60, deadline=None)
def test_silence_counts_once_the_last_day_has_ended(at, zone, roll, holidays, days):
    calendar = Calendar(timezone=zone, roll=roll, holidays=holidays)
    counted = response_clock(at, calendar, ReportTerms(response_days=days))
    assert local_date(counted.deemed_at, calendar) > counted.respond_by
    just_before = counted.deemed_at.astimezone(UTC) - timedelta(seconds=1)
    assert local_date(just_before, calendar) <= counted.respond_by
    if roll is Roll.NEXT_BUSINESS_DAY:
        assert is_business_day(counted.respond_by, calendar)
