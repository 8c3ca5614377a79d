"""The number a phone is known by: a 15-digit IMEI, checked, or the maker's serial."""

import re

from mobile_selfservice.services.refusals import Refused

IMEI = re.compile(r"[0-9]{15}")
SERIAL = re.compile(r"[A-Z0-9][A-Z0-9\-]{3,29}")
SPACES = re.compile(r"[\s./]+")


class WrongSerial(Refused):
    """What was typed can be no IMEI and no serial number."""


def serial_typed(text: str) -> str:
    """Return an IMEI or a serial number as it is kept.

    Fifteen digits are an IMEI, whose last digit checks the others (GSMA TS.06, Luhn).

    Raises:
        WrongSerial: if the check digit is wrong, or the text can be no serial number.
    """
    bare = SPACES.sub("", text.strip().upper())
    digits = bare.replace("-", "")
    if IMEI.fullmatch(digits):
        if not _is_luhn(digits):
            raise WrongSerial(
                "This IMEI is not right: its last digit does not fit the others. Dial "
                "*#06# on the phone and type what it shows. Nothing was saved."
            )
        return digits
    if digits.isdigit() and len(digits) in (14, 16):
        raise WrongSerial(
            "An IMEI has 15 digits. Dial *#06# on the phone and type what it shows. "
            "Nothing was saved."
        )
    if not SERIAL.fullmatch(bare):
        raise WrongSerial(
            "Type the phone's IMEI (15 digits) or its serial number: 4 to 30 letters "
            "and digits. Nothing was saved."
        )
    return bare


def _is_luhn(digits: str) -> bool:
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    plain = [int(digit) for digit in digits[-1::-2]]
    return (sum(d - 9 if d > 9 else d for d in doubled) + sum(plain)) % 10 == 0
