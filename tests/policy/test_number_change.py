"""A changed number is told within 24 elapsed hours."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mobile_selfservice.policy.number_change import (
    NumberTerms,
    number_terms,
    number_told,
)
from mobile_selfservice.policy.review_deadline import Calendar
from mobile_selfservice.services.policy_in_force import packaged

PACIFIC = ZoneInfo("America/Los_Angeles")
CALENDAR = Calendar(timezone="America/Los_Angeles")
FRIDAY = datetime(2026, 3, 6, 17, tzinfo=PACIFIC)
BEFORE_CLOCKS_CHANGE = datetime(2026, 3, 7, 17, tzinfo=PACIFIC)
DAY = timedelta(hours=24)


def test_24_hours_end_on_a_saturday_and_the_last_minute_is_in_time():
    told = number_told(FRIDAY, FRIDAY + DAY, CALENDAR)

    assert told.due == datetime(2026, 3, 7, 17, tzinfo=PACIFIC)
    assert not told.is_late


def test_a_minute_later_is_late():
    told = number_told(FRIDAY, FRIDAY + DAY + timedelta(minutes=1), CALENDAR)

    assert told.is_late
    (step,) = told.steps
    assert step.text == (
        "changed March 6, 2026, 5:00 PM PST, 24 hours: until March 7, 2026, 5:00 PM "
        "PST; told March 7, 2026, 5:01 PM PST, late"
    )
    assert str(step.clause) == "Lodi 2011 §3.G"


def test_24_elapsed_hours_end_at_six_where_the_clocks_go_forward_between():
    told = number_told(BEFORE_CLOCKS_CHANGE, BEFORE_CLOCKS_CHANGE, CALENDAR)

    assert told.due is not None
    assert told.due.isoformat() == "2026-03-08T18:00:00-07:00"


def test_a_policy_that_does_not_ask_makes_nobody_late():
    years_later = FRIDAY + timedelta(days=900)

    told = number_told(FRIDAY, years_later, CALENDAR, NumberTerms(hours=None))

    assert (told.due, told.is_late, told.steps) == (None, False, ())


def test_the_hours_are_the_editions_own():
    on = date(2026, 3, 6)
    assert number_terms(packaged("lodi_2011"), on).hours == 24
    assert number_terms(packaged("ny_its_p18_007"), on).hours is None
