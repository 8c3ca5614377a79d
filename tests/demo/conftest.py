"""A small city, drawn once."""

from datetime import date

import pytest

from mobile_selfservice.demo.city import City, city_of

UNTIL = date(2026, 3, 1)


@pytest.fixture(scope="session")
def city() -> City:
    return city_of(employees=30, months=3, seed=1, until=UNTIL)
