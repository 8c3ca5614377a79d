"""The publisher's anonymized sample, read where it stands; it is not ours to ship."""

from decimal import Decimal
from pathlib import Path

import pytest

from mobile_selfservice.carriers.reading import read
from mobile_selfservice.carriers.records import Kind, Verdict

SAMPLE = Path(__file__).parents[2].parent / "shared/carriers/samples/verizon"

pytestmark = pytest.mark.skipif(
    not SAMPLE.is_dir(), reason="the published sample files are not on this machine"
)


@pytest.fixture(scope="module")
def reading():
    return read(*sorted(SAMPLE.glob("*_test.txt")))


def test_the_sample_is_read_without_a_refused_row(reading):
    assert not reading.is_refused
    assert reading.items_taken == 3


def test_the_samples_account_ties_and_its_removed_lines_show(reading):
    verdicts = {one.name.split(": ")[1]: one.verdict for one in reading.checks}
    failed = [name for name in verdicts if verdicts[name] is Verdict.FAILED]
    assert failed == ["lines + account rows = total current charges"]


def test_the_samples_line_has_its_minutes_and_its_money(reading):
    (invoice,) = reading.invoices.values()
    (line,) = invoice.lines.values()
    assert invoice.head.stated["current"] == Decimal("36830.02")
    assert line.computed_total == line.line.stated_total == Decimal("70.50")
    assert line.line.usage["voice"] == 167
    assert line.items[Kind.VOICE].quantity == 7


def test_the_samples_replaced_names_are_said(reading):
    assert any("look replaced" in finding.reason for finding in reading.findings)
