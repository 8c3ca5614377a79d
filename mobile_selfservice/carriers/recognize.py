"""Tell whose files these are and which is which, by what stands in them alone."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TextIO

from mobile_selfservice.carriers.families import FAMILIES
from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.layout import Columns, Layout, Row, normalized
from mobile_selfservice.carriers.recognized import Recognized, RecognizedFile, split
from mobile_selfservice.carriers.records import Finding, Refused, Severity
from mobile_selfservice.carriers.source_file import SourceFile, refusal
from mobile_selfservice.carriers.twin_headings import settled

SEPARATORS = ("\t", ",", "|", ";")
CLOSE_ENOUGH = 0.5
HEADINGS_WITHIN = 12
LONGEST_LINE = 1 << 14


def recognize(
    files: Sequence[SourceFile], families: Sequence[Family] = FAMILIES
) -> tuple[Family, Recognized]:
    """Sort the files of one download into their parts.

    A file of no known layout beside files that have one, such as a note, is left aside
    with a warning.

    Raises:
        OfNoLayout: if no file is of a known layout, though some may look like one.
        Refused: if one lacks columns it needs, or two files play the same part or are
            of different downloads.
    """
    known: list[tuple[Family, RecognizedFile]] = []
    refused: list[Finding] = []
    strangers: list[Finding] = []
    may_be_mapped: list[SourceFile] = []
    for file in files:
        try:
            known.append(_recognized(file, families))
        except OfNoLayout as stranger:
            strangers += stranger.findings
        except _LacksColumns as lacking:
            refused += lacking.findings
            may_be_mapped.append(file)
        except Refused as refusal_:
            refused += refusal_.findings
    if not known and len(may_be_mapped) == len(refused):
        raise OfNoLayout(*refused, *strangers)
    refused += _clashes(known) if known else strangers
    if refused:
        raise Refused(*refused)
    family = known[0][0]
    return family, Recognized(
        family.carrier,
        tuple(one for _, one in known),
        (
            *(replace(one, severity=Severity.WARNING) for one in strangers),
            *(remark for _, one in known for remark in one.remarks),
        ),
    )


class OfNoLayout(Refused):
    """Files that are of no layout; a clerk can map the columns of a table."""


class _LacksColumns(Refused):
    """A file that looks like a known one, without columns that one needs."""


def _clashes(known: list[tuple[Family, RecognizedFile]]) -> Iterator[Finding]:
    """Find files that cannot be read together."""
    family, _ = known[0]
    first: dict[str, RecognizedFile] = {}
    for own, one in known:
        role, name = one.layout.role, one.file.name
        if own is not family:
            reason = (
                f"This file belongs to “{own.title}”, {known[0][1].file.name} to "
                f"“{family.title}”. Import each download by itself."
            )
            yield Finding(name, 1, None, None, reason, Severity.ERROR)
        elif role in first and role not in family.several:
            reason = (
                f"This file and {first[role].file.name} are both a "
                f"“{one.layout.title}”. Import one bill month at a time, each "
                "file once."
            )
            yield Finding(name, 1, None, None, reason, Severity.ERROR)
        first.setdefault(role, one)


class _Candidate(NamedTuple):
    """A row that may hold the headings of a layout, and how alike the two are."""

    likeness: float
    family: Family
    layout: Layout
    headings: Row
    separator: str
    at: int

    @property
    def missing(self) -> list[str]:
        """Name the columns that the layout needs and the row does not have."""
        return self.layout.missing_from(normalized(name) for name in self.headings)


def _recognized(
    file: SourceFile, families: Sequence[Family]
) -> tuple[Family, RecognizedFile]:
    candidates = sorted(
        _candidates(file, families), key=lambda one: one.likeness, reverse=True
    )
    for one in candidates:
        if not one.missing:
            return one.family, _unambiguous(file, one)
    for family in families:
        for sniff in family.sniffs:
            found = sniff(file)
            if found:
                file.bytes_read = 0
                return family, found
    if candidates and candidates[0].likeness >= CLOSE_ENOUGH:
        raise _lacking(file, candidates[0])
    raise _unknown(file, families)


def _candidates(file: SourceFile, families: Sequence[Family]) -> Iterator[_Candidate]:
    """Hold the first rows against every layout; the very first may lack columns."""
    for separator in SEPARATORS:
        for at, headings in enumerate(_first_rows(file, separator)):
            present = {normalized(heading) for heading in headings} - {""}
            for family in families:
                for layout in family.layouts:
                    is_whole = not layout.missing_from(present)
                    if (not at or is_whole) and layout.may_be(present):
                        likeness = layout.likeness(present)
                        yield _Candidate(
                            likeness, family, layout, headings, separator, at
                        )


def _first_rows(file: SourceFile, separator: str) -> list[Row]:
    """Give the rows among which the headings may stand."""
    rows: list[Row] = []
    with file.open_text() as text:
        try:
            rows += islice(split(_lines(text), separator), HEADINGS_WITHIN)
        except csv.Error:
            return rows
    return rows


def _lines(text: TextIO) -> Iterator[str]:
    """Give the lines up to one longer than any row: an interchange may be one line."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            return
        yield line


def _unambiguous(file: SourceFile, found: _Candidate) -> RecognizedFile:
    layout, rows_before = found.layout, found.at + 1
    names = [normalized(heading) for heading in found.headings]
    twice = [name for name in layout.headings if names.count(normalized(name)) > 1]
    if twice and layout.has_labels:
        return _with_twins(file, found)
    if twice:
        raise refusal(
            file.name,
            f"The heading {_listed(twice)} stands twice, so it is not certain which "
            "column counts. Use the file as the carrier wrote it.",
            rows_before,
        )
    file.bytes_read = 0
    columns = Columns.of(found.headings)
    return RecognizedFile(file, layout, columns, found.separator, rows_before)


def _with_twins(file: SourceFile, found: _Candidate) -> RecognizedFile:
    """Settle which of two columns of one name is the carrier's, and say so."""
    columns, chosen = settled(found.layout, found.headings)
    line = found.at + 1
    reason = (
        "One of your own labels is named like a column of the carrier. Read as the "
        f"carrier's: {chosen}. Check one line against the bill, or rename the label."
    )
    remark = Finding(file.name, line, None, None, reason, Severity.WARNING)
    file.bytes_read = 0
    layout, mark = found.layout, found.separator
    return RecognizedFile(file, layout, columns, mark, line, (remark,))


def _unknown(file: SourceFile, families: Sequence[Family]) -> Refused:
    titles = ", ".join(f"“{family.title}”" for family in families)
    reason = (
        "The file is not of any download the portal reads by itself: "
        f"{titles}. If it belongs to the bill, choose the file as the carrier wrote "
        "it, with its row of headings, or map its columns; a note or a picture can "
        "stay out."
    )
    return OfNoLayout(Finding(file.name, 1, None, None, reason, Severity.ERROR))


def _lacking(file: SourceFile, found: _Candidate) -> Refused:
    reason = (
        f"This looks like “{found.layout.title}”, but these columns are missing: "
        f"{_listed(found.missing)}. Download the file again with all its "
        "columns, or map those that it has."
    )
    return _LacksColumns(Finding(file.name, 1, None, None, reason, Severity.ERROR))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
