"""AT&T's raw file: rows told apart by section and level, with headings or without."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.reading import read
from mobile_selfservice.carriers.records import (
    Charge,
    Finding,
    InvoiceHead,
    InvoiceLine,
    Severity,
    Verdict,
)
from tests.carriers.att.att_month import (
    BALANCE,
    BAN,
    BAN_ROW,
    CURRENT,
    EQUIPMENT,
    FAN_ROW,
    FIRST,
    KEY,
    LINE_CHARGE,
    PAYMENT,
)

EVERY = (FAN_ROW, BALANCE, PAYMENT, CURRENT, EQUIPMENT, LINE_CHARGE)
SUMMARY = BAN_ROW | {
    att.LEVEL: "CTN",
    "Wireless Number": FIRST,
    "User Name": "MARIA EXAMPLE",
    "Section_1": "Wireless Line Summary",
    "Monthly Service": "40.00",
    "Government Fees & Taxes": "2.47",
    "Total Charge": "42.47",
}


@pytest.fixture
def raw(month):
    """A raw file alone."""
    return month.has(raw=EVERY).only("raw")


def heads(month) -> dict[str, InvoiceHead]:
    return {head.account: head for head in month.of(InvoiceHead)}


def test_the_foundation_accounts_invoice_ties_and_its_payment_is_negative(raw):
    stated = heads(raw)["01234567"].stated
    assert stated["payments"] == Decimal("-150.00")
    assert stated["balance_forward"] == Decimal("0.00")
    checks = [one for one in raw.reading().checks if one.invoice == "01234567/20000001"]
    assert {one.verdict for one in checks} == {Verdict.OK}
    assert len(checks) == 3


def test_the_foundation_account_is_dated_apart_from_its_billing_accounts(raw):
    found = heads(raw)
    assert found["01234567"].bill_date == date(2024, 3, 16)
    assert found["01234567"].due_on == date(2024, 4, 15)
    assert found[BAN].bill_date == date(2024, 3, 2)
    assert found[BAN].master_account == "01234567"


def test_the_totals_of_a_billing_account_stand_in_its_rows(raw):
    assert heads(raw)[BAN].stated == {
        "previous_balance": Decimal("150.00"),
        "payments": Decimal("-150.00"),
        "current": Decimal("117.47"),
    }


def test_billing_accounts_that_do_not_come_to_the_foundations_total_warn(raw):
    raw.set("raw", 3, Amount="100.00")
    (check,) = [one for one in raw.reading().checks if "billing accounts" in one.name]
    assert (check.verdict, check.difference) == (Verdict.WARNING, Decimal("-17.47"))


def test_an_account_charge_has_its_kind_its_day_and_its_amount(raw):
    charge = next(one for one in raw.of(Charge) if one.number is None)
    assert (charge.category, charge.amount) == ("equipment", Decimal("0.99"))
    assert charge.charged_on == date(2024, 1, 30)


def test_a_lines_charge_tells_of_its_allowance(raw):
    charge = next(one for one in raw.of(Charge) if one.number)
    assert (charge.number, charge.category) == (f"+1{FIRST}", "plan")
    assert (charge.unit, charge.allowance, charge.used) == ("minutes", 700, 12)
    assert charge.amount == Decimal("40.00")


def test_the_raw_files_total_is_what_the_lines_have_to_come_to(month):
    month.has(raw=[CURRENT])
    (head,) = month.of(InvoiceHead)
    assert head.stated == {"current": Decimal("117.47"), "account_level": Decimal(15)}
    names = {one.words: one.verdict for one in month.reading().checks}
    assert names["lines + account rows = total current charges"] is Verdict.OK


def test_a_lines_row_of_totals_makes_the_line(raw):
    raw.has(raw=[*EVERY, SUMMARY])
    (line,) = raw.of(InvoiceLine)
    assert (line.user_name, line.is_stated) == ("MARIA EXAMPLE", True)
    assert line.stated_total == sum(line.stated.values()) == Decimal("42.47")
    assert heads(raw)[BAN].stated["account_level"] == Decimal("0.99")


@pytest.mark.parametrize(
    ("total", "verdict"), [("42.47", Verdict.OK), ("41.00", Verdict.FAILED)]
)
def test_two_reports_of_one_line_have_to_agree(month, total, verdict):
    month.has(raw=[SUMMARY | {"Total Charge": total}])
    assert len(month.of(InvoiceLine)) == 2
    names = {one.words: one.verdict for one in month.reading().checks}
    assert names["total of the raw file = total of the report"] is verdict


def test_the_invoice_number_of_a_billing_account_counts_where_it_is_printed(month):
    month.has(raw=[CURRENT | {"BAN Invoice Number": "X9,876"}])
    assert {one.number for one in month.of(InvoiceHead)} == {"X9,876"}
    assert {one.invoice for one in month.of(InvoiceLine)} == {f"{BAN}/X9,876"}


def test_an_unknown_section_is_kept_and_counted(raw):
    raw.has(raw=[EQUIPMENT | {att.SECTION: "ZZZ"}, EQUIPMENT | {att.SECTION: "ZZZ"}])
    assert [one.amount for one in raw.of(Charge)] == [Decimal("0.99")] * 2
    (finding,) = [one for one in raw.of(Finding) if "“ZZZ”" in one.reason]
    assert "2 rows" in finding.reason
    assert finding.severity is Severity.WARNING


def test_words_the_portal_does_not_know_make_a_one_time_charge_and_are_said(raw):
    words = {"Section_2": "Moon dust", "Section_3": "", "Section_4": ""}
    raw.has(raw=[EQUIPMENT | words])
    assert raw.of(Charge)[0].category == "one_time"
    assert any("Moon dust" in one.reason for one in raw.of(Finding))


@pytest.mark.parametrize(
    ("words", "category"),
    [
        (("Government Fees and Taxes", "State Sales Tax"), "tax"),
        (("Company Fees & Surcharges", "Regulatory Cost Recovery"), "surcharge"),
        (("Monthly Service Charges", "Rate Plan", "Nation 450"), "plan"),
        (("Monthly Service Charges", "Messaging 200"), "feature"),
        (("Usage Charges", "Voice"), "usage"),
        (("Credits, Adjustments & Other Charges", "Installment 3 of 20"), "equipment"),
        (("Credits, Adjustments & Other Charges", "Late Payment Charge"), "late_fee"),
        (("Non-Comm Related Charges", "Ringtone"), "third_party"),
    ],
)
def test_charges_fall_into_the_portals_categories(raw, words, category):
    path = {f"Section_{at}": part for at, part in enumerate(words, 1)}
    raw.has(raw=[BAN_ROW | path | {"Amount": "1.00"}])
    assert raw.of(Charge)[0].category == category


def test_a_row_of_totals_is_no_charge_again(raw):
    total = EQUIPMENT | {"Section_3": "Total Equipment", "Section_4": ""}
    raw.has(raw=[EQUIPMENT, total])
    assert len(raw.of(Charge)) == 1
    assert any("total of other rows" in one.reason for one in raw.of(Finding))


def test_amounts_that_differ_in_one_row_are_remarked_on(raw):
    raw.has(raw=[EQUIPMENT | {"Total": "1.05"}])
    assert raw.of(Charge)[0].amount == Decimal("0.99")
    assert any("several amounts" in one.reason for one in raw.of(Finding))


def test_cost_and_tax_of_a_purchase_are_two_charges(raw):
    bought = LINE_CHARGE | {
        "Section_1": "Purchases",
        "Section_2": "",
        "Section_3": "",
        "Monthly Charge": "",
        "Minutes Included in Plan": "",
        "Minutes Used": "",
        "Billed Minutes": "",
        "Content provider": "ACME TONES",
        "Item Description": "Tone",
        "Date": "20240210",
        "Cost": "2.00",
        "Tax": "0.17",
    }
    tone, tax = raw.has(raw=[bought]).of(Charge)
    assert (tone.category, tone.vendor, tone.amount) == (
        "third_party",
        "ACME TONES",
        Decimal("2.00"),
    )
    assert (tax.category, tax.amount) == ("tax", Decimal("0.17"))


def test_a_label_row_says_nothing_and_is_passed_over(raw):
    label = FAN_ROW | {att.SECTION: "SL", "Section_2": "User Name", "Section_3": "X"}
    raw.has(raw=[FAN_ROW, {**label, "FAN Invoice Total Current Charges": ""}])
    assert raw.of(Charge) == []
    assert raw.errors() == []


@pytest.mark.parametrize("headings", [True, False])
def test_a_raw_file_reads_alike_with_headings_and_without(raw, headings):
    with_headings = [
        one for one in raw.records(headings=True) if not isinstance(one, Finding)
    ]
    other = raw.records(headings=headings)
    found = [one for one in other if not isinstance(one, Finding)]
    assert [type(one) for one in found] == [type(one) for one in with_headings]
    assert found[0] == with_headings[0]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Amount": "1.2.3"}, "Amount"),
        ({att.PERIOD_END: "20240230"}, att.PERIOD_END),
        ({att.RAW_ACCOUNT: "2.87E+11"}, att.RAW_ACCOUNT),
        ({att.LEVEL: "XXX"}, att.LEVEL),
        ({"Equipment Transaction Date": "soon"}, "Equipment Transaction Date"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_once(raw, cells, column):
    raw.has(raw=[BALANCE, EQUIPMENT | cells])
    (error,) = raw.errors()
    assert (error.line, error.column) == (3, column)


def test_a_row_cut_off_is_refused(raw):
    (path,) = raw.write()
    path.write_bytes(path.read_bytes()[:-60])
    assert any("cells under 133" in one.reason for one in raw_errors(path))


def raw_errors(path) -> list[Finding]:
    return [one for one in read(path).findings if one.severity is Severity.ERROR]


def test_the_same_invoice_is_meant_in_every_report(month):
    month.has(raw=EVERY)
    assert {one.key for one in month.of(InvoiceHead)} == {
        f"{BAN}/{KEY}",
        "01234567/20000001",
    }


def test_the_label_a_city_calls_cost_center_tells_a_lines(raw):
    label = FAN_ROW | {"FAN User Defined Label 2": "COST CENTER"}
    line = SUMMARY | {"Service ID 2 (UDL 2 - CTN Level)": "100-200"}
    assert raw.has(raw=[label, line]).of(InvoiceLine)[0].cost_center == "100-200"


def test_pipes_at_the_end_of_a_headless_row_are_passed_over(raw):
    (path,) = raw.has(raw=[EQUIPMENT]).write(headings=False)
    path.write_text(path.read_text("utf-8").rstrip() + "||", "utf-8")
    assert raw_errors(path) == []


def test_an_accounts_charge_is_not_itemized_by_two_reports(month):
    month.has(raw=[CURRENT, EQUIPMENT | {"Amount": "15.00"}])
    own = [one.amount for one in month.of(Charge) if one.number is None]
    assert own == [Decimal("15.00")]
    names = {one.words: one.verdict for one in month.reading().checks}
    assert names["charges itemized for the account = account rows"] is Verdict.OK
