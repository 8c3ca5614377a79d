"""Fixtures for reading carrier files."""

from pathlib import Path

import pytest

from tests.carriers.verizon_month import Month


@pytest.fixture
def month(tmp_path: Path) -> Month:
    """An invented month of two lines that ties to the cent."""
    return Month(tmp_path)
