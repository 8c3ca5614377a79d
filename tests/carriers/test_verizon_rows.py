"""What each row means, and what happens to one that cannot be read."""

from decimal import Decimal

import pytest

from mobile_selfservice.carriers.records import (
    Charge,
    Finding,
    InvoiceHead,
    InvoiceLine,
    Kind,
    Refused,
    Unit,
    UsageClass,
    UsageItem,
)
from tests.carriers.verizon_month import FILES, records_of


@pytest.mark.parametrize(
    ("code", "treated", "counts"),
    [
        ("PlanAllow", UsageClass.ALLOWANCE, True),
        ("M2MAllow", UsageClass.MOBILE_TO_MOBILE, False),
        ("NWAllow", UsageClass.FREE, False),
        ("CallWait", UsageClass.UNKNOWN, None),
        ("", UsageClass.UNKNOWN, None),
    ],
)
def test_the_usage_type_says_whether_the_allowance_is_used(
    month, code, treated, counts
):
    item = month.only("usage", 3).set("usage", 0, usagetype=code).of(UsageItem)[0]
    assert (item.usage_class, item.counts, item.usage_code) == (treated, counts, code)


def test_an_unmapped_usage_type_is_remarked_on_once_with_a_count(month):
    month.only("usage", 12, 12, 3, 12)
    (remark,) = [one for one in month.of(Finding) if one.column == "Usage Type"]
    assert remark.value == "CallWait"
    assert "3 rows" in remark.reason


def test_an_international_call_is_known_by_its_own_column(month):
    item = month.only("usage", 7).of(UsageItem)[0]
    assert item.usage_class is UsageClass.INTERNATIONAL
    assert item.charged == Decimal("2.07")


def test_an_unknown_usage_category_is_kept_as_an_extra(month):
    item = month.only("usage", 3).set("usage", 0, usagecategory="Movies").of(UsageItem)
    assert (item[0].kind, item[0].unit) == (Kind.EXTRA, Unit.EVENT)


def test_a_total_that_does_not_add_up_is_what_was_billed(month):
    month.only("usage", 7).set("usage", 0, total="2.10")
    assert month.of(UsageItem)[0].charged == Decimal("2.10")
    assert any("do not add up" in one.reason for one in month.of(Finding))


def test_a_number_no_summary_lists_is_kept_and_remarked_on(month):
    month.only("usage", 3).set("usage", 0, wirelessnumber="209-555-0109")
    stray = month.of(InvoiceLine)[-1]
    assert (stray.number, stray.is_stated) == ("+12095550109", False)
    assert any("does not list" in one.reason for one in month.of(Finding))


def test_replaced_names_and_numbers_are_said_and_not_guessed(month):
    code = "enc-2492442668514937"
    month.set("lines", 0, wirelessnumber=code, username=code)
    month.set("lines", 2, wirelessnumber="enc-1", username="enc-2")
    assert [line.number for line in month.of(InvoiceLine)][:2] == [
        *("+12095550101", "enc-1"),
    ]
    reasons = " ".join(one.reason for one in month.of(Finding))
    assert "look replaced" in reasons
    assert "not a telephone number" in reasons
    assert month.of(InvoiceHead)[0].stated["account_level"] == Decimal("5.00")


@pytest.mark.parametrize("role", FILES)
def test_a_missing_file_is_said_and_the_rest_is_read(month, role):
    month.without(role)
    reasons = [one.reason for one in month.of(Finding)]
    assert any("is not in the download" in reason for reason in reasons)
    assert month.errors() == []
    assert len(month.of(InvoiceLine)) == 2


def test_files_of_two_months_are_refused_together(month):
    month.set("usage", 0, billcycledate="Feb 16, 2022")
    assert "different months" in month.errors()[0].reason


def test_an_invoice_the_account_summary_does_not_list_is_refused(month):
    month.set("usage", 0, invoicenumber="111")
    error = month.errors()[0]
    assert (error.line, error.column, error.value) == (2, "Invoice Number", "111")


def test_a_row_cut_short_is_refused_without_showing_it(month):
    month.tables["usage"][2] = month.tables["usage"][2][:12]
    (error,) = month.errors()
    assert (error.line, error.value) == (3, "12 cells")
    assert len(month.of(UsageItem)) == 12


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Date", "13/40"),
        ("Date", "soon"),
        ("Date", "02/29/2021"),
        ("Time", "25:00"),
        ("Time", "13:00P"),
        ("Min", "two"),
        ("Min", ""),
        ("Charge", "1.2.3"),
        ("Total", "1E5"),
        ("Long Dist./Other Charges", "--5"),
    ],
)
def test_a_cell_that_cannot_be_read_names_its_place(month, heading, value):
    month.set("usage", 5, **{heading: value})
    (error,) = month.errors()
    assert (error.file, error.line) == (FILES["usage"], 7)
    assert (error.column, error.value) == (heading, value)
    assert len(month.of(UsageItem)) == 12


def test_a_line_that_stands_twice_is_refused(month):
    month.add("lines", 1)
    assert "twice" in month.errors()[0].reason


def test_records_come_as_heads_lines_charges_and_items(month):
    order = [InvoiceHead, InvoiceLine, Charge, UsageItem]
    kinds = [type(one) for one in month.records() if not isinstance(one, Finding)]
    assert kinds == sorted(kinds, key=order.index)


def test_a_thousand_bad_rows_are_listed_and_the_rest_counted(month):
    month.only("usage", *[3] * 1500)
    for row in month.tables["usage"][1:]:
        row[month.at("usage", "Min")] = "?"
    errors = month.errors()
    assert len(errors) == 1001
    assert "500 more rows" in errors[-1].reason
    assert errors[-1].line == 1002


def test_two_files_of_one_kind_are_refused(month):
    paths = month.write()
    twin = month.folder / "again.txt"
    twin.write_bytes(paths[-1].read_bytes())
    with pytest.raises(Refused, match="are both a"):
        records_of(*paths, twin)


def test_a_number_rounded_by_a_spreadsheet_refuses_its_row(month):
    month.only("usage", 3).set("usage", 0, number="2.09556E+09")
    (error,) = month.errors()
    assert (error.line, error.column) == (2, "Number")
    assert "rounded" in error.reason


def test_minutes_below_zero_are_kept_with_a_warning(month):
    month.only("usage", 3).set("usage", 0, min="-3")
    (warning,) = [one for one in month.of(Finding) if "below zero" in one.reason]
    assert (warning.line, warning.column) == (2, "Min")
    assert month.errors() == []
