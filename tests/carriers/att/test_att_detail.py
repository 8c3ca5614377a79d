"""What stands in AT&T's detail, one trap at a time."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.codes import (
    CodeBook,
    CodeEntry,
    Standing,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.records import (
    Direction,
    Finding,
    InvoiceHead,
    InvoiceLine,
    Kind,
    PartyType,
    RatePeriod,
    Severity,
    Unit,
    UsageClass,
    UsageItem,
)
from tests.carriers.att.att_month import CALL, FIRST, SESSION, TEXT, records_of


def item(month, **cells: str) -> UsageItem:
    (only,) = month.call(**cells).of(UsageItem)
    return only


def test_two_identical_calls_are_two_calls(month):
    first, second = month.has(detail=[CALL, CALL]).of(UsageItem)
    assert first[3:-1] == second[3:-1]
    assert (first.row_no, second.row_no) == (1, 2)


def test_the_unit_of_an_item_depends_on_its_source(month):
    read = month.has(detail=[CALL, TEXT, SESSION]).of(UsageItem)
    assert [(one.kind, one.unit, one.quantity) for one in read] == [
        (Kind.VOICE, Unit.MINUTE, 3),
        (Kind.MESSAGE, Unit.MESSAGE, 1),
        (Kind.DATA, Unit.KILOBYTE, 21698),
    ]


def test_a_source_the_portal_does_not_know_is_kept_and_said(month):
    assert item(month, source="Hologram", totalnumberofevents="2").kind is Kind.EXTRA
    assert any("Hologram" in one.reason for one in month.of(Finding))


@pytest.mark.parametrize(
    ("written", "direction"),
    [
        ("In", Direction.IN),
        ("in", Direction.IN),
        ("IN", Direction.IN),
        ("Out", Direction.OUT),
        ("out", Direction.OUT),
    ],
)
def test_in_and_out_are_written_in_any_case(month, written, direction):
    assert item(month, inout=written).direction is direction


def test_in_out_is_trusted_where_the_place_says_otherwise(month):
    read = item(month, inout="Out", chargedescription="INCOMING")
    assert read.direction is Direction.OUT


@pytest.mark.parametrize(
    "place", ["Incoming CL", "INCOMING CL", "INCOMING,CL", "INCOMING", "Incoming"]
)
def test_a_blank_in_out_leaves_it_to_the_called_place(month, place):
    assert item(month, inout="", calledcitystate=place).direction is Direction.IN


def test_a_named_place_without_in_out_is_an_outgoing_call(month):
    assert item(month, inout="").direction is Direction.OUT


def test_a_message_without_in_out_went_no_one_knows_where(month):
    (text,) = month.has(detail=[TEXT | {att.DIRECTION: ""}]).of(UsageItem)
    assert text.direction is Direction.UNKNOWN


@pytest.mark.parametrize(("way", "other"), [("in", "22222"), ("Out", "11111")])
def test_the_other_party_of_a_message_stands_where_in_out_says(month, way, other):
    cells = {att.DIRECTION: way, att.SENT_TO: "11111", att.RECEIVED_FROM: "22222"}
    (text,) = month.has(detail=[TEXT | cells]).of(UsageItem)
    assert text.other_party == other


def test_one_short_code_under_sent_to_and_received_from_is_one_party(month):
    (text,) = month.has(detail=[TEXT]).of(UsageItem)
    assert (text.other_party, text.party_type) == ("87892", PartyType.SHORT_CODE)
    assert text.direction is Direction.IN


def test_data_has_no_other_party(month):
    (session,) = month.has(detail=[SESSION]).of(UsageItem)
    assert session.party_type is PartyType.DATA_SESSION
    assert session.direction is Direction.UNKNOWN


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("000-000-0000", PartyType.WITHHELD),
        ("BLOCKED", PartyType.WITHHELD),
        ("411", PartyType.SHORT_CODE),
        ("VMAIL", PartyType.VOICEMAIL),
        ("639178556860", PartyType.INTERNATIONAL),
        ("", PartyType.UNKNOWN),
    ],
)
def test_the_dialed_number_may_be_no_telephone_number(month, written, kind):
    read = item(month, dialednumber=written)
    assert (read.other_party, read.party_type) == (written, kind)


def test_late_usage_before_the_cycle_keeps_its_date_and_is_flagged(month):
    read = item(month, date="01/30/2024")
    assert (read.started.date(), read.is_late) == (date(2024, 1, 30), True)


def test_the_first_and_last_day_of_the_cycle_are_not_late(month):
    days = [CALL | {att.DATE: day} for day in ("02/03/2024", "03/02/2024")]
    assert [one.is_late for one in month.has(detail=days).of(UsageItem)] == [False] * 2


def test_usage_after_the_cycle_is_remarked_on(month):
    month.call(date="03/09/2024")
    assert any(
        "after the market cycle ended" in one.reason for one in month.of(Finding)
    )


def test_a_day_without_a_year_takes_the_cycles(month):
    read = item(month, date="12/30")
    assert (read.started.year, read.date_inferred) == (2023, True)


@pytest.mark.parametrize("written", ["00:04", "12:04AM", "12:04 AM", "000400"])
def test_four_past_midnight_is_written_in_many_ways(month, written):
    assert item(month, time=written).started == datetime.fromisoformat(
        "2024-02-05T00:04"
    )


def test_a_row_without_a_time_is_kept_at_the_start_of_its_day(month):
    assert item(month, time="").started == datetime.fromisoformat("2024-02-05T00:00")


def test_what_was_charged_is_the_total_and_long_distance_a_part_of_it(month):
    read = item(month, totalcharges="$14.04", ldcharges="$4.04")
    assert (read.airtime, read.extra) == (Decimal("10.00"), Decimal("4.04"))
    assert read.charged == Decimal("14.04")


def test_long_distance_beyond_the_total_is_remarked_on_and_the_total_counts(month):
    read = item(month, totalcharges="$0.10", ldcharges="$0.35")
    assert read.charged == Decimal("0.10")
    assert any("long distance" in one.reason for one in month.of(Finding))


@pytest.mark.parametrize(
    ("roam", "mark", "usage_class"),
    [
        ("HOME", "0", UsageClass.UNKNOWN),
        ("Home", "", UsageClass.UNKNOWN),
        ("ROAM", "0", UsageClass.ROAMING),
        ("Intl Roaming", "0", UsageClass.INTERNATIONAL),
        ("HOME", "1", UsageClass.INTERNATIONAL),
        ("HOME", "Y", UsageClass.INTERNATIONAL),
    ],
)
def test_roaming_and_international_items_say_so(month, roam, mark, usage_class):
    read = item(month, roamhomeintldescription=roam, internationalcallindicator=mark)
    assert (read.usage_class, read.counts) == (usage_class, None)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("DT", RatePeriod.PEAK),
        ("nw", RatePeriod.OFF_PEAK),
        ("AT", RatePeriod.ANYTIME),
        ("XX", RatePeriod.UNKNOWN),
    ],
)
def test_a_rating_period_says_when_and_nothing_of_the_allowance(month, written, period):
    read = item(month, ratingperiod=written)
    assert (read.rate_period, read.counts) == (period, None)


def test_a_code_nobody_mapped_is_unknown_and_counted_in_a_finding(month):
    month.has(detail=[CALL, CALL])
    assert {one.usage_code for one in month.of(UsageItem)} == {"ZZ45 · DT"}
    (finding,) = [one for one in month.of(Finding) if one.column == "Rate code"]
    assert "ZZ45 · DT" in finding.reason
    assert "2 rows" in finding.reason


def test_a_code_that_finance_mapped_decides(month):
    counts = Treatment(UsageClass.ALLOWANCE, counts=True)
    entry = CodeEntry("att", UsageCode("ZZ45"), counts, standing=Standing.SET)
    month.has(detail=[CALL, TEXT | {att.RATE_CODE: "MSUNLM"}])
    call, text = month.of(UsageItem, Guidance(CodeBook([entry])))
    assert (call.usage_class, call.counts) == counts
    assert text.counts is None


def test_usage_of_no_line_is_on_no_ones_bill_and_is_said(month):
    assert month.call(wirelessnumber="G100").of(UsageItem) == []
    assert any("no wireless number" in one.reason for one in month.of(Finding))


def test_a_number_that_no_report_lists_is_kept(month):
    month.call(wirelessnumber="2095550177")
    line = month.of(InvoiceLine)[-1]
    assert (line.number, line.is_stated) == ("+12095550177", False)
    assert any("does not list" in one.reason for one in month.of(Finding))


def test_the_detail_alone_makes_its_invoice(month):
    month.only("detail")
    (head,) = month.of(InvoiceHead)
    assert (head.account, head.number) == ("287000000001", "287000000001X03022024")
    assert (head.period_from, head.period_through) == (
        date(2024, 2, 3),
        date(2024, 3, 2),
    )
    assert head.master_account == "01234567"
    assert head.period_inferred


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_the_separator_is_the_customers_choice(month, separator):
    month.separator = separator
    month.only("lines", "detail")
    assert len(month.of(UsageItem)) == 4
    assert month.of(UsageItem)[0].origin == "Dallas, TX"


def test_unknown_columns_and_missing_optional_ones_are_no_error(month):
    headings = month.headings["detail"]
    headings.remove(att.LONG_DISTANCE)
    headings.insert(2, "UDL 4")
    assert len(month.of(UsageItem)) == 4
    assert month.errors() == []


def test_overlapping_calls_are_no_error(month):
    month.has(detail=[CALL, CALL | {att.TIME: "09:36"}])
    assert len(month.of(UsageItem)) == 2
    assert month.errors() == []


def test_a_row_of_totals_and_blank_rows_are_passed_over(month):
    rows = [CALL, {}, {att.FOUNDATION: "Total", att.MINUTES: "3"}]
    assert len(month.has(detail=rows).of(UsageItem)) == 1
    assert month.errors() == []


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"minutesusage": ""}, "Minutes usage"),
        ({"minutesusage": "three"}, "Minutes usage"),
        ({"date": "02/30/2024"}, "Date"),
        ({"time": "25:00"}, "Time"),
        ({"totalcharges": "$1.2.3"}, "Total charges"),
        ({"ldcharges": "free"}, "LD charges"),
        ({"accountnumber": "2.87E+11"}, "Account number"),
        ({"wirelessnumber": "2.0955501E+09"}, "Wireless number"),
        ({"marketcycleenddate": ""}, "Market cycle end date"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(month, cells, column):
    (error,) = month.call(**cells).errors()
    assert (error.file, error.line, error.column) == ("Detail.csv", 2, column)


def test_a_third_partys_number_is_masked_in_findings(month):
    (error,) = month.call(minutesusage="903-555-0177").errors()
    assert error.value == "xxx-xxx-xx77"


def test_rows_are_numbered_by_line_and_kind(month):
    other = CALL | {att.NUMBER: "2095550102"}
    read = month.has(detail=[CALL, TEXT, other, CALL]).of(UsageItem)
    assert [(one.number[-1], one.kind.value, one.row_no) for one in read] == [
        ("1", "voice", 1),
        ("1", "message", 1),
        ("2", "voice", 1),
        ("1", "voice", 2),
    ]


def test_a_line_written_with_and_without_dashes_is_one_line(month):
    dashed = CALL | {att.NUMBER: "209-555-0101"}
    read = month.has(detail=[CALL, dashed]).of(UsageItem)
    assert [one.row_no for one in read] == [1, 2]
    assert FIRST in read[0].number


def test_findings_of_the_invented_month_stop_nothing(month):
    found = month.of(Finding)
    assert Severity.ERROR not in {one.severity for one in found}


def test_without_a_column_for_the_account_a_person_may_state_it(month):
    month.headings["detail"].remove(att.ACCOUNT)
    month.only("detail")
    assert month.of(InvoiceHead)[0].account == "not stated"
    assert any(
        "No column names the billing account" in one.reason for one in month.of(Finding)
    )
    told = Guidance(particulars=Particulars(account="287000000001"))
    assert month.of(InvoiceHead, told)[0].account == "287000000001"


def test_a_spreadsheets_armor_may_stand_without_quotes(month):
    (path,) = month.only("detail").write()
    text = path.read_text("utf-8").replace("2095550101", '="2095550101"')
    path.write_text(f"\ufeff{text}", "utf-8")
    items = [one for one in records_of(path) if isinstance(one, UsageItem)]
    assert {one.number for one in items} == {"+12095550101"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way_and_the_last_not_at_all(month, line_end):
    (path,) = month.only("detail").write()
    text = path.read_text("utf-8").rstrip("\r\n")
    path.write_bytes(text.replace("\r\n", "\n").replace("\n", line_end).encode())
    assert sum(isinstance(one, UsageItem) for one in records_of(path)) == 4


def test_columns_without_a_heading_at_the_end_are_none(month):
    (path,) = month.only("detail").write()
    first, *rest = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([f"{first},,", *rest[:2], f"{rest[2]},,"]), "utf-8")
    assert sum(isinstance(one, UsageItem) for one in records_of(path)) == 3


def test_a_number_rounded_by_a_spreadsheet_refuses_its_row(month):
    (error,) = month.call(dialednumber="2.09556E+09").errors()
    assert (error.line, error.column) == (2, "Dialed number")
    assert "rounded" in error.reason


def test_minutes_below_zero_are_kept_with_a_warning(month):
    month.call(minutesusage="-3")
    (warning,) = [one for one in month.of(Finding) if "below zero" in one.reason]
    assert (warning.line, warning.column) == (2, "Minutes usage")
    assert warning.severity is Severity.WARNING
    assert month.errors() == []
