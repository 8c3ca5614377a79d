"""Tell whose files these are and which is which, by their headings alone."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mobile_selfservice.carriers import verizon_layout
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Columns, Layout, Row, normalized
from mobile_selfservice.carriers.records import Finding, Refused, Severity
from mobile_selfservice.carriers.source_file import SourceFile, refusal

if TYPE_CHECKING:
    import _csv

LAYOUTS: tuple[Layout, ...] = verizon_layout.LAYOUTS
SEPARATORS = ("\t", ",", "|")
CLOSE_ENOUGH = 0.5
NOT_A_ROW = (
    "From here on the file cannot be split into cells: a quotation mark is left open "
    "or a cell is too long. Download the file again."
)


@dataclass(frozen=True)
class RecognizedFile:
    """A file whose layout is known, with the position of each of its columns."""

    file: SourceFile
    layout: Layout
    columns: Columns
    separator: str

    def rows(self, findings: FileFindings) -> Iterator[tuple[int, Row]]:
        """Give each row after the headings with its physical line number."""
        with self.file.open_text() as text:
            reader = _split(text, self.separator)
            try:
                next(reader)
                for row in reader:
                    yield reader.line_num, row
            except csv.Error:
                findings.error(reader.line_num, None, "", NOT_A_ROW)


@dataclass(frozen=True)
class Recognized:
    """The files of one carrier's download, each under the part it plays.

    `left_aside` says which other files came along and play none.
    """

    carrier: str
    files: dict[str, RecognizedFile]
    left_aside: tuple[Finding, ...] = ()


def recognize(files: Sequence[SourceFile]) -> Recognized:
    """Sort the files of one download into their parts.

    A file of no known layout beside files that have one, such as a note, is left aside
    with a warning.

    Raises:
        Refused: if no file is of a known layout, one lacks columns it needs, or two
            files play the same part or come from different carriers.
    """
    known: list[RecognizedFile] = []
    refused: list[Finding] = []
    strangers: list[Finding] = []
    for file in files:
        try:
            known.append(_recognized(file))
        except _OfNoLayout as stranger:
            strangers += stranger.findings
        except Refused as refusal_:
            refused += refusal_.findings
    refused += _clashes(known) if known else strangers
    if refused:
        raise Refused(*refused)
    return Recognized(
        known[0].layout.carrier,
        {one.layout.role: one for one in known},
        tuple(replace(one, severity=Severity.WARNING) for one in strangers),
    )


class _OfNoLayout(Refused):
    """A file whose first line holds the headings of no layout."""


def _clashes(known: list[RecognizedFile]) -> Iterator[Finding]:
    """Find files that cannot be read together."""
    first: dict[str, RecognizedFile] = {}
    for one in known:
        if one.layout.carrier != known[0].layout.carrier:
            reason = (
                f"This file is from {one.layout.carrier}, {known[0].file.name} is from "
                f"{known[0].layout.carrier}. Import each carrier by itself."
            )
            yield Finding(one.file.name, 1, None, None, reason, Severity.ERROR)
        elif one.layout.role in first:
            reason = (
                f"This file and {first[one.layout.role].file.name} are both a "
                f"“{one.layout.title}”. Import one bill month at a time, each "
                "file once."
            )
            yield Finding(one.file.name, 1, None, None, reason, Severity.ERROR)
        first.setdefault(one.layout.role, one)


def _split(text: Iterator[str], separator: str) -> "_csv.Reader":
    # The carrier's tab files carry no quoting: a quotation mark is part of the text.
    if separator == "\t":
        return csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
    return csv.reader(text, delimiter=separator, strict=True)


def _headings(file: SourceFile, separator: str) -> Row:
    with file.open_text() as text:
        try:
            return next(_split(text, separator), [])
        except csv.Error:
            return []


def _recognized(file: SourceFile) -> RecognizedFile:
    best: tuple[float, Layout, Row, str] | None = None
    for separator in SEPARATORS:
        headings = _headings(file, separator)
        present = {normalized(heading) for heading in headings}
        for layout in LAYOUTS:
            if not layout.missing_from(present):
                return _unambiguous(file, layout, headings, separator)
            likeness = layout.likeness(present)
            if best is None or likeness > best[0]:
                best = (likeness, layout, headings, separator)
    if best is None or best[0] < CLOSE_ENOUGH:
        raise _unknown(file)
    raise _lacking(file, best[1], best[2])


def _unambiguous(
    file: SourceFile, layout: Layout, headings: Row, separator: str
) -> RecognizedFile:
    names = [normalized(heading) for heading in headings]
    twice = [name for name in layout.headings if names.count(normalized(name)) > 1]
    if twice:
        raise refusal(
            file.name,
            f"The heading {_listed(twice)} stands twice, so it is not certain which "
            "column counts. Use the file as the carrier wrote it.",
            1,
        )
    file.bytes_read = 0
    return RecognizedFile(file, layout, Columns.of(headings), separator)


def _unknown(file: SourceFile) -> Refused:
    titles = ", ".join(f"“{layout.title}”" for layout in LAYOUTS)
    reason = (
        "The first line does not hold the headings of any file the portal reads: "
        f"{titles}. If it belongs to the bill, choose the carrier's raw data download, "
        "with its heading line; a note or a picture can stay out."
    )
    return _OfNoLayout(Finding(file.name, 1, None, None, reason, Severity.ERROR))


def _lacking(file: SourceFile, layout: Layout, headings: Row) -> Refused:
    missing = layout.missing_from(normalized(heading) for heading in headings)
    return refusal(
        file.name,
        f"This looks like “{layout.title}”, but these columns are missing: "
        f"{_listed(missing)}. Download the file again with all its columns.",
        1,
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
