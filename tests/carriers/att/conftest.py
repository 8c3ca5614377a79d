"""Fixtures for reading AT&T's reports."""

from pathlib import Path

import pytest

from tests.carriers.att.att_month import Month


@pytest.fixture
def month(tmp_path: Path) -> Month:
    """An invented month of two lines, a group and the account's own row."""
    return Month(tmp_path)
