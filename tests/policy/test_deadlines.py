"""How days are counted: school days, whose clause, months, the end of a day."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.months import days_in_month, months_later
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.policy.review_deadline import (
    Calendar,
    Counting,
    DayKind,
    Roll,
    calendar_in_force,
    deadline,
    deadline_from,
    is_business_day,
    review_due,
    start_of_next_day,
)
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import spoken, with_values

LABOR_DAY = date(2026, 9, 7)
SUMMER = date(2026, 8, 1)
WEDNESDAY = datetime(2026, 9, 2, 15, 0, tzinfo=UTC)
ALBANY = Calendar(timezone="America/New_York")
DISTRICT = packaged("rhinebeck").with_settings(
    Setting(key, value, date(2000, 1, 1), "The district", "Example")
    for key, value in (
        ("deadlines.timezone", "America/New_York"),
        ("deadlines.roll", "next_business_day"),
    )
)


def school(no_school, holidays=frozenset()):
    return Calendar(
        timezone="America/New_York",
        day_kind=DayKind.SCHOOL,
        holidays=frozenset(holidays),
        no_school=no_school,
    )


def test_school_days_have_their_own_list():
    closed = frozenset({date(2026, 9, 3), date(2026, 9, 4), LABOR_DAY})
    # 8, 9, 10 September; the offices are open on the 3rd and 4th.
    assert deadline(WEDNESDAY, 3, school(closed)).due == date(2026, 9, 10)


def test_an_office_holiday_is_a_school_day_unless_school_is_out():
    calendar = school(frozenset(), holidays=[LABOR_DAY])
    # 3, 4, 7 September
    assert deadline(WEDNESDAY, 3, calendar).due == LABOR_DAY
    assert is_business_day(LABOR_DAY, calendar)


def test_without_a_list_of_their_own_school_days_go_by_the_holidays():
    calendar = school(None, holidays=[LABOR_DAY])
    assert deadline(WEDNESDAY, 3, calendar).due == date(2026, 9, 8)


def test_days_without_school_are_business_days():
    calendar = Calendar(
        timezone="America/New_York",
        day_kind=DayKind.BUSINESS,
        no_school=frozenset({date(2026, 9, 3)}),
    )
    assert deadline(WEDNESDAY, 1, calendar).due == date(2026, 9, 3)


def test_the_edition_lists_the_days_without_school():
    edition = with_values(
        DISTRICT,
        {
            "deadlines.holidays@school": ["2026-09-07", "2026-09-21"],
            "deadlines.holidays": ["2026-09-07"],
        },
    )
    calendar = calendar_in_force(edition, SUMMER, frozenset())
    assert calendar.no_school == frozenset({LABOR_DAY, date(2026, 9, 21)})


def test_holidays_of_the_offices_are_not_taken_for_days_without_school():
    edition = with_values(DISTRICT, {"deadlines.holidays": ["2026-09-07"]})
    assert calendar_in_force(edition, SUMMER, frozenset()).no_school is None


def test_days_without_school_count_from_the_day_they_are_set():
    values = {"deadlines.holidays@school": ["2026-09-07"]}
    edition = with_values(DISTRICT, values)
    before = calendar_in_force(edition, date(2020, 12, 30), frozenset())
    after = calendar_in_force(edition, date(2020, 12, 31), frozenset())
    assert (before.no_school, after.no_school) == (None, frozenset({LABOR_DAY}))


def test_a_review_cites_the_clause_of_the_employer():
    lodi = review_due(WEDNESDAY, packaged("lodi_2011"), frozenset())
    district = review_due(WEDNESDAY, DISTRICT, frozenset())
    assert {step.clause for step in lodi.steps} == {Clause("Lodi 2011", "4.G")}
    own = DISTRICT.parameter("cert.deadline_days").clause
    assert {step.clause for step in district.steps} == {own}
    assert own.policy != "Lodi 2011"


def test_a_count_says_what_it_is_for():
    counting = Counting(
        clause=Clause("Mill Hollow", "3"), began="issued", reading="AMB-35"
    )
    counted = deadline_from(date(2026, 9, 4), 1, ALBANY, counting)
    assert spoken(counted.steps) == [
        "issued Friday, September 4, 2026, which does not count; 1 calendar days later "
        "is Saturday, September 5, 2026 | Mill Hollow §3 | AMB-35",
        "that is not a business day; the next one is Monday, September 7, 2026 | "
        "Mill Hollow §3 | AMB-35",
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 8, 31), 12, date(2027, 8, 31)),
        (date(2026, 8, 31), 0, date(2026, 8, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(2026, 1, 31), 31),
        (date(2026, 2, 1), 28),
        (date(2028, 2, 29), 29),
        (date(2026, 4, 30), 30),
        (date(2026, 12, 25), 31),
    ],
)
def test_the_days_of_a_month(day, days):
    assert days_in_month(day) == days


@pytest.mark.parametrize(
    ("day", "zone", "ends"),
    [
        (date(2026, 3, 7), "America/New_York", "2026-03-08T00:00:00-05:00"),
        (date(2026, 3, 8), "America/New_York", "2026-03-09T00:00:00-04:00"),
        (date(2026, 12, 31), "America/Los_Angeles", "2027-01-01T00:00:00-08:00"),
        (date(2026, 4, 23), "Africa/Cairo", "2026-04-24T01:00:00+03:00"),
    ],
)
def test_a_day_ends_where_the_next_one_begins(day, zone, ends):
    assert start_of_next_day(day, Calendar(timezone=zone)).isoformat() == ends


days = st.dates(date(2011, 3, 2), date(2035, 12, 31))


@given(days, st.integers(0, 60), st.sampled_from(DayKind), st.frozensets(days))
@settings(max_examples=60, deadline=None)
def test_a_last_day_that_rolls_is_never_a_free_day(start, count, kind, free):
    calendar = Calendar(
        timezone="America/New_York", day_kind=kind, holidays=free, no_school=free
    )
    due = deadline_from(start, count, calendar).due
    assert due >= start
    assert due.weekday() < 5
    assert due not in free


@given(days, st.integers(0, 60), st.sampled_from(DayKind))
@settings(max_examples=60, deadline=None)
def test_one_day_more_is_never_due_sooner(start, count, kind):
    for roll in Roll:
        calendar = Calendar(timezone="America/New_York", day_kind=kind, roll=roll)
        first = deadline_from(start, count, calendar).due
        assert first <= deadline_from(start, count + 1, calendar).due


@given(days, st.integers(0, 60))
def test_going_back_as_many_months_ends_in_the_same_month(day, months):
    there = months_later(day, months)
    back = months_later(there, -months)
    assert (back.year, back.month) == (day.year, day.month)
    assert 0 <= day.day - back.day <= 3
