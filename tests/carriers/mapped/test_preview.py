"""What a clerk sees before a file is imported: its rows, a guess, a trial."""

import pytest

from mobile_selfservice.carriers.mapped.fields import Rows
from mobile_selfservice.carriers.mapped.plan import Role
from mobile_selfservice.carriers.mapped.preview import preview
from mobile_selfservice.carriers.mapped.profile import Place
from mobile_selfservice.carriers.mapped.suggestion import suggested
from mobile_selfservice.carriers.mapped.trial import tried
from mobile_selfservice.carriers.records import Kind, Refused
from tests.carriers.mapped.files import (
    CALLS,
    CALLS_TEXT,
    LINES,
    LINES_TEXT,
    TOLD,
    changed,
    stream,
)
from tests.carriers.test_spreadsheet import workbook


def test_a_file_is_shown_as_it_is_with_what_was_detected():
    seen = preview(stream("Report of August\n\n" + CALLS_TEXT.replace(",", "\t")))
    assert (seen.shape.separator, seen.shape.skip_rows) == ("tab", 2)
    assert seen.titles == ("Phone", "Date", "Time", "Number", "Minutes", "Charge")
    assert [row.role for row in seen.raw] == [
        *(Role.SKIPPED, Role.SKIPPED, Role.HEADING, Role.DATA, Role.DATA)
    ]
    assert seen.raw[3].cells[3] == "209-555-0188"
    assert seen.raw[3].shown[3] == "xxx-xxx-xx88"
    assert seen.read == ()


def test_rows_are_shown_as_read_with_the_reason_beside_what_cannot_be():
    text = CALLS_TEXT.replace(",2,", ",two,")
    seen = preview(stream(text), profile=CALLS)
    first, second = seen.read
    assert first.bad.keys() == {"quantity"}
    assert second.said["quantity"] == "11 minute"
    assert second.said["other_party"] == "+12095550167 (number)"
    assert second.shown["other_party"] == "+xxxxxxxxx67 (number)"
    assert second.said["time"] == "22:05:00"


def test_a_day_without_a_year_is_shown_with_the_bill_date_that_is_told():
    text = CALLS_TEXT.replace("/2021", "")
    assert "date" in preview(stream(text), profile=CALLS).read[0].bad
    told = preview(stream(text), profile=CALLS, told=TOLD)
    assert told.read[0].said["date"] == "2021-08-01"
    beside = changed(CALLS, columns__bill_date=Place(label="Billed"))
    seen = preview(stream(f"Billed: 8/16/2021,,,,,\n{text}"), profile=beside)
    assert seen.read[0].said["date"] == "2021-08-01"


def test_what_keeps_a_profile_from_reading_the_file_is_said():
    seen = preview(stream(CALLS_TEXT), profile=changed(CALLS, name=""))
    assert [one.place for one in seen.mistakes] == ["name"]
    seen = preview(stream(CALLS_TEXT), profile=LINES)
    assert [one.field for one in seen.lacking] == ["user_name", "total"]


def test_a_row_with_cells_missing_is_pointed_at():
    seen = preview(stream(CALLS_TEXT + "209-555-0101,x\n"), profile=CALLS)
    assert seen.misfits == {4: 2}


def test_at_most_twenty_rows_are_shown():
    rows = CALLS_TEXT.splitlines()[1] + "\n"
    seen = preview(stream(CALLS_TEXT + rows * 100), profile=CALLS)
    assert (len(seen.raw), len(seen.read)) == (21, 20)


def test_one_of_several_sheets_is_chosen_by_its_name():
    content = workbook(
        Summary=[["Phone", "Total"], ["2095550101", 5]],
        Calls=[line.split(",") for line in CALLS_TEXT.splitlines()],
    )
    seen = preview(stream(content, "bill.xlsx"))
    assert seen.files == ("bill.xlsx, sheet Summary", "bill.xlsx, sheet Calls")
    seen = preview(stream(content, "bill.xlsx"), file="bill.xlsx, sheet Calls")
    assert (seen.titles[4], seen.shape.sheet) == ("Minutes", "Calls")
    with pytest.raises(Refused, match="Choose one of these files"):
        preview(stream(content, "bill.xlsx"), file="bill.xlsx, sheet Other")
    trial = tried(CALLS, stream(content, "bill.xlsx"))
    assert (trial.rows_read, trial.is_refused) == (2, False)


def test_a_mapping_is_guessed_from_the_headings_for_a_person_to_correct():
    text = "Wireless Number,Date,Time,Number,Destination,Minutes,Total\n"
    profile = suggested(preview(stream(text + "1,2,3,4,5,6,7\n")))
    assert profile.rows is Rows.ITEMS
    assert {name: place.heading for name, place in profile.columns.items()} == {
        "line": "Wireless Number",
        "date": "Date",
        "time": "Time",
        "other_party": "Number",
        "destination": "Destination",
        "quantity": "Minutes",
        "total": "Total",
    }
    assert profile.headings == tuple(text.strip().split(","))
    assert (profile.name, profile.carrier) == ("", "")


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        ("Phone Number,User Name,Total Charges", Rows.LINES),
        ("Phone Number,Description,Amount", Rows.CHARGES),
        ("Phone Number,Call Date,Duration", Rows.ITEMS),
    ],
)
def test_what_a_row_is_is_guessed_too(headings, rows):
    assert suggested(preview(stream(f"{headings}\n1,2,3\n"))).rows is rows


def test_a_file_without_known_headings_is_guessed_to_have_none():
    seen = preview(stream("209-555-0101|08012021|5\n209-555-0102|08012021|6\n"))
    assert (seen.shape.heading_rows, seen.shape.separator) == (0, "pipe")
    assert seen.titles == ("Column 1", "Column 2", "Column 3")
    assert suggested(seen).columns == {}


def test_a_trial_says_what_the_whole_file_comes_to():
    text = CALLS_TEXT + "209-555-0101,08/04/2021,1:00,411,x,0\n"
    heard = []
    trial = tried(CALLS, stream(text), told=lambda one: heard.append(one.rows_read))
    assert (trial.rows_read, trial.rows_refused, trial.is_refused) == (3, 1, True)
    sums = [(one.line, one.what, one.count, one.quantity) for one in trial.sums]
    assert sums == [
        ("+12095550101", Kind.VOICE, 1, 2),
        ("+12095550102", Kind.VOICE, 1, 11),
    ]
    assert heard[-1] == 3


def test_a_trial_of_lines_gives_the_totals_and_what_is_the_accounts():
    trial = tried(LINES, stream(LINES_TEXT + "N/A,,3.00\n"))
    assert trial.is_refused  # no date of the bill
    beside = changed(LINES, columns__bill_date=Place(constant="2021-08-16"))
    trial = tried(beside, stream(LINES_TEXT + "N/A,,3.00\n"))
    assert [(one.line, one.what, f"{one.money}") for one in trial.sums] == [
        ("+12095550101", "total", "40.00"),
        ("+12095550102", "total", "-5.50"),
        ("", "total", "3.00"),
    ]


def test_a_trial_of_something_else_is_a_refusal_not_a_crash():
    trial = tried(CALLS, stream(b"\x89PNG\0\0"))
    assert (trial.rows_read, trial.is_refused) == (0, True)


def test_who_listens_to_a_trial_can_stop_it():
    class EnoughError(Exception):
        pass

    def stop(_download):
        raise EnoughError

    with pytest.raises(EnoughError):
        tried(CALLS, stream(CALLS_TEXT), told=stop)


def test_plain_headings_of_a_list_of_calls_are_guessed():
    text = "Phone,When,At,Called,Where,Length,Cost\n1,2,3,4,5,6,7\n"
    profile = suggested(preview(stream(text)))

    assert profile.rows is Rows.ITEMS
    assert {name: place.heading for name, place in profile.columns.items()} == {
        "line": "Phone",
        "date": "When",
        "time": "At",
        "other_party": "Called",
        "destination": "Where",
        "quantity": "Length",
        "total": "Cost",
    }
