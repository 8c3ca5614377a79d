"""Fixtures for reading sectioned downloads."""

from pathlib import Path

import pytest

from tests.carriers.att_sectioned.sectioned_month import Sections


@pytest.fixture
def sections(tmp_path: Path) -> Sections:
    """Give an empty download."""
    return Sections(tmp_path)
