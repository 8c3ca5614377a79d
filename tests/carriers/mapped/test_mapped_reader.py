"""Files read by their profiles: lines, charges, use, and several of them together."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.codes import (
    CodeBook,
    CodeEntry,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.mapped.profile import DataUnit, DateForm, Place
from mobile_selfservice.carriers.records import Kind, UsageClass
from tests.carriers.mapped.files import (
    CALLS,
    CALLS_TEXT,
    CHARGES,
    LINES,
    LINES_TEXT,
    TOLD,
    changed,
    errors,
    read_by,
    reasons,
    stream,
)

CHARGES_TEXT = """\
Phone,Type,What,Amount
2095550101,Plan,Field 500,40.00
2095550101,GST,Tax,2.00
,Payment,Received,100.00
2095550102,Discount,Loyalty,-5.50
2095550102,Gizmo,Charger,9.99
"""


def invoice(found):
    (only,) = found.invoices.values()
    return only


def test_a_line_has_its_total_and_the_parts_of_it():
    profile = changed(
        LINES,
        columns__monthly_charges=Place("Monthly"),
        columns__taxes=Place("Tax"),
        columns__used_data=Place("GB"),
        written__data_unit=DataUnit.GIGABYTES,
    )
    text = "Phone,Name,Monthly,Tax,GB,Total\n2095550101,Wren,40.00,2.10,1.5,42.10\n"
    found, _ = read_by(profile, text)
    line = invoice(found).lines["+12095550101"]
    assert line.computed_total == line.line.stated_total == Decimal("42.10")
    assert line.line.usage == {"data": Decimal("1572864.0")}
    assert found.is_tied


def test_a_line_that_stands_twice_is_refused_because_one_total_would_be_lost():
    found, _ = read_by(LINES, LINES_TEXT + "2095550101,Wren Ames,1.00\n")
    assert errors(found) == [(4, None, "")]
    assert "more than one row" in reasons(found)


def test_charges_go_into_the_portals_categories():
    profile = changed(
        CHARGES, category_words={"tax": ("GST",)}, written__payments_positive=True
    )
    found, _ = read_by(profile, CHARGES_TEXT)
    lines = invoice(found).lines
    assert lines["+12095550101"].charges == {
        "plan": Decimal("40.00"),
        "tax": Decimal("2.00"),
    }
    assert lines["+12095550102"].charges == {
        "credit": Decimal("-5.50"),
        "one_time": Decimal("9.99"),
    }
    assert invoice(found).account_charges == {"payment": Decimal("-100.00")}
    assert "“Gizmo” is not known to the profile" in reasons(found)


def test_the_year_and_account_that_a_file_says_itself_count_before_what_people_state():
    profile = changed(
        CALLS, columns__account=Place("Acct"), columns__bill_date=Place("Billed")
    )
    head, *rows = CALLS_TEXT.splitlines()
    text = "\n".join([f"{head},Acct,Billed", *(f"{row},77,8/20/2021" for row in rows)])
    found, _ = read_by(profile, text)
    head_ = invoice(found).head
    assert (head_.account, head_.number) == ("77", "INV-7")
    assert head_.bill_date == date(2021, 8, 20)


def test_what_nobody_states_is_inferred_and_said_once():
    found, _ = read_by(CALLS, CALLS_TEXT, told=Particulars())
    head = invoice(found).head
    assert (head.account, head.number) == ("not stated", "not stated 2021-08")
    assert (head.bill_date, head.period_inferred) == (date(2021, 8, 2), True)
    assert reasons(found).count("no bill date") == 1


def test_lines_without_any_date_need_the_bill_date():
    found, _ = read_by(LINES, LINES_TEXT, told=Particulars())
    assert "State the bill date" in reasons(found)
    assert found.is_refused


def test_a_code_is_what_finance_said_and_else_unknown_and_counted():
    profile = changed(CALLS, columns__usage_code=Place("Code"))
    head, *rows = CALLS_TEXT.splitlines()
    coded = zip(rows, ("ALW", "NW7"), strict=True)
    text = "\n".join([f"{head},Code", *map(",".join, coded)])
    known = CodeEntry(
        "orchard", UsageCode("ALW"), Treatment(UsageClass.ALLOWANCE, True)
    )
    found, items = read_by(profile, text, guidance=Guidance(CodeBook([known])))
    assert [(item.usage_class, item.counts) for item in items] == [
        (UsageClass.ALLOWANCE, True),
        (UsageClass.UNKNOWN, None),
    ]
    assert "“NW7” is not mapped" in reasons(found)


def test_one_file_holds_calls_messages_and_data():
    profile = changed(
        CALLS,
        columns__kind=Place("Kind"),
        kind_words={Kind.VOICE: ("Gespräch",)},
    )
    head, first, _ = CALLS_TEXT.splitlines()
    kinds = ("Gespräch", "Text", "Data", "Parking")
    text = "\n".join([f"{head},Kind", *(f"{first},{kind}" for kind in kinds)])
    found, items = read_by(profile, text)
    assert [(item.kind, item.unit, item.row_no) for item in items] == [
        ("voice", "minute", 1),
        ("message", "message", 1),
        ("data", "KB", 1),
        ("extra", "event", 1),
    ]
    assert "“Parking” is not known to the profile" in reasons(found)


def test_a_message_without_a_count_is_one_message():
    profile = changed(CALLS, kind=Kind.MESSAGE, columns__quantity=None)
    _, items = read_by(profile, CALLS_TEXT)
    assert [item.quantity for item in items] == [1, 1]


def test_parts_of_a_price_that_do_not_add_up_leave_the_total_as_billed():
    profile = changed(CALLS, columns__airtime=Place("Air"), columns__tax=Place("Tax"))
    head, first, _ = CALLS_TEXT.splitlines()
    text = f"{head},Air,Tax\n{first},0.10,0.02\n"
    found, (item,) = read_by(profile, text)
    assert (item.airtime, item.extra, item.tax) == tuple(
        map(Decimal, ("0.10", "0.08", "0.02"))
    )
    assert item.charged == Decimal("0.20")
    assert "do not add up" in reasons(found)


def test_a_decimal_comma():
    profile = changed(CALLS, written__decimal=",", written__date=DateForm.DMY)
    text = (
        CALLS_TEXT.replace(",", ";")
        .replace("0.20", "1.234,50")
        .replace("$1.10", "(1,10) EUR")
    )
    text = text.replace("08/01", "31/01")
    found, items = read_by(profile, text)
    assert errors(found) == []
    assert [item.charged for item in items] == [Decimal("1234.50"), Decimal("-1.10")]
    assert items[0].started.date() == date(2021, 1, 31)


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("08/01/2021", "13/01/2021", "Date"),
        ("08/01/2021", "02/30/2021", "Date"),
        ("08/01/2021", "", "Date"),
        ("7:15A", "25:00", "Time"),
        (",2,", ",two,", "Minutes"),
        (",2,", ",,", "Minutes"),
        ("0.20", "0.2O", "Charge"),
        ("0.20", "1.2.3", "Charge"),
        ("0.20", "-0.20 CR", "Charge"),
        ("209-555-0101", "2.09556E+09", "Phone"),
    ],
)
def test_a_cell_that_cannot_be_read_refuses_its_row_by_line_and_column(
    before, after, column
):
    found, items = read_by(CALLS, CALLS_TEXT.replace(before, after))
    assert [(line, name) for line, name, _ in errors(found)] == [(2, column)]
    assert len(items) == 1


def test_a_row_with_cells_missing_is_refused():
    found, items = read_by(CALLS, CALLS_TEXT + "209-555-0101,08/03/2021\n")
    assert errors(found) == [(4, None, "2 cells")]
    assert len(items) == 2


def test_a_file_that_lacks_a_mapped_column_is_refused_by_its_name():
    found, _ = read_by(CALLS, CALLS_TEXT.replace("Charge", "Cost"))
    assert errors(found) == [(1, "Total", None)]
    assert "no heading “Charge”" in reasons(found)


def test_headings_that_moved_down_a_few_rows_are_found():
    _, items = read_by(CALLS, "Report\n\nfor you, too\n" + CALLS_TEXT)
    assert [item.file_line for item in items] == [5, 6]


def test_an_import_of_saved_layouts_just_works():
    profiles = (CALLS, LINES, CHARGES)
    found = reading.read(
        stream(CALLS_TEXT, "a.csv"),
        stream(LINES_TEXT, "b.csv"),
        stream(CHARGES_TEXT, "c.csv"),
        stream("a note\n", "note.txt"),
        guidance=Guidance(particulars=TOLD, profiles=profiles),
    )
    lines = invoice(found).lines
    assert errors(found) == []
    assert [line.line.is_stated for line in lines.values()] == [True, True]
    assert lines["+12095550102"].items[Kind.VOICE].quantity == 11
    assert "No profile knows this file" in reasons(found)


def test_without_a_profile_the_file_is_refused_as_of_no_known_layout():
    text = CALLS_TEXT.replace("Phone,Date,Time", "Telephone,Day,Clock")
    found = reading.read(stream(text), guidance=Guidance(profiles=(CALLS, LINES)))
    assert "map its columns" in reasons(found)


def test_two_profiles_that_know_a_file_equally_well_are_refused():
    twin = changed(CALLS, name="Calls again")
    found = reading.read(stream(CALLS_TEXT), guidance=Guidance(profiles=(CALLS, twin)))
    assert "“Calls” and “Calls again”" in reasons(found)


def test_files_of_two_carriers_are_not_one_bill():
    other = changed(LINES, carrier="plum")
    found = reading.read(
        stream(CALLS_TEXT, "a.csv"),
        stream(LINES_TEXT, "b.csv"),
        guidance=Guidance(profiles=(CALLS, other)),
    )
    assert "several carriers" in reasons(found)


def test_renamed_labels_of_the_customer_do_not_make_a_file_unknown():
    head = CALLS_TEXT.splitlines()[0].split(",")
    profile = changed(CALLS, headings=(*head, "DEPARTMENT", "UDL 2"))
    text = "\n".join(
        f"{line},{'UDL 4' if not at else 'x'}"
        for at, line in enumerate(CALLS_TEXT.splitlines())
    )
    profile = changed(profile, headings=(*head, "DEPARTMENT"))
    found = reading.read(
        stream(text), guidance=Guidance(particulars=TOLD, profiles=(profile,))
    )
    assert errors(found) == []


def test_a_file_without_headings_is_known_by_its_cells_and_first_rows():
    columns = {name: Place(position=at + 1) for at, name in enumerate(CALLS.columns)}
    profile = changed(CALLS, columns=columns, file__heading_rows=0, file__cells=6)
    rows = CALLS_TEXT.split("\n", 1)[1]
    guidance = Guidance(particulars=TOLD, profiles=(profile,))
    assert reading.read(stream(rows), guidance=guidance).items_taken == 2
    other = rows.replace("08/0", "call on ")
    assert reading.read(stream(other), guidance=guidance).is_refused


def test_a_number_rounded_by_a_spreadsheet_refuses_its_row():
    found, _ = read_by(CALLS, CALLS_TEXT.replace("209-555-0188", "2.09556E+09"))
    assert errors(found) == [(2, "Number", "2.09556E+09")]


def test_minutes_below_zero_are_kept_with_a_warning():
    found, items = read_by(CALLS, CALLS_TEXT.replace(",2,0.20", ",-2,0.20"))
    assert errors(found) == []
    assert any("below zero" in one.reason for one in found.findings)
    assert items[0].quantity == -2
