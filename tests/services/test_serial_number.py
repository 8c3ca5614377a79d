"""The number a phone is known by."""

import pytest

from mobile_selfservice.services.phones.serial_number import WrongSerial, serial_typed


@pytest.mark.parametrize(
    "typed", ["490154203237518", " 49-015420-323751-8", "490 154 203 237 518"]
)
def test_an_imei_is_kept_as_its_fifteen_digits(typed):
    assert serial_typed(typed) == "490154203237518"


@pytest.mark.parametrize(
    "typed",
    ["490154203237519", "49015420323751", "4901542032375180", "", "abc", "a_b_c_d"],
)
def test_a_wrong_digit_is_found(typed):
    with pytest.raises(WrongSerial):
        serial_typed(typed)


def test_a_makers_serial_number_is_kept_in_capitals():
    assert serial_typed("f2lx 9021-a") == "F2LX9021-A"
