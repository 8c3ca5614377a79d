"""The levels (HL) of an 811: which of them a segment stands in, and whose phone it is.

A level names a telephone by its segments SI, REF or NM1; whatever stands below that
level and names no other belongs to that telephone.
"""

from dataclasses import dataclass

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.x12.splitter import Segment

# ASSUMPTION: no public wireless 811 exists. These qualifiers are those that guides and
# parsers for other telephone services use for a telephone number.
OF_A_TELEPHONE = frozenset({"MN", "TN", "WT", "TE", "MD"})


@dataclass
class Telephone:
    """A number as a level writes it, and who carries it."""

    number: str
    raw: str
    user: str | None = None


@dataclass
class Level:
    """One level: its own number, its kind (HL03), and the telephone it names."""

    own: str
    kind: str
    telephone: Telephone | None = None
    user: str | None = None


class Levels:
    """The levels that are open, outermost first."""

    def __init__(self) -> None:
        self.open: list[Level] = []
        self.count = 0

    def begin(self, segment: Segment) -> None:
        """Open a level under its parent; without one, under the next higher kind."""
        self.count += 1
        level = Level(segment.at(1), segment.at(3))
        parent = segment.at(2)
        while self.open and not _is_under(level, parent, self.open[-1]):
            self.open.pop()
        self.open.append(level)

    @property
    def telephone(self) -> Telephone | None:
        """Give the telephone of the innermost level that names one."""
        for level in reversed(self.open):
            if level.telephone:
                return level.telephone
        return None

    def name(self, telephone: Telephone) -> Telephone:
        """Say whose level the innermost one is; its first number counts."""
        here = self.open[-1]
        if here.telephone is None:
            here.telephone = telephone
            telephone.user = telephone.user or here.user
        return here.telephone

    def name_user(self, user: str) -> None:
        """Say who carries the telephone of the innermost level."""
        here = self.open[-1]
        here.user = here.user or user
        if here.telephone:
            here.telephone.user = here.telephone.user or user


def _is_under(level: Level, parent: str, candidate: Level) -> bool:
    if parent:
        return candidate.own == parent
    if level.kind.isdecimal() and candidate.kind.isdecimal():
        return int(candidate.kind) < int(level.kind)
    return False


def telephone_in(segment: Segment) -> Telephone | None:
    """Find the telephone number that SI, REF or NM1 states."""
    if segment.id == "REF":
        written = segment.at(2) if segment.at(1) in OF_A_TELEPHONE else ""
    elif segment.id == "NM1":
        written = segment.at(9) if numbers.wireless_number(segment.at(9)) else ""
    else:
        written = _in_service(segment)
    if numbers.is_account_level(written):
        return None
    return Telephone(numbers.wireless_number(written) or written, written)


def telephone_of_item(segment: Segment) -> Telephone | None:
    """Find a telephone number among the pairs of qualifier and value of IT1 or SLN."""
    first = 9 if segment.id == "SLN" else 6
    for at in range(first, len(segment.elements) - 1, 2):
        written = segment.at(at + 1)
        if segment.at(at) in OF_A_TELEPHONE and numbers.wireless_number(written):
            return Telephone(numbers.wireless_number(written) or written, written)
    return None


def _in_service(segment: Segment) -> str:
    """Look through SI: pairs of a qualifier and a value, or the value alone."""
    for at in range(2, len(segment.elements)):
        written = segment.at(at)
        is_named = segment.at(at - 1) in OF_A_TELEPHONE and at > 2
        if written and (is_named or numbers.wireless_number(written)):
            return written
    return ""


def user_in(segment: Segment) -> str | None:
    """Find the person or office that NM1 names."""
    names = (segment.at(4), segment.at(5), segment.at(3))
    return " ".join(filter(None, names)) or None
