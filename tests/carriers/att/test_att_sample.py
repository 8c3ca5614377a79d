"""The publisher's anonymized samples, read where they stand and counted apart."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from mobile_selfservice.carriers.reading import Reading, read
from mobile_selfservice.carriers.records import Kind, Verdict

SAMPLE = Path(__file__).parents[3].parent / "shared/carriers/samples/att"
DETAIL = SAMPLE / "ENC1 Detail Mar.csv"
POOLING = SAMPLE / "ENC1 Pooling Mar.csv"
RAW = SAMPLE / "rawdataoutput_test.csv"

pytestmark = pytest.mark.skipif(
    not SAMPLE.is_dir(), reason="the published sample files are not on this machine"
)


def rows_of(path: Path, separator: str = ",") -> list[dict[str, str]]:
    """Read a sample again, apart from the portal's own readers."""
    with path.open(newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def dollars(written: str) -> Decimal:
    """Read `($638.13)` as it stands in the samples."""
    digits = Decimal(written.strip("()$").replace("$", "").replace(",", ""))
    return -digits if written.startswith("(") else digits


@pytest.fixture(scope="module", params=[DETAIL, POOLING, RAW], ids=lambda one: one.name)
def reading(request) -> Reading:
    return read(request.param)


def test_each_sample_is_read_without_a_refused_row_or_a_failed_check(reading):
    assert not reading.is_refused
    assert reading.is_tied


def test_the_details_items_are_those_of_its_rows():
    rows = rows_of(DETAIL)
    (invoice,) = read(DETAIL).invoices.values()
    (line,) = invoice.lines.values()
    counted = Counter(row["Source"] for row in rows)
    assert {kind.value: one.count for kind, one in line.items.items()} == {
        "voice": counted["Voice"],
        "data": counted["Data"],
        "message": counted["Messaging"],
    }
    minutes = sum(int(row["Minutes usage"]) for row in rows)
    kilobytes = sum(int(row["KB usage"]) for row in rows)
    assert line.items[Kind.VOICE].quantity == minutes == 5
    assert line.items[Kind.DATA].quantity == kilobytes == 35973
    assert line.items_charged == sum(dollars(row["Total charges"]) for row in rows)


def test_the_poolings_net_is_that_of_its_rows():
    rows = rows_of(POOLING)
    reading = read(POOLING)
    (invoice,) = reading.invoices.values()
    found = {
        one.line.raw_number: sum(one.charges.values()) for one in invoice.lines.values()
    }
    assert found == {
        row["Wireless number"]: dollars(row["Data charges"])
        + dollars(row["Total data pooling credit"])
        for row in rows
    }
    assert {check.verdict for check in reading.checks} == {Verdict.OK}


def test_the_raw_files_totals_and_charges_are_those_of_its_rows():
    rows = rows_of(RAW, "|")
    reading = read(RAW)
    foundation, account = reading.invoices.values()
    (stated,) = [row for row in rows if row["Section ID"] == "IRA"]
    assert foundation.head.stated["current"] == Decimal(
        stated["FAN Invoice Total Current Charges"]
    )
    assert foundation.head.stated["payments"] == -Decimal(
        stated["FAN Invoice Total Payments"]
    )
    charged = sum(
        Decimal(row["Amount"] or 0)
        for row in rows
        if row["Section_1"] == "Account Charges"
    )
    assert sum(account.account_charges.values()) == charged == Decimal("0.99")
    assert account.head.stated["previous_balance"] == Decimal("79140.26")
