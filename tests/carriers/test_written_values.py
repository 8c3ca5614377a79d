"""Money, quantities, days and hours as carriers write them."""

from datetime import date, time
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.amounts import Bucket, allowance, money, quantity
from mobile_selfservice.carriers.moments import (
    Day,
    bill_period,
    clock_time,
    full_date,
    on_or_before,
    written_day,
)
from mobile_selfservice.carriers.written import (
    REMEMBERED,
    Remembered,
    Unreadable,
    identifier,
)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0.00", "0.00"),
        ("-40926.69", "-40926.69"),
        ("($948.03)", "-948.03"),
        ("$-17.86", "-17.86"),
        ("-$17.86", "-17.86"),
        ("17.86-", "-17.86"),
        ("$1,234.50", "1234.50"),
        (".74", "0.74"),
        ("7", "7.00"),
        ("1.5", "1.50"),
        ("0.0350", "0.035"),
        ('="12.00"', "12.00"),
    ],
)
def test_money_is_exact_however_it_is_written(written, amount):
    assert str(money(written)) == amount


@pytest.mark.parametrize("written", ["", " ", "NA", "n/a", "-", "N/A"])
def test_a_blank_amount_is_none(written):
    assert money(written) is None
    assert quantity(written) is None


@pytest.mark.parametrize(
    "written",
    [
        *("abc", "1,23", "12,34.00", "1.2.3", "1E5", "NaN", "Infinity", "--1", "$"),
        *(
            "(5.00",
            "5.00)",
            "-(5.00)",
            "1 000",
            "\u0663",
            ".",
            "1_0",
            "9" * 13,
            "0.00001",
        ),
    ],
)
def test_what_is_no_money_is_refused(written):
    with pytest.raises(Unreadable):
        money(written)


def test_idle_zeros_of_a_quantity_are_dropped():
    assert str(quantity("167.000000000000000")) == "167"
    assert str(quantity("0.00000000")) == "0"
    assert str(quantity("6.581")) == "6.581"
    assert str(quantity("100")) == "100"


@pytest.mark.parametrize(
    ("written", "bucket"),
    [
        ("6.000(shared)", Bucket(Decimal(6), is_shared=True)),
        ("unlimited", Bucket(is_unlimited=True)),
        ("Unlimited (shared)", Bucket(is_unlimited=True, is_shared=True)),
        ("400", Bucket(Decimal(400))),
        ("NA", Bucket()),
    ],
)
def test_an_allowance_is_a_number_unlimited_or_none(written, bucket):
    assert allowance(written) == bucket


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("07/21", Day(7, 21, None)),
        ("7/1", Day(7, 1, None)),
        ("09/08/21", Day(9, 8, 2021)),
        ("Aug 16, 2021", Day(8, 16, 2021)),
        ("AUGUST 16 2021", Day(8, 16, 2021)),
        ("08-Jan", Day(1, 8, None)),
        ("2021-08-16", Day(8, 16, 2021)),
        ("20210816", Day(8, 16, 2021)),
    ],
)
def test_a_day_is_read_in_every_known_form(written, day):
    assert written_day(written) == day


@pytest.mark.parametrize(
    "written", ["", "soon", "Foo 3", "1/2/3/4", "\u0660\u0667/\u0662\u0661"]
)
def test_what_is_no_day_is_refused(written):
    with pytest.raises(Unreadable):
        written_day(written)


@pytest.mark.parametrize("written", ["07/21", "02/30/2021", "00/01/21", "1/1/0000"])
def test_a_full_date_needs_a_year_and_a_real_day(written):
    with pytest.raises(Unreadable):
        full_date(written)


def test_a_day_is_set_into_the_year_before_the_cycle_ends():
    end = date(2022, 1, 16)
    assert on_or_before(Day(1, 16, None), end) == end
    assert on_or_before(Day(1, 17, None), end) == date(2021, 1, 17)
    assert on_or_before(Day(12, 31, None), end) == date(2021, 12, 31)


def test_a_leap_day_needs_a_leap_year():
    assert on_or_before(Day(2, 29, None), date(2024, 3, 16)) == date(2024, 2, 29)
    with pytest.raises(Unreadable, match="02/29 in the year 2023"):
        on_or_before(Day(2, 29, None), date(2023, 3, 16))


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("7:15A", time(7, 15)),
        ("12:00A", time(0, 0)),
        ("12:00P", time(12, 0)),
        ("12:00AM", time(0, 0)),
        ("10:07PM", time(22, 7)),
        ("10:18 am", time(10, 18)),
        ("11:59 p.m.", time(23, 59)),
        ("00:04", time(0, 4)),
        ("181239", time(18, 12, 39)),
    ],
)
def test_a_time_is_read_in_every_known_form(written, clock):
    assert clock_time(written) == clock


@pytest.mark.parametrize(
    "written", ["0:15A", "13:00P", "24:00", "7:60A", "7A", "", "x"]
)
def test_what_is_no_time_is_refused(written):
    with pytest.raises(Unreadable):
        clock_time(written)


@pytest.mark.parametrize(
    ("written", "bill", "first", "last"),
    [
        ("Jul 17 -Aug 16 ", date(2021, 8, 16), date(2021, 7, 17), date(2021, 8, 16)),
        ("Dec 17 - Jan 16", date(2022, 1, 16), date(2021, 12, 17), date(2022, 1, 16)),
        ("Dec 2 - Jan 1", date(2021, 12, 31), date(2021, 12, 2), date(2022, 1, 1)),
        ("Jan 30 -Feb 29", date(2024, 3, 1), date(2024, 1, 30), date(2024, 2, 29)),
    ],
)
def test_a_period_takes_its_years_from_the_bill(written, bill, first, last):
    period = bill_period(written, bill)
    assert (period.first, period.last, period.inferred) == (first, last, True)


def test_a_period_with_years_is_taken_as_written():
    period = bill_period("Jul 17 2021 - Aug 16 2021", date(2021, 8, 16))
    assert not period.inferred


@pytest.mark.parametrize(
    "written", ["", "July", "Jul 17", "Feb 30 - Feb 31", "Aug 16 2022 - Jul 17 2021"]
)
def test_what_is_no_period_is_refused(written):
    with pytest.raises(Unreadable):
        bill_period(written, date(2021, 8, 16))


def test_an_identifier_is_text_and_keeps_its_zeros():
    assert identifier('="00123-0001"') == "00123-0001"
    assert identifier("9,876,543,210") == "9876543210"
    for rounded in ("2.87299E+11", "3e+08", ""):
        with pytest.raises(Unreadable):
            identifier(rounded)


def test_a_memory_that_grows_too_large_is_emptied():
    lengths = Remembered(len)
    for at in range(REMEMBERED + 1):
        assert lengths[str(at)] == len(str(at))
    assert len(lengths) == 1


def test_a_cell_of_many_blanks_takes_no_longer_than_another():
    with pytest.raises(Unreadable):
        allowance("1" + " " * 60_000 + "x")
    with pytest.raises(Unreadable):
        bill_period("Jul 1" + " " * 60_000 + "x", date(2021, 8, 16))
