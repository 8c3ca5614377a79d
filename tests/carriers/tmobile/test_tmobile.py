"""T-Mobile's lists of calls and messages, in both layouts."""

import zipfile
from datetime import date, datetime
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
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.reading import Reading, records
from mobile_selfservice.carriers.records import (
    Direction,
    Finding,
    Kind,
    PartyType,
    Severity,
    UsageClass,
    UsageItem,
)

NEW_CALLS = "Date Time,Number,Destination,Minutes,Type"
NEW_TEXTS = "Date Time,Number,Destination,Direction,Type"
OLD_CALLS = "Date,Time,Destination,Number,Minutes,Type"
OLD_TEXTS = "Date,Time,Destination,Number,Direction,Type"
CALL = '02/18/2022 09:47 AM,(808) 555-0100,"HILO, HI",1 Min,--'
TEXT = '02/18/2022 03:29 PM,(808) 555-0163,"HILO, HI",Incoming,Text'


class Lists:
    """A folder of lists and how they are read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: list[Path] = []
        self.guidance = Guidance()

    def add(self, name: str, *lines: str) -> "Lists":
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", "utf-8-sig")
        self.paths.append(path)
        return self

    def calls(self, *rows: str) -> "Lists":
        return self.add("CSV_Calls_2095550101.csv", NEW_CALLS, *rows)

    def texts(self, *rows: str) -> "Lists":
        return self.add("CSV_Messages_2095550101.csv", NEW_TEXTS, *rows)

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
def lists(tmp_path: Path) -> Lists:
    """Give an empty download."""
    return Lists(tmp_path)


def test_the_wireless_number_stands_in_the_files_name_alone(lists):
    (invoice,) = lists.calls(CALL).texts(TEXT).read().invoices.values()

    assert list(invoice.lines) == ["+12095550101"]
    assert invoice.item_count == 2


@pytest.mark.parametrize(
    "name",
    [
        "CSV_Calls_2095550101 (1).csv",
        "csv_calls_12095550101.CSV",
        "calls 209-555-0101 February 2022.csv",
        "(209) 555-0101.csv",
    ],
)
def test_the_number_is_found_however_the_name_was_changed(lists, name):
    assert lists.add(name, NEW_CALLS, CALL).items()[0].number == "+12095550101"


@pytest.mark.parametrize(
    "name", ["february.csv", "calls_20220218.csv", "2095550101 and 2095550102.csv"]
)
def test_a_name_without_one_number_is_refused_until_someone_states_it(lists, name):
    (error,) = lists.add(name, NEW_CALLS, CALL).errors()
    assert "Give the file its own name again" in error.reason

    lists.guidance = Guidance(particulars=Particulars(line="209-555-0101"))
    assert lists.items()[0].number == "+12095550101"


def test_a_number_made_anonymous_is_still_the_lines(lists):
    lists.add("CSV_Calls_5550000002.csv", NEW_CALLS, CALL)
    assert lists.items()[0].number == "5550000002"


def test_the_older_layout_is_read_alike(lists):
    lists.add(
        "CSV_Calls_2095550101.csv",
        OLD_CALLS,
        '02/18/2022,09:47 AM,"HILO, HI",(808) 555-0100,1 Min,--',
    ).add(
        "CSV_Messages_2095550101.csv",
        OLD_TEXTS,
        '02/18/2022,03:29 PM,"HILO, HI",(808) 555-0163,Outgoing,Picture',
    )
    spoken, sent = lists.items()

    assert spoken.started == datetime.fromisoformat("2022-02-18T09:47")
    assert (spoken.other_party_number, spoken.quantity) == ("+18085550100", 1)
    assert (sent.kind, sent.direction) == (Kind.MESSAGE, Direction.OUT)
    assert sent.description == "Picture"


@pytest.mark.parametrize(
    ("destination", "direction"),
    [('"HILO, HI"', Direction.OUT), ("INCOMING", Direction.IN), ("Incoming", "in")],
)
def test_a_calls_direction_shows_only_in_its_destination(lists, destination, direction):
    row = f"02/18/2022 09:47 AM,(808) 555-0100,{destination},1 Min,--"
    assert lists.calls(row).items()[0].direction == direction


def test_a_message_says_which_way_it_went(lists):
    out = TEXT.replace("Incoming", "Outgoing")
    assert [item.direction for item in lists.texts(TEXT, out).items()] == ["in", "out"]


@pytest.mark.parametrize(
    ("written", "minutes"), [("1 Min", 1), ("1,053 Mins", 1053), ("12", 12), ("--", 0)]
)
def test_minutes_carry_their_unit_in_the_cell(lists, written, minutes):
    cell = f'"{written}"'
    assert lists.calls(CALL.replace("1 Min", cell)).items()[0].quantity == minutes


@pytest.mark.parametrize("written", ["", "x Min", "-3 Min", "1:30"])
def test_minutes_that_say_nothing_are_refused(lists, written):
    (error,) = lists.calls(CALL, CALL.replace("1 Min", written)).errors()
    assert (error.line, error.column) == (3, "Minutes")


def test_calls_between_their_own_phones_do_not_count(lists):
    (item,) = lists.calls(CALL.replace("--", "T-Mobile to T-Mobile")).items()
    assert item.usage_class is UsageClass.MOBILE_TO_MOBILE
    assert item.counts is False


@pytest.mark.parametrize("kind", ["--", "Wi-Fi call", "Call Waiting"])
def test_other_calls_are_not_guessed_and_listed_for_finance(lists, kind):
    (item,) = lists.calls(CALL.replace("--", kind)).items()
    assert (item.usage_class, item.counts) == (UsageClass.UNKNOWN, None)

    reasons = [one.reason for one in lists.read().findings]
    assert any("Have finance map it" in reason for reason in reasons)


def test_calls_without_a_type_are_mapped_by_the_list_they_stand_in(lists):
    entry = CodeEntry(
        "tmobile",
        UsageCode("Calls"),
        Treatment(UsageClass.ALLOWANCE, True),
        standing=Standing.SET,
    )
    lists.guidance = Guidance(codes=CodeBook([entry]))
    plain, wifi = lists.calls(CALL, CALL.replace("--", "Wi-Fi call")).items()

    assert (plain.counts, wifi.counts) == (True, None)


def test_no_charge_is_stated_and_that_is_said(lists):
    reading_ = lists.calls(CALL).read()
    assert lists.items()[0].charged == 0
    assert any("hold no charges" in one.reason for one in reading_.findings)


def test_identical_calls_are_all_calls(lists):
    assert [item.row_no for item in lists.calls(CALL, CALL).items()] == [1, 2]


def test_a_call_at_midnight_belongs_to_the_day_it_starts(lists):
    late = CALL.replace("09:47 AM", "11:59 PM")
    after = CALL.replace("02/18/2022 09:47 AM", "02/19/2022 12:00 AM")
    first, second = lists.calls(late, after).items()

    assert first.started == datetime.fromisoformat("2022-02-18T23:59")
    assert second.started == datetime.fromisoformat("2022-02-19T00:00")


def test_a_short_code_is_no_telephone_number(lists):
    (item,) = lists.texts(TEXT.replace("(808) 555-0163", "87892")).items()
    assert item.party_type is PartyType.SHORT_CODE


def test_the_head_is_inferred_and_said_to_be(lists):
    (invoice,) = lists.calls(CALL).read().invoices.values()
    assert invoice.head.key == "not stated/not stated 2022-02"
    assert invoice.head.bill_date == date(2022, 2, 18)


def test_one_lines_list_is_imported_once(lists):
    lists.calls(CALL).add("CSV_Calls_2095550101 (1).csv", NEW_CALLS, CALL)
    (error,) = lists.errors()
    assert "each file once" in error.reason


def test_a_bad_date_is_refused_with_its_line(lists):
    (error,) = lists.calls(CALL, CALL.replace("02/18/2022", "02/30/2022")).errors()
    assert (error.line, error.column) == (3, "Date Time")


def test_repeated_headings_and_blank_lines_are_passed_over(lists):
    assert len(lists.calls(CALL, "", NEW_CALLS, CALL).items()) == 2


def test_the_type_may_be_missing(lists):
    lists.add("CSV_Calls_2095550101.csv", NEW_CALLS[:-5], CALL[:-3])
    assert lists.items()[0].usage_code == "Calls"


@pytest.mark.parametrize(
    "headings",
    [
        "Date,Time,Minutes",
        "Date,Time,Minutes,Type,Number",
        "Line number,Date,Time,Destination,Number,Minutes,Type",
    ],
)
def test_a_table_with_everybodys_headings_is_not_taken_for_t_mobiles(lists, headings):
    (error,) = lists.add("CSV_Calls_2095550101.csv", headings, "a,b,c").errors()
    assert "not of any download the portal reads by itself" in error.reason
    assert "map its columns" in error.reason


def test_a_list_that_lost_one_of_its_columns_is_still_t_mobiles(lists):
    lists.add("CSV_Calls_2095550101.csv", "Date,Time,Destination,Minutes", "a,b,c,d")
    assert "these columns are missing: “Number”" in lists.errors()[0].reason


def test_a_column_of_money_that_is_not_read_is_named_once_with_its_rows(lists):
    headings = f"{NEW_CALLS},Charge,Note"
    rows = (f"{CALL},$1.50,x", f"{CALL},$0.00,", f"{CALL},.25,y")
    found = lists.add("CSV_Calls_2095550101.csv", headings, *rows).read().findings

    (warning,) = [one for one in found if one.column == "Charge"]
    assert (warning.line, warning.severity) == (2, Severity.WARNING)
    assert "(2 rows, this is the first.)" in warning.reason
    assert "Note" not in {one.column for one in found}


def test_a_number_rounded_by_a_spreadsheet_refuses_its_row(lists):
    (error,) = lists.calls(CALL.replace("(808) 555-0100", "2.09556E+09")).errors()
    assert (error.line, error.column) == (2, "Number")
    assert "rounded" in error.reason


def test_a_list_of_headings_alone_beside_others_is_noted(lists):
    found = lists.calls(CALL).texts().read()
    (note,) = [one for one in found.findings if "no rows" in one.reason]
    assert (note.file, note.severity) == ("CSV_Messages_2095550101.csv", Severity.NOTE)
    assert "no messages" in note.reason


def test_lists_of_headings_alone_bring_no_invoice_and_a_warning(lists):
    found = lists.calls().read()
    (warning,) = found.findings
    assert (warning.severity, found.invoices) == (Severity.WARNING, {})


def test_a_city_packs_two_lists_of_each_of_its_numbers_into_one_zip(lists):
    packed = lists.folder / "october.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(100, 160):
            call, text = f"CSV_Calls_2095550{number}", f"CSV_Messages_2095550{number}"
            archive.writestr(f"{call}.csv", f"{NEW_CALLS}\n{CALL}\n")
            archive.writestr(f"{text}.csv", f"{NEW_TEXTS}\n{TEXT}\n")
    lists.paths = [packed]

    (invoice,) = lists.read().invoices.values()

    assert (len(lists.errors()), len(invoice.lines), invoice.item_count) == (0, 60, 120)
