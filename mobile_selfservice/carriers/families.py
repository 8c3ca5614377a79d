"""Every kind of download the portal reads."""

from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.verizon.reader import VERIZON

FAMILIES: tuple[Family, ...] = (VERIZON,)


def known_codes() -> CodeBook:
    """Give what is known of the carriers' codes before an official said anything."""
    return CodeBook(entry for family in FAMILIES for entry in family.codes)
