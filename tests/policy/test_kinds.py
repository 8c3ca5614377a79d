"""What fits a parameter, and what is refused with the words that would fit."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.kinds import BadValue, Kind, Limit, Row, checked, plain

COLUMNS = ("carrier", "price")


def read(raw, kind, choices=(), columns=()):
    return checked(raw, kind, choices, columns)


@pytest.mark.parametrize(
    ("condition", "below", "at", "above"),
    [
        (">= 20", False, True, True),
        ("> 20", False, False, True),
        ("<= 20", True, True, False),
        ("< 20", True, False, False),
    ],
)
def test_a_limit_holds_on_its_own_side_of_the_border(condition, below, at, above):
    limit = read(condition, Kind.LIMIT)
    measured = [Decimal("19.99"), Decimal(20), Decimal("20.01")]
    assert [limit.holds(each) for each in measured] == [below, at, above]
    assert str(limit) == condition
    assert read(limit, Kind.LIMIT) is limit


@pytest.mark.parametrize("raw", ["20", "= 20", "> x", "> 20 30", "> -1", 20])
def test_a_limit_without_a_side_or_a_number_is_refused(raw):
    with pytest.raises(BadValue, match="is not a bound"):
        read(raw, Kind.LIMIT)


@pytest.mark.parametrize(
    "raw", ["1e12", "1E999999999", "0.0000000000001", "1e-13", "-0.01", "NaN"]
)
def test_an_amount_no_policy_has_is_refused(raw):
    with pytest.raises(BadValue, match="is not a rate"):
        read(raw, Kind.RATE)


@pytest.mark.parametrize("raw", [10**9, -(10**9), 10**30])
def test_a_count_no_policy_has_is_refused(raw):
    with pytest.raises(BadValue, match="is not a whole number"):
        read(raw, Kind.WHOLE)
    with pytest.raises(BadValue, match="is not a list of whole numbers"):
        read([raw], Kind.NUMBERS)


def test_a_table_keeps_its_columns_in_order_and_an_empty_cell_as_nothing():
    (row,) = read([{"price": "50.00", "carrier": "A"}], Kind.ROWS, columns=COLUMNS)
    assert row == Row((("carrier", "A"), ("price", "50.00")))
    assert row["price"] == "50.00"
    (short,) = read([{"carrier": "A"}], Kind.ROWS, columns=COLUMNS)
    assert short["price"] == ""
    assert read([row], Kind.ROWS, columns=COLUMNS) == (row,)


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ("A", "'A' is not a list of rows"),
        (["A"], "'A' is not a row"),
        ([{"plan": "A"}], "plan is not one of carrier, price"),
    ],
)
def test_what_is_no_table_is_refused(raw, complaint):
    with pytest.raises(BadValue, match=complaint):
        read(raw, Kind.ROWS, columns=COLUMNS)


def test_lists_of_amounts_and_single_days_are_read():
    assert read(["50", "100"], Kind.AMOUNTS) == (Decimal(50), Decimal(100))
    assert read("2020-03-31", Kind.DAY) == date(2020, 3, 31)
    assert read(date(2020, 3, 31), Kind.DAY) == date(2020, 3, 31)
    with pytest.raises(BadValue, match="is not a list of amounts"):
        read(["half"], Kind.AMOUNTS)


def test_a_choice_that_is_not_offered_is_refused_with_those_that_are():
    assert read("month", Kind.CHOICE, ("month", "line")) == "month"
    with pytest.raises(BadValue, match="day is not one of month, line"):
        read("day", Kind.CHOICE, ("month", "line"))


def test_a_value_is_written_so_that_it_can_be_read_again():
    written = plain((Row((("carrier", "A"), ("price", "50.00"))),))
    assert written == [{"carrier": "A", "price": "50.00"}]
    assert plain(Limit(">", Decimal(20))) == "> 20"
    assert plain(date(2020, 3, 31)) == "2020-03-31"
    assert plain((Decimal("0.10"), 3)) == ["0.10", 3]
