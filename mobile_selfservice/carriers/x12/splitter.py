"""An X12 interchange cut into segments as it streams by.

Written here because pyx12's reader wants an envelope padded to 106 characters, which
not every sender writes, and stops without a word at an empty segment.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from mobile_selfservice.carriers.long_cells import TOO_LONG, long_cell
from mobile_selfservice.carriers.records import Finding, Refused, Severity
from mobile_selfservice.carriers.source_file import SourceFile, refusal

ENVELOPE = "ISA"
ENVELOPE_ELEMENTS = 16
BEGINNING = 1 << 12
PIECE = 1 << 16
LONGEST = 1 << 16
USUAL_END = "~"
AFTER_ENVELOPE = re.compile(r"(?P<component>.)?(?P<end>[^A-Za-z0-9])\s*GS", re.DOTALL)
BLANKS = "\r\n\t \ufeff"
NO_BLANK = re.compile(r"[^\r\n\t \ufeff]")
NO_ENVELOPE = (
    "The envelope (ISA) of the interchange cannot be read: it should have 16 elements "
    "and be followed by GS. Use the file as the carrier sent it."
)


class Separators(NamedTuple):
    """What parts the elements of a segment, and what ends a segment."""

    element: str
    component: str
    end: str


class Segment(NamedTuple):
    """One segment: its elements, the identifier first, and where it stands."""

    elements: list[str]
    ordinal: int
    line: int

    @property
    def id(self) -> str:
        """Give the identifier, `BIG`."""
        return self.elements[0]

    def at(self, number: int) -> str:
        """Give an element by its number in the standard; one left out is blank."""
        return self.elements[number].strip() if number < len(self.elements) else ""

    def place(self, number: int) -> str:
        """Name an element the way X12 does, and the segment it stands in."""
        return f"{self.id}{number:02d}, segment {self.ordinal}"


def separators(beginning: str) -> Separators | None:
    """Read the separators from an envelope, padded or not; None if it is none.

    They stand where the envelope's sixteenth element ends, which may be left out.
    """
    text = beginning.lstrip(BLANKS)
    element = text[len(ENVELOPE) : len(ENVELOPE) + 1]
    pieces = text.split(element, ENVELOPE_ELEMENTS) if element else []
    if not text.startswith(ENVELOPE) or element.isalnum() or element.isspace():
        return None
    if len(pieces) <= ENVELOPE_ELEMENTS:
        return None
    found = AFTER_ENVELOPE.match(pieces[-1])
    if not found:
        return None
    component, end = found["component"] or "", found["end"]
    if component == USUAL_END and end.isspace():
        component, end = "", USUAL_END
    return Separators(element, component, end)


def beginning(file: SourceFile) -> str:
    """Read as much of a file as tells what it is."""
    with file.open_text() as text:
        return text.read(BEGINNING)


def segments(file: SourceFile) -> Iterator[Segment]:
    """Give the segments of every interchange of a file, in order.

    Each interchange may bring separators of its own. A piece without its end is not
    given: the reader misses the trailer and says that the file is cut off.

    Raises:
        Refused: if an envelope cannot be read, or a segment has no end.
    """
    with file.open_text() as text:
        yield from _Scan(file, text).segments()


class _Scan:
    """The text of a file as far as it is read, and how far it is cut."""

    def __init__(self, file: SourceFile, text: TextIO) -> None:
        self._file = file
        self._source = text
        self._text = ""
        self._at = 0
        self._line = 1
        self._ordinal = 0

    def segments(self) -> Iterator[Segment]:
        known: Separators | None = None
        while self._at_something():
            if self._text.startswith(ENVELOPE, self._at):
                known = self._envelope()
            if known is None:
                raise self._refused(NO_ENVELOPE)
            written = self._cut(known.end)
            if written is None:
                return
            self._ordinal += 1
            elements = written.rstrip(BLANKS).split(known.element)
            elements[0] = elements[0].upper()
            if elements != [""]:
                yield self._checked(Segment(elements, self._ordinal, self._line))
            self._line += written.count("\n") + (known.end == "\n")

    def _checked(self, segment: Segment) -> Segment:
        """Give a segment back, none of whose elements is too long."""
        at = long_cell(segment.elements)
        if at is None:
            return segment
        name, value = self._file.name, f"{len(segment.elements[at]):,} characters"
        place = segment.place(at) if at else f"segment {segment.ordinal}"
        raise Refused(
            Finding(name, segment.line, place, value, TOO_LONG, Severity.ERROR)
        )

    def _at_something(self) -> bool:
        """Pass over line ends and blanks; say whether anything is left."""
        while True:
            found = NO_BLANK.search(self._text, self._at)
            here = found.start() if found else len(self._text)
            self._line += self._text.count("\n", self._at, here)
            self._at = here
            if found or not self._more():
                return found is not None

    def _more(self) -> bool:
        """Read on; say whether there was anything."""
        piece = self._source.read(PIECE)
        self._text = self._text[self._at :] + piece
        self._at = 0
        return bool(piece)

    def _envelope(self) -> Separators | None:
        """Read the separators of the interchange that begins here."""
        while len(self._text) - self._at < BEGINNING and self._more():
            pass
        return separators(self._text[self._at : self._at + BEGINNING])

    def _cut(self, mark: str) -> str | None:
        """Cut the next segment off; None where the file ends before it does."""
        end = self._text.find(mark, self._at)
        while end < 0:
            if len(self._text) - self._at > LONGEST:
                reason = "A segment is longer than any segment of an invoice."
                raise self._refused(f"{reason} Use the file as the carrier sent it.")
            if not self._more():
                return None
            end = self._text.find(mark, self._at)
        written = self._text[self._at : end]
        self._at = end + 1
        return written

    def _refused(self, reason: str) -> Refused:
        return refusal(self._file.name, reason, self._line)
