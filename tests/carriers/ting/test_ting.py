"""Ting's three files of one bill."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.codes import (
    CodeBook,
    CodeEntry,
    Standing,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.reading import Reading, records
from mobile_selfservice.carriers.records import (
    Direction,
    Finding,
    Kind,
    PartyType,
    Severity,
    Unit,
    UsageClass,
    UsageItem,
)

PUBLISHED = Path(__file__).parents[4] / "shared" / "carriers" / "samples" / "ting"
MINUTES = (
    "Date,Time,Incoming/Outgoing,Phone,Nickname,Location,Country,Partner's Phone,"
    "Partner Nickname,Partner's Location,Partner's Country,Duration (min),"
    "Surcharges ($),Features"
)
MESSAGES = (
    "Date,Time,Phone,Nickname,Partner's Phone,Partner's Nickname,Sent/Received,"
    "Roaming,Roaming Country,Surcharges ($)"
)
MEGABYTES = "Date,Device,Nickname,Location,Kilobytes,Surcharges ($),Type"
CALL = (
    '"February 03, 2011",01:11,outgoing,2095550101,Robin,"LODI, CA",USA,2095550120,,'
    'USA,United States of America,7,0.0,""'
)
TEXT = '"February 03, 2011",01:12,2095550101,Robin,2095550120,,received,no,"",0.0'
DATA = '"February 04, 2011",2095550101,Robin,United States of America,1336,0.0,4G LTE'


class Bill:
    """A folder of files and how they are read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: list[Path] = []
        self.guidance = Guidance()

    def add(self, name: str, *lines: str) -> "Bill":
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        self.paths.append(path)
        return self

    def minutes(self, *rows: str) -> "Bill":
        return self.add("minutes.csv", MINUTES, *rows)

    def messages(self, *rows: str) -> "Bill":
        return self.add("messages.csv", MESSAGES, *rows)

    def megabytes(self, *rows: str) -> "Bill":
        return self.add("megabytes.csv", MEGABYTES, *rows)

    def read(self) -> Reading:
        return reading.read(*self.paths, guidance=self.guidance)

    def items(self) -> list[UsageItem]:
        with opened(*self.paths) as download:
            found = list(records(download, self.guidance))
        return [one for one in found if isinstance(one, UsageItem)]

    def errors(self) -> list[Finding]:
        found = self.read().findings
        return [one for one in found if one.severity is Severity.ERROR]


@pytest.fixture
def bill(tmp_path: Path) -> Bill:
    """Give an empty download."""
    return Bill(tmp_path)


def test_three_files_make_one_bill(bill):
    bill.minutes(CALL).messages(TEXT).megabytes(DATA)
    (invoice,) = bill.read().invoices.values()
    (line,) = invoice.lines.values()

    assert invoice.head.key == "not stated/not stated 2011-02"
    assert invoice.head.bill_date == date(2011, 2, 4)
    assert (line.line.number, line.line.user_name) == ("+12095550101", "Robin")
    assert {kind: sums.count for kind, sums in line.items.items()} == {
        Kind.VOICE: 1,
        Kind.MESSAGE: 1,
        Kind.DATA: 1,
    }


def test_a_call_is_read_as_its_row_says(bill):
    (item,) = bill.minutes(CALL).items()

    assert item.started == datetime.fromisoformat("2011-02-03T01:11")
    assert (item.direction, item.quantity) == (Direction.OUT, 7)
    assert (item.origin, item.destination) == ("LODI, CA", "USA")


def test_a_message_says_which_way_it_went(bill):
    received, sent = bill.messages(TEXT, TEXT.replace("received", "sent")).items()
    assert (received.direction, sent.direction) == (Direction.IN, Direction.OUT)
    assert (sent.quantity, sent.unit) == (1, Unit.MESSAGE)


def test_data_is_a_days_use_in_kilobytes(bill):
    (item,) = bill.megabytes(DATA).items()

    assert (item.quantity, item.unit) == (1336, Unit.KILOBYTE)
    assert item.started == datetime.fromisoformat("2011-02-04T00:00")
    assert item.party_type is PartyType.DATA_SESSION
    assert item.description == "4G LTE"


def test_a_surcharge_is_what_was_billed(bill):
    (item,) = bill.minutes(CALL.replace("7,0.0", "7,1.25")).items()
    assert (item.airtime, item.extra) == (Decimal("0.00"), Decimal("1.25"))


def test_a_missing_file_is_warned_of_and_the_rest_is_read(bill):
    found = bill.minutes(CALL).read().findings
    missing = [one.file for one in found if "not in the download" in one.reason]
    assert missing == ["Ting messages", "Ting megabytes"]


def test_what_an_official_maps_counts_and_nothing_before(bill):
    assert bill.minutes(CALL).items()[0].counts is None

    entry = CodeEntry(
        "ting",
        UsageCode("minutes"),
        Treatment(UsageClass.ALLOWANCE, True),
        standing=Standing.SET,
    )
    bill.guidance = Guidance(codes=CodeBook([entry]))
    assert bill.items()[0].counts is True


def test_calls_abroad_are_not_of_the_minutes_at_home(bill):
    roaming = CALL.replace("USA,2095550120", "Canada,2095550120")
    abroad = CALL.replace("United States of America", "Philippines")
    first, second = bill.minutes(roaming, abroad).items()

    assert (first.usage_class, first.usage_code) == (
        UsageClass.ROAMING,
        "minutes roaming",
    )
    assert (second.usage_class, second.usage_code) == (
        UsageClass.INTERNATIONAL,
        "minutes international",
    )
    assert first.counts is second.counts is None


def test_a_roaming_message_is_said_to_be(bill):
    (item,) = bill.messages(TEXT.replace('no,""', "yes,Canada")).items()
    assert (item.usage_class, item.origin) == (UsageClass.ROAMING, "Canada")


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (CALL.replace("February 03", "February 30"), "Date"),
        (CALL.replace("01:11", "31:11"), "Time"),
        (CALL.replace(",7,", ",,"), "Duration (min)"),
        (CALL.replace("0.0,", "zero,"), "Surcharges ($)"),
    ],
)
def test_a_bad_cell_is_refused_with_its_line_and_heading(bill, wrong, column):
    (error,) = bill.minutes(CALL, wrong).errors()
    assert (error.line, error.column) == (3, column)


def test_the_same_file_twice_is_refused(bill):
    bill.minutes(CALL).add("minutes (1).csv", MINUTES, CALL)
    (error,) = bill.errors()
    assert "each file once" in error.reason


def test_a_row_without_a_phone_is_refused(bill):
    (error,) = bill.minutes(CALL, CALL.replace("2095550101", "")).errors()
    assert error.line == 3


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published sample is not here")
def test_the_published_sample_comes_to_what_its_rows_say():
    read = reading.read(*sorted(PUBLISHED.iterdir()))
    (invoice,) = read.invoices.values()
    sums = {
        number: {kind: one.quantity for kind, one in line.items.items()}
        for number, line in invoice.lines.items()
    }

    assert not read.is_refused
    assert sums == {
        "1112223333": {Kind.VOICE: 3, Kind.MESSAGE: 2, Kind.DATA: 4696},
        "1112224444": {Kind.VOICE: 1, Kind.MESSAGE: 1, Kind.DATA: 1532},
    }
    assert "bill.toml" in {one.file for one in read.findings}
