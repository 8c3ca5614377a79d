"""Cells and file names of mapped files, each written form by itself."""

from datetime import date, time
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.mapped.file_names import account_in_name, date_in_name
from mobile_selfservice.carriers.mapped.profile import (
    DataUnit,
    DateForm,
    DurationForm,
    TimeForm,
    Written,
)
from mobile_selfservice.carriers.mapped.texts import Texts
from mobile_selfservice.carriers.moments import Day
from mobile_selfservice.carriers.written import Unreadable


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (DateForm.MDY, "7/4/21", Day(7, 4, 2021)),
        (DateForm.MDY, "Sun, 07/04/2021", Day(7, 4, 2021)),
        (DateForm.MDY, "07/04", Day(7, 4, None)),
        (DateForm.MDY, "04-Jul-21", Day(7, 4, 2021)),
        (DateForm.MDY, "2021-07-04", Day(7, 4, 2021)),
        (DateForm.DMY, "04.07.2021", Day(7, 4, 2021)),
        (DateForm.DMY, "04/07", Day(7, 4, None)),
        (DateForm.DMY, "July 4, 2021", Day(7, 4, 2021)),
        (DateForm.YMD, "2021/07/04", Day(7, 4, 2021)),
        (DateForm.YMD, "07/04", Day(7, 4, None)),
        (DateForm.MDY_DIGITS, "07042021", Day(7, 4, 2021)),
        (DateForm.MDY_DIGITS, "7042021", Day(7, 4, 2021)),
        (DateForm.DMY_DIGITS, "04072021", Day(7, 4, 2021)),
        (DateForm.YMD_DIGITS, "20210704", Day(7, 4, 2021)),
    ],
)
def test_a_day_in_the_order_that_is_said(form, text, expected):
    assert Texts(Written(date=form)).day(text) == expected


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (DateForm.MDY, "13/04/2021"),
        (DateForm.MDY, "2021/07/04"),
        (DateForm.MDY, "07042021"),
        (DateForm.MDY, "soon"),
        (DateForm.MDY, "\u0660\u0667/04/2021"),
        (DateForm.DMY, "04/13/2021"),
        (DateForm.MDY_DIGITS, "13042021"),
        (DateForm.MDY_DIGITS, "07/04/2021"),
        (DateForm.YMD_DIGITS, "123"),
    ],
)
def test_a_day_in_another_order_is_refused(form, text):
    with pytest.raises(Unreadable):
        Texts(Written(date=form)).day(text)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("02/18/2022 09:47 AM", Day(2, 18, 2022), time(9, 47)),
        ("Feb 18, 2022, 7:15P", Day(2, 18, 2022), time(19, 15)),
        ("2022-02-18T09:47:05", Day(2, 18, 2022), time(9, 47, 5)),
        ("2022-02-18 09:47:05", Day(2, 18, 2022), time(9, 47, 5)),
        ("02/18/2022 181239", Day(2, 18, 2022), time(18, 12, 39)),
    ],
)
def test_day_and_time_in_one_cell(text, day, clock):
    assert Texts(Written()).moment(text) == (day, clock)


@pytest.mark.parametrize("text", ["02/18/2022", "09:47", "", "x y"])
def test_a_cell_without_both_is_refused(text):
    with pytest.raises(Unreadable):
        Texts(Written()).moment(text)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (TimeForm.HHMMSS, "7 PM"),
        (TimeForm.HHMM, "181239"),
        (TimeForm.HHMM, "2460"),
        (TimeForm.CLOCK, "noon"),
    ],
)
def test_a_time_in_another_form_is_refused(form, text):
    with pytest.raises(Unreadable):
        Texts(Written(time=form)).clock(text)


@pytest.mark.parametrize(
    ("decimal", "text", "expected"),
    [
        (".", "CA$1,234.50", "1234.50"),
        (".", "12.5 CR", "-12.50"),
        (".", "USD 3", "3.00"),
        (".", ".74", "0.74"),
        (",", "1.234,50", "1234.50"),
        (",", "1 234,50 €", "1234.50"),
        (",", "-0,05", "-0.05"),
    ],
)
def test_money_as_it_is_written(decimal, text, expected):
    assert str(Texts(Written(decimal=decimal)).money(text)) == expected


@pytest.mark.parametrize(
    ("decimal", "text"),
    [(".", "1.234,50"), (".", "1,23"), (",", "1,234.50"), (",", "1.23"), (".", "x")],
)
def test_money_in_another_form_is_refused_never_taken_for_a_hundred_times_as_much(
    decimal, text
):
    with pytest.raises(Unreadable):
        Texts(Written(decimal=decimal)).money(text)


def test_data_and_messages_with_and_without_their_unit():
    texts = Texts(Written(data_unit=DataUnit.BYTES))
    assert texts.kilobytes("2048") == 2
    assert texts.kilobytes("100") == Decimal("0.098")
    assert texts.kilobytes("1.5 GB") == Decimal("1572864.0")
    assert texts.kilobytes("512 bytes") == Decimal("0.5")
    assert texts.count("3 Msg") == 3
    with pytest.raises(Unreadable):
        texts.kilobytes("")


def test_minutes_are_never_read_as_seconds():
    with pytest.raises(Unreadable):
        Texts(Written(duration=DurationForm.SECONDS)).minutes("2 min")
    with pytest.raises(Unreadable):
        Texts(Written()).minutes("")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("calls_2021-08-16.csv", date(2021, 8, 16)),
        ("calls_20210816.csv", date(2021, 8, 16)),
        ("calls_202108.csv", date(2021, 8, 31)),
        ("calls_2021-02-31.csv", None),
        ("calls_20210816_20210716.csv", None),
        ("calls.csv", None),
    ],
)
def test_the_date_in_a_files_name(name, expected):
    assert date_in_name(name) == expected


def test_the_account_in_a_files_name_is_its_one_long_number():
    assert account_in_name("bill_555123456_20210816.csv") == "555123456"
    assert account_in_name("bill_555123456_555123457.csv") is None


def test_a_day_out_of_order_is_told_with_how_it_was_read_and_where_to_change_it():
    texts = Texts(Written(date=DateForm.MDY))
    for text in ("13/02/2024", "2024-13-02"):
        with pytest.raises(Unreadable, match="read as month 13, day 2, which"):
            texts.whole_day(text)
    with pytest.raises(Unreadable, match="read as month 2, day 30"):
        texts.whole_day("02/30/2024")


@pytest.mark.parametrize("form", [DurationForm.MINUTES, DurationForm.SECONDS])
def test_a_length_in_another_form_is_told_with_where_to_change_it(form):
    with pytest.raises(Unreadable, match="“Durations are written”"):
        Texts(Written(duration=form)).minutes("7:30")
