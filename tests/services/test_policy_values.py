from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.policy import policy_values, value_decisions
from mobile_selfservice.services.policy.policy_values import Place
from mobile_selfservice.services.policy.value_standing import Review, year_after
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW
from tests.services.setting import REASON, TEXT_RATE, VOICE_RATE, set_value


@pytest.fixture
def deputy(make):
    return make.person(Role.DCM)


def listed(session, actor, key, now=NOW):
    found = policy_values.list_values(session, actor, now=now)
    return next(each for each in found.values if each.standing.parameter.key == key)


def one(session, actor, key=TEXT_RATE, now=NOW):
    return policy_values.one_value(session, actor, key=key, now=now)


def test_everybody_reads_the_values_and_only_the_office_may_set(session, make, deputy):
    reader = make.person()

    assert listed(session, reader, VOICE_RATE).standing.words == "$0.10 per minute"
    assert not listed(session, reader, TEXT_RATE).may_set
    assert listed(session, deputy, TEXT_RATE).may_set
    assert not listed(session, deputy, VOICE_RATE).may_set  # the City Council's


def test_a_value_nobody_set_is_missing_and_never_zero(session, deputy):
    standing = listed(session, deputy, TEXT_RATE).standing

    assert standing.value is None
    assert standing.words == ""
    assert standing.parameter.set_by == "Deputy City Manager"


def test_the_next_value_stands_beside_the_one_in_force(session, deputy):
    set_value(session, deputy, said="0.04", valid_from="2026-04-01")
    set_value(session, deputy, said="0.05", valid_from="2026-07-01")

    standing = listed(session, deputy, TEXT_RATE).standing

    assert standing.words == "$0.04 per message"
    assert standing.following.value == Decimal("0.05")


@pytest.mark.parametrize(
    ("day", "review"),
    [
        (datetime(2027, 1, 29, 17, tzinfo=UTC), Review.NONE),
        (datetime(2027, 1, 31, 17, tzinfo=UTC), Review.SOON),
        (datetime(2027, 3, 31, 17, tzinfo=UTC), Review.SOON),
        (datetime(2027, 4, 1, 17, tzinfo=UTC), Review.MISSED),
    ],
)
def test_a_yearly_figure_is_to_be_reviewed_and_goes_on_in_force(
    session, deputy, day, review
):
    set_value(session, deputy, said="0.04", valid_from="2026-04-01")

    standing = listed(session, deputy, TEXT_RATE, day).standing

    assert standing.review == review
    assert standing.words == "$0.04 per message"


def test_a_figure_whose_next_value_is_set_needs_no_review(session, deputy):
    set_value(session, deputy, said="0.04", valid_from="2026-04-01")
    set_value(session, deputy, said="0.04", valid_from="2027-04-01")

    before = datetime(2027, 3, 1, tzinfo=UTC)

    assert listed(session, deputy, TEXT_RATE, before).standing.review == Review.NONE


def test_a_year_after_a_leap_day_is_the_first_of_march():
    assert year_after(date(2024, 2, 29)) == date(2025, 3, 1)


def test_the_history_tells_what_became_of_each_value(session, make, deputy):
    set_value(session, deputy, said="0.03", valid_from="2026-02-01")
    set_value(session, deputy, said="0.40", valid_from="2026-04-01")
    set_value(session, deputy, said="0.04", valid_from="2026-04-01")
    set_value(session, deputy, said="0.05", valid_from="2026-07-01")
    gone = set_value(session, deputy, said="0.09", valid_from="2026-08-01")
    value_decisions.withdraw(
        session, deputy, value_id=gone.value_id, reason=REASON, now=NOW
    )

    found = one(session, make.person())

    assert [(each.words.split()[0], each.place) for each in found.history] == [
        ("$0.09", Place.WITHDRAWN),
        ("$0.05", Place.TO_COME),
        ("$0.04", Place.IN_FORCE),
        ("$0.40", Place.REPLACED),
        ("$0.03", Place.PAST),
    ]
    assert found.history[0].answered == f"withdrawn by {deputy.name}"
    assert not any(each.may_withdraw for each in found.history)


def test_a_value_that_came_with_the_policy_stays_in_the_history(session, make):
    manager = make.person(Role.CITY_MANAGER)
    set_value(session, manager, VOICE_RATE, "0.11", valid_from="2011-03-02")

    places = [
        (each.words.split()[0], each.place)
        for each in one(session, manager, VOICE_RATE).history
    ]

    assert places == [("$0.11", Place.IN_FORCE), ("$0.10", Place.REPLACED)]


def test_the_form_is_filled_with_the_value_in_force(session, deputy):
    set_value(session, deputy, said="0.04", valid_from="2026-04-01")

    assert one(session, deputy).filled == {"": "0.04"}


def test_a_parameter_the_policy_does_not_have_is_not_available(session, deputy):
    with pytest.raises(NotPermitted):
        one(session, deputy, "personal_use.nothing")
