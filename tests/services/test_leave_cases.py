"""The worked cases of leave, through the services that carry them out."""

from datetime import date, timedelta

import pytest
import yaml

from mobile_selfservice.models.leave import LongLeaveState
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.leave import leave_seen
from tests.policy.test_shared_cases import SHARED
from tests.services.away import (
    clock_strikes,
    letters_to,
    long_leave_of,
    morning,
    tell,
)

OWN = (
    {
        "id": "45 days are not in excess of 45",
        "given": {"from": date(2026, 5, 1), "to": date(2026, 6, 14)},
        "expect": {"days": 45, "suspend": False},
    },
    {
        "id": "46 days are",
        "given": {"from": date(2026, 5, 1), "to": date(2026, 6, 15)},
        "expect": {"days": 46, "suspend": True},
    },
)


def worked_cases():
    """Find the shared cases of the clause on leave, after our own."""
    if not SHARED.exists():
        return list(OWN)
    found = yaml.safe_load(SHARED.read_text("utf-8"))
    listed = found if isinstance(found, list) else found["cases"]
    return [*OWN, *(case for case in listed if case["clause"] == "LODI-4.A-LEAVE45")]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared case file is not here")
def test_the_cases_are_found():
    assert {case["id"] for case in worked_cases()} >= {"R09", "R10"}


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case["id"])
def test_a_leave_known_ahead_is_told_at_once_if_it_is_long(session, make, case):
    person, technician = make.person(), make.person(Role.IT)
    make.line(person)
    first, last = case["given"]["from"], case["given"]["to"]
    told = morning(first - timedelta(days=30))
    tell(session, person, first, last, now=told)

    (row,) = leave_seen.own_leaves(session, person, now=told).rows
    expected = case["expect"]
    assert (row.days, row.is_long) == (expected["days"], expected["suspend"])
    assert bool(letters_to(session, technician)) is expected["suspend"]


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case["id"])
def test_an_open_leave_is_told_on_its_46th_day(session, make, case):
    person, technician = make.person(), make.person(Role.IT)
    make.line(person)
    first, last = case["given"]["from"], case["given"]["to"]
    tell(session, person, first, None, now=morning(first))
    clock_strikes(session, make.city.employer, last)

    is_told = case["expect"]["suspend"]
    assert bool(letters_to(session, technician)) is is_told
    row = long_leave_of(session, person)
    assert (row is not None and row.state == LongLeaveState.STANDING) is is_told
