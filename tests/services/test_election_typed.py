"""What is typed about an election is read whole, or refused in words."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.services.stipends.typed import (
    NotTyped,
    check_typed,
    month_typed,
    need_typed,
)


@pytest.mark.parametrize("share", ["100999", "101", "0000100", "-1", "5.5", "\u0665"])
def test_a_share_of_the_day_beyond_the_whole_day_is_refused(share):
    with pytest.raises(NotTyped, match="from 0 to 100"):
        need_typed({"fixed_share": share})


def test_a_share_of_the_day_is_read_as_typed():
    stated = need_typed({"fixed_share": " 80 % ", "field_share": "100"})
    assert (stated.fixed_share, stated.field_share) == (Decimal(80), Decimal(100))


@pytest.mark.parametrize("months", ["241", "01200", "12345678", "²", "1e2"])
def test_months_that_cannot_be_meant_are_refused_and_never_cut_short(months):
    with pytest.raises(NotTyped, match="at most 240"):
        check_typed({"completed_months": months})
    assert check_typed({"completed_months": "240"}).completed_months == 240


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "2026", ""])
def test_a_last_month_that_cannot_be_meant_is_refused(month):
    with pytest.raises(NotTyped, match="The last month"):
        month_typed(month)
    assert month_typed("2026-07") == date(2026, 7, 1)
