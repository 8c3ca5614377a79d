"""A cell longer than any cell of a bill: its row is refused before anything is read."""

import csv
import io
import time

import pytest

from mobile_selfservice.carriers.att_sectioned.item import read_amount
from mobile_selfservice.carriers.long_cells import LONGEST_CELL, TOO_LONG
from mobile_selfservice.carriers.written import Unreadable
from tests.carriers.specimens import SPECIMENS, read_files

SEPARATORS = {"verizon": "\t", "mapped columns": "\t", "x12 811": "*"}
SEPARATORS["att rawdataoutput"] = "|"
HOSTILE = "1" + " " * 20_000 + "!"


def _last_row_with(content: bytes, cell: str, separator: str) -> tuple[bytes, int]:
    """Put a cell into the last row of a file; give the file and the row's line."""
    end = "~" if separator == "*" else "\n"
    rows = content.decode("latin-1").rstrip(end + "\r\n").split(end)
    if separator == "*":
        cells = rows[1].split("*")
        rows[1] = "*".join([*cells[:2], cell, *cells[3:]])
        return end.join([*rows, ""]).encode("latin-1"), 2
    quoted = separator == ","
    cells = next(csv.reader([rows[-1]])) if quoted else rows[-1].split(separator)
    cells[1] = cell
    written = io.StringIO()
    if quoted:
        csv.writer(written, lineterminator="\n").writerow(cells)
    else:
        written.write(separator.join(cells))
    return end.join([*rows[:-1], written.getvalue().removesuffix("\n"), ""]).encode(
        "latin-1"
    ), len(rows)


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_row_with_a_cell_without_end_is_refused_with_its_place(name):
    specimen = SPECIMENS[name]()
    separator = SEPARATORS.get(name, ",")
    for file, content in specimen.files.items():
        long, line = _last_row_with(content, HOSTILE, separator)
        began = time.monotonic()
        reading = read_files({**specimen.files, file: long}, specimen.guidance)
        assert time.monotonic() - began < 5
        (told,) = [one for one in reading.findings if one.reason == TOO_LONG]
        assert (told.file, told.line) == (file, line)
        assert told.column
        assert told.value == "20,002 characters"
        assert reading.is_refused


def test_a_cell_that_grows_long_over_many_short_lines_is_found():
    specimen = SPECIMENS["ting"]()
    long, _ = _last_row_with(specimen.files["minutes.csv"], "a\n" * 2_000, ",")
    reading = read_files({**specimen.files, "minutes.csv": long}, specimen.guidance)
    assert [one.value for one in reading.findings if one.reason == TOO_LONG] == [
        "4,000 characters"
    ]


@pytest.mark.parametrize("name", ["ting", "verizon", "mapped columns"])
def test_the_longest_cell_that_is_read_holds_nothing_up(name):
    specimen = SPECIMENS[name]()
    separator = SEPARATORS.get(name, ",")
    cell = "1" + " " * (LONGEST_CELL - 2) + "!"
    for file, content in specimen.files.items():
        long, _ = _last_row_with(content, cell, separator)
        reading = read_files({**specimen.files, file: long}, specimen.guidance)
        assert TOO_LONG not in {one.reason for one in reading.findings}


@pytest.mark.parametrize(
    ("written", "quantity"),
    [("2", 2), ("2.", 2), ("1 Msg", 1), ("3 Msg's", 3), ("1,234  KB", 1234)],
)
def test_a_quantity_and_its_unit_are_read_as_before(written, quantity):
    assert read_amount(True, written).quantity == quantity


def test_a_quantity_without_end_is_refused_at_once():
    began = time.monotonic()
    with pytest.raises(Unreadable):
        read_amount(True, HOSTILE)
    assert time.monotonic() - began < 1
