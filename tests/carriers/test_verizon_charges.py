"""Verizon's charges file: buckets, credits, device payments, late use."""

from decimal import Decimal

import pytest

from mobile_selfservice.carriers.records import (
    Charge,
    Finding,
    InvoiceHead,
    InvoiceLine,
    Refused,
    Severity,
    UsageItem,
)


def _only(month, row, **cells) -> Charge:
    (charge,) = month.only("charges", row).set("charges", 0, **cells).of(Charge)
    return charge


@pytest.mark.parametrize(
    ("written", "quantity", "is_unlimited", "is_shared"),
    [
        ("6.000(shared)", 6, False, True),
        ("6.000 (Shared)", 6, False, True),
        ("1,000", 1000, False, False),
        ("unlimited", None, True, False),
        ("Unlimited(shared)", None, True, True),
        ("NA", None, False, False),
        (" ", None, False, False),
    ],
)
def test_an_allowance_is_a_number_unlimited_shared_or_nothing(
    month, written, quantity, is_unlimited, is_shared
):
    bucket = _only(month, 5, allowance=written)
    assert (bucket.allowance, bucket.is_unlimited) == (quantity, is_unlimited)
    assert bucket.is_shared is is_shared


@pytest.mark.parametrize("heading", ["sharevoice", "sharemessaging", "sharedata"])
def test_the_size_of_a_pool_stands_under_one_of_three_headings(month, heading):
    cells = dict.fromkeys(("sharevoice", "sharemessaging", "sharedata"), "NA")
    bucket = _only(month, 4, **(cells | {heading: "82000"}))
    assert bucket.pool_size == 82000


def test_an_untagged_monthly_credit_is_a_credit_and_a_tagged_one_is_not(month):
    assert _only(month, 3).category == "credit"


@pytest.mark.parametrize(
    ("tag", "category"), [("Plan", "plan"), ("Feature", "feature")]
)
def test_a_monthly_charge_says_whether_it_is_the_plan(month, tag, category):
    assert _only(month, 3, sharedescription=tag, cost="-5.00").category == category


@pytest.mark.parametrize("category", ["Equipment Charges", "Monthly Charges", "Other"])
def test_a_device_payment_is_equipment_under_any_category(month, category):
    charge = _only(
        month,
        2,
        itemcategory=category,
        itemdescription="Device Payment Agreement 1500000000 - Payment 7 of 24",
        cost="29.16",
    )
    assert (charge.category, charge.amount) == ("equipment", Decimal("29.16"))


def test_late_use_is_charged_on_this_bill_and_said_once(month):
    month.set("charges", 4, usageperiod="Delayed").set("charges", 5, usageperiod="D")
    charges = month.of(Charge)
    assert charges[4].amount == Decimal("15.00")
    (said,) = [one for one in month.of(Finding) if one.column == "Usage Period"]
    assert "2 rows" in said.reason
    assert said.severity is Severity.NOTE


@pytest.mark.parametrize("written", ["12/17 - 01/16", "monthly"])
def test_a_day_that_is_none_keeps_the_charge(month, written):
    charge = _only(month, 2, date=written)
    assert (charge.charged_on, charge.amount) == (None, Decimal("60.00"))
    assert month.errors() == []


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("Roaming", "usage"),
        ("International", "usage"),
        ("In the US", "usage"),
        ("Outside the US", "usage"),
        ("Additional Services", "feature"),
        ("EQUIPMENT CHARGES", "equipment"),
    ],
)
def test_categories_are_known_in_any_spelling(month, category, kind):
    assert _only(month, 2, itemcategory=category).category == kind


def test_an_amount_that_is_none_stops_the_import(month):
    month.set("charges", 2, cost="sixty")
    (error,) = month.errors()
    assert (error.column, error.value) == ("Cost", "sixty")


def test_a_city_cut_short_stays_as_the_carrier_cut_it(month):
    month.only("usage", 3).set("usage", 0, origination="Wallingfor CT")
    assert month.of(UsageItem)[0].origin == "Wallingfor CT"


def test_a_line_that_moved_stands_on_both_accounts(month):
    month.add(
        "accounts", 0, accountnumber="642350544-00002", invoicenumber="9876543211"
    )
    month.add(
        "lines",
        1,
        accountnumber="642350544-00002",
        invoicenumber="9876543211",
        accountchargesandcredits="-10.00",
    )
    lines = month.of(InvoiceLine)
    moved = [one for one in lines if one.number == "+12095550101"]
    assert len(month.of(InvoiceHead)) == len({one.invoice for one in moved}) == 2
    assert month.errors() == []


def test_a_suspended_line_bills_nothing_and_is_a_line(month):
    charged = (
        *("accountchargesandcredits", "monthlycharges", "usageandpurchasecharges"),
        *("equipmentcharges", "totalsurchargesandotherchargesandcredits"),
        *("taxesgovernmentalsurchargesandfees", "thirdpartycharges", "totalcharges"),
    )
    zero = dict.fromkeys(charged, "0.00")
    month.set("lines", 2, **zero)
    assert month.of(InvoiceLine)[1].stated_total == 0


def test_near_headings_are_told_apart_and_a_doubled_one_is_refused(month):
    for at, row in enumerate(month.tables["usage"]):
        row.append("Min." if at == 0 else "9")
    with pytest.raises(Refused, match="stands twice"):
        month.records()
