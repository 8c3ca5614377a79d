"""What an 811 says of the invoice, its lines, charges and calls."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.codes import CodeEntry, Standing, Treatment, UsageCode
from mobile_selfservice.carriers.guidance import CodeBook, Guidance, Particulars
from mobile_selfservice.carriers.reading import records
from mobile_selfservice.carriers.records import (
    Charge,
    Direction,
    InvoiceHead,
    InvoiceLine,
    Severity,
    UsageClass,
    UsageItem,
    Verdict,
)
from tests.carriers.x12.interchange import (
    ACCOUNT,
    FIRST,
    HEADING,
    SECOND,
    SUMMARY,
    WHOLE,
    interchange,
    read_text,
    read_whole,
    statement,
)


def _of(folder, kind, *parts, guidance=None):
    path = folder / "one.edi"
    path.write_text(interchange(statement(*(parts or WHOLE))))
    with opened(path) as download:
        return [one for one in records(download, guidance) if isinstance(one, kind)]


def _charges(folder, *rows):
    """Read charges that stand in the level of line …0101."""
    level = ("HL*3*2*8*0", "SI*TI*TN*2095550101", *rows)
    return [
        (one.description, one.amount, one.category)
        for one in _of(folder, Charge, HEADING, ACCOUNT, level, SUMMARY)
        if one.number
    ]


def test_the_head_is_what_heading_and_summary_say(tmp_path):
    (head,) = _of(tmp_path, InvoiceHead)
    assert (head.account, head.number) == ("642350544-00001", "9876543210")
    assert (head.bill_date, head.due_on) == (date(2022, 1, 16), date(2022, 2, 8))
    assert (head.period_from, head.period_through) == (
        date(2021, 12, 17),
        date(2022, 1, 16),
    )
    assert (head.master_account, head.bill_name) == (
        "642350544",
        "CITY OF ALDER CREEK",
    )
    assert head.carrier == "alder telephone"
    assert not head.period_inferred


def test_totals_are_cents_and_balances_have_their_point(tmp_path):
    (head,) = _of(tmp_path, InvoiceHead)
    assert head.stated["current"] == Decimal("70.78")
    assert head.stated["previous_balance"] == Decimal("65.00")
    assert head.stated["payments"] == Decimal("-65.00")
    assert head.stated["due"] == Decimal("70.78")


def test_the_whole_invoice_ties_to_the_cent(tmp_path):
    reading = read_whole(tmp_path)
    assert {one.verdict for one in reading.checks} == {Verdict.OK}


def test_a_total_that_the_charges_do_not_come_to_fails(tmp_path):
    reading = read_whole(tmp_path, *WHOLE[:4], ("TDS*7178", *SUMMARY[1:3]))
    (failed,) = [one for one in reading.checks if one.verdict is Verdict.FAILED]
    assert (failed.expected, failed.found) == (Decimal("71.78"), Decimal("70.78"))


def test_a_total_with_what_was_owed_before_is_the_amount_due(tmp_path):
    summary = ("TDS*8078", "BAL*M*PB*75.00", "BAL*M*TP*-65.00")
    (head,) = _of(tmp_path, InvoiceHead, *WHOLE[:4], summary)
    assert head.stated["current"] == Decimal("70.78")
    assert head.stated["due"] == Decimal("80.78")


def test_lines_are_the_levels_that_name_a_telephone(tmp_path):
    first, second = _of(tmp_path, InvoiceLine)
    assert (first.number, first.user_name) == ("+12095550101", "WREN AMES")
    assert first.stated == {
        "monthly_charges": Decimal("29.99"),
        "usage": Decimal("1.30"),
    }
    assert second.stated_total == Decimal("34.99")
    assert first.usage == {}


def test_a_charge_below_a_telephones_level_is_that_telephones(tmp_path):
    below = ("HL*5*3*9*0", "IT1*1*1*EA*2.50", "PID*F****VOICE MAIL")
    aside = ("HL*6*2*9*0", "IT1*1*1*EA*7.00", "PID*F****OF THE ACCOUNT")
    found = {
        one.description: one.number
        for one in _of(tmp_path, Charge, HEADING, ACCOUNT, FIRST, below, aside, SUMMARY)
    }
    assert found["VOICE MAIL"] == "+12095550101"
    assert found["OF THE ACCOUNT"] is None


def test_levels_without_a_parent_nest_by_their_kind(tmp_path):
    levels = ("HL*1**2", "HL*2**8", "REF*MN*2095550101", "HL*3**9", "IT1*1*1*EA*1.00")
    (charge,) = _of(tmp_path, Charge, HEADING, levels, SUMMARY)
    assert charge.number == "+12095550101"


def test_a_number_within_an_item_says_whose_it_is(tmp_path):
    rows = ("IT1*1*1*EA*4.00", "SI*TI*TN*2095550102")
    level = ("HL*3*2*8*0", *rows)
    (charge,) = [
        one
        for one in _of(tmp_path, Charge, HEADING, ACCOUNT, level, SUMMARY)
        if one.raw_category == "IT1"
    ]
    assert charge.number == "+12095550102"


def test_the_same_charge_as_sln_and_as_it1_counts_once(tmp_path):
    once = ("SLN*1**A*1*EA*9.99", "PID*F****VOICE MAIL", "IT1*1*1*EA*9.99")
    assert _charges(tmp_path, *once) == [("VOICE MAIL", Decimal("9.99"), "feature")]


def test_items_in_the_standards_order_count_once_each_too(tmp_path):
    rows = (
        *("IT1*1*1*EA*9.99", "PID*F****A", "IT1*2*1*EA*4.00", "PID*F****B"),
        *("SLN*1**A*1*EA*9.99", "PID*F****A", "SLN*2**A*1*EA*4.00", "PID*F****B"),
    )
    assert [one[:2] for one in _charges(tmp_path, *rows)] == [
        ("A", Decimal("9.99")),
        ("B", Decimal("4.00")),
    ]


def test_an_item_may_name_its_telephone_among_its_products(tmp_path):
    level = ("HL*3*2*8*0", "IT1*1*1*EA*4.00**VP*CITY200*MN*2095550102")
    (charge,) = [
        one
        for one in _of(tmp_path, Charge, HEADING, ACCOUNT, level, SUMMARY)
        if one.raw_category == "IT1"
    ]
    assert (charge.number, charge.description) == ("+12095550102", "CITY200")


def test_an_invoice_that_names_no_telephone_says_so(tmp_path):
    level = ("HL*3*2*8*0", "IT1*1*1*EA*4.00")
    reading = read_whole(tmp_path, HEADING, ACCOUNT, level, SUMMARY)
    assert any("on no one's bill" in one.reason for one in reading.findings)
    assert not any("on no one's" in one.reason for one in read_whole(tmp_path).findings)


def test_two_charges_of_one_amount_are_two(tmp_path):
    two = ("SLN*1**A*1*EA*9.99", "PID*F****A", "IT1*1*1*EA*9.99", "PID*F****B")
    assert [one[0] for one in _charges(tmp_path, *two)] == ["A", "B"]
    same = ("IT1*1*1*EA*9.99", "PID*F****A", "IT1*2*1*EA*9.99", "PID*F****A")
    assert len(_charges(tmp_path, *same)) == 2


def test_a_third_item_of_the_same_amount_is_a_charge_of_its_own(tmp_path):
    rows = ("SLN*1**A*1*EA*9.99", "IT1*1*1*EA*9.99", "SLN*2**A*1*EA*9.99")
    assert len(_charges(tmp_path, *rows)) == 2


def test_description_and_amount_may_come_before_their_item(tmp_path):
    rows = (
        *("PID*F****VOICE MAIL", "AMT*1*2.50", "SLN*1**A*1"),
        *("PID*F****CALLER ID", "AMT*1*1.25", "SLN*2**A*1"),
    )
    assert _charges(tmp_path, *rows) == [
        ("VOICE MAIL", Decimal("2.50"), "feature"),
        ("CALLER ID", Decimal("1.25"), "feature"),
    ]


def test_description_and_amount_may_come_after_their_item(tmp_path):
    rows = (
        *("SLN*1**A*1", "PID*F****VOICE MAIL", "AMT*1*2.50"),
        *("SLN*2**A*1", "PID*F****CALLER ID", "AMT*1*1.25"),
    )
    assert [one[:2] for one in _charges(tmp_path, *rows)] == [
        ("VOICE MAIL", Decimal("2.50")),
        ("CALLER ID", Decimal("1.25")),
    ]


def test_a_service_may_be_described_without_touching_its_items(tmp_path):
    rows = ("LX*1", "PID*F****WIRELESS", "AMT*1*99.00", "IT1*1*1*EA*2.00", "PID*F****A")
    assert _charges(tmp_path, *rows) == [("A", Decimal("2.00"), "feature")]


def test_quantity_times_price_is_exact(tmp_path):
    rows = ("IT1*1*3*EA*0.3333*ME*VP*MINUTES",)
    assert _charges(tmp_path, *rows) == [("MINUTES", Decimal("0.9999"), "feature")]


def test_an_amount_finer_than_a_hundredth_of_a_cent_is_refused(tmp_path):
    level = ("HL*3*2*8*0", "IT1*1*1.5*EA*0.3333")
    reading = read_whole(tmp_path, HEADING, ACCOUNT, level, SUMMARY)
    (error,) = [one for one in reading.findings if one.severity is Severity.ERROR]
    assert error.column.startswith("IT104")


@pytest.mark.parametrize(
    ("row", "amount", "category"),
    [
        ("ITA*C**LPC*06***150******LATE CHARGE", "1.50", "one_time"),
        ("ITA*A**DISC*06***150******DISCOUNT", "-1.50", "credit"),
        ("ITA*A**DISC*06***-150******DISCOUNT", "-1.50", "credit"),
        ("SAC*C*B660***1500**********INSURANCE", "15.00", "one_time"),
        ("SAC*A*F050***1000**********CREDIT", "-10.00", "credit"),
        ("USD*A**0.25***4", "1.00", "usage"),
        ("USD*A**0.25***4**0.90", "0.90", "usage"),
        ("TXI*ST*5.50", "5.50", "tax"),
        ("TXI*ST*500", "500.00", "tax"),
        ("IT1*1*1*EA*-3.00", "-3.00", "credit"),
    ],
)
def test_implied_cents_and_written_points_are_told_apart(
    tmp_path, row, amount, category
):
    ((_, found, kind),) = _charges(tmp_path, row)
    assert (found, kind) == (Decimal(amount), category)


def test_cents_with_a_point_are_read_with_it_and_remarked_on(tmp_path):
    level = ("HL*3*2*8*0", "SAC*C*B660***15.00")
    reading = read_whole(tmp_path, HEADING, ACCOUNT, level, SUMMARY)
    assert any("whole cents" in one.reason for one in reading.findings)


@pytest.mark.parametrize(
    "row",
    [
        "TXI*ST*5.50*****I",
        "TXI*ST*5.50*****O",
        "ITA*C**X*06***150******Y***I",
        "ITA*N**X*06***150",
        "ITA*A***06",
    ],
)
def test_an_amount_that_is_counted_elsewhere_is_not_counted_again(tmp_path, row):
    assert _charges(tmp_path, row) == []


def test_an_item_without_an_amount_is_remarked_on(tmp_path):
    level = ("HL*3*2*8*0", "IT1*1*1*EA")
    reading = read_whole(tmp_path, HEADING, ACCOUNT, level, SUMMARY)
    assert any("states no amount" in one.reason for one in reading.findings)


def test_segments_that_are_not_read_are_counted(tmp_path):
    reading = read_whole(tmp_path, HEADING, ("ZZZ*1", "ZZZ*2"), *WHOLE[1:])
    (said,) = [one for one in reading.findings if "ZZZ" in one.reason]
    assert "2 rows" in said.reason


def test_an_invoice_that_names_no_account_takes_what_people_told(tmp_path):
    told = Guidance(particulars=Particulars(account="A-1"))
    heading = tuple(one for one in HEADING if not one.startswith("REF"))
    (head,) = _of(tmp_path, InvoiceHead, heading, *WHOLE[1:], guidance=told)
    assert head.account == "A-1"


def test_an_invoice_without_its_beginning_is_dated_by_its_period_and_said(tmp_path):
    heading = tuple(one for one in HEADING if not one.startswith("BIG"))
    text = interchange(statement(heading, *WHOLE[1:]))
    reading = read_text(tmp_path, text)
    (invoice,) = reading.invoices.values()
    assert invoice.head.number == "not stated 2022-01"
    assert invoice.head.bill_date == date(2022, 1, 16)
    assert invoice.head.period_inferred
    assert sum("does not state" in one.reason for one in reading.findings) == 1


def test_an_invoice_that_cannot_be_dated_is_refused(tmp_path):
    reading = read_whole(tmp_path, ("ST*811*1",), ("HL*1**1",), ("TDS*0",))
    assert reading.is_refused


class TestCalls:
    """TCD."""

    def test_a_call_has_its_moment_its_minutes_and_its_price(self, tmp_path):
        first, _ = _of(tmp_path, UsageItem)
        assert first.started == datetime.fromisoformat("2022-01-03T07:15")
        assert (first.quantity, first.charged) == (2, Decimal("1.00"))
        assert (first.other_party, first.direction) == ("2095550160", Direction.OUT)
        assert first.row_no == 1

    def test_minutes_may_be_tenths_and_taxes_are_the_calls_own(self, tmp_path):
        _, second = _of(tmp_path, UsageItem)
        assert second.quantity == Decimal("1.5")
        assert (second.airtime, second.extra, second.tax) == (
            Decimal("0.00"),
            Decimal("0.20"),
            Decimal("0.10"),
        )

    def test_a_call_from_a_number_to_a_place_came_in(self, tmp_path):
        _, second = _of(tmp_path, UsageItem)
        assert second.direction is Direction.IN
        assert second.other_party_number == "+12095550161"
        assert second.destination == "SACRAMENTO CA"

    def test_the_net_price_counts_not_the_undiscounted_one(self, tmp_path):
        assert self._call(tmp_path, "*3**1.00*0.75").airtime == Decimal("0.75")

    def test_seconds_beyond_the_minutes_are_added(self, tmp_path):
        assert self._call(tmp_path, "*3*30").quantity == Decimal("3.5")
        assert self._call(tmp_path, "**90").quantity == Decimal("1.5")
        assert self._call(tmp_path, "*2*95").quantity == 2

    def test_a_price_that_is_counted_elsewhere_is_left_out(self, tmp_path):
        assert self._call(tmp_path, "*3**1.00****I").charged == 0

    def test_a_call_says_nothing_of_the_allowance_until_it_is_mapped(self, tmp_path):
        first, _ = _of(tmp_path, UsageItem)
        assert (first.usage_class, first.counts) == (UsageClass.UNKNOWN, None)
        entry = CodeEntry(
            "alder telephone",
            UsageCode(""),
            Treatment(UsageClass.ALLOWANCE, counts=True),
            standing=Standing.SET,
        )
        told = Guidance(codes=CodeBook([entry]))
        assert _of(tmp_path, UsageItem, guidance=told)[0].counts

    def test_a_call_of_no_telephone_is_the_accounts_and_said(self, tmp_path):
        level = ("HL*3*2*8*0", FIRST[5])
        (charge,) = [
            one
            for one in _of(tmp_path, Charge, HEADING, ACCOUNT, level, SUMMARY)
            if one.raw_category == "TCD"
        ]
        assert (charge.number, charge.amount) == (None, Decimal("1.00"))

    def test_a_call_without_a_day_is_refused_with_its_place(self, tmp_path):
        level = ("HL*3*2*8*0", "SI*TI*TN*2095550101", "TCD*1**0715*******2")
        reading = read_whole(tmp_path, HEADING, ACCOUNT, level, SUMMARY)
        (error,) = [one for one in reading.findings if one.severity is Severity.ERROR]
        assert error.column.startswith("TCD02")
        assert error.line == 17

    def test_a_call_before_the_period_is_late(self, tmp_path):
        level = ("HL*3*2*8*0", SECOND[1], "TCD*1*20211201*0715*******2")
        (item,) = _of(tmp_path, UsageItem, HEADING, ACCOUNT, level, SUMMARY)
        assert item.is_late

    def _call(self, folder, rest):
        row = f"TCD*1*20220103*0715*TN*2095550160*CA***{rest}"
        level = ("HL*3*2*8*0", "SI*TI*TN*2095550101", row)
        (item,) = _of(folder, UsageItem, HEADING, ACCOUNT, level, SUMMARY)
        return item
