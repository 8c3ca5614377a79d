"""What a carrier's rate codes mean: how the plan treats an item, and whether it counts.

A carrier says it in one cell (`PlanAllow`) or in three (rate code `RM45`, rate period
`DT`, feature `M2MC`). What nobody has said of a code is not known, and never guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.records import UsageClass

BETWEEN = " · "


class Treatment(NamedTuple):
    """How the plan treats a code, and whether it uses up the allowance."""

    usage_class: UsageClass
    counts: bool | None


NOT_KNOWN = Treatment(UsageClass.UNKNOWN, None)


class UsageCode(NamedTuple):
    """A rate code, the rate period and the feature beside it; any may be blank."""

    code: str
    period: str = ""
    feature: str = ""

    @property
    def text(self) -> str:
        """Write the code in one cell, `RM45 · DT · M2MC`, without blanks at the end."""
        parts = list(self)
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        return BETWEEN.join(parts)

    @classmethod
    def of(cls, text: str) -> "UsageCode":
        """Read what `text` writes."""
        return cls(*(part.strip() for part in text.split(BETWEEN.strip(), 2)))

    @property
    def normalized(self) -> "UsageCode":
        """Reduce each part to its letters and digits in lower case."""
        return UsageCode(*map(normalized, self))


class Standing(IntEnum):
    """Whose word an entry is; a higher one is heard first."""

    KNOWN = 0
    LEGEND = 1
    SET = 2


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """What one code of a carrier means, from a bill date on.

    A blank part of the code stands for any, unless the entry `is_exact`: then for a
    blank cell. `standing` says who said it: the portal's own list, the legend of the
    carrier's file, or an official.
    """

    carrier: str
    code: UsageCode
    treatment: Treatment
    valid_from: date | None = None
    standing: Standing = Standing.KNOWN
    is_exact: bool = False

    def speaks_of(self, carrier: str, code: UsageCode, on: date) -> bool:
        """Say whether the entry is about this (normalized) code on a bill's date."""
        if carrier != self.carrier or (self.valid_from and on < self.valid_from):
            return False
        if self.is_exact:
            return self.code.normalized == code
        return all(
            not own or own == part
            for own, part in zip(self.code.normalized, code, strict=True)
        )

    @property
    def weight(self) -> tuple[int, bool, bool, int, date]:
        """Order entries: an official's word, exact, the code, more said, later."""
        said = sum(map(bool, self.code))
        since = self.valid_from or date.min
        return self.standing, self.is_exact, bool(self.code.code), said, since


class CodeBook:
    """All that is known of the carriers' codes."""

    def __init__(self, entries: Iterable[CodeEntry] = ()) -> None:
        self.entries = tuple(entries)
        self._by_carrier: dict[str, list[CodeEntry]] = {}
        for entry in self.entries:
            self._by_carrier.setdefault(entry.carrier, []).append(entry)

    def treatment(self, carrier: str, code: UsageCode, on: date) -> Treatment:
        """Tell how the plan treats a code on a bill of this date."""
        entry = self.entry(carrier, code, on)
        return entry.treatment if entry else NOT_KNOWN

    def entry(self, carrier: str, code: UsageCode, on: date) -> CodeEntry | None:
        """Find the entry that decides, if there is one."""
        asked = code.normalized
        speaking = [
            entry
            for entry in self._by_carrier.get(carrier, ())
            if entry.speaks_of(carrier, asked, on)
        ]
        # Of entries alike in every respect the one said last counts.
        return max(reversed(speaking), key=lambda entry: entry.weight, default=None)

    def with_entries(self, entries: Iterable[CodeEntry]) -> "CodeBook":
        """Give a book that holds these entries too."""
        return CodeBook((*self.entries, *entries))
