"""The demo's stipends: a dozen people, and none of them with a phone of the city's."""

from datetime import date

import pytest

from mobile_selfservice.demo.city import city_of
from mobile_selfservice.demo.stipends import every_stipend


@pytest.fixture(scope="module")
def large_city():
    return city_of(employees=200, months=12, seed=1, until=date(2026, 3, 1))


def test_a_dozen_people_without_a_city_phone_have_a_stipend(large_city):
    stipends = list(every_stipend(large_city))
    holders = {one.person.name for one in stipends}

    assert len(holders) == len(stipends) == 12
    for line in large_city.lines:
        assert holders.isdisjoint(held.person.name for held in line.holdings)


def test_nobody_is_paid_more_than_their_own_contract_costs(large_city):
    for one in every_stipend(large_city):
        assert one.monthly_amount <= one.out_of_pocket


def test_one_stipend_begins_and_one_ends_within_the_story(large_city):
    stipends = list(every_stipend(large_city))
    first, last = large_city.months[0].first, large_city.months[-1].first

    assert sum(first < one.held_from <= last for one in stipends) == 1
    assert sum(one.held_until is not None for one in stipends) == 1
