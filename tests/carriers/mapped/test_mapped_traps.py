"""The traps of real files that profiles have to get past, each by its number."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.carriers.mapped.profile import (
    DataUnit,
    DateForm,
    DurationForm,
    Place,
    TimeForm,
)
from mobile_selfservice.carriers.records import Direction, Kind, PartyType
from tests.carriers.mapped.files import (
    CALLS,
    CALLS_TEXT,
    LINES,
    changed,
    errors,
    read_by,
    reasons,
    stream,
)


def minutes(form: DurationForm, *written: str) -> list[Decimal]:
    rows = "".join(f"2095550101,08/01/2021,0:01,,{one},\n" for one in written)
    text = "Phone,Date,Time,Number,Minutes,Charge\n" + rows
    _, items = read_by(changed(CALLS, written__duration=form), text)
    return [item.quantity for item in items]


def test_trap_1_identical_rows_both_count():
    row = CALLS_TEXT.splitlines()[1]
    _, items = read_by(CALLS, f"{CALLS_TEXT}{row}\n{row}\n")
    assert [item.row_no for item in items] == [1, 1, 2, 3]


def test_trap_2_a_day_without_a_year_takes_it_from_the_bill():
    text = CALLS_TEXT.replace("08/01/2021", "12/30").replace("08/02/2021", "01/05")
    told = Particulars("1", "2", date(2022, 1, 16))
    _, items = read_by(CALLS, text, told=told)
    assert [item.started.date() for item in items] == [
        date(2021, 12, 30),
        date(2022, 1, 5),
    ]
    assert all(item.date_inferred for item in items)


def test_trap_2_a_day_without_a_year_is_refused_when_nobody_says_the_bill_date():
    text = CALLS_TEXT.replace("08/01/2021", "12/30")
    reading, _ = read_by(CALLS, text, told=Particulars())
    assert errors(reading) == [(2, "Date", "12/30")]
    assert "State the bill date" in reasons(reading)


def test_trap_3_times_of_day_in_every_spelling():
    for form, written, expected in (
        (TimeForm.CLOCK, "7:15A", "07:15:00"),
        (TimeForm.CLOCK, "12:00AM", "00:00:00"),
        (TimeForm.CLOCK, "00:04", "00:04:00"),
        (TimeForm.HHMMSS, "181239", "18:12:39"),
        (TimeForm.HHMMSS, "91239", "09:12:39"),
        (TimeForm.HHMM, "1812", "18:12:00"),
    ):
        text = CALLS_TEXT.replace("7:15A", written).splitlines()
        _, items = read_by(changed(CALLS, written__time=form), "\n".join(text[:2]))
        assert str(items[0].started.time()) == expected


def test_trap_9_whole_minutes_seconds_and_minutes_past_sixty():
    assert minutes(DurationForm.MINUTES, "2", "2 Min") == [Decimal(2), Decimal(2)]
    assert minutes(DurationForm.SECONDS, "90", "61", "60 sec") == [
        *(Decimal("1.5"), Decimal("1.017"), Decimal(1))
    ]
    assert minutes(DurationForm.MINUTES_SECONDS, "7:00", "1053:00", "808583:30") == [
        *(Decimal(7), Decimal(1053), Decimal("808583.5"))
    ]
    assert minutes(DurationForm.HOURS_MINUTES_SECONDS, "1:02:30") == [Decimal("62.5")]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        (DurationForm.MINUTES, "7:00"),
        (DurationForm.MINUTES_SECONDS, "7"),
        (DurationForm.MINUTES_SECONDS, "7:75"),
        (DurationForm.MINUTES_SECONDS, "1:07:00"),
        (DurationForm.HOURS_MINUTES_SECONDS, "7:00"),
        (DurationForm.SECONDS, "7:00"),
        (DurationForm.SECONDS, "-7"),
    ],
)
def test_trap_9_a_length_in_another_form_is_refused_never_converted(form, written):
    assert minutes(form, written) == []


def test_trap_12_every_way_to_write_nothing_in_a_column_of_numbers():
    for blank in ("NA", "N/A", "", " ", "-", "--"):
        _, items = read_by(CALLS, CALLS_TEXT.replace("0.20", blank))
        assert items[0].charged == 0
    reading, _ = read_by(CALLS, CALLS_TEXT.replace("0.20", "unlimited"))
    assert errors(reading) == [(2, "Charge", "unlimited")]


def test_trap_13_headings_differ_in_case_blanks_and_punctuation():
    text = CALLS_TEXT.replace("Phone,Date", '" PHONE: ",date ')
    _, items = read_by(CALLS, text)
    assert len(items) == 2


def test_trap_14_columns_nobody_mapped_are_no_error():
    text = "\n".join(f"{line},{at}" for at, line in enumerate(CALLS_TEXT.splitlines()))
    reading, items = read_by(CALLS, text)
    assert (errors(reading), len(items)) == ([], 2)


def test_trap_15_excel_proof_cells_and_a_byte_order_mark_are_read():
    text = CALLS_TEXT.replace("209-555-0101", '"=""2095550101"""')
    _, items = read_by(CALLS, text.encode("utf-8-sig"))
    assert items[0].number == "+12095550101"


def test_trap_15_numbers_rounded_by_a_spreadsheet_are_refused():
    profile = changed(CALLS, columns__account=Place("Account"))
    head, *rows = CALLS_TEXT.splitlines()
    text = "\n".join([f"{head},Account", *(f"{row},2.87299E+11" for row in rows)])
    reading, items = read_by(profile, text)
    assert items == []
    assert errors(reading)[0] == (2, "Account", "2.87299E+11")
    assert "spreadsheet has rounded" in reasons(reading)


def test_trap_15_commas_in_an_account_number_are_taken_out():
    profile = changed(CALLS, columns__account=Place(constant="1,234,567"))
    reading, _ = read_by(profile, CALLS_TEXT)
    assert [one.head.account for one in reading.invoices.values()] == ["1234567"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
def test_trap_16_names_are_read_in_the_files_own_encoding(encoding):
    profile = changed(LINES, columns__user_name=Place("Prénom"))
    text = "Phone,Prénom,Total\n2095550101,Élise Gagné,1.00\n"
    reading, _ = read_by(profile, text.encode(encoding))
    (invoice,) = reading.invoices.values()
    assert invoice.lines["+12095550101"].line.user_name == "Élise Gagné"


def test_trap_16_a_person_may_say_an_encoding_that_cannot_be_told():
    profile = changed(LINES, file__encoding="cp437")
    text = "Phone,Name,Total\n2095550101,Élise Gagné,1.00\n".encode("cp437")
    reading, _ = read_by(profile, text)
    (invoice,) = reading.invoices.values()
    assert invoice.lines["+12095550101"].line.user_name == "Élise Gagné"


def test_trap_16_an_encoding_that_does_not_fit_is_refused():
    profile = changed(LINES, file__encoding="utf-8")
    text = "Phone,Name,Total\n2095550101,Élise,1.00\n".encode("latin-1")
    reading, _ = read_by(profile, text)
    assert "Choose another encoding" in reasons(reading)
    assert reading.is_refused


def test_trap_17_mixed_line_ends_and_no_last_one():
    head, first, second = CALLS_TEXT.splitlines()
    _, items = read_by(CALLS, f"{head}\r\n{first}\n{second}")
    assert [item.file_line for item in items] == [2, 3]


def test_trap_17_a_heading_glued_in_between_is_passed_over():
    _, items = read_by(CALLS, CALLS_TEXT + CALLS_TEXT)
    assert [item.file_line for item in items] == [2, 3, 5, 6]


def test_trap_18_totals_and_blank_rows_are_no_calls_and_show_what_is_missing():
    head, first, second = CALLS_TEXT.splitlines()
    profile = changed(CALLS, file__totals=("Total",), file__pass_over=("Subtotal",))
    text = f"{head}\n{first}\n\n{second}\nSubtotal: 2,,,,,\n,,,,,\nTotal,,,,13,1.30\n"
    reading, items = read_by(profile, text)
    assert len(items) == 2
    assert [(check.unit, check.difference) for check in reading.stated_checks] == [
        ("USD", 0),
        ("minute", 0),
    ]
    reading, _ = read_by(profile, text.replace(f"{second}\n", ""))
    assert not reading.is_tied


def test_trap_19_rows_of_the_account_are_no_lines_and_belong_in_the_total():
    text = "Phone,Name,Total\n2095550101,Wren,40.00\nN/A,,2.50\n0,,1.00\nTotal,,43.50\n"
    reading, _ = read_by(changed(LINES, file__totals=("Total",)), text)
    (invoice,) = reading.invoices.values()
    assert list(invoice.lines) == ["+12095550101"]
    assert invoice.head.stated == {
        "account_level": Decimal("3.50"),
        "current": Decimal("43.50"),
    }
    assert reading.is_tied


def test_trap_23_two_heading_rows_of_which_either_names_a_column():
    text = (
        '"Mobile Nbr ","Ttl Charges ","Air Dur "\n'
        '"Num tél mo ","Tot fr cour ","Durtemps"\n'
        '"2045550101","       52.64"," 1053:00"\n'
    )
    columns = {
        "line": Place("Mobile Nbr"),
        "total": Place("Tot fr cour"),
        "used_minutes": Place("Air Dur"),
    }
    profile = changed(
        *(LINES,),
        columns=columns,
        file__heading_rows=2,
        written__duration=DurationForm.MINUTES_SECONDS,
    )
    reading, _ = read_by(profile, text.encode("latin-1"))
    (invoice,) = reading.invoices.values()
    line = invoice.lines["+12045550101"].line
    assert line.stated_total == Decimal("52.64")
    assert line.usage == {"voice": Decimal(1053)}


def test_trap_23_headings_in_another_file_with_one_of_them_twice():
    headings = "User Number|10|C\nCall Date|8|D\nCall Time|6|T\nProvince|2|C\n"
    headings += "Called Number|15|C\nProvince|2|C\nSeconds|6|N\nAmount|9|N\n"
    rows = "6135550101|04202023|181239|ON|6135550188|QC|61|.74\n"
    rows += "6135550101|04212023|000001|ON|*|ON|3600|0\n"
    columns = {
        "line": Place("User Number"),
        "date": Place("Call Date"),
        "time": Place("Call Time"),
        "origin": Place("Province"),
        "other_party": Place("Called Number"),
        "destination": Place("Province", nth=2),
        "quantity": Place("Seconds"),
        "total": Place("Amount"),
    }
    profile = changed(
        *(CALLS,),
        columns=columns,
        file__separator="pipe",
        file__heading_rows=0,
        file__headings_in="Header-",
        written__date=DateForm.MDY_DIGITS,
        written__time=TimeForm.HHMMSS,
        written__duration=DurationForm.SECONDS,
    )
    sources = stream(rows, "ALL-Voice.txt"), stream(headings, "Header-Voice.txt")
    reading, (first, second) = read_by(profile, *sources)
    assert errors(reading) == []
    assert first.started == datetime.fromisoformat("2023-04-20T18:12:39")
    assert (first.origin, first.destination) == ("ON", "QC")
    assert (first.quantity, first.charged) == (Decimal("1.017"), Decimal("0.74"))
    assert second.party_type is PartyType.WITHHELD
    assert second.quantity == 60


def test_trap_23_without_the_file_of_headings_the_refusal_says_so():
    profile = changed(CALLS, file__heading_rows=0, file__headings_in="Header-")
    reading, items = read_by(profile, "1|2|3\n")
    assert items == []
    assert "no heading “Phone”" in reasons(reading)


def test_trap_23_no_headings_at_all():
    columns = {name: Place(position=at + 1) for at, name in enumerate(CALLS.columns)}
    profile = changed(CALLS, columns=columns, file__heading_rows=0)
    _, items = read_by(profile, CALLS_TEXT.split("\n", 1)[1])
    assert [item.file_line for item in items] == [1, 2]


def test_trap_23_the_line_stands_only_in_the_files_name():
    profile = changed(CALLS, columns__line=Place(in_file_name=True))
    source = stream(CALLS_TEXT, "Calls (209) 555-0142 Aug.csv")
    _, items = read_by(profile, source)
    assert {item.number for item in items} == {"+12095550142"}
    reading, _ = read_by(profile, stream(CALLS_TEXT, "renamed.csv"))
    assert "Give the file its own name back" in reasons(reading)


@pytest.mark.parametrize(
    ("separator", "mark"),
    [("tab", "\t"), ("comma", ","), ("pipe", "|"), ("semicolon", ";")],
)
def test_trap_24_any_separator_also_inside_quotes(separator, mark):
    text = CALLS_TEXT.replace(",", mark).replace("209-555-0188", f'"DIAL{mark}ED"')
    _, items = read_by(CALLS, text)
    assert items[0].other_party == f"DIAL{mark}ED"
    _, items = read_by(changed(CALLS, file__separator=separator), text)
    assert items[0].other_party == f"DIAL{mark}ED"


def test_trap_26_and_6_direction_in_words_or_in_the_destination():
    text = CALLS_TEXT.replace("Number", "To").replace("209-555-0188", "Incoming CL")
    profile = changed(
        CALLS, columns__other_party=None, columns__destination=Place("To")
    )
    _, items = read_by(profile, text)
    assert [item.direction for item in items] == [Direction.IN, Direction.UNKNOWN]
    profile = changed(profile, written__otherwise=Direction.OUT)
    _, items = read_by(profile, text)
    assert [item.direction for item in items] == [Direction.IN, Direction.OUT]
    own = changed(
        CALLS,
        columns__direction=Place("Way"),
        written__in_words=("RX",),
        written__out_words=("TX", "IN"),
    )
    head, *rows = CALLS_TEXT.splitlines()
    ways = ("rx", "In")
    text = "\n".join([f"{head},Way", *map(",".join, zip(rows, ways, strict=True))])
    _, items = read_by(own, text)
    assert [item.direction for item in items] == [Direction.IN, Direction.OUT]


def test_trap_10_data_in_any_unit_becomes_kilobytes():
    profile = changed(CALLS, kind=Kind.DATA, written__data_unit=DataUnit.MEGABYTES)
    text = CALLS_TEXT.replace(",2,", ",1.5,").replace(",11,", ",2 KB,")
    _, items = read_by(profile, text)
    assert [item.quantity for item in items] == [Decimal("1536.0"), Decimal(2)]


def test_trap_31_third_parties_numbers_are_masked_in_findings():
    text = CALLS_TEXT.replace("08/01/2021,7:15A", "209-555-0188,7:15A")
    reading, _ = read_by(CALLS, text)
    assert errors(reading) == [(2, "Date", "xxx-xxx-xx88")]
    assert "0188" not in reasons(reading)
