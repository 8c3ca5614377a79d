"""Every kind of download the portal reads."""

from mobile_selfservice.carriers.att.reader import ATT_PREMIER
from mobile_selfservice.carriers.att_sectioned.reader import ATT_SECTIONED
from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.ting.reader import TING
from mobile_selfservice.carriers.tmobile.reader import T_MOBILE
from mobile_selfservice.carriers.verizon.reader import VERIZON
from mobile_selfservice.carriers.verizon.reports import VERIZON_REPORTS
from mobile_selfservice.carriers.x12.reader import X12_811

FAMILIES: tuple[Family, ...] = (
    VERIZON,
    VERIZON_REPORTS,
    X12_811,
    ATT_PREMIER,
    ATT_SECTIONED,
    T_MOBILE,
    TING,
)


def known_codes() -> CodeBook:
    """Give what is known of the carriers' codes before an official said anything."""
    return CodeBook(entry for family in FAMILIES for entry in family.codes)
