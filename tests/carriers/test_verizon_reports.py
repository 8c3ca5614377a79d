"""Verizon's account and inventory exports: sentence case, commas, eighty columns."""

import csv
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mobile_selfservice.carriers.reading import read
from mobile_selfservice.carriers.records import Severity, Verdict
from mobile_selfservice.carriers.verizon.report_layout import (
    ACCOUNT_REPORT,
    INVENTORY_REPORT,
)

ACCOUNT = {
    "Account number": "642350544-00001",
    "Account status description": "Active",
    "Bill name": "CITY OF ALDER CREEK",
    "Bill period": "Jul 17 2021 - Aug 16 2021",
    "Date due": "Sep 08 2021",
    "Invoice number": "9,876,543,210",
    "Previous balance": "40,926.69",
    "Payments": "-40,926.69",
    "Adjustments": "0.00",
    "Balance forward": "0.00",
    "Account charges and credits": "-25.00",
    "Monthly charges": "1,100.00",
    "Usage and purchase charges": "3.50",
    "Usage charges - voice": "1.25",
    "Equipment charges": "20.00",
    "Surcharges and OC&Cs": "5.25",
    "Taxes, governmental surcharges, and fees": "2.00",
    "Total current charges": "1,105.75",
    "Total amount due": "1,105.75",
}
DEVICE = {
    "Account number": "642350544-00001",
    "Bill cycle date": "Aug 16 2021",
    "Cost center": "PARKS",
    "Email address": "wren@example.org",
    "User name": "WREN AMES",
    "Wireless number": "209-555-0101",
    "Device manufacturer": "Acme",
    "Device model": "Slab 9",
    "Device type": "Smartphone",
    "Current device ID - 4G only": "350000000000001",
    "SIM": "8900000000000000001",
    "Wireless number status": "Active",
    "Activation date": "Mar 02 2019",
    "Upgrade eligibility date": "03/02/2021",
    "Price plan description": "CITY 400",
    "Monthly access charges": "1,100.00",
    "Usage and purchase charges": "3.50",
    "Equipment charges": "20.00",
    "Other charges & credits": "5.25",
    "Taxes and surcharges": "2.00",
    "Total current charges": "1,130.75",
    "Used minutes": "167",
    "Minutes": "170",
    "Mobile to mobile minutes": "3",
}


def _written(folder: Path, layout, *rows, without=()):
    headings = [name for name in layout.headings if name not in without]
    path = folder / f"{layout.role}.csv"
    with path.open("w", encoding="utf-8", newline="") as text:
        table = csv.DictWriter(text, headings, extrasaction="ignore", restval="")
        table.writeheader()
        table.writerows(rows)
    return path


@pytest.fixture
def both(tmp_path):
    return [
        _written(tmp_path, ACCOUNT_REPORT, ACCOUNT),
        _written(tmp_path, INVENTORY_REPORT, DEVICE),
    ]


def _errors(reading):
    return [one for one in reading.findings if one.severity is Severity.ERROR]


def test_the_account_export_is_an_invoice_with_its_totals(tmp_path):
    reading = read(_written(tmp_path, ACCOUNT_REPORT, ACCOUNT))
    (invoice,) = reading.invoices.values()
    head = invoice.head
    assert (head.account, head.number) == ("642350544-00001", "9876543210")
    assert (head.period_from, head.period_through, head.bill_date) == (
        date(2021, 7, 17),
        date(2021, 8, 16),
        date(2021, 8, 16),
    )
    assert not head.period_inferred
    assert head.due_on == date(2021, 9, 8)
    assert head.stated["previous_balance"] == Decimal("40926.69")
    assert head.stated["current"] == Decimal("1105.75")
    assert {one.verdict for one in reading.checks} == {Verdict.OK}
    assert not reading.findings


def test_kinds_of_use_without_a_column_do_not_fail_the_account(tmp_path):
    reading = read(_written(tmp_path, ACCOUNT_REPORT, ACCOUNT))
    assert not any("by kind" in one.name for one in reading.checks)


def test_an_account_that_does_not_add_up_fails(tmp_path):
    wrong = ACCOUNT | {"Monthly charges": "1,000.00"}
    reading = read(_written(tmp_path, ACCOUNT_REPORT, wrong))
    assert not reading.is_tied


def test_an_account_level_share_counts_where_the_total_has_it(tmp_path):
    shared = ACCOUNT | {
        "Account level share": "60.00",
        "Total current charges": "1,165.75",
        "Total amount due": "1,165.75",
    }
    reading = read(_written(tmp_path, ACCOUNT_REPORT, shared))
    assert reading.is_tied
    assert any("level share" in one.reason for one in reading.findings)


def test_a_period_without_its_year_takes_the_due_dates(tmp_path):
    row = ACCOUNT | {"Bill period": "Jul 17 - Aug 16"}
    (invoice,) = read(_written(tmp_path, ACCOUNT_REPORT, row)).invoices.values()
    assert invoice.head.bill_date == date(2021, 8, 16)
    assert invoice.head.period_inferred
    undated = row | {"Date due": ""}
    (error,) = _errors(read(_written(tmp_path, ACCOUNT_REPORT, undated)))
    assert error.column == "Bill period"


def test_an_invoice_that_stands_twice_is_refused(tmp_path):
    reading = read(_written(tmp_path, ACCOUNT_REPORT, ACCOUNT, ACCOUNT))
    assert "twice" in _errors(reading)[0].reason


def test_an_invoice_number_a_spreadsheet_rounded_is_refused(tmp_path):
    row = ACCOUNT | {"Invoice number": "9.87654E+09"}
    (error,) = _errors(read(_written(tmp_path, ACCOUNT_REPORT, row)))
    assert (error.column, error.line) == ("Invoice number", 2)


def test_the_inventory_is_a_device_with_its_dates_and_its_other_columns(both):
    (device,) = read(both[1]).inventory
    assert (device.number, device.user_name) == ("+12095550101", "WREN AMES")
    assert (device.make, device.model) == ("Acme", "Slab 9")
    assert (device.device_id, device.sim) == ("350000000000001", "8900000000000000001")
    assert (device.activated_on, device.upgrade_on) == (
        date(2019, 3, 2),
        date(2021, 3, 2),
    )
    assert device.plan == "CITY 400"
    assert device.labels["Minutes"] == "170"
    assert device.labels["Mobile to mobile minutes"] == "3"


def test_account_and_inventory_together_tie_to_the_cent(both):
    reading = read(*both)
    (invoice,) = reading.invoices.values()
    (line,) = invoice.lines.values()
    assert line.line.stated_total == line.computed_total == Decimal("1130.75")
    assert line.line.usage == {"voice": 167}
    assert invoice.computed_current == Decimal("1105.75")
    assert {one.verdict for one in reading.checks} == {Verdict.OK}


def test_an_inventory_alone_makes_an_invoice_and_says_what_is_not_stated(both):
    reading = read(both[1])
    (invoice,) = reading.invoices.values()
    assert invoice.head.number == "not stated 2021-08"
    assert invoice.head.bill_date == date(2021, 8, 16)
    assert sum("no invoice number" in one.reason for one in reading.findings) == 1


def test_an_inventory_without_charges_is_inventory_alone(tmp_path):
    row = DEVICE | {"Bill cycle date": ""}
    reading = read(_written(tmp_path, INVENTORY_REPORT, row))
    assert len(reading.inventory) == 1
    assert not reading.invoices
    few = _written(
        tmp_path, INVENTORY_REPORT, DEVICE, without=("Total current charges",)
    )
    assert not read(few).invoices


def test_charges_the_portal_does_not_know_leave_the_total_alone(tmp_path):
    row = DEVICE | {"Total current charges": "1,131.75"}
    reading = read(_written(tmp_path, INVENTORY_REPORT, row))
    (line,) = next(iter(reading.invoices.values())).lines.values()
    assert (line.line.stated, line.line.stated_total) == ({}, Decimal("1131.75"))
    assert any("total stands alone" in one.reason for one in reading.findings)


def test_a_line_that_stands_twice_for_one_bill_is_refused(tmp_path):
    reading = read(_written(tmp_path, INVENTORY_REPORT, DEVICE, DEVICE))
    assert "twice" in _errors(reading)[0].reason


def test_a_date_of_a_device_that_cannot_be_read_is_only_remarked_on(tmp_path):
    row = DEVICE | {"Activation date": "long ago"}
    reading = read(_written(tmp_path, INVENTORY_REPORT, row))
    assert reading.inventory[0].activated_on is None
    assert not _errors(reading)


def test_rows_without_a_number_are_passed_over(tmp_path):
    row = DEVICE | {"Wireless number": "N/A"}
    reading = read(_written(tmp_path, INVENTORY_REPORT, DEVICE, row))
    assert len(reading.inventory) == 1
    assert any("no wireless number" in one.reason for one in reading.findings)


def test_the_raw_data_download_is_not_taken_for_the_export(month):
    reading = read(*month.write())
    assert len(reading.invoices) == 1
    assert not reading.inventory


def test_a_raw_summary_without_its_date_is_not_taken_for_the_export(month):
    at = month.at("accounts", "Bill Cycle Date")
    for row in month.tables["accounts"]:
        del row[at]
    paths = month.without("lines", "charges", "usage").write()
    (error,) = _errors(read(*paths))
    assert "Bill Cycle Date" in error.reason


def test_a_damaged_export_is_read_or_refused_with_its_place(both):
    dice = random.Random(1601)
    whole = [path.read_text("utf-8") for path in both]
    for _ in range(150):
        for path, text in zip(both, whole, strict=True):
            at = dice.randrange(len(text))
            sign = dice.choice((",", '"', "\n", "-", "9", "", "\x00", "é", text[at:]))
            path.write_text(text[:at] + sign + text[at + dice.choice((0, 1, 40)) :])
        for one in _errors(read(*both)):
            assert one.file in {path.name for path in both}
            assert one.line is not None
