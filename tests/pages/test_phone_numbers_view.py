"""What the list of numbers says, and its file."""

from datetime import UTC, date, datetime

from mobile_selfservice.api.phone_files import emergency_csv
from mobile_selfservice.pages.phone_numbers.view import address, numbers_view
from mobile_selfservice.services.phones.number_list import (
    EmergencyRow,
    Numbered,
    NumberList,
    Shown,
)
from mobile_selfservice.services.phones.number_readers import NamedReader

NOON = datetime(2026, 4, 9, 19, 0, tzinfo=UTC)


def listed(*rows, **changed):
    usual = {
        "rows": rows,
        "count": len(rows),
        "missing": 0,
        "page": 1,
        "pages": 1,
        "shown": Shown.NUMBERS,
        "decides": True,
        "is_coordinator": False,
        "names_coordinators": False,
        "departments": (),
        "today": date(2026, 4, 10),
        "time_zone": "America/Los_Angeles",
    }
    return NumberList(**(usual | changed))


def person(**changed):
    usual = {
        "person_id": 3,
        "name": "Wren Ames",
        "department": "Public Works",
        "number": "+12095550142",
        "told_at": NOON,
        "is_late": False,
        "is_asked_for": True,
        "is_expected": False,
        "may_mark": True,
    }
    return Numbered(**(usual | changed))


def test_a_number_is_written_as_it_is_dialed():
    (row,) = numbers_view(listed(person()), (), "").rows

    assert row.number == "(209) 555-0142"
    assert not row.is_missing


def test_a_number_that_should_be_there_is_missing():
    rows = (
        person(number="", told_at=None),
        person(number="", told_at=None, is_asked_for=False),
    )
    first, second = numbers_view(listed(*rows, missing=1), (), "").rows

    assert (first.is_missing, second.is_missing) == (True, False)
    said = numbers_view(listed(*rows, missing=1), (), "").missing
    assert said == "1 number that should be on record is missing."


def test_what_is_listed_and_searched_stands_in_the_address():
    view = numbers_view(listed(), (), "ames & co")

    assert view.links[1].href == "/numbers?show=missing&search=ames+%26+co"
    assert address("numbers", "", 2) == "/numbers?show=numbers&page=2"


def test_a_director_names_readers_of_the_department_and_a_leader_coordinators():
    director = numbers_view(listed(departments=((4, "Public Works"),)), (), "")
    leader = numbers_view(listed(names_coordinators=True), (), "")

    assert [each.value for each in director.scopes] == ["4"]
    assert [each.value for each in leader.scopes] == ["emergency"]
    assert not numbers_view(listed(), (), "").may_name


def test_a_reader_is_named_with_the_last_day():
    named = NamedReader(
        reader_row=1,
        name="Jay Lane",
        department="Information Systems",
        is_coordinator=False,
        reads_for="Public Works",
        since=date(2026, 4, 1),
        through=None,
        named_by="Laurel Stone",
    )
    (row,) = numbers_view(listed(), (named,), "").readers

    assert (row.since, row.through) == ("April 1, 2026", "Until ended")


def test_the_file_runs_nothing_in_a_spreadsheet():
    rows = [EmergencyRow("=HYPERLINK(1)", "Fire", "+12095550142", NOON)]

    assert emergency_csv(rows) == (
        "Name,Department,Number,On record since (UTC)\r\n"
        "'=HYPERLINK(1),Fire,12095550142,2026-04-09 19:00\r\n"
    )
