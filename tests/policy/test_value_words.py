"""A figure of the policy reads as a clerk would say it."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.kinds import Kind, Limit, Row
from mobile_selfservice.policy.value_words import WORDS, value_in_words, value_lines

EXAMPLES = (
    (Decimal("10.00"), Kind.MONEY, "USD per month", "$10.00 per month"),
    (Decimal("0.10"), Kind.RATE, "USD per minute", "$0.10 per minute"),
    (Decimal("0.0375"), Kind.RATE, "USD per message", "$0.0375 per message"),
    (Decimal(50), Kind.PERCENT, "", "50 percent"),
    (Decimal("12.5"), Kind.PERCENT, "percent of the bill", "12.5 percent of the bill"),
    (Limit(">=", Decimal(80)), Kind.LIMIT, "percent", "at least 80 percent"),
    (Limit(">", Decimal(20)), Kind.LIMIT, "", "more than 20"),
    (30, Kind.WHOLE, "days", "30 days"),
    (1, Kind.WHOLE, "days", "1 day"),
    (1, Kind.WHOLE, "calls per statement", "1 call per statement"),
    (1200, Kind.WHOLE, "", "1,200"),
    (True, Kind.FLAG, "", "yes"),
    (False, Kind.FLAG, "", "no"),
    ("next_business_day", Kind.CHOICE, "", "next business day"),
    ("07-01", Kind.TEXT, "", "07-01"),
    (("dependent_care", "other"), Kind.WORDS, "", "dependent care, other"),
    ((), Kind.WORDS, "", "none"),
    (
        (10, 3),
        Kind.NUMBERS,
        "minutes per cycle, cycles",
        "10 minutes per cycle, 3 cycles",
    ),
    (
        (60,),
        Kind.NUMBERS,
        "days until taxed, days until refused",
        "60 days until taxed",
    ),
    ((), Kind.NUMBERS, "", "none"),
    ((-7, -1, 1), Kind.NUMBERS, "days", "-7, -1, 1 days"),
    ((Decimal(50), Decimal(100)), Kind.AMOUNTS, "percent", "50, then 100 percent"),
    (date(2020, 3, 31), Kind.DAY, "", "March 31, 2020"),
    ((date(2026, 7, 3),), Kind.DATES, "", "July 3, 2026"),
    ((Row((("carrier", "V"), ("plan", ""))),), Kind.ROWS, "", "carrier V"),
    ((), Kind.ROWS, "", "none"),
    ((), Kind.AMOUNTS, "", "none"),
    ((), Kind.DATES, "", "none"),
    (
        (date(2026, 7, 3), date(2026, 9, 7)),
        Kind.DATES,
        "",
        "July 3, 2026; September 7, 2026",
    ),
    (
        (
            Row((("every_months", "24"), ("class", "smart"))),
            Row((("every_months", "12"), ("class", ""))),
        ),
        Kind.ROWS,
        "",
        "every months 24, class smart; every months 12",
    ),
)


@pytest.mark.parametrize(("value", "kind", "unit", "words"), EXAMPLES)
def test_a_value_is_said_with_its_unit(value, kind, unit, words):
    assert value_in_words(value, kind, unit) == words


def test_every_kind_can_be_said():
    assert WORDS.keys() == set(Kind)


def test_a_table_and_a_list_of_days_take_a_line_for_each():
    rows = (Row((("class", "cell"),)), Row((("class", "smart"),)))
    days = (date(2026, 7, 3), date(2026, 9, 7))

    assert value_lines(rows, Kind.ROWS) == ("class cell", "class smart")
    assert value_lines(days, Kind.DATES) == ("July 3, 2026", "September 7, 2026")
    two_cells = (Row((("every_months", "24"), ("class", "smart"))),)
    assert value_lines(two_cells, Kind.ROWS) == ("every months 24, class smart",)
    assert value_lines((), Kind.DATES) == ("none",)
    assert value_lines(30, Kind.WHOLE, "days") == ("30 days",)
    assert value_lines((), Kind.ROWS) == ("none",)
