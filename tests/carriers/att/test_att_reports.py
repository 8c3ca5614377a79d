"""AT&T's pooling, its inventory, and reports that came without headings."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.records import (
    Charge,
    Finding,
    InventoryLine,
    InvoiceLine,
    Severity,
    UsageItem,
    Verdict,
)
from tests.carriers.att.att_month import CALL, DEVICE, FIRST, POOLED, SESSION, TEXT


def test_pool_charge_and_pool_credit_cancel_and_the_net_is_shown(month):
    bucket, tax = [one for one in month.has(pooling=[POOLED]).of(Charge) if one.number]
    assert bucket.amount == Decimal("0.00")
    assert (bucket.unit, bucket.allowance, bucket.used) == ("KB", 7340032, 74246429)
    assert (bucket.is_shared, bucket.billable) == (True, 66906397)
    assert bucket.description == (
        "Pooled data, Mobile Select - Pooled: charge 638.13, pool credit -638.13"
    )
    assert (tax.category, tax.amount) == ("tax", Decimal("-2.24"))


def test_the_pooling_report_adds_nothing_to_a_lines_total(month):
    before = month.of(InvoiceLine)
    assert month.has(pooling=[POOLED]).of(InvoiceLine) == before


def test_the_pooling_reports_own_sums_are_checked(month):
    month.has(pooling=[POOLED])
    checks = [one for one in month.reading().checks if "pool" in one.name]
    assert [one.verdict for one in checks] == [Verdict.OK]
    month.set("pooling", 0, **{"Total data pooling credit": "($640.00)"})
    (check,) = [one for one in month.reading().checks if "pool credit" in one.name]
    assert (check.verdict, check.difference) == (Verdict.WARNING, Decimal("-0.37"))


def test_use_beyond_the_share_is_checked_in_its_own_unit(month):
    month.has(pooling=[POOLED | {"KB over": "1"}])
    (check,) = [one for one in month.reading().checks if "share" in one.name]
    assert (check.verdict, check.unit) == (Verdict.WARNING, "KB")


def test_a_pool_of_minutes_makes_a_bucket_of_minutes(month):
    minutes = {
        "Pool type": "Voice",
        "Pooling minutes contribution": "450",
        "Pooling bucket minutes used": "460",
        "Air time over": "10",
        "Airtime charges": "$4.50",
        "Voice allocated back credit": "($4.50)",
    }
    no_data = dict.fromkeys(name for name in POOLED if "ata" in name or "KB" in name)
    row = {**POOLED, **dict.fromkeys(no_data, ""), **minutes}
    (bucket,) = [one for one in month.has(pooling=[row]).of(Charge) if one.number]
    assert (bucket.unit, bucket.allowance, bucket.is_shared) == ("minutes", 450, True)
    assert (bucket.category, bucket.amount) == ("usage", Decimal("0.00"))


@pytest.mark.parametrize(
    ("written", "allowance", "is_unlimited"),
    [("unlimited", None, True), ("NA", None, False), ("-", None, False)],
)
def test_a_contribution_may_be_unlimited_or_not_said(
    month, written, allowance, is_unlimited
):
    month.has(pooling=[POOLED | {"Pooling KB contribution": written}])
    bucket = next(one for one in month.of(Charge) if one.number)
    assert (bucket.allowance, bucket.is_unlimited) == (allowance, is_unlimited)


def test_pooling_alone_names_its_lines(month):
    (line,) = month.has(pooling=[POOLED]).only("pooling").of(InvoiceLine)
    assert (line.number, line.user_name) == (f"+1{FIRST}", "MARIA EXAMPLE")
    assert not line.is_stated


def test_pooling_of_a_group_is_kept_with_the_account(month):
    charges = month.has(pooling=[POOLED | {att.NUMBER: "G100"}]).of(Charge)
    assert {one.number for one in charges} == {None}


@pytest.mark.parametrize("heading", ["Data charges", "Pooling bucket KB used"])
def test_a_pooling_cell_that_cannot_be_read_is_named(month, heading):
    (error,) = month.has(pooling=[POOLED | {heading: "lots"}]).errors()
    assert (error.line, error.column) == (2, heading)


def test_a_bad_first_row_does_not_take_the_invoice_with_it(month):
    rows = [POOLED | {"Data charges": "lots"}, POOLED | {att.NUMBER: "2095550102"}]
    month.has(pooling=rows).only("pooling")
    assert [one.number for one in month.of(InvoiceLine)] == ["+12095550102"]


def test_the_inventory_tells_of_a_device_and_its_contract(month):
    (line,) = month.has(inventory=[DEVICE]).only("inventory").of(InventoryLine)
    assert (line.carrier, line.account) == ("att", "287000000001")
    assert (line.number, line.user_name) == (f"+1{FIRST}", "MARIA EXAMPLE")
    assert (line.device_id, line.sim) == ("350000000000017", "89010000000000000017")
    assert line.contract_ends_on == date(2025, 1, 14)
    assert line.labels["Last updated date"] == "03/05/2024"
    assert line.suspended_on is None


@pytest.mark.parametrize(
    ("status", "suspended", "ended"),
    [
        ("Suspended", date(2023, 1, 15), None),
        ("Cancelled", None, date(2023, 1, 15)),
        ("Active", None, None),
    ],
)
def test_the_status_says_what_its_date_means(month, status, suspended, ended):
    month.has(inventory=[DEVICE | {att.STATUS: status}]).only("inventory")
    (line,) = month.of(InventoryLine)
    assert (line.suspended_on, line.disconnected_on) == (suspended, ended)


def test_a_device_number_rounded_by_a_spreadsheet_is_left_out_and_said(month):
    month.has(inventory=[DEVICE | {att.IMEI: "3.5E+14"}]).only("inventory")
    assert month.of(InventoryLine)[0].device_id is None
    assert any("rounded" in one.reason for one in month.of(Finding))


def test_the_inventory_may_come_beside_the_bill(month):
    month.has(inventory=[DEVICE])
    assert len(month.of(InventoryLine)) == 1
    assert len(month.of(UsageItem)) == 4


def test_a_detail_without_headings_is_known_by_what_stands_in_it(month):
    month.only("detail")
    with_headings = month.of(UsageItem)
    read = [one for one in month.records(headings=False) if isinstance(one, UsageItem)]
    assert [one[:-1] for one in read] == [one[:-1] for one in with_headings]
    assert read[0].file_line == 1


def test_a_report_of_all_charges_without_headings_is_known_too(month):
    month.only("lines")
    lines = [
        one for one in month.records(headings=False) if isinstance(one, InvoiceLine)
    ]
    assert [str(one.stated_total) for one in lines] == ["42.47", "60.00"]
    assert lines[0].user_name == "MARIA EXAMPLE"


def test_a_pooling_report_without_headings_is_known_too(month):
    labels = ["FILE NUMBER", "COST CENTER", "UDL 3", "UDL 4"]
    month.headings["pooling"][40:40] = labels
    row = POOLED | {
        att.NUMBER_DESCRIBED: FIRST,
        att.INVOICE_DATE: "03/02/2024",
        "UDL 3": "TBD",
    }
    month.has(pooling=[row]).only("pooling")
    charges = [one for one in month.records(headings=False) if isinstance(one, Charge)]
    assert [str(one.amount) for one in charges] == ["0.00", "-2.24"]


def test_all_charges_without_labels_or_headings_are_known_too(month):
    month.headings["lines"] = list(att.ALL_CHARGES.headings)
    records = month.only("lines").records(headings=False)
    assert sum(isinstance(one, InvoiceLine) for one in records) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [CALL | {att.SOURCE: "Satellite"}],
        [CALL | {att.NUMBER: "MARIA"}],
        [CALL, CALL | {att.DATE: "yesterday"}],
    ],
)
def test_where_the_content_leaves_a_doubt_headings_are_asked_for(month, rows):
    paths = month.has(detail=rows).only("detail").write(headings=False)
    (error,) = reading.read(*paths).findings
    assert error.severity is Severity.ERROR


def test_an_empty_report_is_said(month):
    month.has(detail=[])
    assert any("no rows" in one.reason for one in month.of(Finding))


def test_a_report_that_is_not_there_is_said(month):
    month.only("lines")
    assert any("“Detail” is not among" in one.reason for one in month.of(Finding))


def test_two_details_are_not_read_together(month):
    (first, path) = month.write()
    again = path.with_name("Detail 2.csv")
    again.write_bytes(path.read_bytes())
    (error,) = reading.read(first, path, again).findings
    assert "are both a “Detail”" in error.reason


def test_messages_calls_and_data_are_checked_against_the_stated_use(month):
    month.has(detail=[CALL, CALL, TEXT, TEXT, SESSION])
    words = {
        one.words: one.verdict
        for one in month.reading().checks
        if one.number == f"+1{FIRST}"
    }
    assert words["itemized minutes = stated minutes"] is Verdict.OK
    assert words["itemized messages = stated messages"] is Verdict.WARNING
    assert words["itemized data = stated data"] is Verdict.OK
