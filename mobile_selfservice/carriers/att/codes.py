"""What AT&T's words mean: sources, rating periods, roaming marks, directions.

No rate code is known beforehand: these files carry no legend, and a rating period alone
says nothing of an allowance. Finance maps the codes.
"""

from mobile_selfservice.carriers.codes import NOT_KNOWN, Treatment
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.records import (
    Direction,
    Kind,
    RatePeriod,
    Unit,
    UsageClass,
)
from mobile_selfservice.carriers.written import said

KINDS = {
    "voice": Kind.VOICE,
    "data": Kind.DATA,
    "messaging": Kind.MESSAGE,
    "message": Kind.MESSAGE,
    "messages": Kind.MESSAGE,
    "text": Kind.MESSAGE,
    "textmessage": Kind.MESSAGE,
    "sms": Kind.MESSAGE,
    "mms": Kind.MESSAGE,
}
UNITS = {
    Kind.VOICE: Unit.MINUTE,
    Kind.MESSAGE: Unit.MESSAGE,
    Kind.DATA: Unit.KILOBYTE,
    Kind.EXTRA: Unit.EVENT,
}
RATE_PERIODS = {
    "dt": RatePeriod.PEAK,
    "nw": RatePeriod.OFF_PEAK,
    "at": RatePeriod.ANYTIME,
}
DIRECTIONS = {
    "in": Direction.IN,
    "i": Direction.IN,
    "incoming": Direction.IN,
    "out": Direction.OUT,
    "o": Direction.OUT,
    "outgoing": Direction.OUT,
}
INCOMING = frozenset({"incoming", "incomingcl"})
HOME = frozenset({"", "home", "h"})
NO = frozenset({"", "0", "n", "no", "false"})
ABROAD = Treatment(UsageClass.INTERNATIONAL, None)
ROAMED = Treatment(UsageClass.ROAMING, None)


def kind_of(source: str) -> Kind:
    """Tell what a row of the detail is, from its source."""
    return KINDS.get(normalized(source), Kind.EXTRA)


def is_incoming(place: str) -> bool:
    """Say whether a place is the carrier's word for an incoming call."""
    return normalized(place) in INCOMING


def is_known_roaming(roam: str) -> bool:
    """Say whether the roaming mark is a word the portal knows."""
    word = normalized(said(roam) or "")
    return word in HOME or _is_abroad(word) or _is_roaming(word)


def treatment_of(known: Treatment, roam: str, international: str) -> Treatment:
    """Tell how the plan treats an item: by its code, else by what is printed.

    A code nobody mapped is not guessed; only the file's own word for an international
    or a roaming item says more.
    """
    if known != NOT_KNOWN:
        return known
    word = normalized(said(roam) or "")
    if normalized(said(international) or "") not in NO or _is_abroad(word):
        return ABROAD
    return ROAMED if _is_roaming(word) else NOT_KNOWN


def _is_abroad(word: str) -> bool:
    return "intl" in word or "international" in word or word == "i"


def _is_roaming(word: str) -> bool:
    return "roam" in word or word == "r"
