"""Put a mapping and the beginning of its file into the page's words."""

from collections.abc import Iterable, Sequence
from typing import Any

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.wording import counted, phone
from mobile_selfservice.pages.profile.view import (
    ColumnView,
    ElsewhereView,
    MappingView,
    OptionView,
    RawRow,
    ReadCell,
    ReadRow,
)
from mobile_selfservice.services.profiles import mapping as mappings
from mobile_selfservice.services.profiles import mapping_options
from mobile_selfservice.services.profiles.file_looks import Looked
from mobile_selfservice.services.profiles.mapping import Elsewhere
from mobile_selfservice.services.profiles.mapping_options import MappingOption

MOST_COLUMNS = 150
SAMPLES = 6
LONGEST_RAW = 200
SAID_WHEN_SAVED = ("name", "carrier")
ROLES = {
    "data": ("", "neutral"),
    "heading": ("Headings", "info"),
    "blank": ("Blank", "neutral"),
    "skipped": ("Above the headings", "neutral"),
    "passed over": ("Passed over", "neutral"),
    "total": ("Total", "info"),
    "label": ("Read for its label", "info"),
    "another table": ("Another table", "neutral"),
}
SEPARATORS = {
    "tab": "tabs",
    "comma": "commas",
    "pipe": "pipes",
    "semicolon": "semicolons",
}
ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows (cp1252)", "latin-1": "Latin-1"}


def mapping_view(looked: Looked) -> MappingView:
    """Put everything that stands above the trial into words."""
    mapping, seen = looked.mapping, looked.seen
    names = mappings.titles_of_fields(mapping)
    bad = sum(len(row.bad) for row in seen.read)
    cells = _option_views(mapping_options.of_the_cells(looked.profile))
    outside = [_elsewhere(one) for one in mappings.elsewhere(mapping)]
    return MappingView(
        has_file=True,
        files=[Option(str(at), name) for at, name in enumerate(seen.files)],
        which=str(seen.files.index(seen.file)),
        detected=_detected(looked),
        started_from=_started_from(looked),
        rows=str(mapping.profile.rows),
        row_sorts=_options(mappings.row_sorts()),
        fields=[Option(name, title) for name, title, _ in names],
        columns=[_column(looked, at) for at in range(_shown_columns(looked))],
        more_columns=_more_columns(len(seen.titles)),
        absent=[one.reason for one in seen.lacking],
        file_options=_option_views(mapping_options.of_the_file(mapping.profile)),
        cell_options=[one for one in cells if one.control == "choice"],
        word_options=[one for one in cells if one.control != "choice"],
        elsewhere=outside,
        says_elsewhere=any(one.way for one in outside),
        raw=[_raw_row(row) for row in seen.raw],
        titles=[_title(looked, name) for name in looked.profile.columns],
        read=[_read_row(looked, row) for row in seen.read],
        read_summary=_read_summary(len(seen.read), bad),
        read_tone="warn" if bad else "success",
        missing=[
            one.reason for one in seen.mistakes if one.place not in SAID_WHEN_SAVED
        ],
    )


def _started_from(looked: Looked) -> str:
    if not looked.started_from:
        return ""
    return (
        f"The columns are those of “{looked.started_from}”, which comes with the "
        "portal and fits this file. Look at each before you save."
    )


def _detected(looked: Looked) -> str:
    seen, shape = looked.seen, looked.seen.shape
    encoding = ENCODINGS.get(seen.encoding, seen.encoding)
    columns = counted(len(seen.titles), "column")
    headings = "no headings"
    if shape.heading_rows and not shape.headings_in:
        headings = f"headings on row {shape.skip_rows + 1}"
    elif shape.headings_in:
        headings = f"headings in {shape.headings_in}…"
    divided = SEPARATORS.get(shape.separator, shape.separator)
    return f"Read as {encoding}, divided by {divided}: {columns}, {headings}."


def _shown_columns(looked: Looked) -> int:
    return min(len(looked.seen.titles), MOST_COLUMNS)


def _more_columns(count: int) -> str:
    if count <= MOST_COLUMNS:
        return ""
    return f"The first {MOST_COLUMNS} of {count:,} columns are shown."


def _column(looked: Looked, at: int) -> ColumnView:
    heading = looked.seen.titles[at].strip()
    chosen = looked.mapping.chosen.get(at, "")
    label = f"Column {at + 1}"
    if heading and heading != label:
        label = f"{at + 1}. {heading}"
    return ColumnView(
        at=at,
        label=label,
        chosen=chosen,
        samples=list(_samples(looked, at)),
    )


def _samples(looked: Looked, at: int) -> Iterable[str]:
    data = [row for row in looked.seen.raw if row.role == "data"]
    for row in data[:SAMPLES]:
        yield (row.cells[at].strip() if at < len(row.cells) else "") or "–"


def _raw_row(row: Any) -> RawRow:
    role, tone = ROLES.get(str(row.role), ("", "neutral"))
    text = " · ".join(cell.strip() for cell in row.cells)
    return RawRow(f"{row.line}", text[:LONGEST_RAW], role, tone)


def _title(looked: Looked, name: str) -> str:
    for known, title, _ in mappings.titles_of_fields(looked.mapping):
        if known == name:
            return title
    return name


def _read_row(looked: Looked, row: Any) -> ReadRow:
    cells = [
        ReadCell(
            label=_title(looked, name),
            text=_said(name, row.said.get(name, "")),
            reason=row.bad.get(name, ""),
        )
        for name in looked.profile.columns
    ]
    # What a row cannot do without, though no column is mapped to it.
    rest = [why for name, why in row.bad.items() if name not in looked.profile.columns]
    misfit = looked.seen.misfits.get(row.line)
    if misfit is not None:
        titles = len(looked.seen.titles)
        rest.insert(0, f"The row has {misfit} cells under {titles} headings.")
    return ReadRow(line=f"Line {row.line}", reason=" ".join(rest), cells=cells)


def _said(name: str, text: str) -> str:
    return phone(text) if name == "line" else text


def _read_summary(rows: int, bad: int) -> str:
    if not rows:
        return "No row of data was found in the beginning of the file."
    first = f"The first {rows} rows" if rows > 1 else "The only row so far"
    if not bad:
        return f"{first} can be read as they stand."
    cells = "1 cell" if bad == 1 else f"{bad} cells"
    return f"{first}: {cells} cannot be read. The reason stands in its place."


def _elsewhere(one: Elsewhere) -> ElsewhereView:
    return ElsewhereView(
        name=one.field.name,
        title=one.field.title,
        about=one.field.about,
        way=one.way,
        words=one.words,
        asks_words=one.way in (mappings.ALWAYS, mappings.BESIDE),
        ways=_options(one.ways),
    )


def _option_views(options: Sequence[MappingOption]) -> list[OptionView]:
    return [
        OptionView(
            name=one.name,
            label=one.label,
            hint=one.hint,
            control=one.control,
            said=one.said,
            choices=_options(one.choices),
        )
        for one in options
    ]


def _options(pairs: Iterable[tuple[str, str]]) -> list[Option]:
    return [Option(str(value), label) for value, label in pairs]
