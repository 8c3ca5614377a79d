"""How the sections of the older AT&T download begin, and what their columns are."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter

from mobile_selfservice.carriers.layout import Layout, Row, normalized

CARRIER = "att"
SECTIONS = Layout(CARRIER, "sections", "AT&T call and data detail in sections", (), ())
CALLS, DATA = "Call Detail", "Data Detail"
RATE_CODE, FEATURE_WORD = "Rate Code", "Feature"

ITEM = "item"
DATE = "date"
TIME = "time"
PARTY = "party"
PLACE = "place"
TYPE = "type"
QUANTITY = "quantity"
CODE = "code"
PERIOD = "period"
FEATURE = "feature"
IN_OUT = "in_out"
AIRTIME = "airtime"
EXTRA = "extra"
TOTAL = "total"

# What each column may be called; letters and digits only, as `normalized` gives them.
CALLED = {
    ITEM: ("item", "itemno", "itemnumber"),
    DATE: ("date", "calldate"),
    TIME: ("time", "calltime"),
    PARTY: ("numbercalled", "tofrom", "numberdialed", "number", "fromto"),
    PLACE: ("callto", "calledto", "destination"),
    TYPE: ("type",),
    QUANTITY: ("min", "mins", "minutes", "msgkbmin", "msgkb", "msgminkb", "kbmsgmin"),
    CODE: ("ratecode",),
    PERIOD: ("ratepd", "rateperiod"),
    FEATURE: ("feature", "features"),
    IN_OUT: ("inout",),
    AIRTIME: ("airtimecharge", "airtimecharges", "airtime"),
    EXTRA: ("ldaddlcharge", "ldaddlcharges", "ldcharge", "addlcharge", "ldaddl"),
    TOTAL: ("totalcharge", "totalcharges", "total"),
}
OF_CALLS = ("numbercalled", "callto")
MONEY = (AIRTIME, EXTRA, TOTAL)
TRAIT = (PLACE, TYPE, CODE, PERIOD, FEATURE, IN_OUT)

TITLE = re.compile(
    r"(?:call|voice|data|text|messag\w{0,9}|usage|airtime|wireless)"
    r"[a-z /&]{0,60}\bdetails?\b(?P<rest>.*)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<!\d)\(?[0-9]{3}\)?[ .\-]*[0-9]{3}[ .\-]*[0-9]{4}(?!\d)")


@dataclass(frozen=True)
class Headings:
    """Where each column stands under one row of headings; -1 where there is none."""

    words: tuple[str, ...]
    at: dict[str, int]
    is_calls: bool

    @property
    def width(self) -> int:
        """How many cells a row has, blank ones at the end of the headings left out."""
        return len(self.words)

    @property
    def section(self) -> str:
        """Name the kind of section these headings stand in."""
        return CALLS if self.is_calls else DATA

    def own_words(self, column: str | None) -> str | None:
        """Give a column as the file spells it."""
        at = self.at.get(column or "", -1)
        return self.words[at].strip() if at >= 0 else None

    def picker(self, *columns: str) -> Callable[[Row], tuple[str, ...]]:
        """Build a fast way to take several cells (two or more) from a row."""
        return itemgetter(*(self.at[column] for column in columns))


def headings_of(row: Row) -> Headings | None:
    """Read a row of headings; None if it is something else.

    Without a date, a quantity and a number or a type, no row under it is an item.
    """
    words = list(row)
    while words and not words[-1].strip():
        words.pop()
    present = [normalized(word) for word in words]
    at = {column: _first_of(names, present) for column, names in CALLED.items()}
    if at[DATE] < 0 or at[QUANTITY] < 0 or max(at[PARTY], at[TYPE]) < 0:
        return None
    is_calls = any(name in present for name in OF_CALLS)
    return Headings(tuple(words), at, is_calls)


def _first_of(names: tuple[str, ...], present: list[str]) -> int:
    return next((at for at, name in enumerate(present) if name in names), -1)


def is_own_headings(row: Row) -> bool:
    """Say whether a row is surely a heading row of this layout, not of another."""
    headings = headings_of(row)
    if headings is None or headings.at[CODE] < 0:
        return False
    present = {normalized(word) for word in row}
    return bool(present & {"numbercalled", "msgkbmin", "tofrom", "ratepd"})
