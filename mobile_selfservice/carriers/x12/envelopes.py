"""The envelopes around the statements (ISA, GS, ST), and whether their counts agree."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.records import Severity
from mobile_selfservice.carriers.x12.splitter import Segment

STATEMENT = "811"
BEGINS = {"ISA": "IEA", "GS": "GE", "ST": "SE"}
OUTER = {"GS": "ISA", "ST": "GS"}
NUMBERS = {"ISA": 13, "GS": 6, "ST": 2}
CUT_OFF = (
    "The file ends in the middle of an invoice: its end (SE) is missing. Have the "
    "carrier send it again."
)
WITHOUT_END = (
    "The file ends without the end of its envelope ({end}). Every invoice in it is "
    "complete; ask the carrier whether another followed."
)
COUNTED = (
    "The envelope says that it holds {stated} of {what}, and holds {found}. Carriers "
    "often count wrongly; ask yours where an invoice is missing."
)
WHAT = {"ISA": "groups (GS)", "GS": "invoices (ST)"}
OTHER_NUMBER = (
    "The end of an envelope ({end}) carries another control number than its beginning."
)
OTHER_KIND = (
    "The interchange also holds a transaction “{kind}”, which is no 811 invoice. It "
    "was passed over."
)


@dataclass
class _Envelope:
    """One envelope that is open, and how many it holds so far."""

    begin: Segment
    holds: int = 0


@dataclass
class Envelopes:
    """Which envelopes are open while a file streams by."""

    findings: FileFindings
    open: dict[str, _Envelope] = field(default_factory=dict)

    def take(self, segment: Segment) -> None:
        """Take a segment, and remark on what does not agree."""
        if segment.id in BEGINS:
            self.open[segment.id] = _Envelope(segment)
            outer = self.open.get(OUTER.get(segment.id, ""))
            if outer:
                outer.holds += 1
        for begin, end in BEGINS.items():
            if segment.id == end:
                self._end(begin, segment)

    def _end(self, begin: str, segment: Segment) -> None:
        envelope = self.open.pop(begin, None)
        if envelope is None:
            return
        if envelope.begin.at(NUMBERS[begin]).lstrip("0") != segment.at(2).lstrip("0"):
            self._remark(OTHER_NUMBER.format(end=segment.id), segment, 2)
        stated = segment.at(1).lstrip("0") or "0"
        if begin in WHAT and stated != str(envelope.holds):
            reason = COUNTED.format(
                stated=stated[:9], what=WHAT[begin], found=envelope.holds
            )
            self._remark(reason, segment, 1)

    def _remark(self, reason: str, segment: Segment, number: int) -> None:
        place = segment.place(number)
        self.findings.count(reason, Severity.WARNING, segment.line, place)

    def finish(self, line: int) -> None:
        """Remark on what is still open where the file ends."""
        if "ST" in self.open:
            self.findings.error(line, "SE", "", CUT_OFF)
        elif self.open:
            begin = next(reversed(self.open))
            reason = WITHOUT_END.format(end=BEGINS[begin])
            self.findings.count(reason, Severity.WARNING, line, BEGINS[begin])


def statements(
    stream: Iterator[Segment], findings: FileFindings
) -> Iterator[tuple[int, Segment]]:
    """Give the segments of each 811, from ST to SE, with the statement's number.

    Other transactions of the interchange are passed over, and said.
    """
    envelopes, number, is_ours, line = Envelopes(findings), 0, False, 1
    for segment in stream:
        envelopes.take(segment)
        line = segment.line
        if segment.id == "ST":
            is_ours = segment.at(1) == STATEMENT
            number += is_ours
            if not is_ours:
                reason = OTHER_KIND.format(kind=segment.at(1)[:6])
                findings.count(reason, Severity.WARNING, line, segment.place(1))
        if is_ours:
            yield number, segment
        if segment.id == "SE":
            is_ours = False
    envelopes.finish(line)
