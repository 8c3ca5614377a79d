"""The worked cases of a changed number, through the service that keeps it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import yaml

from mobile_selfservice.services.phones import own_number
from mobile_selfservice.services.phones.own_number import Told
from tests.policy.test_shared_cases import SHARED


def worked_cases():
    """Find the cases of the clause on changed numbers; none where the file is not."""
    if not SHARED.exists():
        return []
    found = yaml.safe_load(SHARED.read_text("utf-8"))
    listed = found if isinstance(found, list) else found["cases"]
    return [case for case in listed if case["clause"] == "LODI-3.G-24H"]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared case file is not here")
def test_the_cases_are_found():
    assert {case["id"] for case in worked_cases()} >= {"K14", "K15"}


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case["id"])
def test_a_number_is_late_after_the_case_s_last_minute(session, make, case):
    given = case["given"]
    make.city.employer.time_zone = given["tz"]
    changed = datetime.fromisoformat(given["at"]).astimezone(ZoneInfo(given["tz"]))
    due = datetime.fromisoformat(case["expect"]["due"])
    for late, now in ((False, due), (True, due + timedelta(minutes=1))):
        person = make.person()
        long_ago = datetime.combine(date(2026, 1, 5), datetime.min.time(), UTC)
        first = own_number.tell(
            session, person, told=Told("(209) 555-0142", 0), now=long_ago
        )
        on, at = changed.date(), changed.time().replace(tzinfo=None)
        told = Told("(209) 555-0143", first.row_id, on, at)
        kept = own_number.tell(session, person, told=told, now=now.astimezone(UTC))
        assert (kept.due_at, kept.is_late) == (due, late)
