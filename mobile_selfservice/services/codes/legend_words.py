"""What carriers' own files say of their codes, found by the code and not by looking.

A file may hold thousands of legend lines, and bills thousands of codes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlmodel import Session, col, func, select

from mobile_selfservice.carriers.codes import Treatment, UsageCode
from mobile_selfservice.carriers.records import UsageClass
from mobile_selfservice.models.invoice import Invoice, InvoiceState
from mobile_selfservice.models.rate_code import CodeLegend

PARTS = len(UsageCode._fields)
# A blank part of a legend's code stands for any; a line of blanks alone says nothing.
SAID_OR_BLANK = [said for said in product((True, False), repeat=PARTS) if any(said)]


@dataclass(frozen=True, slots=True)
class Said:
    """What a carrier's own file says of a code; the treatment where that decides."""

    words: str = ""
    treatment: Treatment | None = None


UNSAID = Said()


@dataclass(frozen=True, slots=True)
class LegendWord:
    """The newest words of one code, or part of one; `age` is 0 for the newest of all.

    `treatment` is there where the words decide.
    """

    age: int
    words: str
    treatment: Treatment | None


class LegendWords:
    """What the files of the invoices that stand say of their codes, by code."""

    def __init__(self, session: Session, employer_id: int) -> None:
        self._newest: dict[tuple[str, UsageCode], LegendWord] = {}
        for age, row in enumerate(_lines(session, employer_id)):
            carrier, code, period, feature, words, usage_class, counts = row
            written = UsageCode(code, period, feature)
            decides = usage_class != UsageClass.UNKNOWN
            treatment = Treatment(UsageClass(usage_class), counts) if decides else None
            named = f"{' · '.join(filter(None, written))}: {words}"
            self._newest.setdefault(
                (carrier, written.normalized), LegendWord(age, named, treatment)
            )

    def said(self, carrier: str, code: UsageCode) -> Said:
        """Gather what the newest legends say of a code, part by part."""
        found = {
            asked: self._newest[carrier, asked]
            for asked in _spoken_of(code.normalized)
            if (carrier, asked) in self._newest
        }
        newest_first = sorted(found.values(), key=lambda word: word.age)
        told = (word.treatment for word in newest_first if word.treatment)
        return Said("; ".join(word.words for word in newest_first), next(told, None))


def _spoken_of(code: UsageCode) -> Iterator[UsageCode]:
    """Give each code a legend may write that speaks of this one."""
    for said in SAID_OR_BLANK:
        parts = (part if kept else "" for part, kept in zip(code, said, strict=True))
        asked = UsageCode(*parts)
        if any(asked):
            yield asked


def _lines(session: Session, employer_id: int) -> Iterator[tuple[Any, ...]]:
    """Read each different line once, the newest first."""
    alike = (
        *(CodeLegend.carrier, CodeLegend.code, CodeLegend.period),
        *(CodeLegend.feature, CodeLegend.words),
        *(CodeLegend.usage_class, CodeLegend.counts),
    )
    asked = (
        select(*alike)  # type: ignore[call-overload]
        .join(Invoice, col(Invoice.id) == CodeLegend.invoice_id)
        .where(
            Invoice.employer_id == employer_id,
            Invoice.state != InvoiceState.SUPERSEDED,
        )
        .group_by(*alike)
        .order_by(func.max(CodeLegend.id).desc())
    )
    yield from session.exec(asked)
