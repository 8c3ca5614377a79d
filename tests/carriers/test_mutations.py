"""Files damaged at random: never a crash, and every refusal names its place.

`python -m scripts.damaged_files` reads ten thousand of each.
"""

import pytest

from tests.carriers.damaged import trial
from tests.carriers.specimens import SPECIMENS, read_files


@pytest.mark.parametrize("name", SPECIMENS)
def test_the_whole_specimen_reads_without_an_error(name):
    specimen = SPECIMENS[name]()
    reading = read_files(specimen.files, specimen.guidance)
    assert not reading.is_refused, reading.findings
    assert reading.invoices or reading.inventory


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_damaged_file_is_read_or_refused_with_its_place(name):
    assert 0 < trial(name, seed=0, times=150) <= 150


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECIMENS)
def test_many_damaged_files_are_read_or_refused_with_their_place(name):
    trial(name, seed=1, times=600)
