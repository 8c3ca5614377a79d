"""The demo's carrier files: real enough, exact, and the same for the same seed."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.reading import read
from mobile_selfservice.carriers.records import Direction, Kind, Severity, Verdict
from mobile_selfservice.demo import people
from mobile_selfservice.demo.city import city_of
from mobile_selfservice.demo.invoices import billed, write_every_month
from mobile_selfservice.demo.lines import Habit
from tests.demo.conftest import UNTIL


@pytest.fixture(scope="module")
def written(city, tmp_path_factory):
    return list(write_every_month(city, tmp_path_factory.mktemp("files")))


def test_every_month_but_one_ties_to_the_cent(city, written):
    failed = {
        file.month: [
            check for check in read(file.path).checks if check.verdict is not Verdict.OK
        ]
        for file in written
    }
    (short,) = failed.pop(city.untied_month)
    assert short.difference == Decimal("-12.40")
    assert not any(failed.values())


def test_the_files_are_read_without_an_error_or_a_doubt(written):
    for file in written:
        found = {finding.severity for finding in read(file.path).findings}
        assert found <= {Severity.NOTE}


def test_the_same_seed_writes_the_same_bytes(written, tmp_path):
    again = city_of(employees=30, months=3, seed=1, until=UNTIL)
    for first, second in zip(written, write_every_month(again, tmp_path), strict=True):
        assert first.path.read_bytes() == second.path.read_bytes()


def test_another_seed_writes_other_calls(written, tmp_path):
    other = city_of(employees=30, months=3, seed=2, until=UNTIL)
    first = next(iter(write_every_month(other, tmp_path)))
    assert first.path.read_bytes() != written[0].path.read_bytes()


def test_the_busiest_phones_last_bill_has_exactly_3000_items(city):
    line = next(line for line in city.lines if line.habit is Habit.BUSIEST)
    assert line.holdings[0].person.name == people.BUSIEST.name
    assert len(billed(city, line, city.months[-1]).items) == 3_000


def test_calls_are_as_many_as_long_and_as_lopsided_as_real_ones():
    city = city_of(employees=120, months=1, seed=3, until=date(2026, 3, 1))
    months = [
        [item for item in billed(city, line, city.months[0]).items if _is_call(item)]
        for line in city.lines
        if line.habit is Habit.TYPICAL
    ]
    calls = [call for month in months for call in month]
    minutes = sorted(int(call.quantity) for call in calls)
    incoming = sum(call.direction is Direction.IN for call in calls) / len(calls)
    same_carrier = sum(call.usage_code == "M2MAllow" for call in calls) / len(calls)
    favorites = [
        sum(count for _, count in Counter(c.other_party for c in month).most_common(5))
        / len(month)
        for month in months
    ]
    assert all(105 <= len(month) <= 187 for month in months)
    assert 4.0 < sum(minutes) / len(minutes) < 4.7
    assert minutes[len(minutes) // 2] == 2
    assert minutes[len(minutes) * 9 // 10] in (9, 10, 11)
    assert 0.25 < incoming < 0.29
    assert 0.15 < same_carrier < 0.21
    assert 0.43 < sum(favorites) / len(favorites) < 0.52


def test_every_number_is_one_that_is_kept_for_stories(city):
    for line in city.lines:
        for item in billed(city, line, city.months[0]).items:
            assert "-555-01" in item.other_party or item.other_party in (
                "*86",
                "411",
                "Unavailable",
                "Data Transfer",
            )


def _is_call(item):
    return item.kind is Kind.VOICE
