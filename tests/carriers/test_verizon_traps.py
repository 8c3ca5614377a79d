"""What real files have shown, one trap at a time."""

import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.records import (
    Charge,
    Direction,
    Finding,
    InvoiceHead,
    InvoiceLine,
    Kind,
    PartyType,
    Severity,
    Unit,
    UsageItem,
)
from tests.carriers.verizon_month import DATA, FILES, records_of


def test_two_identical_calls_are_two_calls(month):
    month.only("usage", 3, 4)
    first, second = month.of(UsageItem)
    assert first._replace(row_no=0, file_line=0) == second._replace(
        row_no=0, file_line=0
    )
    assert (first.row_no, second.row_no) == (1, 2)


def test_rows_are_numbered_by_line_and_kind(month):
    numbered = [(item.number, item.kind, item.row_no) for item in month.of(UsageItem)]
    assert len(set(numbered)) == len(numbered)
    assert ("+12095550101", Kind.MESSAGE, 2) in numbered


def test_a_line_written_with_and_without_dashes_is_one_line(month):
    month.only("usage", 3, 4).set("usage", 1, wirelessnumber="2095550101")
    assert [item.row_no for item in month.of(UsageItem)] == [1, 2]
    assert len(month.of(InvoiceLine)) == 2


def test_a_december_call_on_a_january_bill_is_last_years(month):
    item = month.only("usage", 1).of(UsageItem)[0]
    assert item.started == datetime.fromisoformat("2021-12-31T23:59")
    assert item.date_inferred


def test_a_written_year_is_kept(month):
    item = month.only("usage", 1).set("usage", 0, date="12/30/2021").of(UsageItem)[0]
    assert item.started.date() == date(2021, 12, 30)
    assert not item.date_inferred


def test_the_periods_years_come_from_the_bill_date(month):
    head = month.of(InvoiceHead)[0]
    assert (head.period_from, head.period_through) == (
        date(2021, 12, 17),
        date(2022, 1, 16),
    )
    assert head.period_inferred


def test_a_call_at_midnight_belongs_to_the_day_it_starts(month):
    before, after = month.only("usage", 1, 2).of(UsageItem)
    assert before.started == datetime.fromisoformat("2021-12-31T23:59")
    assert after.started == datetime.fromisoformat("2022-01-01T00:00")


def test_late_usage_keeps_its_date_and_is_flagged(month):
    late = month.only("usage", 0).of(UsageItem)[0]
    assert late.started.date() == date(2021, 12, 15)
    assert late.is_late


def test_the_first_and_last_day_of_the_period_are_not_late(month):
    month.only("usage", 0, 1).set("usage", 0, date="12/17").set("usage", 1, date="1/16")
    assert [item.is_late for item in month.of(UsageItem)] == [False, False]


def test_a_day_just_after_the_bill_is_last_years_and_is_remarked_on(month):
    month.only("usage", 1).set("usage", 0, date="01/17")
    found = [one for one in month.of(Finding) if one.column == "Date"]
    assert "last year" in found[0].reason
    assert found[0].severity is Severity.WARNING


def test_late_usage_is_remarked_on_once_with_a_count(month):
    month.only("usage", 0, 0, 0)
    (remark,) = [one for one in month.of(Finding) if one.column == "Date"]
    assert "3 rows" in remark.reason
    assert remark.line == 2


@pytest.mark.parametrize(
    "destination", ["Incoming CL", "INCOMING CL", "INCOMING,CL", "INCOMING", "Incoming"]
)
def test_an_incoming_call_shows_only_in_its_destination(month, destination):
    month.only("usage", 3).set("usage", 0, destination=destination)
    assert month.of(UsageItem)[0].direction is Direction.IN


def test_a_named_destination_is_an_outgoing_call_and_a_blank_one_unknown(month):
    month.only("usage", 3, 4).set("usage", 1, destination="")
    out, unknown = month.of(UsageItem)
    assert (out.direction, unknown.direction) == (Direction.OUT, Direction.UNKNOWN)


def test_a_message_says_in_its_description_which_way_it_went(month):
    received, sent = month.only("usage", 8, 9).of(UsageItem)
    assert (received.direction, sent.direction) == (Direction.IN, Direction.OUT)
    assert (received.unit, received.quantity) == (Unit.MESSAGE, 1)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("000-000-0000", PartyType.WITHHELD),
        ("BLOCKED", PartyType.WITHHELD),
        ("*", PartyType.WITHHELD),
        ("87892", PartyType.SHORT_CODE),
        ("411", PartyType.SHORT_CODE),
        ("*86", PartyType.VOICEMAIL),
        ("VMAIL", PartyType.VOICEMAIL),
        ("639178556860", PartyType.INTERNATIONAL),
        ("", PartyType.UNKNOWN),
    ],
)
def test_the_other_party_may_be_no_telephone_number(month, written, kind):
    month.only("usage", 3).set("usage", 0, number=written)
    item = month.of(UsageItem)[0]
    assert (item.other_party, item.party_type) == (written, kind)


def test_a_data_row_has_kilobytes_and_no_other_party(month):
    item = month.only("usage", 10).of(UsageItem)[0]
    assert (item.kind, item.unit, item.quantity) == (Kind.DATA, Unit.KILOBYTE, 21698)
    assert item.party_type is PartyType.DATA_SESSION
    assert item.counts is None


@pytest.mark.parametrize(
    ("cells", "kilobytes"),
    [
        ({"datausagegb": "6.581"}, Decimal("6900678.656")),
        ({"datausagemb": "12.500", "datausagegb": "0.000"}, 12800),
        ({"datausagekb": "512.00", "datausagegb": "0.000"}, 512),
        ({"datausagekb": "0.00", "datausagegb": "0.000"}, 0),
    ],
)
def test_data_use_stands_under_one_of_three_headings(month, cells, kilobytes):
    line = month.set("lines", 1, **cells).of(InvoiceLine)[0]
    assert line.usage["data"] == kilobytes


def test_data_use_under_two_headings_is_remarked_on(month):
    month.set("lines", 1, datausagekb="512.00")
    assert any("KB, MB and GB" in one.reason for one in month.of(Finding))


@pytest.mark.parametrize("credit", ["-5.00", "(5.00)", "($5.00)", "$-5.00", "-$5.00"])
def test_a_credit_is_negative_however_it_is_written(month, credit):
    line = month.set("lines", 2, accountchargesandcredits=credit).of(InvoiceLine)[1]
    assert line.stated["account_charges"] == Decimal("-5.00")


def test_nothing_is_written_in_many_ways(month):
    month.set("lines", 1, usageandpurchasecharges="NA", costcenter=" ", userid="N/A")
    line = month.of(InvoiceLine)[0]
    assert "usage" not in line.stated
    assert (line.cost_center, line.user_id) == (None, None)


def test_an_allowance_may_be_shared_or_unlimited(month):
    charges = {charge.description: charge for charge in month.of(Charge)}
    bucket = charges["GIGABYTE USAGE"]
    assert (bucket.allowance, bucket.is_shared, bucket.pool_size) == (6, True, 82000)
    assert (bucket.used, bucket.billable) == (Decimal("6.581"), 1)
    assert charges["PICTURE & VIDEO - RCV'D"].is_unlimited


def test_the_same_heading_is_spelled_with_and_without_a_comma(month):
    assert "Taxes, Governmental Surcharges, and Fees" in month.tables["accounts"][0]
    assert "Taxes, Governmental Surcharges and Fees" in month.tables["lines"][0]
    assert month.of(InvoiceHead)[0].stated["taxes"] == Decimal("2.34")
    assert month.of(InvoiceLine)[0].stated["taxes"] == Decimal("1.34")


def test_a_column_the_portal_does_not_know_is_no_error(month):
    for at, row in enumerate(month.tables["lines"]):
        row.insert(3, "DEPARTMENT NAME" if at == 0 else "Parks")
    assert month.of(InvoiceLine)[0].stated_total == Decimal("75.51")
    assert month.errors() == []


def test_a_spreadsheets_armor_is_taken_off(month):
    month.set("lines", 1, wirelessnumber='="2095550101"', username='"EXAMPLE, JO"')
    line = month.of(InvoiceLine)[0]
    assert (line.number, line.user_name) == ("+12095550101", "EXAMPLE, JO")


def test_a_byte_order_mark_is_passed_over(month):
    month.encoding = "utf-8-sig"
    assert len(month.of(InvoiceLine)) == 2
    assert month.errors() == []


@pytest.mark.parametrize("role", FILES)
def test_an_account_number_rounded_by_a_spreadsheet_is_refused(month, role):
    month.set(role, 0, accountnumber="6.4235E+13")
    error = month.errors()[0]
    assert (error.file, error.line) == (FILES[role], 2)
    assert (error.column, error.value) == ("Account Number", "6.4235E+13")
    assert "spreadsheet" in error.reason


def test_a_wireless_number_rounded_by_a_spreadsheet_is_refused(month):
    month.set("lines", 1, wirelessnumber="2.0955501E+09")
    assert month.errors()[0].column == "Wireless Number"


def test_commas_in_an_invoice_number_are_passed_over(month):
    month.set("lines", 1, invoicenumber="9,876,543,210")
    assert month.errors() == []


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1"])
def test_names_keep_their_accents_in_any_encoding(month, encoding):
    month.encoding = encoding
    assert month.of(InvoiceLine)[0].user_name == "JOSÉ EXAMPLE"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way_and_the_last_not_at_all(month, line_end):
    expected = month.of(UsageItem)
    path = month.folder / FILES["usage"]
    text = path.read_text("utf-8").replace("\r\n", "\n").rstrip("\n")
    path.write_bytes(text.replace("\n", line_end).encode())
    paths = [month.folder / name for name in FILES.values()]
    found = [one for one in records_of(*paths) if isinstance(one, UsageItem)]
    assert found == expected


def test_blank_lines_and_a_repeated_heading_are_passed_over(month):
    table = month.tables["usage"]
    table[3:3] = [[""], list(table[0]), [" "]]
    assert len(month.of(UsageItem)) == 13
    assert month.errors() == []


@pytest.mark.parametrize("number", ["N/A", "NA", "0", "", "-"])
def test_the_accounts_own_rows_are_no_lines_but_belong_in_the_total(month, number):
    month.set("lines", 0, wirelessnumber=number)
    assert len(month.of(InvoiceLine)) == 2
    assert month.of(InvoiceHead)[0].stated["account_level"] == Decimal("5.00")


def test_usage_of_no_line_is_on_no_ones_bill_and_is_said(month):
    month.only("usage", 3).set("usage", 0, wirelessnumber="N/A")
    assert month.of(UsageItem) == []
    assert any("no wireless number" in one.reason for one in month.of(Finding))


def test_a_payment_is_not_a_charge(month):
    payment = month.of(Charge)[0]
    assert (payment.category, payment.number) == ("payment", None)


def test_charges_fall_into_the_portals_categories(month):
    categories = [charge.category for charge in month.of(Charge)]
    assert categories == [
        *("payment", "late_fee", "plan", "credit", "usage", "usage", "usage"),
        *("surcharge", "tax", "plan", "credit", "usage", "surcharge", "tax"),
    ]


def test_an_unknown_charge_category_is_kept_and_remarked_on(month):
    month.set("charges", 7, itemcategory="Space Travel")
    assert month.of(Charge)[7].category == "one_time"
    assert any("Space Travel" in one.reason for one in month.of(Finding))


def test_a_vendor_makes_a_third_partys_charge(month):
    month.set("charges", 6, vendornamecontactinformation="ACME TONES 555-0199")
    assert month.of(Charge)[6].category == "third_party"


def test_a_comma_file_keeps_the_comma_inside_quotes(month):
    month.write()
    path = month.folder / FILES["usage"]
    rows = month.tables["usage"]
    rows[4][month.at("usage", "Destination")] = "GALT, CA"
    quoted = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    path.write_text(quoted, "utf-8")
    paths = [month.folder / name for name in FILES.values()]
    items = [one for one in records_of(*paths) if isinstance(one, UsageItem)]
    assert items[3].destination == "GALT, CA"


def test_overlapping_calls_are_no_error(month):
    month.only("usage", 3, 3).set("usage", 1, time="7:16A", number="209-555-0160")
    assert len(month.of(UsageItem)) == 2
    assert month.errors() == []


def test_a_zip_may_hold_folders_and_names_in_any_case(month):
    path = month.folder / "download.ZIP"
    with zipfile.ZipFile(path, "w") as archive:
        for name in FILES.values():
            archive.write(DATA / name, f"../some folder/{name.upper()}")
        archive.writestr("__MACOSX/._x.txt", b"\0\0")
        archive.writestr("bill.pdf", b"%PDF")
    records = records_of(path)
    assert sum(isinstance(one, UsageItem) for one in records) == 13


def test_a_third_partys_number_is_masked_in_findings(month):
    month.only("usage", 3).set("usage", 0, min="209-555-0177")
    error = month.errors()[0]
    assert (error.column, error.value) == ("Min", "xxx-xxx-xx77")
