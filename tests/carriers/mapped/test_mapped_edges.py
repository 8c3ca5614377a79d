"""What else can be wrong with mapped files, and what is said of it."""

import io
import zipfile
from datetime import date

import pytest

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.archive import NamedStream
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.mapped.profile import DateForm, Place
from mobile_selfservice.carriers.records import Verdict
from tests.carriers.mapped.files import (
    CALLS,
    CALLS_TEXT,
    CHARGES,
    LINES,
    LINES_TEXT,
    changed,
    errors,
    read_by,
    reasons,
    stream,
)
from tests.carriers.verizon_month import DATA, FILES

WITH_HEAD = changed(
    CALLS,
    columns__account=Place("Acct"),
    columns__invoice=Place("Inv"),
    columns__bill_date=Place("Billed"),
    columns__period_from=Place("From"),
)


def headed(*said: str) -> str:
    head, *rows = CALLS_TEXT.splitlines()
    lines = map(",".join, zip(rows, said, strict=True))
    return "\n".join([f"{head},Acct,Inv,Billed,From", *lines])


def test_several_invoices_in_one_file_are_several_invoices():
    text = headed("A,1,8/16/2021,7/17/2021", "B,2,8/20/2021,7/21/2021")
    found, _ = read_by(WITH_HEAD, text)
    assert list(found.invoices) == ["A/1", "B/2"]
    assert [one.head.period_inferred for one in found.invoices.values()] == [True] * 2


def test_one_invoice_of_two_dates_is_refused():
    text = headed("A,1,8/16/2021,", "A,1,9/16/2021,")
    found, _ = read_by(WITH_HEAD, text)
    assert [line for line, _, _ in errors(found)] == [3]
    assert "different months" in reasons(found)


def test_use_before_the_period_is_late_and_keeps_its_date():
    text = headed("A,1,8/16/2021,8/2/2021", "A,1,8/16/2021,8/2/2021")
    profile = changed(WITH_HEAD, columns__period_through=Place("Billed"))
    found, items = read_by(profile, text)
    assert [item.is_late for item in items] == [True, False]
    assert "billed late" in reasons(found)


def test_a_day_that_can_only_be_half_a_year_back_is_pointed_at():
    text = CALLS_TEXT.replace("08/01/2021", "08/30")
    found, items = read_by(CALLS, text)
    assert items[0].started.date() == date(2020, 8, 30)
    assert "more than half a year" in reasons(found)


def test_nothing_says_the_line():
    profile = changed(CALLS, columns__line=None)
    found, _ = read_by(profile, CALLS_TEXT)
    assert "Nothing says which wireless number" in reasons(found)
    told = Particulars("1", "2", date(2021, 8, 16), "209-555-0142")
    found, items = read_by(profile, CALLS_TEXT, told=told)
    assert {item.number for item in items} == {"+12095550142"}


def test_a_row_of_use_without_a_number_is_on_nobodys_bill():
    found, items = read_by(CALLS, CALLS_TEXT.replace("209-555-0101", "N/A"))
    assert len(items) == 1
    assert "names no wireless number" in reasons(found)


def test_a_line_that_is_no_telephone_number_is_kept_under_its_text():
    found, items = read_by(CALLS, CALLS_TEXT.replace("209-555-0101", "MOBILE-7"))
    assert items[0].number == "MOBILE-7"
    assert "not a telephone number" in reasons(found)


def test_a_profile_that_is_not_sound_refuses_the_import():
    found, _ = read_by(changed(CALLS, columns__quantity=None), CALLS_TEXT)
    assert "cannot be used. columns.quantity" in reasons(found)


def test_a_charge_on_a_line_that_the_file_of_lines_does_not_list_is_said():
    charges = "Phone,Type,What,Amount,Day\n2095550109,Plan,x,1.00,08/02\n"
    profile = changed(CHARGES, columns__date=Place("Day"))
    told = Particulars("1", "2", date(2021, 8, 16))
    found = reading.read(
        stream(LINES_TEXT, "a.csv"),
        stream(charges, "b.csv"),
        guidance=Guidance(particulars=told, profiles=(LINES, profile)),
    )
    assert "does not list this wireless number" in reasons(found)


def test_a_charge_without_its_amount_is_refused():
    text = "Phone,Type,What,Amount\n2095550101,Plan,x,\n2095550101,-,x,2\n"
    found, _ = read_by(CHARGES, text)
    assert errors(found) == [(2, "Amount", "")]


def test_a_total_that_cannot_be_read_is_a_warning_and_a_wrong_one_a_failed_check():
    profile = changed(CALLS, file__totals=("Total",))
    found, _ = read_by(profile, CALLS_TEXT + "Total,,,,?,?\n")
    assert found.stated_checks == []
    assert not found.is_refused
    found, _ = read_by(profile, CALLS_TEXT + "Total,,,,,\n")
    assert "says nothing in the column" in reasons(found)
    found, _ = read_by(profile, CALLS_TEXT + "Total,,,,14,1.30\n")
    assert [one.verdict for one in found.stated_checks] == [
        Verdict.OK,
        Verdict.FAILED,
    ]


def test_a_mark_left_open_ends_the_file_with_its_line():
    found, _ = read_by(CALLS, CALLS_TEXT + '"209-555-0101,08/03/2021\n')
    assert found.is_refused
    assert "quotation mark is left open" in reasons(found)


def test_a_column_by_number_beyond_the_row_is_said():
    found, _ = read_by(changed(CALLS, columns__total=Place(position=9)), CALLS_TEXT)
    assert "no column 9" in reasons(found)


def test_a_carriers_own_file_is_not_read_beside_mapped_ones_unasked():
    own = DATA / FILES["usage"]
    for profile, text in ((CALLS, CALLS_TEXT), (LINES, LINES_TEXT)):
        guidance = Guidance(profiles=(profile,))
        found = reading.read(own, stream(text), guidance=guidance)
        assert "import each by itself" in reasons(found)
        assert found.invoices == {}


def test_moments_in_one_cell():
    columns = {**CALLS.columns, "started": Place("Date"), "date": None, "time": None}
    columns = {name: place for name, place in columns.items() if place}
    profile = changed(CALLS, columns=columns, written__date=DateForm.YMD)
    text = CALLS_TEXT.replace("08/01/2021,7:15A", "2021/08/01 7:15A,").replace(
        "08/02/2021,10:05 PM", "2021-08-02T22:05:00,"
    )
    found, items = read_by(profile, text, told=Particulars())
    assert [str(item.started) for item in items] == [
        "2021-08-01 07:15:00",
        "2021-08-02 22:05:00",
    ]
    assert errors(found) == []


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"no workbook"])
def test_a_broken_workbook_in_a_zip_is_refused(content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.xlsx", content)
    packed.seek(0)
    found = reading.read(NamedStream("month.zip", packed))
    assert "damaged" in reasons(found)


def test_a_zip_that_only_calls_itself_a_workbook_is_refused():
    inner, packed = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", "x")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.xlsx", inner.getvalue())
    packed.seek(0)
    assert "damaged" in reasons(reading.read(NamedStream("month.zip", packed)))


def test_several_columns_are_added_up_or_put_one_behind_the_other():
    profile = changed(
        LINES,
        columns__user_name=Place(headings=("Given", "Surname")),
        columns__taxes=Place(headings=("GST", "HST", "PST")),
        columns__monthly_charges=Place("Plan"),
        file__totals=("Total",),
    )
    text = (
        "Phone,Surname,Given,Plan,GST,HST,PST,Total\n"
        "2095550101,AMES,Wren,40.00,2.35,,(0.35),42.00\n"
        "2095550102,HARBOR, ,40.00,NA,-,,40.00\n"
        "Total,,,80,2.35,0,-.35,82.00\n"
    )
    found, _ = read_by(profile, text)
    (invoice,) = found.invoices.values()
    assert errors(found) == []
    assert [line.line.user_name for line in invoice.lines.values()] == [
        "Wren AMES",
        "HARBOR",
    ]
    assert invoice.lines["+12095550101"].computed_total == 42
    assert found.is_tied
    found, _ = read_by(profile, text.replace("2.35,,", "x,,"))
    assert errors(found) == [(2, "Taxes", "x + (0.35)")]
    found, _ = read_by(profile, text.replace("PST", "QST"))
    assert "no heading “PST”" in reasons(found)
